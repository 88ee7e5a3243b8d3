"""
Alarms on a queue's own metrics, which moto (5.2.5) keeps and never raises: evaluated whenever a message comes. Each
message is a minute of its own, as nobody waits for one locally: an alarm on messages sent is raised by each of them;
one on messages that lie there, by the first that comes to an empty queue.
https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
"""

from collections.abc import Iterator
from typing import Any

from moto.cloudwatch.models import Alarm, cloudwatch_backends
from moto.sqs.models import Message, SQSBackend

from ..patching import replace
from .states import set_state

_send_by_moto = SQSBackend.send_message


def install() -> None:
    replace(SQSBackend, "send_message", _send_message)


def _send_message(backend: SQSBackend, queue_name: str, *given: Any, **named: Any) -> Message:
    queue = backend.get_queue(queue_name)
    before = len(queue.messages)
    message: Message = _send_by_moto(backend, queue_name, *given, **named)
    for alarm in list(_alarms_on(backend, queue_name)):
        if alarm.metric_name == "NumberOfMessagesSent":
            set_state(alarm, 0)
            set_state(alarm, 1)
        if alarm.metric_name == "ApproximateNumberOfMessagesVisible":
            set_state(alarm, before)
            set_state(alarm, len(queue.messages))
    return message


def _alarms_on(backend: SQSBackend, queue_name: str) -> Iterator[Alarm]:
    for alarm in cloudwatch_backends[backend.account_id][backend.region_name].alarms.values():
        dimensions = {dimension.name: dimension.value for dimension in alarm.dimensions}
        if alarm.namespace == "AWS/SQS" and dimensions == {"QueueName": queue_name}:
            yield alarm
