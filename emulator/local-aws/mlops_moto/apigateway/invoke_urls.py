"""
Invoke URLs of HTTP APIs: a request in, a deployed function called, its answer out. Beside all other requests, for those
that the function makes come back here; and before the gate, for on AWS the API itself says who may call it.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html
"""

import json
import logging
import re
import threading
import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from moto.apigatewayv2.models import Api, apigatewayv2_backends
from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaFunction, lambda_backends
from moto.utilities.arns import parse_arn
from werkzeug.wrappers import Request, Response

from ..authorization.authorizer import Authorizer
from ..control_plane.api import ActionError
from ..iam.policies import AccessRequest, allows
from ..lambda_.invocation import Outcome, invoke
from ..wsgi.serial import STATE_LOCK, read_body
from . import access_log
from .addresses import Address, address_of
from .answers import RefusedError, answer_of, failed
from .callers import Callers
from .request_event import Invocation, event_of
from .routes import DEFAULT, taken_by

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_LARGEST = 10 * 1024 * 1024
"""Bytes of a request's body. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html"""

_LARGEST_EVENT = 6 * 1024 * 1024
"""Bytes that a function takes or gives. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""

_FUNCTION = re.compile(r"arn:aws:lambda:[^:]+:\d+:function:[^:/]+")
_NOT_ALLOWED = (
    "The IAM role configured on the integration or API Gateway doesn't have permissions to call the integration. "
    "Check the permissions and try again."
)


class InvokeUrls:
    """Leaves everything else to the application."""

    def __init__(self, application: Application, secret: str, authorizer: Authorizer | None) -> None:
        self._application = application
        self._callers = Callers(secret, authorizer)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        address = address_of(environ)
        if address is None:
            return self._application(environ, start_response)
        read_body(environ)
        request, request_id = Request(environ), uuid.uuid4().hex[:16]
        try:
            response = self._answer(address, request, request_id)
        except RefusedError as refusal:  # of what no stage takes, nothing is logged
            response = refusal.response
        response.headers["apigw-requestid"] = request_id
        return response(environ, start_response)

    def _answer(self, address: Address, request: Request, request_id: str) -> Response:
        invocation, refusal = _find(address, request, request_id), None
        try:
            if len(request.get_data()) > _LARGEST:
                raise RefusedError(413, "Request Entity Too Large")
            raw_path = str(request.environ.get("REQUEST_URI", ""))
            invocation = replace(invocation, caller=self._callers.of(invocation, request, raw_path))
            response = _call(invocation, request)
        except RefusedError as error:
            key = invocation.taken.route.route_key  # a path may have what is secret
            logging.warning("API %s: %s: %s", invocation.api.name, key, error)
            refusal, response = error, error.response
        access_log.write(invocation, request, response, refusal)
        return response


def _find(address: Address, request: Request, request_id: str) -> Invocation:
    """raises RefusedError: 404"""
    with STATE_LOCK:
        for account, regions in apigatewayv2_backends.items():
            for region, backend in regions.items():
                api: Api | None = backend.apis.get(address.api)
                taken = taken_by(api, request.method, address.path) if api else None
                if api and taken:
                    return Invocation(api, account, region, taken, request_id)
    raise RefusedError(404, "Not Found")


def _call(invocation: Invocation, request: Request) -> Response:
    integration = invocation.api.integrations.get(str(invocation.taken.route.target).removeprefix("integrations/"))
    if integration is None:
        raise failed("The route has no integration")
    function = _function(invocation, request.method, str(integration.integration_uri))
    event = json.dumps(event_of(invocation, request))
    if len(event) > _LARGEST_EVENT:
        raise RefusedError(413, "Request Entity Too Large", "The event is larger than a function takes")
    outcome = _within(int(integration.timeout_in_millis or 30_000) / 1000, function, event)
    if outcome.error:
        raise failed(f"{outcome.error.kind}: {outcome.error.message}")
    if len(outcome.payload) > _LARGEST_EVENT:
        raise failed("The function's response is larger than 6 MB")
    return answer_of(outcome.payload)


def _function(invocation: Invocation, method: str, uri: str) -> LambdaFunction:
    """raises RefusedError: 500 unless it is there, local AWS can run it, and its policy lets the API call it"""
    found = _FUNCTION.search(uri)
    if found is None:
        raise failed(f"{uri} is no function")
    place = parse_arn(found[0])
    with STATE_LOCK:
        try:
            function: LambdaFunction = lambda_backends[place.account][place.region].get_function(found[0])
        except LambdaClientError as error:
            raise failed(f"There is no function {found[0]}") from error
        if not _may_call(invocation, method, function):
            raise failed(_NOT_ALLOWED)
    if not str(function.run_time).startswith("nodejs"):
        raise failed(f"local AWS runs functions of Node.js, {found[0]} is of {function.run_time}")
    return function


def _may_call(invocation: Invocation, method: str, function: LambdaFunction) -> bool:
    """
    The source is the stage, the method and the route's own path, or `$default`, which has neither:
    https://github.com/aws/serverless-application-model/issues/1860
    """
    key = invocation.taken.route.route_key
    route = key if key == DEFAULT else f"{method}{key.partition(' ')[2]}"
    source = f"{invocation.api.api_id}/{invocation.taken.stage.name}/{route}"
    context = {
        "aws:SourceArn": f"arn:aws:execute-api:{invocation.region}:{invocation.account}:{source}",
        "aws:SourceAccount": invocation.account,
        "aws:PrincipalIsAWSService": "true",
        "aws:SecureTransport": "true",
    }
    service = (("Service", "apigateway.amazonaws.com"),)
    asked = AccessRequest("lambda:InvokeFunction", str(function.function_arn), context, service)
    return allows({"Statement": function.policy.statements}, asked)


def _within(seconds: float, function: LambdaFunction, event: str) -> Outcome:
    """
    The function goes on after the client was told that it takes too long, as on AWS.

    raises RefusedError: 503
    """
    outcomes: list[Outcome] = []

    def run() -> None:
        try:
            outcomes.append(invoke(function, event))
        except ActionError as error:
            outcomes.append(Outcome.failed("AccessDeniedException", str(error)))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcomes and thread.is_alive():
        raise RefusedError(503, "Service Unavailable", "The integration did not answer in time")
    return outcomes[0] if outcomes else Outcome.failed("Runtime.ExitError", "it could not be called")
