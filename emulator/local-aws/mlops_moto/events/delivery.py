"""One event to one target of one rule, and whom EventBridge calls to deliver it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.events.models import Rule

from .errors import DeliveryError
from .input import MissingError, target_input
from .permissions import Source


@dataclass(frozen=True)
class Delivery:
    """`event` is as EventBridge sends it; `raw` is the same event in moto's own form."""

    rule: Rule
    target: Mapping[str, Any]
    event: Mapping[str, Any]
    raw: Mapping[str, Any]

    @property
    def arn(self) -> str:
        """The target's."""
        return str(self.target["Arn"])

    @property
    def source(self) -> Source:
        return Source(self.rule.arn, self.rule.account_id, self.rule.region_name)

    def input(self) -> str:
        """
        The text that the target gets.

        raises DeliveryError: where the target's input cannot be made of the event
        """
        reserved = {
            "aws.events.rule-arn": self.rule.arn,
            "aws.events.rule-name": self.rule.name,
            "aws.events.event": self.event,
            "aws.events.event.json": self.event,
            "aws.events.event.ingestion-time": self.raw.get("ingestion-time", self.event["time"]),
        }
        try:
            return target_input(self.target, self.event, reserved)
        except MissingError as error:
            raise DeliveryError("INVALID_PARAMETER", f"the event has nothing at {error}") from error
        except ValueError as error:
            raise DeliveryError("INVALID_JSON", f"the input transformer did not make JSON: {error}") from error
