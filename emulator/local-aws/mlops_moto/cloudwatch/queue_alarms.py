"""
Alarms on a queue's own metrics, which moto (5.2.5) keeps and never raises: evaluated whenever a message comes. Each
message is a minute of its own, as nobody waits for one locally: an alarm on messages sent is raised by each of them;
one on messages that lie there, by the first that comes to an empty queue.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
"""

import json
import logging
import operator
from collections.abc import Callable, Iterator
from typing import Any

from moto.cloudwatch.models import Alarm, cloudwatch_backends
from moto.core.utils import utcnow
from moto.sns.models import sns_backends
from moto.sqs.models import Message, SQSBackend
from moto.utilities.arns import parse_arn

from ..events.errors import DeliveryError, no_resource
from ..events.permissions import Source, require, require_key
from ..patching import replace
from ..times import iso

_SERVICE = "cloudwatch.amazonaws.com"
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}

_send_by_moto = SQSBackend.send_message


def install() -> None:
    replace(SQSBackend, "send_message", _send_message)


def _send_message(backend: SQSBackend, queue_name: str, *given: Any, **named: Any) -> Message:
    queue = backend.get_queue(queue_name)
    before = len(queue.messages)
    message: Message = _send_by_moto(backend, queue_name, *given, **named)
    for alarm in list(_alarms_on(backend, queue_name)):
        if alarm.metric_name == "NumberOfMessagesSent":
            _set_state(alarm, 0)
            _set_state(alarm, 1)
        if alarm.metric_name == "ApproximateNumberOfMessagesVisible":
            _set_state(alarm, before)
            _set_state(alarm, len(queue.messages))
    return message


def _alarms_on(backend: SQSBackend, queue_name: str) -> Iterator[Alarm]:
    for alarm in cloudwatch_backends[backend.account_id][backend.region_name].alarms.values():
        dimensions = {dimension.name: dimension.value for dimension in alarm.dimensions}
        if alarm.namespace == "AWS/SQS" and dimensions == {"QueueName": queue_name}:
            yield alarm


def _set_state(alarm: Alarm, value: float) -> None:
    breaches = _COMPARISONS[alarm.comparison_operator](value, float(alarm.threshold))
    state, before = "ALARM" if breaches else "OK", alarm.state_value
    if state == before:
        return
    reason = f"Threshold Crossed: 1 datapoint [{value}] was {'' if breaches else 'not '}{alarm.comparison_operator}"
    alarm.update_state(f"{reason} ({alarm.threshold}).", "{}", state)
    actions = alarm.alarm_actions if breaches else alarm.ok_actions
    for action in actions if alarm.actions_enabled else []:
        try:
            _publish(alarm, action, before)
        except DeliveryError as error:
            logging.warning("alarm %s did not reach %s: %s", alarm.name, action, error)


def _publish(alarm: Alarm, topic_arn: str, before: str) -> None:
    place, own = parse_arn(topic_arn), parse_arn(alarm.alarm_arn)
    topic = sns_backends[place.account][place.region].topics.get(topic_arn)
    if topic is None:
        raise no_resource(f"topic {topic_arn} does not exist")
    source = Source(alarm.alarm_arn, own.account, own.region)
    require(topic.policy, "sns:Publish", topic_arn, source.context, _SERVICE)
    if topic.kms_master_key_id:
        context = {**source.context, "kms:EncryptionContext:aws:sns:topicArn": topic_arn}
        require_key(topic.kms_master_key_id, source, context, _SERVICE)
    topic.publish(_message(alarm, before), subject=f'{alarm.state_value}: "{alarm.name}" in {own.region}')


def _message(alarm: Alarm, before: str) -> str:
    place = parse_arn(alarm.alarm_arn)
    return json.dumps(
        {
            "AlarmName": alarm.name,
            "AlarmDescription": alarm.description,
            "AWSAccountId": place.account,
            "NewStateValue": alarm.state_value,
            "NewStateReason": alarm.state_reason,
            "StateChangeTime": iso(utcnow()),
            "Region": place.region,
            "AlarmArn": alarm.alarm_arn,
            "OldStateValue": before,
            "Trigger": {
                "MetricName": alarm.metric_name,
                "Namespace": alarm.namespace,
                "Statistic": alarm.statistic,
                "Dimensions": [{"name": each.name, "value": each.value} for each in alarm.dimensions],
                "Period": alarm.period,
                "EvaluationPeriods": alarm.evaluation_periods,
                "ComparisonOperator": alarm.comparison_operator,
                "Threshold": alarm.threshold,
                "TreatMissingData": alarm.treat_missing_data,
            },
        },
        default=str,
    )
