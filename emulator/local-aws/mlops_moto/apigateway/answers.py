"""
What a client gets, from what a function gave or what went wrong on the way to it.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import binascii
import json
import re
from typing import Any

from werkzeug.wrappers import Response

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
"""Of headers: one with the end of a line in it would be two. RFC 9110, section 5."""


class RefusedError(Exception):
    """
    An answer of API Gateway's own.

    reason: for the access log (`$context.integrationErrorMessage`, or of the authorizer) and local AWS's log
    """

    def __init__(self, status: int, message: str, reason: str = "", **headers: str) -> None:
        super().__init__(reason or message)
        self.message = message
        body = json.dumps({"message": message}, separators=(",", ":"))
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        self.response = Response(body, status, names, content_type="application/json")


def failed(reason: str) -> RefusedError:
    return RefusedError(500, "Internal Server Error", reason)


def answer_of(payload: str) -> Response:
    """
    payload: the function's result, JSON. Without a `statusCode` all of it is the body.
    raises RefusedError: 500 where it is no answer
    """
    result = json.loads(payload)
    if not isinstance(result, dict) or "statusCode" not in result:
        body = result if isinstance(result, str) else json.dumps(result)
        return Response(body, 200, content_type="application/json")
    try:
        response = Response(_body(result), _status(result), _headers(result))
        for cookie in result.get("cookies") or []:
            response.headers.add("Set-Cookie", _header("Set-Cookie", cookie))
    except (TypeError, ValueError, AttributeError) as error:
        raise failed(f"The response is not in the format of payload 2.0: {error}") from error
    return response


def _status(result: dict[str, Any]) -> int:
    status = int(result["statusCode"])
    if not 200 <= status <= 599:
        raise ValueError(f"its status is {status}")
    return status


def _headers(result: dict[str, Any]) -> dict[str, str]:
    given = {str(name).lower(): _header(str(name), value) for name, value in (result.get("headers") or {}).items()}
    return {"content-type": "text/plain;charset=utf-8", **given}


def _header(name: str, value: Any) -> str:
    """raises ValueError: where it is none"""
    text = _text(value)
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(text):
        raise ValueError(f"there is no header {name!r}: {text!r}")
    return text


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _body(result: dict[str, Any]) -> bytes:
    body = result.get("body")
    text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    if not result.get("isBase64Encoded"):
        return text.encode()
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise ValueError(f"the body is no base64: {error}") from error
