"""
A delivery is tried, tried again where that may help, else its event is put into the dead-letter queue.
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html
"""

import logging
import threading
import time

from moto.core.exceptions import JsonRESTError, ServiceException

from ..wsgi.serial import STATE_LOCK
from . import dead_letters, targets
from .delivery import Delivery
from .errors import DeliveryError

_LONGEST_PAUSE = 0.5
"""Seconds between two tries. EventBridge spreads its tries over the event's age; nobody waits for that locally."""


def deliver(delivery: Delivery) -> None:
    """Tries once before it returns, so that a caller sees the effect of an event; further tries are made apart."""
    error = _try(delivery)
    if error is None:
        return
    if error.retryable and _maximum_retries(delivery) > 0:
        threading.Thread(target=_retry, args=(delivery, error), daemon=True).start()
    else:
        _give_up(delivery, error, 0)


def _try(delivery: Delivery) -> DeliveryError | None:
    try:
        with STATE_LOCK:
            targets.send(delivery)
    except DeliveryError as error:
        return error
    except (ServiceException, JsonRESTError) as error:
        return DeliveryError.from_service(error)
    except Exception as error:
        logging.exception("delivery to %s failed", delivery.arn)
        return DeliveryError("INTERNAL_ERROR", repr(error), retryable=True)
    return None


def _retry(delivery: Delivery, error: DeliveryError) -> None:
    deadline, most = time.monotonic() + _maximum_age(delivery), _maximum_retries(delivery)
    retries = 0
    while retries < most and time.monotonic() < deadline:
        time.sleep(min(0.05 * 2**retries, _LONGEST_PAUSE))
        retries += 1
        again = _try(delivery)
        if again is None:
            return
        error = again
        if not error.retryable:
            return _give_up(delivery, error, retries)
    limit = "MaximumRetryAttempts" if retries >= most else "MaximumEventAgeInSeconds"
    return _give_up(delivery, error, retries, limit)


def _give_up(delivery: Delivery, error: DeliveryError, retries: int, exhausted: str | None = None) -> None:
    logging.warning("rule %s did not reach %s: %s", delivery.rule.arn, delivery.arn, error)
    queue = (delivery.target.get("DeadLetterConfig") or {}).get("Arn")
    if not queue:
        return
    letter = dead_letters.DeadLetter(delivery.rule.arn, delivery.arn, delivery.event, error, retries, exhausted)
    try:
        with STATE_LOCK:
            dead_letters.put(queue, letter)
    except Exception as failure:
        logging.error("event %s is lost, %s did not take it: %s", delivery.event["id"], queue, failure)


def _maximum_retries(delivery: Delivery) -> int:
    return int((delivery.target.get("RetryPolicy") or {}).get("MaximumRetryAttempts", 185))


def _maximum_age(delivery: Delivery) -> float:
    """Seconds."""
    return float((delivery.target.get("RetryPolicy") or {}).get("MaximumEventAgeInSeconds", 24 * 60 * 60))
