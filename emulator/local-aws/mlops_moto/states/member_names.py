"""
Names in requests and answers: Step Functions writes them all in PascalCase, whatever the service's own are. moto
(5.2.5) hands them over as they stand.
https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html
"""

import functools
from typing import Any

import botocore.loaders
from botocore.exceptions import UnknownServiceError
from botocore.model import OperationModel, OperationNotFoundError, ServiceModel
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service import (
    StateTaskService,
)

from ..patching import replace

_LOADER = botocore.loaders.create_loader()


def install() -> None:
    replace(StateTaskService, "_normalise_parameters", _to_service)
    replace(StateTaskService, "_normalise_response", _from_service)


def _to_service(task: StateTaskService, parameters: dict[str, Any], *_given: Any, **_named: Any) -> None:
    operation = _operation(task)
    if operation and operation.input_shape:
        task._to_boto_request(parameters, operation.input_shape)


def _from_service(task: StateTaskService, response: Any, *_given: Any, **_named: Any) -> None:
    operation = _operation(task)
    if operation and operation.output_shape:
        task._from_boto_response(response, operation.output_shape)


def _operation(task: StateTaskService) -> OperationModel | None:
    action = task.resource.api_action
    try:
        return _service(task._get_boto_service_name()).operation_model(f"{action[:1].upper()}{action[1:]}")
    except (OperationNotFoundError, UnknownServiceError):
        return None


@functools.cache
def _service(name: str) -> ServiceModel:
    return ServiceModel(_LOADER.load_service_model(name, "service-2"), name)
