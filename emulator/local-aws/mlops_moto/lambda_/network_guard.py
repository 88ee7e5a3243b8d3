"""
Refuses what a function asks of a service that it does not reach from its network, where AWS would let it wait until its
time is over.
"""

import re
from collections.abc import Callable, Iterable
from typing import Any

from moto.awslambda.models import LambdaFunction

from ..wsgi.refusals import not_reached
from ..wsgi.serial import STATE_LOCK
from .networks import unreachable

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_SIGNED = re.compile(r"Credential=([^/,\s]+)/\d+/[^/]+/([^/]+)/")
_RUNNING: dict[str, LambdaFunction] = {}
"""Functions in networks, by the access key of each call's session."""


def began(access_key: str, function: LambdaFunction) -> None:
    if function.vpc_config:
        _RUNNING[access_key] = function


def ended(access_key: str) -> None:
    _RUNNING.pop(access_key, None)


class NetworkGuard:
    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        signed = _SIGNED.search(str(environ.get("HTTP_AUTHORIZATION", "")))
        function = _RUNNING.get(signed[1]) if signed else None
        reason = None
        if signed and function:
            with STATE_LOCK:
                reason = unreachable(function, signed[2])
        answer = not_reached(environ, reason) if reason else self._application
        return answer(environ, start_response)
