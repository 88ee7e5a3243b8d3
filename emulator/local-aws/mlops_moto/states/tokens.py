"""
Answers to task tokens. moto (5.2.5) loses the cause of a failure, takes a second answer, and text that is no JSON.
https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html
"""

import json
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.stepfunctions.parser.asl.eval.callback.callback import (
    CallbackEndpoint,
    CallbackOutcomeFailure,
    CallbackOutcomeSuccess,
)
from moto.stepfunctions.responses import StepFunctionResponse

from ..patching import replace
from .errors import InvalidOutputError, InvalidTokenError, TaskTimedOutError

_GONE = "Task Timed Out: 'Provided task does not exist anymore'"


def install() -> None:
    replace(StepFunctionResponse, "send_task_success", _succeed)
    replace(StepFunctionResponse, "send_task_failure", _fail)
    replace(StepFunctionResponse, "send_task_heartbeat", _beat)


def _succeed(response: StepFunctionResponse) -> ActionResult:
    token, output = response._get_param("taskToken"), response._get_param("output")
    try:
        json.loads(output)
    except ValueError as error:
        raise InvalidOutputError(f"Invalid Output: '{error}'") from error
    _waiting(response).notify(CallbackOutcomeSuccess(token, output))
    return EmptyResult()


def _fail(response: StepFunctionResponse) -> ActionResult:
    token, error, cause = (response._get_param(name) for name in ("taskToken", "error", "cause"))
    _waiting(response).notify(CallbackOutcomeFailure(token, error, cause))
    return EmptyResult()


def _beat(response: StepFunctionResponse) -> ActionResult:
    _waiting(response).notify_heartbeat()
    return EmptyResult()


def _waiting(response: StepFunctionResponse) -> CallbackEndpoint:
    """
    Of the caller's own account.

    raises TaskTimedOutError: where the task has ended, or was answered already
    raises InvalidTokenError: where there never was one
    """
    token = str(response._get_param("taskToken"))
    for env in _environments(response):
        endpoint = env.callback_pool_manager.get(token)
        if endpoint is None:
            continue
        if endpoint._notify_event.is_set() or not env.is_running():
            raise TaskTimedOutError(_GONE)
        return endpoint
    raise InvalidTokenError("Invalid Token: 'Invalid token'")


def _environments(response: StepFunctionResponse) -> Any:
    backend: Any = response.stepfunction_backend
    return [execution.exec_worker.env for execution in backend._get_executions()]
