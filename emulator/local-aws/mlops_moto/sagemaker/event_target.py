"""Pipelines that EventBridge starts."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from moto.sagemaker.models import sagemaker_backends
from moto.utilities.arns import parse_arn

from ..events.delivery import Delivery
from ..events.errors import DeliveryError, no_permissions, no_resource, no_such_kind
from ..events.input import MissingError, value_at
from ..events.permissions import require_role

_ACTION = "sagemaker:StartPipelineExecution"


def start_pipeline(delivery: Delivery) -> None:
    target, event, source = delivery.target, delivery.event, delivery.source
    arn = parse_arn(delivery.arn)
    if arn.resource_type != "pipeline":
        raise no_such_kind(delivery.arn)
    require_role(target.get("RoleArn"), _ACTION, delivery.arn, source)
    if arn.account != source.account:
        raise no_permissions(_ACTION, delivery.arn, target["RoleArn"])
    backend = sagemaker_backends[arn.account][arn.region]
    if arn.resource_id not in backend.pipelines:
        raise no_resource(f"pipeline {delivery.arn} does not exist")
    backend.start_pipeline_execution(
        pipeline_name=arn.resource_id,
        pipeline_execution_display_name="",
        pipeline_parameters=_parameters(target, event),
        pipeline_execution_description="",
        parallelism_configuration={},
        client_request_token=_request_token(event, source.arn, target["Id"]),
    )


def _parameters(target: Mapping[str, Any], event: Mapping[str, Any]) -> list[dict[str, str]]:
    """A target's pipeline parameters; a JSONPath (`$.…`) stands for its value in the event, not a transformed one."""
    listed = (target.get("SageMakerPipelineParameters") or {}).get("PipelineParameterList") or []
    return [{"Name": each["Name"], "Value": _parameter(each["Value"], event)} for each in listed]


def _parameter(value: str, event: Mapping[str, Any]) -> str:
    if not value.startswith("$."):
        return value
    try:
        found = value_at(event, value)
    except MissingError as error:
        raise DeliveryError("INVALID_PARAMETER", f"the event has nothing at {value}") from error
    return found if isinstance(found, str) else json.dumps(found)


def _request_token(event: Mapping[str, Any], rule_arn: str, target_id: str) -> str:
    """The same for every delivery of one event to one target, so that an event delivered twice starts one execution."""
    return hashlib.sha256(f"{event['id']} {rule_arn} {target_id}".encode()).hexdigest()
