"""
Events that no target took, and messages to queues in general.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.sqs.models import sqs_backends
from moto.utilities.arns import parse_arn

from .failures import DeliveryError, no_resource
from .grants import Source, require, require_queue_key


@dataclass(frozen=True)
class DeadLetter:
    """`exhausted` is the limit that ended the tries, where one did."""

    rule_arn: str
    target_arn: str
    event: Mapping[str, Any]
    error: DeliveryError
    retries: int
    exhausted: str | None

    def attributes(self) -> dict[str, str]:
        exhausted = {"EXHAUSTED_RETRY_CONDITION": self.exhausted} if self.exhausted else {}
        return {
            "RULE_ARN": self.rule_arn,
            "TARGET_ARN": self.target_arn,
            "ERROR_CODE": self.error.code,
            "ERROR_MESSAGE": self.error.message,
            "RETRY_ATTEMPTS": str(self.retries),
            **exhausted,
        }


def put(queue_arn: str, letter: DeadLetter) -> None:
    """The message is the event as it came, not as a transformer would have made it."""
    place = parse_arn(letter.rule_arn)
    source = Source(letter.rule_arn, place.account, place.region)
    send_to_queue(queue_arn, json.dumps(letter.event), source, attributes=letter.attributes())


def send_to_queue(
    queue_arn: str,
    body: str,
    source: Source,
    *,
    attributes: Mapping[str, str] | None = None,
    group: str | None = None,
) -> None:
    """raises DeliveryError: where the queue is missing, or its policy or key does not let EventBridge in"""
    place = parse_arn(queue_arn)
    backend = sqs_backends[place.account][place.region]
    queue = backend.queues.get(place.resource_id)
    if queue is None:
        raise no_resource(f"queue {queue_arn} does not exist")
    require(queue.policy or None, "sqs:SendMessage", queue_arn, source.context)
    key = getattr(queue, "kms_master_key_id", None)
    if key:
        require_queue_key(key, source)
    typed = {name: {"DataType": "String", "StringValue": value} for name, value in (attributes or {}).items()}
    backend.send_message(queue.name, body, message_attributes=typed or None, group_id=group)
