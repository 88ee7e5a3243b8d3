"""
Events that no target took.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.utilities.arns import parse_arn

from .errors import DeliveryError
from .permissions import Source
from .queues import send_to_queue


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
