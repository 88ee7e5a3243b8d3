"""
InvokeEndpoint and InvokeEndpointAsync, with the words of AWS's errors. Outside the lock: a model takes its time.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpointAsync.html
"""

import random
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from typing import Any

from moto.iam.models import get_account_id_from
from moto.sagemaker.models import sagemaker_backends
from werkzeug.wrappers import Request, Response

from ...wsgi.invocations import invoked
from ...wsgi.refusals import unknown_action
from ...wsgi.serial import STATE_LOCK
from .asynchronous import FailedInvocationError, asked, begin
from .capture import capture
from .deployments import Variant
from .invocation_errors import InvocationError, parameters_of, validation_error
from .kinds import is_serverless
from .log import log_group, write_log
from .programs import Reply
from .serving import Fleet, FleetError, fleet_of

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_CREDENTIAL = re.compile(r"Credential=([^/]+)/\d+/([^/]+)/")
_ATTRIBUTES = "X-Amzn-SageMaker-Custom-Attributes"
_FORWARDED = ("Content-Type", "Accept", _ATTRIBUTES)
_LARGEST = 6291456
_LARGEST_SERVERLESS = 4 * 2**20
_LONGEST_ANSWER = 60
"""Seconds. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html"""
_TIMED_OUT = (
    "Your invocation timed out while waiting for a response from container {}. Review the latency metrics for each "
    "container in Amazon CloudWatch, resolve the issue, and try again."
)


class Invocations:
    """Leaves everything else to the application."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        found = invoked(environ)
        if found is None:
            return self._application(environ, start_response)
        name, way = found
        if way not in _WAYS:
            refused = f"it knows InvokeEndpoint and InvokeEndpointAsync, not {way}"
            return unknown_action(environ, refused)(environ, start_response)
        try:
            answer = _WAYS[way](name, Request(environ))
        except InvocationError as error:
            answer = error.response
        return answer(environ, start_response)


def _invoke(name: str, request: Request) -> Response:
    body = request.get_data()
    with ExitStack() as stack:
        fleet = _in_use(name, request, stack)
        if fleet.deployment.asynchronous:
            raise validation_error(f"Endpoint {name} is asynchronous: it is invoked by InvokeEndpointAsync.")
        _require_size(body, fleet)
        variant = _variant(fleet, request.headers.get("X-Amzn-SageMaker-Target-Variant"))
        headers = {each: request.headers[each] for each in _FORWARDED if each in request.headers}
        reply = _reply(fleet, variant, body, headers, _LONGEST_ANSWER)
        answer_type = reply.headers.get("Content-Type", "")
        inference_id = request.headers.get("X-Amzn-SageMaker-Inference-Id")
        capture(fleet, variant.name, inference_id, (request.content_type or "", body), (answer_type, reply.body))
    answered = {"x-Amzn-Invoked-Production-Variant": variant.name}
    if reply.headers.get(_ATTRIBUTES):
        answered[_ATTRIBUTES] = reply.headers[_ATTRIBUTES]
    return Response(reply.body, 200, answered, content_type=answer_type)


def _invoke_async(name: str, request: Request) -> Response:
    given = parameters_of("InvokeEndpointAsync", request.headers)
    with ExitStack() as stack:
        fleet = _in_use(name, request, stack)
        if not fleet.deployment.asynchronous:
            raise validation_error(
                f"Endpoint {name} is not asynchronous: its configuration has no AsyncInferenceConfig."
            )
        variant = _variant(fleet, None)
        named = {"Content-Type": "ContentType", "Accept": "Accept", _ATTRIBUTES: "CustomAttributes"}
        headers = {header: given[parameter] for header, parameter in named.items() if parameter in given}

        def score(body: bytes, seconds: int) -> bytes:
            try:
                return _reply(fleet, variant, body, headers, seconds).body
            except InvocationError as error:
                raise FailedInvocationError(str(error)) from error

        return begin(asked(fleet, variant.name, given), score, stack.pop_all())


def _in_use(name: str, request: Request, stack: ExitStack) -> Fleet:
    """It serves until the stack is left."""
    with STATE_LOCK:
        fleet = _fleet(name, request)
        stack.enter_context(fleet.in_use())
    return fleet


def _require_size(body: bytes, fleet: Fleet) -> None:
    """https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-invoke.html"""
    largest = _LARGEST_SERVERLESS if is_serverless(fleet.deployment.production_variants) else _LARGEST
    if len(body) > largest:
        raise validation_error(
            "1 validation error detected: Value at 'body' failed to satisfy constraint: "
            f"Member must have length less than or equal to {largest}"
        )


def _fleet(name: str, request: Request) -> Fleet:
    """Of the caller's account; an endpoint that never came up is as good as none."""
    found = _CREDENTIAL.search(request.headers["Authorization"])
    access_key, region = found.groups() if found else ("", "")
    account = get_account_id_from(access_key)
    endpoint = sagemaker_backends[account][region].endpoints.get(name)
    fleet = fleet_of(endpoint.arn) if endpoint else None
    if fleet is None:
        raise validation_error(f"Endpoint {name} of account {account} not found.")
    return fleet


def _variant(fleet: Fleet, wanted: str | None) -> Variant:
    variants = list(fleet.deployment.variants)
    if not wanted:
        return random.choices(variants, [variant.weight for variant in variants])[0]
    variant = fleet.deployment.variant(wanted)
    if variant is None:
        raise validation_error(f"Variant {wanted} not found for Request")
    return variant


def _reply(fleet: Fleet, variant: Variant, body: bytes, headers: Mapping[str, str], seconds: int) -> Reply:
    container = variant.container.name
    try:
        reply = fleet.invoke(variant, body, headers, seconds)
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


_WAYS = {"invocations": _invoke, "async-invocations": _invoke_async}
