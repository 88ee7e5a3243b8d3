"""Stacks by name, as policies know them."""

from ..cloudformation.stacks.stack import find


def stack_arn(name: str, account: str, region: str) -> str:
    """Of one that is not there, as CloudFormation has it: whatever its id will be."""
    if name.startswith("arn:"):
        return name
    stack = find(account, region, name)
    return stack.id if stack else f"arn:aws:cloudformation:{region}:{account}:stack/{name}/*"
