"""
`sagemaker:…`, which moto (5.2.5) passes on without waiting: with `.sync` a task waits for its job, as the role, and
stops it where the execution or the state ends before.
https://docs.aws.amazon.com/step-functions/latest/dg/connect-sagemaker.html
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError
from moto.stepfunctions.parser.api import HistoryEventType, TaskFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.custom_error_name import CustomErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.error_name import ErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name import StatesErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.states_error_name_type import StatesErrorNameType
from moto.stepfunctions.parser.asl.component.state.exec.state_task.credentials import StateCredentials
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.resource import (
    ResourceCondition,
    ResourceRuntimePart,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import (
    StateTaskService,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_callback import (
    StateTaskServiceCallback,
)
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_factory import (
    state_task_service_for,
)
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails

from .clients import client_for, with_milliseconds

_CALLS = frozenset(
    {
        "createEndpoint",
        "createEndpointConfig",
        "createHyperParameterTuningJob",
        "createLabelingJob",
        "createModel",
        "createProcessingJob",
        "createTrainingJob",
        "createTransformJob",
        "updateEndpoint",
    }
)
_MODELLED = {"ConflictException", "ResourceInUse", "ResourceLimitExceeded", "ResourceNotFound"}
"""Errors that SageMaker's service model has; all others are `AmazonSageMakerException`."""


@dataclass(frozen=True)
class _Kind:
    """A kind of job that is waited for, `Training` for instance."""

    name: str

    @property
    def rule(self) -> str:
        return f"StepFunctionsGetEventsForSageMaker{self.name}JobsRule"

    def call(self, client: Any, verb: str, job: str) -> dict[str, Any]:
        answer: dict[str, Any] = getattr(client, f"{verb}_{self.name.lower()}_job")(**{f"{self.name}JobName": job})
        answer.pop("ResponseMetadata", None)
        return answer


_WAITED_FOR = {f"create{name}Job": _Kind(name) for name in ("Processing", "Training", "Transform")}


def install() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("moto.stepfunctions.parser") and "state_task_service_for" in vars(module):
            vars(module)["state_task_service_for"] = _service_for


def _service_for(service_name: str) -> StateTaskService:
    return _SageMaker() if service_name == "sagemaker" else state_task_service_for(service_name)


class _SageMaker(StateTaskServiceCallback):
    def __init__(self) -> None:
        # moto's own way of waiting draws a token for `.sync` too.
        super().__init__({ResourceCondition.Sync, ResourceCondition.WaitForTaskToken})

    def _get_supported_parameters(self) -> None:
        """All that SageMaker takes."""

    def _validate_service_integration_is_supported(self) -> None:
        action, condition = self.resource.api_action, self.resource.condition
        known = _CALLS if condition is None else _WAITED_FOR if condition == ResourceCondition.Sync else ()
        if action not in known:
            raise ValueError(f"The resource provided {self.resource.resource_arn} is not recognized.")

    def _eval_service_task(
        self,
        env: Environment,
        resource_runtime_part: ResourceRuntimePart,
        normalised_parameters: dict[str, Any],
        state_credentials: StateCredentials,
    ) -> None:
        client = client_for(resource_runtime_part.region, "sagemaker", state_credentials)
        if self.resource.condition == ResourceCondition.Sync:
            self._hear_of_ends(env, resource_runtime_part.region, state_credentials)
        answer = getattr(client, self._get_boto_service_action())(**normalised_parameters)
        answer.pop("ResponseMetadata", None)
        env.stack.append(with_milliseconds(answer))

    def _hear_of_ends(self, env: Environment, region: str, credentials: StateCredentials) -> None:
        """The rule that AWS manages, made as the role; nothing here is delivered by it."""
        rule, events = _WAITED_FOR[self.resource.api_action].rule, client_for(region, "events", credentials)
        target = {"Id": rule, "Arn": vars(credentials)["state_machine"]}
        try:
            if not _stands(events, rule):
                events.put_rule(Name=rule, EventPattern=json.dumps({"source": ["aws.sagemaker"]}), State="DISABLED")
                events.put_targets(Rule=rule, Targets=[target])
        except ClientError as error:
            cause = f"'{credentials.role_arn}' is not authorized to create managed-rule."
            message = f"{cause} {error.response['Error']['Message']}"
            raise FailureEventException(self._failed(env, StatesErrorName(_TASK_FAILED), message)) from error

    def _build_sync_resolver(
        self,
        env: Environment,
        resource_runtime_part: ResourceRuntimePart,
        normalised_parameters: dict[str, Any],
        state_credentials: StateCredentials,
    ) -> Callable[[], dict[str, Any] | None]:
        env.stack.pop()
        kind = _WAITED_FOR[self.resource.api_action]
        client = client_for(resource_runtime_part.region, "sagemaker", state_credentials)
        name = normalised_parameters[f"{kind.name}JobName"]

        def ended() -> dict[str, Any] | None:
            job = with_milliseconds(kind.call(client, "describe", name))
            status = job[f"{kind.name}JobStatus"]
            if status in ("InProgress", "Stopping"):
                return None
            if status == "Completed":
                return dict(job)
            raise FailureEventException(self._failed(env, StatesErrorName(_TASK_FAILED), json.dumps(job)))

        vars(self)["stop"] = lambda: kind.call(client, "stop", name)
        return ended

    def _eval_sync(self, env: Environment, *given: Any, **named: Any) -> Any:
        outcome = super()._eval_sync(env, *given, **named)
        if outcome is None:
            vars(self)["stop"]()
        return outcome

    def _from_error(self, env: Environment, ex: Exception) -> FailureEvent:
        if not isinstance(ex, ClientError):
            return super()._from_error(env, ex)
        error, told = ex.response["Error"], ex.response["ResponseMetadata"]
        code = error["Code"]
        name = f"{code.removesuffix('Exception')}Exception" if code in _MODELLED else "AmazonSageMakerException"
        cause = (
            f"{error['Message']} (Service: AmazonSageMaker; Status Code: {told['HTTPStatusCode']}; "
            f"Error Code: {code}; Request ID: {told.get('RequestId')}; Proxy: null)"
        )
        return self._failed(env, CustomErrorName(f"SageMaker.{name}"), cause)

    def _failed(self, env: Environment, error: ErrorName, cause: str) -> FailureEvent:
        details = TaskFailedEventDetails(
            resource=self._get_sfn_resource(),
            resourceType=self._get_sfn_resource_type(),
            error=error.error_name,
            cause=cause,
        )
        return FailureEvent(env, error, HistoryEventType.TaskFailed, EventDetails(taskFailedEventDetails=details))


def _stands(events: Any, rule: str) -> bool:
    try:
        events.describe_rule(Name=rule)
    except events.exceptions.ResourceNotFoundException:
        return False
    return True


_TASK_FAILED = StatesErrorNameType.StatesTaskFailed
