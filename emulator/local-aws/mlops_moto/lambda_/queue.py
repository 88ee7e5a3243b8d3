"""
Events that functions are called with while nobody waits: tried three times, then sent to the function's dead-letter
queue, as its role.
https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
"""

import logging
import threading
import time
import uuid

from moto.awslambda.models import LambdaFunction

from ..events.errors import DeliveryError
from ..events.queues import send_as_role
from ..wsgi.serial import STATE_LOCK
from .invocation import FunctionError, invoke

_TRIES = 3

_PAUSE = 0.2
"""Seconds before the second try. Lambda waits a minute, then two; nobody waits for that locally."""


def put(function: LambdaFunction, event: str) -> None:
    threading.Thread(target=_work, args=(function, event), daemon=True).start()


def _work(function: LambdaFunction, event: str) -> None:
    for attempt in range(1, _TRIES + 1):
        error = _try(function, event)
        if error is None:
            return None
        logging.warning("function %s failed: %s: %s", function.function_name, error.kind, error.message)
        if attempt == _TRIES:
            return _give_up(function, event, error)
        time.sleep(_PAUSE * attempt)


def _try(function: LambdaFunction, event: str) -> FunctionError | None:
    try:
        return invoke(function, event)
    except Exception as error:
        logging.exception("function %s could not be called", function.function_name)
        return FunctionError(type(error).__name__, str(error))


def _give_up(function: LambdaFunction, event: str, error: FunctionError) -> None:
    queue = (function.get_configuration().get("DeadLetterConfig") or {}).get("TargetArn")
    if not queue:
        return
    attributes = {"RequestID": str(uuid.uuid4()), "ErrorCode": "200", "ErrorMessage": error.message}
    try:
        with STATE_LOCK:
            send_as_role(queue, event, function.role, attributes)
    except DeliveryError as failure:
        logging.error("an event of %s is lost, %s did not take it: %s", function.function_name, queue, failure)
