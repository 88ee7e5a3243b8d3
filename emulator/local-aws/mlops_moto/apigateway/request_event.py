"""
What a function is called with: payload format 2.0.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.apigatewayv2.models import Api
from werkzeug.wrappers import Request

from .routes import DEFAULT, Taken

_TEXT = ("application/json", "application/javascript", "application/xml")
"""What comes as text beside `text/*`: forms come in base64. https://github.com/ministackorg/ministack/pull/766"""

_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade"}


@dataclass(frozen=True)
class Invocation:
    """`caller` is `requestContext.authorizer`: who asks, by signature or token; none where anybody may."""

    api: Api
    account: str
    region: str
    taken: Taken
    id: str
    caller: Mapping[str, Any] | None = None

    @property
    def host(self) -> str:
        return f"{self.api.api_id}.execute-api.{self.region}.amazonaws.com"

    @property
    def path(self) -> str:
        """With the stage, unless it is the default one: https://github.com/aws-powertools/powertools-lambda-python/issues/621"""
        stage = self.taken.stage.name
        return self.taken.path if stage == DEFAULT else f"/{stage}{self.taken.path}"


def event_of(invocation: Invocation, request: Request) -> dict[str, Any]:
    """Members without a value are left out."""
    taken = invocation.taken
    body, is_binary = _body(request)
    event = {
        "version": "2.0",
        "routeKey": taken.route.route_key,
        "rawPath": invocation.path,
        "rawQueryString": request.query_string.decode(errors="replace"),
        "cookies": request.headers["Cookie"].split("; ") if "Cookie" in request.headers else None,
        "headers": _headers(invocation, request),
        "queryStringParameters": {name: ",".join(request.args.getlist(name)) for name in request.args} or None,
        "requestContext": _context(invocation, request),
        "body": body,
        "pathParameters": taken.parameters or None,
        "isBase64Encoded": is_binary,
        "stageVariables": taken.stage.stage_variables or None,
    }
    return {name: value for name, value in event.items() if value is not None}


def _body(request: Request) -> tuple[str | None, bool]:
    data = request.get_data()
    if not data:
        return None, False
    if request.mimetype.startswith("text/") or request.mimetype in _TEXT:
        return data.decode(errors="replace"), False
    return base64.b64encode(data).decode(), True


def _headers(invocation: Invocation, request: Request) -> dict[str, str]:
    """In lower case; of several with one name, all in one. Cookies are apart."""
    sent = {name.lower(): value for name, value in request.headers.items() if name.lower() not in (*_HOP, "cookie")}
    forwarded = {"x-forwarded-for": _source(request), "x-forwarded-port": "443", "x-forwarded-proto": "https"}
    return {**sent, "host": invocation.host, **forwarded}


def _context(invocation: Invocation, request: Request) -> dict[str, Any]:
    now = time.time()
    context = {
        "accountId": invocation.account,
        "apiId": invocation.api.api_id,
        "authorizer": invocation.caller,
        "domainName": invocation.host,
        "domainPrefix": invocation.api.api_id,
        "http": {
            "method": request.method,
            "path": invocation.path,
            "protocol": "HTTP/1.1",
            "sourceIp": _source(request),
            "userAgent": request.headers.get("User-Agent", ""),
        },
        "requestId": invocation.id,
        "routeKey": invocation.taken.route.route_key,
        "stage": invocation.taken.stage.name,
        "time": clock(now),
        "timeEpoch": int(now * 1000),
    }
    return {name: value for name, value in context.items() if value is not None}


def clock(seconds: float) -> str:
    return time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(seconds))


def _source(request: Request) -> str:
    return request.remote_addr or "127.0.0.1"
