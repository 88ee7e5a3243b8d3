"""
Step Functions: moto's own interpreter of Amazon States Language, which runs executions, with what it lacks. It takes
half a second to load, so the rest of this folder is installed when a state machine is first asked for.
"""

from collections.abc import Callable
from typing import Any

from moto.core.config import default_user_config
from moto.core.responses import ActionResult
from moto.stepfunctions import responses

from ..patching import replace
from .event_target import start_execution

__all__ = ["abandon_executions", "install", "start_execution"]

_backend_by_moto = responses.get_backend


_LACKING = ("list_state_machine_versions", "validate_state_machine_definition")
"""What moto has no method for: one of them may be the first that is asked for."""


def install() -> None:
    vars(responses)["get_backend"] = _get_backend
    for name in _LACKING:
        replace(responses.StepFunctionResponse, name, _once_loaded(name))


def _once_loaded(name: str) -> Callable[[responses.StepFunctionResponse], ActionResult]:
    def answer(response: responses.StepFunctionResponse) -> ActionResult:
        _get_backend(response.current_account, response.region)
        answered: ActionResult = getattr(response, name)()
        return answered

    return answer


def _get_backend(account: str, region: str) -> Any:
    if not default_user_config["stepfunctions"]["execute_state_machine"]:
        default_user_config["stepfunctions"]["execute_state_machine"] = True
        from . import clients, executions, journal, member_names, paths, pauses, sagemaker_jobs, state_machines, tokens

        for part in (clients, executions, journal, member_names, paths, pauses, sagemaker_jobs, state_machines, tokens):
            part.install()
    return _backend_by_moto(account, region)


def abandon_executions() -> None:
    """In a fork, where nobody runs them on."""
    if default_user_config["stepfunctions"]["execute_state_machine"]:
        from .executions import abandon

        abandon()
