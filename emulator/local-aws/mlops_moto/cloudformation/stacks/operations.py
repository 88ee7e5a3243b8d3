"""What whoever asks for a stack is told at once; the rest happens in a run of its own."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from moto.cloudformation.exceptions import AlreadyExistsException, CloudFormationError, ValidationError

from ...control_plane.api import ActionError
from ...sagemaker.endpoints.role_clients import Clients, RoleClients
from ...wsgi.serial import STATE_LOCK
from ..templates.errors import TemplateError
from ..templates.functions import evaluate
from ..templates.template import Filled, Pseudo, Template
from . import runs
from .stack import Stack, add, find

_SERVICE = "cloudformation.amazonaws.com"
_UPDATABLE = {
    "CREATE_COMPLETE",
    "UPDATE_COMPLETE",
    "UPDATE_ROLLBACK_COMPLETE",
}
_IMPLIED = {"CAPABILITY_IAM": {"CAPABILITY_IAM", "CAPABILITY_NAMED_IAM"}}


@dataclass(frozen=True)
class Wanted:
    """
    parameters: values by name; `previous`: names whose value stays
    role_arn: that CloudFormation assumes; without one it works as whoever has the access key
    """

    account: str
    region: str
    name: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    previous: Collection[str] = ()
    role_arn: str | None = None
    access_key: str | None = None
    tags: Mapping[str, str] | None = None
    capabilities: Sequence[str] = ()
    token: str | None = None
    on_failure: str = "ROLLBACK"
    protected: bool = False


def create(wanted: Wanted, body: str) -> Stack:
    """raises CloudFormationError: where nothing is made"""
    with STATE_LOCK:
        known = find(wanted.account, wanted.region, wanted.name)
        if known:
            if wanted.token and known.tokens.get(wanted.token) == "create":
                return known
            raise AlreadyExistsException(f"Stack [{wanted.name}] already exists")
        place = f"{wanted.region}:{wanted.account}"
        stack_id = f"arn:aws:cloudformation:{place}:stack/{wanted.name}/{uuid.uuid4()}"
        filled = _filled(read(body), wanted, stack_id, {})
        tags, access_key = wanted.tags or {}, None if wanted.role_arn else wanted.access_key
        stack = Stack(
            *(stack_id, wanted.name, wanted.account, wanted.region, filled, tags, tuple(wanted.capabilities)),
            *(wanted.role_arn, access_key, wanted.on_failure, wanted.protected),
        )
        clients = _clients(stack)
        add(stack)
        _remember(stack, wanted.token, "create")
        runs.begun(stack, "CREATE_IN_PROGRESS")
    runs.start(stack, lambda: runs.create(stack, clients))
    return stack


def update(wanted: Wanted, body: str | None) -> Stack:
    """
    body: None for the template that it has

    raises CloudFormationError: where nothing is changed
    """
    with STATE_LOCK:
        stack = require(wanted.account, wanted.region, wanted.name)
        if wanted.token and stack.tokens.get(wanted.token) == "update":
            return stack
        if stack.status not in _UPDATABLE:
            raise ValidationError(message=f"Stack:{stack.id} is in {stack.status} state and can not be updated.")
        template = read(body) if body is not None else stack.filled.template
        absent = [name for name in wanted.previous if name not in stack.filled.values]
        if absent:
            raise ValidationError(
                message=f"Invalid input for parameter key {absent[0]}. Cannot specify usePreviousValue"
            )
        earlier = {name: stack.filled.values[name] for name in wanted.previous}
        filled = _filled(template, wanted, stack.id, earlier)
        tags = stack.tags if wanted.tags is None else wanted.tags
        if _sketch(filled, tags) == _sketch(stack.filled, stack.tags):
            raise ValidationError(message="No updates are to be performed.")
        _work_as(stack, wanted)
        clients = _clients(stack)
        stack.capabilities = tuple(wanted.capabilities)
        _remember(stack, wanted.token, "update")
        runs.begun(stack, "UPDATE_IN_PROGRESS")
    runs.start(stack, lambda: runs.update(stack, clients, filled, tags))
    return stack


def delete(wanted: Wanted, retained: Collection[str] = ()) -> None:
    """That there is no such stack is as good. raises CloudFormationError: where it is not deleted now"""
    with STATE_LOCK:
        stack = find(wanted.account, wanted.region, wanted.name)
        if stack is None or not stack.exists or stack.status == "DELETE_IN_PROGRESS":
            return
        if stack.protected:
            raise ValidationError(
                message=f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled"
            )
        if stack.in_progress:
            raise ValidationError(message=f"Stack [{stack.id}] cannot be deleted while in status {stack.status}")
        if retained and stack.status != "DELETE_FAILED":
            raise ValidationError(message="Retain resources only apply to stacks in DELETE_FAILED state")
        _work_as(stack, wanted)
        clients = _clients(stack)
        _remember(stack, wanted.token, "delete")
        runs.begun(stack, "DELETE_IN_PROGRESS")
    runs.start(stack, lambda: runs.delete(stack, clients, frozenset(retained)))


def require(account: str, region: str, name: str) -> Stack:
    """raises ValidationError: where there is none"""
    stack = find(account, region, name)
    if stack is None:
        raise ValidationError(name)
    return stack


def read(body: str) -> Template:
    """raises ValidationError"""
    try:
        return Template.of(body)
    except TemplateError as error:
        raise ValidationError(message=str(error)) from error


def _filled(template: Template, wanted: Wanted, stack_id: str, earlier: Mapping[str, str]) -> Filled:
    lacking = [each for each in template.capabilities() if not _IMPLIED.get(each, {each}) & set(wanted.capabilities)]
    if lacking:
        raise CloudFormationError("InsufficientCapabilitiesException", f"Requires capabilities : [{lacking[0]}]")
    name = stack_id.split("/")[1]
    pseudo = Pseudo(wanted.account, wanted.region, name, stack_id)
    try:
        filled = template.with_values({**earlier, **wanted.parameters}, pseudo)
        _ = filled.resources
    except TemplateError as error:
        raise ValidationError(message=str(error)) from error
    return filled


def _work_as(stack: Stack, wanted: Wanted) -> None:
    """A stack that once had a role keeps it."""
    if wanted.role_arn:
        stack.role, stack.access_key = wanted.role_arn, None
    elif stack.role is None:
        stack.access_key = wanted.access_key


def _clients(stack: Stack) -> Clients:
    if stack.role is None:
        session = {"accessKeyId": stack.access_key or "", "secretAccessKey": "local", "sessionToken": ""}
        return Clients(session, stack.region)
    try:
        return RoleClients(stack.role, stack.id, _SERVICE)
    except ActionError as error:
        raise ValidationError(message=f"Role {stack.role} is invalid or cannot be assumed: {error}") from error


def _remember(stack: Stack, token: str | None, asked: str) -> None:
    stack.token = token
    if token:
        stack.tokens[token] = asked


def _sketch(filled: Filled, tags: Mapping[str, str]) -> Any:
    """All that counts of a stack, with its resources' ids left open."""
    scope = filled.scope(lambda name: f"\0{name}", lambda name, attribute: f"\0{name}.{attribute}")

    def known(value: Any) -> Any:
        try:
            return evaluate(value, scope)
        except TemplateError:  # a function that takes an id apart
            return value, dict(filled.names)

    made = {name: (each.type, known(each.properties), each.metadata) for name, each in filled.resources.items()}
    return made, {name: known(dict(each)) for name, each in filled.outputs.items()}, dict(tags)
