"""
State machines: definitions are refused where Step Functions refuses them, and so are roles that do not let it in. moto
(5.2.5) finds out at run time alone, and lacks the actions by which Terraform asks.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_ValidateStateMachineDefinition.html
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from moto.core.responses import ActionResult
from moto.stepfunctions.models import StateMachine
from moto.stepfunctions.parser.api import InvalidDefinition
from moto.stepfunctions.parser.models import StepFunctionsParserBackend
from moto.stepfunctions.responses import StepFunctionResponse

from ..control_plane.api import ActionError
from ..control_plane.service_roles import assume_service_role
from ..patching import replace
from .errors import AccessDeniedError, InvalidDefinitionError

_parse_by_moto = StepFunctionsParserBackend._validate_definition
_create_by_moto = StepFunctionsParserBackend.create_state_machine
_update_by_moto = StepFunctionsParserBackend.update_state_machine

_UNTRUSTED = (
    "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the "
    "provided role."
)

Problem = tuple[str, str]
"""A code and a message, as Step Functions gives them."""


def install() -> None:
    replace(StepFunctionsParserBackend, "_validate_definition", staticmethod(_require_valid))
    replace(StepFunctionsParserBackend, "create_state_machine", _create)
    replace(StepFunctionsParserBackend, "update_state_machine", _update)
    replace(StepFunctionResponse, "validate_state_machine_definition", _validate)
    replace(StepFunctionResponse, "list_state_machine_versions", _list_versions)


def problems_of(definition: str) -> list[Problem]:
    try:
        machine = json.loads(definition)
    except ValueError as error:
        return [("INVALID_JSON_DESCRIPTION", f"Invalid JSON: {error}")]
    if '"JSONata"' in definition:
        return [("UNSUPPORTED", "local AWS runs state machines in JSONPath alone, not in JSONata")]
    try:
        _parse_by_moto(definition)
    except InvalidDefinition as error:
        return [("SCHEMA_VALIDATION_FAILED", str(error.message))]
    return list(_transitions(machine, ""))


def _require_valid(definition: str) -> None:
    problems = problems_of(definition)
    if problems:
        told = ", ".join(f"{code}: {message}" for code, message in problems)
        raise InvalidDefinitionError(f"Invalid State Machine Definition: '{told}'")


def _transitions(machine: Mapping[str, Any], path: str) -> Iterator[Problem]:
    """Each state's followers are states of its own machine, and each state follows another."""
    states, followed = machine["States"], {machine["StartAt"]}
    for where, target in [("StartAt", machine["StartAt"]), *_followers(states, "States")]:
        followed.add(target)
        if target not in states:
            yield "MISSING_TRANSITION_TARGET", f"Missing '{where.split('/')[-1]}' target: {target} at {path}/{where}"
    for name in states.keys() - followed:
        yield "MISSING_TRANSITION_TARGET", f'State "{name}" is not reachable. at {path}/States/{name}'
    for name, state in states.items():
        for at, inner in enumerate(state.get("Branches", [])):
            yield from _transitions(inner, f"{path}/States/{name}/Branches[{at}]")
        for key in ("Iterator", "ItemProcessor"):
            if key in state:
                yield from _transitions(state[key], f"{path}/States/{name}/{key}")


def _followers(states: Mapping[str, Any], path: str) -> Iterator[tuple[str, str]]:
    for name, state in states.items():
        for key in ("Next", "Default"):
            if key in state:
                yield f"{path}/{name}/{key}", state[key]
        for key in ("Choices", "Catch"):
            for at, each in enumerate(state.get(key, [])):
                yield f"{path}/{name}/{key}[{at}]/Next", each.get("Next")


def _create(backend: StepFunctionsParserBackend, **given: Any) -> StateMachine:
    _require_trust(backend, given["roleArn"], given["name"])
    return _create_by_moto(backend, **given)


def _update(backend: StepFunctionsParserBackend, arn: str, **given: Any) -> StateMachine:
    if given.get("role_arn"):
        _require_trust(backend, given["role_arn"], arn.rsplit(":", 1)[-1])
    return _update_by_moto(backend, arn, **given)


def _require_trust(backend: StepFunctionsParserBackend, role: str, name: str) -> None:
    source = f"arn:{backend.partition}:states:{backend.region_name}:{backend.account_id}:stateMachine:{name}"
    asked = {"service": "states.amazonaws.com", "roleArn": role, "sessionName": "states", "sourceArn": source}
    try:
        assume_service_role(asked)
    except ActionError as error:
        raise AccessDeniedError(_UNTRUSTED) from error


def _validate(response: StepFunctionResponse) -> ActionResult:
    problems = problems_of(response._get_param("definition"))
    told = [{"severity": "ERROR", "code": code, "message": message} for code, message in problems]
    return ActionResult({"result": "FAIL" if told else "OK", "diagnostics": told, "truncated": False})


def _list_versions(response: StepFunctionResponse) -> ActionResult:
    machine = response.stepfunction_backend.describe_state_machine(response._get_param("stateMachineArn"))
    newest = sorted(machine.versions.values(), key=lambda each: -each.version)
    told = [{"stateMachineVersionArn": each.arn, "creationDate": each.creation_date} for each in newest]
    return ActionResult({"stateMachineVersions": told})
