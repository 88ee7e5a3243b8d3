"""
Stacks of services of local AWS that make some, such as Service Catalog: without a request, and so without a policy that
lets whoever asks use CloudFormation; what the stack's resources take is asked for as by its role, or as whoever has the
access key. With or without the lock. All raise moto's CloudFormationError, in CloudFormation's words.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from .stacks import operations
from .stacks.operations import Wanted


def create_stack(
    account: str,
    region: str,
    name: str,
    template_body: str,
    *,
    parameters: Mapping[str, str] | None = None,
    role_arn: str | None = None,
    access_key: str | None = None,
    tags: Mapping[str, str] | None = None,
    capabilities: Sequence[str] = ("CAPABILITY_NAMED_IAM",),
    client_request_token: str | None = None,
    on_failure: str = "ROLLBACK",
) -> str:
    """Returns the stack's id once it is on its way."""
    wanted = Wanted(
        *(account, region, name, parameters or {}, ()),
        *(role_arn, access_key, tags or {}, capabilities, client_request_token, on_failure),
    )
    return operations.create(wanted, template_body).id


def update_stack(
    account: str,
    region: str,
    name: str,
    template_body: str | None,
    *,
    parameters: Mapping[str, str] | None = None,
    previous: Collection[str] = (),
    role_arn: str | None = None,
    access_key: str | None = None,
    tags: Mapping[str, str] | None = None,
    capabilities: Sequence[str] = ("CAPABILITY_NAMED_IAM",),
    client_request_token: str | None = None,
) -> str:
    """
    name: or id
    template_body: None for the template that it has
    previous: names of parameters whose value stays
    """
    wanted = Wanted(
        *(account, region, name, parameters or {}, previous),
        *(role_arn, access_key, tags, capabilities, client_request_token),
    )
    return operations.update(wanted, template_body).id


def delete_stack(
    account: str, region: str, name: str, *, role_arn: str | None = None, access_key: str | None = None
) -> None:
    """name: or id; that there is none is as good"""
    operations.delete(Wanted(account, region, name, role_arn=role_arn, access_key=access_key))


def describe_stack(account: str, region: str, name: str) -> dict[str, Any]:
    """As DescribeStacks tells it. name: or id, which finds it even when it is deleted"""
    return operations.require(account, region, name).told()
