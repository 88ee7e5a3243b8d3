"""What a request asks of AWS: an operation and its parameters, read by moto's own parsers."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import Request, determine_request_protocol
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model
from werkzeug.exceptions import NotFound

from ..wsgi.invocations import invoked

_SCOPE = re.compile(r"(?:Credential=|X-Amz-Credential=)([^/&%]+)(?:/|%2F)\d+(?:/|%2F)([^/%]+)(?:/|%2F)([^/%]+)")
_IN_BOTOCORE = {"monitoring": "cloudwatch", "servicequotas": "service-quotas", "states": "stepfunctions"}
_IN_IAM = {"monitoring": "cloudwatch"}
"""Services that sign with another name than these know them by."""


@dataclass(frozen=True)
class Call:
    access_key: str
    service: str
    region: str
    operation: str
    parameters: Mapping[str, Any]
    headers: Mapping[str, str]


def call_of(environ: dict[str, Any]) -> Call | None:
    """
    None where the service has no such operation, which it refuses in its own words, and for moto's own paths.

    raises UnknownServiceError, ValueError: where there is no telling what it asks
    """
    signed = f"{environ.get('HTTP_AUTHORIZATION', '')} {environ.get('QUERY_STRING', '')}"
    scope = _SCOPE.search(signed)
    if scope is None:
        if str(environ.get("PATH_INFO", "")).startswith("/moto-api"):
            return None
        raise ValueError("it is not signed as version 4 of AWS's signatures says")
    access_key, region, signed_as = scope.groups()
    service = "sagemaker-runtime" if invoked(environ) else _service(signed_as, environ)
    request = Request(environ)
    body = request.get_data()
    environ["wsgi.input"] = io.BytesIO(body)
    try:
        operation, in_path = get_service_router(service).match(request)
    except NotFound:
        return None
    model = get_service_model(service)
    parser = PROTOCOL_PARSERS[determine_request_protocol(model, request.content_type)](operation)
    parameters = parser.parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": body,
            "url_path": request.path,
            "url_params": in_path,
        }
    )
    headers = {name.lower(): value for name, value in request.headers.items()}
    name = str(operation.name)
    if signed_as == "apigateway":
        name, parameters = request.method, {**parameters, "ResourceArn": _gateway_arn(environ, region)}
    return Call(access_key, _IN_IAM.get(signed_as, signed_as), region, name, parameters, headers)


def signed_scope(environ: dict[str, Any]) -> tuple[str, str]:
    """
    The access key, and the region that the caller signed for.

    raises ValueError: where the request is not signed
    """
    scope = _SCOPE.search(str(environ.get("HTTP_AUTHORIZATION", "")))
    if scope is None:
        raise ValueError("it is not signed as version 4 of AWS's signatures says")
    key, region, _ = scope.groups()
    return key, region


def _service(signed_as: str, environ: dict[str, Any]) -> str:
    if signed_as == "apigateway" and str(environ.get("PATH_INFO", "")).startswith("/v2/"):
        return "apigatewayv2"
    return _IN_BOTOCORE.get(signed_as, signed_as)


def _gateway_arn(environ: dict[str, Any], region: str) -> str:
    """
    API Gateway's actions are HTTP's methods, and its resources the paths of its API.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-iam-policy-examples.html
    """
    path = str(environ.get("REQUEST_URI", "")).partition("?")[0]
    return f"arn:aws:apigateway:{region}::{path.removeprefix('/v2')}"
