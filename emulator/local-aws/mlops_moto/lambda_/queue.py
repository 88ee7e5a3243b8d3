"""
Events that functions are called with while nobody waits: tried three times, or as often as the function's settings say,
then told to its destination for failures and sent to its dead-letter queue, as its role.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
"""

import json
import logging
import threading
import time
import uuid
from dataclasses import dataclass
from typing import Any

from moto.awslambda.models import LambdaFunction
from moto.core.utils import utcnow
from moto.utilities.arns import parse_arn

from ..events.errors import DeliveryError, no_such_kind
from ..events.queues import send_as_role
from ..times import iso
from ..wsgi.serial import STATE_LOCK
from .invocation import Outcome, invoke

_WAITS = (60, 120)
"""Seconds that Lambda waits before the second and the third try; an event's greatest age is counted in them."""

_PAUSE = 0.2
"""Seconds before the second try here, where nobody waits for minutes."""

_LONGEST_AGE = 6 * 60 * 60


@dataclass(frozen=True)
class _Settings:
    retries: int
    longest_age: int
    destinations: dict[str, str]
    """ARNs by `OnSuccess` and `OnFailure`."""


def put(function: LambdaFunction, event: str) -> str:
    """Returns the id of the request."""
    request = str(uuid.uuid4())
    threading.Thread(target=_work, args=(function, event, request), daemon=True).start()
    return request


def _work(function: LambdaFunction, event: str, request: str) -> None:
    settings, age = _settings_of(function), 0
    for tries in range(1, settings.retries + 2):
        outcome = _try(function, event)
        if outcome.error is None:
            return _tell(function, settings, "OnSuccess", _record(function, event, request, outcome, "Success", tries))
        error = outcome.error
        logging.warning("function %s failed: %s: %s", function.function_name, error.kind, error.message)
        if tries > settings.retries:
            return _give_up(function, settings, event, request, outcome, "RetriesExhausted", tries)
        age += _WAITS[tries - 1]
        if age > settings.longest_age:
            return _give_up(function, settings, event, request, outcome, "EventAgeExceeded", tries)
        time.sleep(_PAUSE * tries)


def _settings_of(function: LambdaFunction) -> _Settings:
    config: dict[str, Any] = function.event_invoke_config[-1].config if function.event_invoke_config else {}
    destinations = {
        name: str(given["Destination"])
        for name, given in (config.get("DestinationConfig") or {}).items()
        if given and given.get("Destination")
    }
    return _Settings(
        int(config.get("MaximumRetryAttempts", len(_WAITS))),
        int(config.get("MaximumEventAgeInSeconds", _LONGEST_AGE)),
        destinations,
    )


def _try(function: LambdaFunction, event: str) -> Outcome:
    try:
        return invoke(function, event)
    except Exception as error:
        logging.exception("function %s could not be called", function.function_name)
        return Outcome.failed(type(error).__name__, str(error))


def _give_up(
    function: LambdaFunction,
    settings: _Settings,
    event: str,
    request: str,
    outcome: Outcome,
    condition: str,
    tries: int,
) -> None:
    _tell(function, settings, "OnFailure", _record(function, event, request, outcome, condition, tries))
    queue = (function.get_configuration().get("DeadLetterConfig") or {}).get("TargetArn")
    if queue and outcome.error:
        attributes = {"RequestID": request, "ErrorCode": "200", "ErrorMessage": outcome.error.message}
        _send(function, queue, event, attributes)


def _tell(function: LambdaFunction, settings: _Settings, outcome: str, record: dict[str, Any]) -> None:
    destination = settings.destinations.get(outcome)
    if destination:
        _send(function, destination, json.dumps(record), {})


def _send(function: LambdaFunction, queue: str, body: str, attributes: dict[str, str]) -> None:
    try:
        if parse_arn(queue).service != "sqs":
            raise no_such_kind(queue)
        with STATE_LOCK:
            send_as_role(queue, body, function.role, attributes)
    except DeliveryError as failure:
        logging.error("an event of %s is lost, %s did not take it: %s", function.function_name, queue, failure)


def _record(
    function: LambdaFunction, event: str, request: str, outcome: Outcome, condition: str, tries: int
) -> dict[str, Any]:
    error = {"functionError": "Unhandled"} if outcome.error else {}
    return {
        "version": "1.0",
        "timestamp": iso(utcnow()),
        "requestContext": {
            "requestId": request,
            "functionArn": f"{function.function_arn}:$LATEST",
            "condition": condition,
            "approximateInvokeCount": tries,
        },
        "requestPayload": json.loads(event),
        "responseContext": {"statusCode": 200, "executedVersion": "$LATEST", **error},
        "responsePayload": json.loads(outcome.payload),
    }
