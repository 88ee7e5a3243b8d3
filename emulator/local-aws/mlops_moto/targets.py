"""
The kinds of target local AWS delivers to: SageMaker pipelines, SNS topics and SQS queues, with EventBridge's own
access checks. Log groups, archives and event buses are left to moto; any other kind is refused.
"""

import copy
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from moto.events.models import Rule
from moto.sagemaker.models import sagemaker_backends
from moto.sns.models import sns_backends
from moto.utilities.arns import Arn, parse_arn

from .dead_letters import send_to_queue
from .event_input import MissingError, target_input, value_at
from .failures import DeliveryError, no_permissions, no_resource
from .grants import Source, require, require_role, require_topic_key

Event = Mapping[str, Any]
Target = Mapping[str, Any]

send_by_moto = Rule.send_to_targets


def send(rule: Rule, target: Target, event: Event, raw: Event) -> None:
    """raises DeliveryError: where the target does not take the event"""
    source = Source(rule.arn, rule.account_id, rule.region_name)
    arn = parse_arn(target["Arn"])
    if arn.service == "sagemaker" and arn.resource_type == "pipeline":
        _start_pipeline(arn, target, event, source)
    elif arn.service == "sns":
        _publish(target["Arn"], _input(rule, target, event, raw), source)
    elif arn.service == "sqs":
        group = (target.get("SqsParameters") or {}).get("MessageGroupId")
        send_to_queue(target["Arn"], _input(rule, target, event, raw), source, group=group)
    else:
        _leave_to_moto(rule, target, raw)


def _input(rule: Rule, target: Target, event: Event, raw: Event) -> str:
    reserved = {
        "aws.events.rule-arn": rule.arn,
        "aws.events.rule-name": rule.name,
        "aws.events.event": event,
        "aws.events.event.json": event,
        "aws.events.event.ingestion-time": raw.get("ingestion-time", event["time"]),
    }
    try:
        return target_input(target, event, reserved)
    except MissingError as error:
        raise DeliveryError("INVALID_PARAMETER", f"the event has nothing at {error}") from error
    except ValueError as error:
        raise DeliveryError("INVALID_JSON", f"the input transformer did not make JSON: {error}") from error


def _publish(topic_arn: str, message: str, source: Source) -> None:
    place = parse_arn(topic_arn)
    topic = sns_backends[place.account][place.region].topics.get(topic_arn)
    if topic is None:
        raise no_resource(f"topic {topic_arn} does not exist")
    require(topic.policy, "sns:Publish", topic_arn, source.context)
    if topic.kms_master_key_id:
        require_topic_key(topic.kms_master_key_id, topic_arn, source)
    topic.publish(message)


def _start_pipeline(arn: Arn, target: Target, event: Event, source: Source) -> None:
    require_role(target.get("RoleArn"), "sagemaker:StartPipelineExecution", target["Arn"], source)
    if arn.account != source.account:
        raise no_permissions("sagemaker:StartPipelineExecution", target["Arn"], target["RoleArn"])
    backend = sagemaker_backends[arn.account][arn.region]
    if arn.resource_id not in backend.pipelines:
        raise no_resource(f"pipeline {target['Arn']} does not exist")
    backend.start_pipeline_execution(
        pipeline_name=arn.resource_id,
        pipeline_execution_display_name="",
        pipeline_parameters=pipeline_parameters(target, event),
        pipeline_execution_description="",
        parallelism_configuration={},
        client_request_token=request_token(event, source.arn, target["Id"]),
    )


def pipeline_parameters(target: Target, event: Event) -> list[dict[str, str]]:
    """A target's pipeline parameters; a JSONPath (`$.…`) stands for its value in the event, not a transformed one."""
    listed = (target.get("SageMakerPipelineParameters") or {}).get("PipelineParameterList") or []
    return [{"Name": each["Name"], "Value": _parameter(each["Value"], event)} for each in listed]


def _parameter(value: str, event: Event) -> str:
    if not value.startswith("$."):
        return value
    try:
        found = value_at(event, value)
    except MissingError as error:
        raise DeliveryError("INVALID_PARAMETER", f"the event has nothing at {value}") from error
    return found if isinstance(found, str) else json.dumps(found)


def request_token(event: Event, rule_arn: str, target_id: str) -> str:
    """The same for every delivery of one event to one target, so that an event delivered twice starts one execution."""
    return hashlib.sha256(f"{event['id']} {rule_arn} {target_id}".encode()).hexdigest()


def _leave_to_moto(rule: Rule, target: Target, raw: Event) -> None:
    single = copy.copy(rule)
    single.targets = [dict(target)]
    try:
        send_by_moto(single, copy.deepcopy(raw))
    except NotImplementedError as error:
        message = f"local AWS does not deliver to {target['Arn']}"
        raise DeliveryError("SDK_CLIENT_ERROR", message) from error
