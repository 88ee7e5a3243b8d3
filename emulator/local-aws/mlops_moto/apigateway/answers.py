"""
What a client gets, from what a function gave or what went wrong on the way to it.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import binascii
import json
from typing import Any

from werkzeug.wrappers import Response


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
        response = Response(_body(result), int(result["statusCode"]), _headers(result))
    except (TypeError, ValueError, AttributeError) as error:
        raise failed(f"The response is not in the format of payload 2.0: {error}") from error
    for cookie in result.get("cookies") or []:
        response.headers.add("Set-Cookie", str(cookie))
    return response


def _headers(result: dict[str, Any]) -> dict[str, str]:
    given = {str(name).lower(): _text(value) for name, value in (result.get("headers") or {}).items()}
    return {"content-type": "text/plain;charset=utf-8", **given}


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
