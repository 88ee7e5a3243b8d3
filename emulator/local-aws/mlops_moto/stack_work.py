"""
What a service does with a stack of CloudFormation's on somebody's behalf: it asks as a role or as its caller, waits
until the stack is at rest, and says why it failed. Not to be used with the lock, which each request takes.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from botocore.exceptions import ClientError

_LOOK_AGAIN = 0.2
"""Seconds between two looks at a stack."""

_CAPABILITIES = ("CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND")
_NO_CHANGE = "No updates are to be performed"
_FOLLOWS = ("cancelled", "The following resource(s) failed")
"""In reasons that only say that something else failed."""


class Clients(Protocol):
    def of(self, service: str) -> Any: ...


@dataclass(frozen=True)
class StackRequest:
    """`template`: `TemplateBody` or `TemplateURL`. `role`: what CloudFormation works as; None: as whoever asks."""

    name: str
    template: Mapping[str, str]
    parameters: Sequence[Mapping[str, Any]]
    tags: Mapping[str, str] = field(default_factory=dict)
    role: str | None = None

    def told(self) -> dict[str, Any]:
        return {
            "StackName": self.name,
            **self.template,
            "Parameters": [_parameter(each) for each in self.parameters],
            "Tags": [{"Key": key, "Value": value} for key, value in self.tags.items()],
            "Capabilities": list(_CAPABILITIES),
            **({"RoleARN": self.role} if self.role else {}),
        }


@dataclass(frozen=True)
class StackEnd:
    """How it came to rest. `reason`: why it is not as was asked; `outputs`: as CloudFormation tells them."""

    succeeded: bool
    stack_id: str | None = None
    reason: str = ""
    outputs: Sequence[Mapping[str, str]] = ()


def create(clients: Clients, request: StackRequest) -> StackEnd:
    return _run(clients, lambda cfn: cfn.create_stack(**request.told())["StackId"], "CREATE_COMPLETE")


def update(clients: Clients, request: StackRequest) -> StackEnd:
    """One that changes nothing succeeds."""
    return _run(clients, lambda cfn: cfn.update_stack(**request.told())["StackId"], "UPDATE_COMPLETE", request.name)


def delete(clients: Clients, name: str, role: str | None = None) -> StackEnd:
    """One that is not there, too."""

    def begin(cfn: Any) -> str:
        stack_id = str(cfn.describe_stacks(StackName=name)["Stacks"][0]["StackId"])
        cfn.delete_stack(StackName=stack_id, **({"RoleARN": role} if role else {}))
        return stack_id

    end = _run(clients, begin, "DELETE_COMPLETE")
    return StackEnd(True) if "does not exist" in end.reason and end.stack_id is None else end


def _run(clients: Clients, begin: Any, wanted: str, name: str | None = None) -> StackEnd:
    cfn = clients.of("cloudformation")
    try:
        stack_id = str(begin(cfn))
    except ClientError as error:
        if name is None or _NO_CHANGE not in str(error):
            return StackEnd(False, reason=_words(error))
        stack = cfn.describe_stacks(StackName=name)["Stacks"][0]
        return StackEnd(True, stack["StackId"], outputs=stack.get("Outputs") or [])
    try:
        stack = _at_rest(cfn, stack_id)
        succeeded = stack["StackStatus"] == wanted
        reason = "" if succeeded else _reason(cfn, stack)
        return StackEnd(succeeded, stack_id, reason, stack.get("Outputs") or [])
    except ClientError as error:
        return StackEnd(False, stack_id, _words(error))


def _at_rest(cfn: Any, stack_id: str) -> Mapping[str, Any]:
    while True:
        stack: Mapping[str, Any] = cfn.describe_stacks(StackName=stack_id)["Stacks"][0]
        if not stack["StackStatus"].endswith("_IN_PROGRESS"):
            return stack
        time.sleep(_LOOK_AGAIN)


def _reason(cfn: Any, stack: Mapping[str, Any]) -> str:
    """Of the first resource that failed by itself in what was done last; else the stack's own."""
    try:
        events = cfn.describe_stack_events(StackName=stack["StackId"])["StackEvents"]
    except ClientError as error:
        return f"{stack['StackStatus']}: {_words(error)}"
    first = ""
    for event in events:  # the newest first
        reason = event.get("ResourceStatusReason") or ""
        failed = event["ResourceStatus"].endswith("_FAILED") and not any(each in reason for each in _FOLLOWS)
        if failed and reason and event["PhysicalResourceId"] != stack["StackId"]:
            first = f"{event['LogicalResourceId']}: {reason}"
        if event["PhysicalResourceId"] == stack["StackId"] and event["ResourceStatus"] in _BEGINNINGS:
            break
    return first or f"{stack['StackStatus']}: {stack.get('StackStatusReason') or 'no reason is told'}"


_BEGINNINGS = ("CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS")


def _parameter(given: Mapping[str, Any]) -> dict[str, Any]:
    if given.get("UsePreviousValue"):
        return {"ParameterKey": given["Key"], "UsePreviousValue": True}
    return {"ParameterKey": given["Key"], "ParameterValue": str(given.get("Value") or "")}


def _words(error: ClientError) -> str:
    return str(error.response["Error"]["Message"])
