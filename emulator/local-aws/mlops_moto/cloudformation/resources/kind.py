"""A type of resource: how it is made, changed and deleted, each by requests of whoever the stack works as."""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from botocore.exceptions import BotoCoreError, ClientError

from ...sagemaker.endpoints.role_clients import Clients

Properties = Mapping[str, Any]
Found = TypeVar("Found")

_PAUSE = 0.1
"""Seconds between two looks at something that takes its time."""

_LONGEST = 30 * 60
"""Seconds that a resource may take to settle."""


@dataclass(frozen=True)
class Made:
    """`id` is what `Ref` gives, `attributes` what `Fn::GetAtt` gives."""

    id: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


class ResourceError(Exception):
    """Why a resource was not made, changed or deleted, as an event tells it; `made` is what there is all the same."""

    def __init__(self, reason: str, made: Made | None = None) -> None:
        super().__init__(reason)
        self.made = made


@dataclass(frozen=True)
class Work:
    """
    One resource as it is wanted.

    name: a physical name, where the template gives none: unique, and at most as long as is said
    tags: those of the stack, and of its own
    """

    clients: Clients
    account: str
    region: str
    stack: str
    """ARN"""

    logical_id: str
    properties: Properties
    tags: Mapping[str, str]
    name: Callable[[int], str]
    type: str

    def without(self, *names: str) -> dict[str, Any]:
        return {name: value for name, value in self.properties.items() if name not in (*names, "Tags")}

    def with_properties(self, properties: Properties) -> "Work":
        return replace(self, properties=properties)

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{self.region}:{self.account}:{resource}"

    def pairs(self, key: str = "Key", value: str = "Value") -> list[dict[str, str]]:
        return [{key: name, value: text} for name, text in self.tags.items()]


class Kind:
    """
    settable: properties that local AWS can set; None where all that the type has are passed on
    replaced_by: further properties beside those which the type's schema says are given at creation alone
    named_attributes: what `Fn::GetAtt` knows beside the schema's read-only properties
    """

    type: str
    settable: frozenset[str] | None = None
    named_attributes: frozenset[str] = frozenset()

    def create(self, work: Work) -> Made:
        """Asks for it; from then on it is deleted where anything fails."""
        raise NotImplementedError

    def settle(self, work: Work, made: Made) -> Made:
        """Waits until it is of use, after it was asked for."""
        return made

    def update(self, work: Work, made: Made, before: Work) -> Made:
        raise NotImplementedError

    def delete(self, work: Work, made: Made) -> None:
        """That it is gone already is as good."""
        raise NotImplementedError


def until(look: Callable[[], Found], wanted: Callable[[Found], bool]) -> Found:
    """raises ResourceError: where it never comes"""
    deadline = time.monotonic() + _LONGEST
    while not wanted(found := look()):
        if time.monotonic() > deadline:
            raise ResourceError(f"it did not stabilize within {_LONGEST} seconds")
        time.sleep(_PAUSE)
    return found


def as_json(document: Any) -> str:
    return document if isinstance(document, str) else json.dumps(document)


def code_of(error: ClientError) -> str:
    return str(error.response["Error"]["Code"])


def unless_gone(call: Callable[[], Any], *codes: str, said: str | None = None) -> None:
    """
    codes: of errors for what is not there
    said: what such an error says, where its code alone does not tell
    """
    try:
        call()
    except ClientError as error:
        if code_of(error) not in codes or (said and said not in str(error)):
            raise


def changed_tags(work: Work, before: Work) -> tuple[dict[str, str], list[str]]:
    """Those to set, and the names of those to remove."""
    set_now = {name: value for name, value in work.tags.items() if before.tags.get(name) != value}
    return set_now, [name for name in before.tags if name not in work.tags]


def reason_of(error: Exception) -> str:
    """As CloudFormation's events tell what a service answered."""
    if isinstance(error, ResourceError):
        return str(error)
    if isinstance(error, ClientError):
        code = _HANDLER_CODES.get(code_of(error), "GeneralServiceException")
        return f'Resource handler returned message: "{error.response["Error"]["Message"]}" (HandlerErrorCode: {code})'
    if isinstance(error, BotoCoreError):
        return f'Resource handler returned message: "{error}" (HandlerErrorCode: InvalidRequest)'
    return f"Internal Failure: {error!r}"


_HANDLER_CODES = {
    "AccessDenied": "AccessDenied",
    "AccessDeniedException": "AccessDenied",
    "AlreadyExistsException": "AlreadyExists",
    "BucketAlreadyExists": "AlreadyExists",
    "EntityAlreadyExists": "AlreadyExists",
    "NoSuchEntity": "NotFound",
    "ResourceNotFoundException": "NotFound",
}
