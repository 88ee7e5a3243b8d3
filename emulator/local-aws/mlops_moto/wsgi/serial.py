"""One request at a time, because moto checks and then acts without locks of its own."""

import io
import json
import os
import threading
from collections.abc import Callable, Iterable
from typing import Any

from werkzeug.wrappers import Request, Response

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

STATE_LOCK = threading.RLock()
"""Held by whatever reads or changes moto's state."""


class SerialApplication:
    """
    Runs one request at a time: two conditional writes of one S3 object (Terraform's state lock), or two creations of
    one name, can then never both succeed. moto computes under Python's global lock anyway, so little time is lost.
    A body is read before its turn, so that a slow client stops nobody. Long polls of SQS, which sleep, take no turn.
    `/moto-api/pid` says which process this is.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/moto-api/pid":
            return Response(str(os.getpid()))(environ, start_response)
        _read_body(environ)
        if _action(environ).endswith("ReceiveMessage"):
            return self._application(environ, start_response)
        with STATE_LOCK:
            return self._answer(environ, start_response)

    def _answer(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        try:
            return list(self._application(environ, start_response))
        except NotImplementedError as error:
            return _refusal(environ, str(error))(environ, start_response)


def _read_body(environ: dict[str, Any]) -> None:
    length = environ.get("CONTENT_LENGTH")
    stream = environ["wsgi.input"]
    if length:
        environ["wsgi.input"] = io.BytesIO(stream.read(int(length)))
    elif environ.get("wsgi.input_terminated"):
        environ["wsgi.input"] = io.BytesIO(stream.read())


def _action(environ: dict[str, Any]) -> str:
    return str(environ.get("HTTP_X_AMZ_TARGET", ""))


def _refusal(environ: dict[str, Any], reason: str) -> Response:
    """A client error, which SDKs do not try again; moto's own answer, 500, they try for minutes."""
    message = f"Local AWS cannot do this: {reason}"
    headers = {"x-amzn-ErrorType": "UnknownOperationException"}
    if _action(environ) or "json" in Request(environ).headers.get("Content-Type", ""):
        body = {"__type": "UnknownOperationException", "message": message}
        return Response(json.dumps(body), 400, headers, content_type="application/x-amz-json-1.1")
    text = f"<ErrorResponse><Error><Code>UnknownOperation</Code><Message>{message}</Message></Error></ErrorResponse>"
    return Response(text, 400, headers, content_type="text/xml")
