"""A stack, its resources and events, and how they are told."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.core.utils import utcnow

from ...wsgi.serial import STATE_LOCK
from ..resources.kind import Made
from ..templates.template import Filled

HIDDEN = "****"
"""What is told of a parameter that must not be shown."""

_LATER = "_IN_PROGRESS"


@dataclass(frozen=True)
class Resource:
    """As it was last asked for. `made` is None for one that there is not."""

    logical_id: str
    type: str
    status: str
    properties: Mapping[str, Any]
    tags: Mapping[str, str]
    deletion_policy: str
    replace_policy: str
    metadata: Any = None
    made: Made | None = None
    reason: str | None = None
    changed: datetime = field(default_factory=utcnow)

    @property
    def physical_id(self) -> str:
        return self.made.id if self.made else ""

    def told(self) -> dict[str, Any]:
        return {
            "LogicalResourceId": self.logical_id,
            "PhysicalResourceId": self.physical_id,
            "ResourceType": self.type,
            "ResourceStatus": self.status,
            "ResourceStatusReason": self.reason,
            "DriftInformation": {"StackResourceDriftStatus": "NOT_CHECKED"},
        }


@dataclass
class Stack:
    """role: that CloudFormation works as; without one it works as whoever has the access key"""

    id: str
    name: str
    account: str
    region: str
    filled: Filled
    tags: Mapping[str, str]
    capabilities: tuple[str, ...]
    role: str | None
    access_key: str | None
    on_failure: str = "ROLLBACK"
    protected: bool = False
    status: str = ""
    reason: str | None = None
    created: datetime = field(default_factory=utcnow)
    updated: datetime | None = None
    deleted: datetime | None = None
    resources: dict[str, Resource] = field(default_factory=dict)
    outputs: list[dict[str, str]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    """The latest first."""

    tokens: dict[str, str] = field(default_factory=dict)
    """What was asked with a client's token."""

    token: str | None = None

    @property
    def in_progress(self) -> bool:
        return self.status.endswith(_LATER)

    @property
    def exists(self) -> bool:
        return self.status != "DELETE_COMPLETE"

    def set_status(self, status: str, reason: str | None = None) -> None:
        with STATE_LOCK:
            self.status, self.reason = status, reason
            if status == "DELETE_COMPLETE":
                self.deleted = utcnow()
            self._event(self.name, self.id, "AWS::CloudFormation::Stack", status, reason)

    def put(self, resource: Resource) -> None:
        with STATE_LOCK:
            self.resources[resource.logical_id] = resource
            self.say(resource)

    def remove(self, logical_id: str) -> None:
        with STATE_LOCK:
            self.resources.pop(logical_id, None)

    def say(self, resource: Resource) -> None:
        """Of one that the stack has, or had."""
        with STATE_LOCK:
            told = (resource.logical_id, resource.physical_id, resource.type, resource.status, resource.reason)
            self._event(*told)

    def _event(self, logical_id: str, physical_id: str, kind: str, status: str, reason: str | None) -> None:
        event = {
            "StackId": self.id,
            "EventId": str(uuid.uuid4()),
            "StackName": self.name,
            "LogicalResourceId": logical_id,
            "PhysicalResourceId": physical_id,
            "ResourceType": kind,
            "Timestamp": utcnow(),
            "ResourceStatus": status,
            "ResourceStatusReason": reason,
            "ClientRequestToken": self.token,
        }
        self.events.insert(0, {name: value for name, value in event.items() if value is not None})

    def told(self) -> dict[str, Any]:
        """As DescribeStacks does."""
        told = {
            "StackId": self.id,
            "StackName": self.name,
            "Description": self.filled.template.description,
            "Parameters": [
                {"ParameterKey": name, "ParameterValue": self._shown(name, value)}
                for name, value in self.filled.values.items()
            ],
            "CreationTime": self.created,
            "LastUpdatedTime": self.updated,
            "DeletionTime": self.deleted,
            "RollbackConfiguration": {},
            "StackStatus": self.status,
            "StackStatusReason": self.reason,
            "DisableRollback": self.on_failure == "DO_NOTHING",
            "NotificationARNs": [],
            "Capabilities": list(self.capabilities),
            "Outputs": self.outputs,
            "RoleARN": self.role,
            "Tags": [{"Key": key, "Value": value} for key, value in self.tags.items()],
            "EnableTerminationProtection": self.protected,
            "DriftInformation": {"StackDriftStatus": "NOT_CHECKED"},
        }
        return {name: value for name, value in told.items() if value is not None}

    def summary(self) -> dict[str, Any]:
        """As ListStacks does."""
        told = self.told()
        names = ("StackId", "StackName", "CreationTime", "LastUpdatedTime", "DeletionTime", "DriftInformation")
        more = {"TemplateDescription": told.get("Description"), "StackStatus": self.status}
        summary = {**{name: told.get(name) for name in names}, **more, "StackStatusReason": self.reason}
        return {name: value for name, value in summary.items() if value is not None}

    def _shown(self, name: str, value: str) -> str:
        return HIDDEN if str(self.filled.template.declared[name].get("NoEcho", "")).lower() == "true" else value


_STACKS: dict[str, Stack] = {}
"""By id; what was deleted stays."""


def add(stack: Stack) -> None:
    _STACKS[stack.id] = stack


def stacks_of(account: str, region: str) -> Iterator[Stack]:
    """The latest first."""
    of = [stack for stack in _STACKS.values() if (stack.account, stack.region) == (account, region)]
    return reversed(of)


def find(account: str, region: str, name: str) -> Stack | None:
    """By name while it exists, or by id."""
    for stack in stacks_of(account, region):
        if stack.id == name or (stack.name == name and stack.exists):
            return stack
    return None


def abandon() -> None:
    """In a copy of this local AWS, where the runs are not."""
    for stack in _STACKS.values():
        if stack.in_progress:
            ended = f"{stack.status.removesuffix(_LATER).removesuffix('_CLEANUP').removesuffix('_COMPLETE')}_FAILED"
            stack.set_status(ended, "Nobody goes on with it in a copy of local AWS")
