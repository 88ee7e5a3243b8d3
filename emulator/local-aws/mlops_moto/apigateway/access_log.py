"""
A stage's access log, in the log group that it names.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html
"""

import logging
import re
import time
from collections.abc import Mapping

from moto.core.utils import unix_time_millis, utcnow
from moto.logs.models import logs_backends
from moto.utilities.arns import parse_arn
from werkzeug.wrappers import Request, Response

from ..wsgi.serial import STATE_LOCK
from .answers import RefusedError
from .request_event import Invocation, clock
from .tokens import as_text

_VARIABLE = re.compile(r"\$context\.([A-Za-z0-9_.]*[A-Za-z0-9_])")

_IDENTITY = {"accountId": "accountId", "caller": "callerId", "user": "userId", "userArn": "userArn"}


def write(invocation: Invocation, request: Request, response: Response, refusal: RefusedError | None) -> None:
    settings = invocation.taken.stage.access_log_settings or {}
    destination, wanted = settings.get("destinationArn"), settings.get("format")
    if not destination or not wanted:
        return
    known = {**_of_caller(invocation), **_of_request(invocation, request), **_of_answer(response, refusal)}
    line = _VARIABLE.sub(lambda found: known.get(found[1], "-"), str(wanted))
    place = parse_arn(str(destination))
    group = place.resource_id.removesuffix(":*")
    with STATE_LOCK:
        backend = logs_backends[place.account][place.region]
        if group not in backend.groups:
            logging.warning("the access log of %s is lost: there is no log group %s", invocation.api.name, group)
            return
        stream = f"{invocation.api.api_id}/{invocation.taken.stage.name}"
        if stream not in backend.groups[group].streams:
            backend.create_log_stream(group, stream)
        backend.put_log_events(group, stream, [{"timestamp": int(unix_time_millis(utcnow())), "message": line}])


def _of_request(invocation: Invocation, request: Request) -> Mapping[str, str]:
    now = time.time()
    return {
        "accountId": invocation.account,
        "apiId": invocation.api.api_id,
        "domainName": invocation.host,
        "domainPrefix": invocation.api.api_id,
        "extendedRequestId": invocation.id,
        "httpMethod": request.method,
        "identity.sourceIp": request.remote_addr or "127.0.0.1",
        "identity.userAgent": request.headers.get("User-Agent", "-"),
        "path": invocation.path,
        "protocol": "HTTP/1.1",
        "requestId": invocation.id,
        "requestTime": clock(now),
        "requestTimeEpoch": str(int(now)),
        "routeKey": invocation.taken.route.route_key,
        "stage": invocation.taken.stage.name,
    }


def _of_answer(response: Response, refusal: RefusedError | None) -> Mapping[str, str]:
    answered = {"status": str(response.status_code), "responseLength": str(len(response.get_data()))}
    if refusal is None:
        return {**answered, "integrationStatus": "200", "integration.status": "200"}
    reason = {"error.message": refusal.message, "error.messageString": f'"{refusal.message}"'}
    where = "integrationErrorMessage" if response.status_code >= 500 else "authorizer.error"
    return {**answered, **reason, where: str(refusal), "integration.error": str(refusal)}


def _of_caller(invocation: Invocation) -> Mapping[str, str]:
    caller = invocation.caller or {}
    signed, claims = caller.get("iam") or {}, (caller.get("jwt") or {}).get("claims") or {}
    by_signature = {f"identity.{name}": str(signed[member]) for name, member in _IDENTITY.items() if member in signed}
    return {**by_signature, **{f"authorizer.claims.{name}": value for name, value in as_text(claims).items()}}
