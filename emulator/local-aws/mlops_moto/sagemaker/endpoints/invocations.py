"""
InvokeEndpoint, with the words of AWS's errors. Outside the lock: a model takes its time.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
"""

import json
import random
import re
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from typing import Any

from moto.iam.models import get_account_id_from
from moto.sagemaker.models import sagemaker_backends
from werkzeug.wrappers import Request, Response

from ...wsgi.invocations import invoked
from ...wsgi.refusals import unknown_action
from ...wsgi.serial import STATE_LOCK
from .capture import capture
from .deployments import Variant
from .log import log_group, write_log
from .programs import Reply
from .serving import Fleet, FleetError, fleet_of

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/")
_ATTRIBUTES = "X-Amzn-SageMaker-Custom-Attributes"
_FORWARDED = ("Content-Type", "Accept", _ATTRIBUTES)
_LARGEST = 6291456
_TIMED_OUT = (
    "Your invocation timed out while waiting for a response from container {}. Review the latency metrics for each "
    "container in Amazon CloudWatch, resolve the issue, and try again."
)


class InvocationError(Exception):
    def __init__(self, status: int, code: str, message: str, **more: object) -> None:
        super().__init__(message)
        self.response = Response(
            json.dumps({"Message": message, **more}),
            status,
            {"x-amzn-ErrorType": code},
            content_type="application/json",
        )


class Invocations:
    """Leaves everything else to the application."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = invoked(environ)
        if asked is None:
            return self._application(environ, start_response)
        name, way = asked
        if way != "invocations":
            return unknown_action(environ, f"it knows InvokeEndpoint alone, not {way}")(environ, start_response)
        try:
            answer = _invoke(name, Request(environ))
        except InvocationError as error:
            answer = error.response
        return answer(environ, start_response)


def _invoke(name: str, request: Request) -> Response:
    body = request.get_data()
    if len(body) > _LARGEST:
        raise InvocationError(
            400,
            "ValidationError",
            "1 validation error detected: Value at 'body' failed to satisfy constraint: "
            f"Member must have length less than or equal to {_LARGEST}",
        )
    with ExitStack() as stack:
        with STATE_LOCK:
            fleet = _fleet(name, request)
            stack.enter_context(fleet.in_use())
        variant = _variant(fleet, request.headers.get("X-Amzn-SageMaker-Target-Variant"))
        reply = _reply(fleet, variant, request)
        answer_type = reply.headers.get("Content-Type", "")
        inference_id = request.headers.get("X-Amzn-SageMaker-Inference-Id")
        capture(fleet, variant.name, inference_id, (request.content_type or "", body), (answer_type, reply.body))
    headers = {"x-Amzn-Invoked-Production-Variant": variant.name}
    if reply.headers.get(_ATTRIBUTES):
        headers[_ATTRIBUTES] = reply.headers[_ATTRIBUTES]
    return Response(reply.body, 200, headers, content_type=answer_type)


def _fleet(name: str, request: Request) -> Fleet:
    """Of the caller's account; an endpoint that never came up is as good as none."""
    found = _CREDENTIAL.search(request.headers["Authorization"])
    access_key, region = found.groups() if found else ("", "")
    account = get_account_id_from(access_key)
    endpoint = sagemaker_backends[account][region].endpoints.get(name)
    fleet = fleet_of(endpoint.arn) if endpoint else None
    if fleet is None:
        raise InvocationError(400, "ValidationError", f"Endpoint {name} of account {account} not found.")
    return fleet


def _variant(fleet: Fleet, wanted: str | None) -> Variant:
    variants = list(fleet.deployment.variants)
    if not wanted:
        return random.choices(variants, [variant.weight for variant in variants])[0]
    variant = fleet.deployment.variant(wanted)
    if variant is None:
        raise InvocationError(400, "ValidationError", f"Variant {wanted} not found for Request")
    return variant


def _reply(fleet: Fleet, variant: Variant, request: Request) -> Reply:
    headers = {name: request.headers[name] for name in _FORWARDED if name in request.headers}
    container = variant.container.name
    try:
        reply = fleet.invoke(variant, request.get_data(), headers)
    except FleetError as error:
        raise InvocationError(503, "ServiceUnavailable", str(error)) from error
    if reply.status is None:
        raise _model_error(fleet, container, 0, _TIMED_OUT.format(container))
    if reply.status >= 400:
        text = reply.body.decode(errors="replace")
        write_log(fleet.deployment.endpoint, variant.name, f"{reply.status} {text}")
        raise _model_error(fleet, container, reply.status, text)
    return reply


def _model_error(fleet: Fleet, container: str, status: int, text: str) -> InvocationError:
    endpoint = fleet.deployment.endpoint
    _, _, _, region, account, _ = endpoint.split(":", 5)
    side = "client" if 400 <= status < 500 else "server"
    group = log_group(endpoint)
    console = f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}#logEventViewer:group={group}"
    return InvocationError(
        424,
        "ModelError",
        f'Received {side} error ({status}) from {container} with message "{text}". '
        f"See {console} in account {account} for more information.",
        OriginalStatusCode=status,
        OriginalMessage=text,
        LogStreamArn=f"arn:aws:logs:{region}:{account}:log-group:{group}",
    )
