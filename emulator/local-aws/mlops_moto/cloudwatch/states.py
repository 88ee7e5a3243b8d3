"""
The state of an alarm, which moto (5.2.5) keeps and never changes by itself: by a value, and what a change publishes.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
"""

import json
import logging
import operator
from collections.abc import Callable

from moto.cloudwatch.models import Alarm
from moto.core.utils import utcnow
from moto.sns.models import sns_backends
from moto.utilities.arns import parse_arn

from ..events.errors import DeliveryError, no_resource
from ..events.permissions import Source, require, require_key
from ..times import iso

_SERVICE = "cloudwatch.amazonaws.com"
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanThreshold": operator.gt,
    "GreaterThanOrEqualToThreshold": operator.ge,
    "LessThanThreshold": operator.lt,
    "LessThanOrEqualToThreshold": operator.le,
}


def set_state(alarm: Alarm, value: float) -> None:
    """Publishes to the alarm's topics where the value changes its state."""
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
