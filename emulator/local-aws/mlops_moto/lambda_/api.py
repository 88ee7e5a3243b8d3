"""
Invoke: calls a deployed function, beside all other requests, for those that it makes itself come back here.
https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
"""

import base64
import json
import re
import uuid
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, unquote

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaFunction, lambda_backends
from moto.iam.models import get_account_id_from
from moto.utilities.arns import parse_arn
from werkzeug.wrappers import Request, Response

from ..wsgi.serial import STATE_LOCK
from .invocation import Outcome, invoke
from .queue import put

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_PATH = re.compile(r"/2015-03-31/functions/([^/]+)/invocations/?")
_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/")
_LARGEST = {"RequestResponse": 6 * 1024 * 1024, "Event": 1024 * 1024, "DryRun": 6 * 1024 * 1024}
"""Bytes of an event."""

_END_OF_LOG = 4096
"""Bytes that the caller may see of what a function printed."""


class Invocations:
    """Leaves everything but calls of functions to `rest`, which may hold the lock."""

    def __init__(self, calls: Application, rest: Application) -> None:
        self._calls = calls
        self._rest = rest

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        is_call = environ["REQUEST_METHOD"] == "POST" and _PATH.fullmatch(str(environ.get("PATH_INFO", "")))
        return (self._calls if is_call else self._rest)(environ, start_response)


class _RefusedError(Exception):
    """A call that Lambda does not take; `code` is one of its API's errors."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def invoke_function(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    try:
        response = _answer(environ)
    except _RefusedError as error:
        body = json.dumps({"Type": "User", "Message": str(error), "message": str(error)})
        response = Response(body, error.status, {"x-amzn-ErrorType": error.code}, content_type="application/json")
    response.headers["x-amzn-RequestId"] = str(uuid.uuid4())
    return response(environ, start_response)


def _answer(environ: dict[str, Any]) -> Response:
    request = Request(environ)
    kind = request.headers.get("X-Amz-Invocation-Type", "RequestResponse")
    if kind not in _LARGEST:
        raise _RefusedError(400, "InvalidParameterValueException", f"{kind} is no type of invocation")
    function, event = _function(environ), _event(request.get_data(), kind)
    if kind == "DryRun":
        return Response("", 204)
    if kind == "Event":
        put(function, event)
        return Response("", 202)
    return _told(invoke(function, event), request)


def _told(outcome: Outcome, request: Request) -> Response:
    headers = {"X-Amz-Executed-Version": "$LATEST"}
    if outcome.error:
        headers["X-Amz-Function-Error"] = "Unhandled"
    if request.headers.get("X-Amz-Log-Type") == "Tail":
        headers["X-Amz-Log-Result"] = base64.b64encode(outcome.printed.encode()[-_END_OF_LOG:]).decode()
    return Response(outcome.payload, 200, headers, content_type="application/json")


def _event(body: bytes, kind: str) -> str:
    if len(body) > _LARGEST[kind]:
        message = f"{len(body)} byte payload is too large for the {kind} invocation type (limit {_LARGEST[kind]} bytes)"
        raise _RefusedError(413, "RequestTooLargeException", message)
    try:
        return json.dumps(json.loads(body or b"{}"))
    except ValueError as error:
        message = f"Could not parse request body into json: {error}"
        raise _RefusedError(400, "InvalidRequestContentException", message) from error


def _function(environ: dict[str, Any]) -> LambdaFunction:
    name = unquote(str(environ["PATH_INFO"]).split("/")[3])
    arn = _arn(name, environ)
    qualifier = parse_qs(str(environ.get("QUERY_STRING", ""))).get("Qualifier", ["$LATEST"])[0]
    place = parse_arn(arn)
    try:
        if qualifier != "$LATEST":
            raise KeyError(qualifier)
        with STATE_LOCK:
            function: LambdaFunction = lambda_backends[place.account][place.region].get_function(arn)
    except (LambdaClientError, KeyError) as error:
        raise _RefusedError(404, "ResourceNotFoundException", f"Function not found: {arn}") from error
    if not str(function.run_time).startswith("nodejs"):
        message = f"local AWS runs functions of Node.js, {arn} is of {function.run_time}"
        raise _RefusedError(400, "InvalidRuntimeException", message)
    return function


def _arn(name: str, environ: dict[str, Any]) -> str:
    """Of a name, an ARN, or an ARN's end that begins with the account; a qualifier of `$LATEST` says nothing."""
    plain = name.removesuffix(":$LATEST")
    if plain.startswith("arn:"):
        return plain
    credential = _CREDENTIAL.search(str(environ.get("HTTP_AUTHORIZATION", "")))
    key, region = credential.groups() if credential else ("", "us-east-1")
    with STATE_LOCK:
        account = get_account_id_from(key)
    parts = plain.split(":")
    if len(parts) == 3:
        account = parts[0]
    return f"arn:aws:lambda:{region}:{account}:function:{parts[-1]}"
