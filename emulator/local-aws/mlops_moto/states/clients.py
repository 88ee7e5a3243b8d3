"""
What a task asks, the execution's role asks, or the one that the state names. moto (5.2.5) asks as nobody, in an account
of its own.
https://docs.aws.amazon.com/step-functions/latest/dg/procedure-create-iam-role.html
"""

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

from moto.stepfunctions.parser.asl.component.state.exec.state_task.credentials import StateCredentials
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_aws_sdk
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (
    StateTaskServiceAwsSdk,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.state_task import StateTask
from moto.stepfunctions.parser.asl.eval.environment import Environment

from ..patching import replace
from ..sagemaker.endpoints.role_clients import RoleClients

_eval_credentials_by_moto = StateTask._eval_state_credentials
_eval_task_by_moto = StateTaskServiceAwsSdk._eval_service_task

_ERROR_NAMES = {"lambda": "Lambda", "s3": "S3", "sagemaker": "SageMaker", "sns": "Sns", "sqs": "Sqs", "ssm": "Ssm"}
"""As the errors of `aws-sdk` calls begin, by the service's name in the resource."""


def install() -> None:
    replace(StateTask, "_eval_state_credentials", _eval_state_credentials)
    replace(StateTaskServiceAwsSdk, "_eval_service_task", _eval_service_task)
    vars(state_task_service_aws_sdk)["_SERVICE_ERROR_NAMES"].update(_ERROR_NAMES)
    for name, module in list(sys.modules.items()):
        if name.startswith("moto.stepfunctions.parser") and "boto_client_for" in vars(module):
            vars(module)["boto_client_for"] = client_for


def client_for(region: str | None, service: str, state_credentials: StateCredentials) -> Any:
    """
    Of the state machine's region, as all of its tasks are.

    raises ActionError: where the role does not exist, or does not let Step Functions in
    """
    source = vars(state_credentials)["state_machine"]
    clients = RoleClients(state_credentials.role_arn, source, "states.amazonaws.com", checks_parameters=False)
    return clients.of(service)


def _eval_state_credentials(task: StateTask, env: Environment) -> StateCredentials:
    credentials: StateCredentials = _eval_credentials_by_moto(task, env)
    vars(credentials)["state_machine"] = env.states.context_object.context_object_data["StateMachine"]["Id"]
    return credentials


def _eval_service_task(task: StateTaskServiceAwsSdk, env: Environment, *given: Any, **named: Any) -> None:
    _eval_task_by_moto(task, env, *given, **named)
    env.stack.append(with_iso_times(env.stack.pop()))


def with_iso_times(value: Any) -> Any:
    """As answers of `aws-sdk` calls have them."""
    return _with_times(value, lambda moment: moment.isoformat())


def with_milliseconds(value: Any) -> Any:
    """Times as answers of other calls have them, since 1970."""
    return _with_times(value, lambda moment: int(moment.timestamp() * 1000))


def _with_times(value: Any, shown: Callable[[datetime], Any]) -> Any:
    if isinstance(value, dict):
        return {name: _with_times(each, shown) for name, each in value.items()}
    if isinstance(value, list):
        return [_with_times(each, shown) for each in value]
    return shown(value) if isinstance(value, datetime) else value
