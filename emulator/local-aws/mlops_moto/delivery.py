"""
One event to one target of one rule: tried, tried again where that may help, else put into the dead-letter queue.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
"""

import logging
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.core.exceptions import JsonRESTError, ServiceException
from moto.events.models import Rule

from . import dead_letters, targets
from .failures import DeliveryError
from .serial import STATE_LOCK

_LONGEST_PAUSE = 0.5
"""Seconds between two tries. EventBridge spreads its tries over the event's age; nobody waits for that locally."""


@dataclass(frozen=True)
class Delivery:
    """`event` is as EventBridge sends it; `raw` is the same event in moto's own form."""

    rule: Rule
    target: Mapping[str, Any]
    event: Mapping[str, Any]
    raw: Mapping[str, Any]

    @property
    def maximum_retries(self) -> int:
        return int((self.target.get("RetryPolicy") or {}).get("MaximumRetryAttempts", 185))

    @property
    def maximum_age(self) -> float:
        """Seconds."""
        return float((self.target.get("RetryPolicy") or {}).get("MaximumEventAgeInSeconds", 24 * 60 * 60))


def deliver(delivery: Delivery) -> None:
    """Tries once before it returns, so that a caller sees the effect of an event; further tries are made apart."""
    error = _try(delivery)
    if error is None:
        return
    if error.retryable and delivery.maximum_retries > 0:
        threading.Thread(target=_retry, args=(delivery, error), daemon=True).start()
    else:
        _give_up(delivery, error, 0)


def _try(delivery: Delivery) -> DeliveryError | None:
    try:
        with STATE_LOCK:
            targets.send(delivery.rule, delivery.target, delivery.event, delivery.raw)
    except DeliveryError as error:
        return error
    except (ServiceException, JsonRESTError) as error:
        return DeliveryError.from_service(error)
    except Exception as error:
        logging.exception("delivery to %s failed", delivery.target["Arn"])
        return DeliveryError("INTERNAL_ERROR", repr(error), retryable=True)
    return None


def _retry(delivery: Delivery, error: DeliveryError) -> None:
    deadline = time.monotonic() + delivery.maximum_age
    retries = 0
    while retries < delivery.maximum_retries and time.monotonic() < deadline:
        time.sleep(min(0.05 * 2**retries, _LONGEST_PAUSE))
        retries += 1
        again = _try(delivery)
        if again is None:
            return
        error = again
        if not error.retryable:
            return _give_up(delivery, error, retries)
    limit = "MaximumRetryAttempts" if retries >= delivery.maximum_retries else "MaximumEventAgeInSeconds"
    return _give_up(delivery, error, retries, limit)


def _give_up(delivery: Delivery, error: DeliveryError, retries: int, exhausted: str | None = None) -> None:
    rule, target = delivery.rule, delivery.target
    logging.warning("rule %s did not reach %s: %s", rule.arn, target["Arn"], error)
    queue = (target.get("DeadLetterConfig") or {}).get("Arn")
    if not queue:
        return
    letter = dead_letters.DeadLetter(rule.arn, target["Arn"], delivery.event, error, retries, exhausted)
    try:
        with STATE_LOCK:
            dead_letters.put(queue, letter)
    except Exception as failure:
        logging.error("event %s is lost, %s did not take it: %s", delivery.event["id"], queue, failure)
