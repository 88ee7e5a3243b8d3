"""
What local AWS has not got, said in the words of the protocol that the caller speaks: 400 with an error that no SDK
tries again.
https://smithy.io/2.0/aws/protocols/index.html
"""

import json
import re
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from botocore.exceptions import UnknownServiceError
from moto.core.request import Request
from moto.core.routing import get_service_router
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

_SCOPE = re.compile(r"Credential=[^/]+/\d+/[^/]+/([^/]+)/aws4_request")
_FORM = "application/x-www-form-urlencoded"
_REST_XML = {"cloudfront", "route53", "s3"}


def unknown_service(environ: dict[str, Any]) -> Response:
    return _refusal(environ, "UnknownServiceException", "moto has no such service")


def unknown_action(environ: dict[str, Any], reason: str) -> Response:
    return _refusal(environ, "UnknownOperationException", reason)


def access_denied(environ: dict[str, Any], message: str) -> Response:
    """https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html"""
    is_xml = _is_form(environ) or _service(environ) in _REST_XML
    return _answer(environ, "AccessDenied" if is_xml else "AccessDeniedException", message, 403 if is_xml else 400)


def not_reached(environ: dict[str, Any], reason: str) -> Response:
    return _answer(environ, "NetworkUnreachable", f"On AWS this call would hang: {reason}", 400)


def _refusal(environ: dict[str, Any], code: str, reason: str) -> Response:
    service = _service(environ)
    return _answer(environ, code, f"Local AWS cannot do {service}:{_action(environ, service)}: {reason}", 400)


def _answer(environ: dict[str, Any], code: str, message: str, status: int) -> Response:
    service = _service(environ)
    headers = {"x-amzn-ErrorType": code}
    if _is_form(environ) or service in _REST_XML:
        return Response(_xml(environ, service, code, message), status, headers, content_type="text/xml")
    body = json.dumps({"__type": code, "message": message})
    return Response(body, status, headers, content_type="application/x-amz-json-1.1")


def _service(environ: dict[str, Any]) -> str:
    """As the caller signed; moto, too, takes what is unsigned for S3."""
    scope = _SCOPE.search(environ.get("HTTP_AUTHORIZATION", ""))
    return scope[1] if scope else "s3"


def _action(environ: dict[str, Any], service: str) -> str:
    """Method and path where no name is known."""
    target = environ.get("HTTP_X_AMZ_TARGET")
    if target:
        return str(target).rpartition(".")[2]
    if _is_form(environ):
        environ["wsgi.input"].seek(0)
        return parse_qs(environ["wsgi.input"].read().decode()).get("Action", ["?"])[0]
    try:
        return str(get_service_router(service).match(Request(environ))[0].name)
    except (UnknownServiceError, NotFound, NotImplementedError):
        return f"{environ['REQUEST_METHOD']} {_path(environ)}"


def _is_form(environ: dict[str, Any]) -> bool:
    return str(environ.get("CONTENT_TYPE", "")).startswith(_FORM)


def _xml(environ: dict[str, Any], service: str, code: str, message: str) -> str:
    error = f"<Error><Code>{code}</Code><Message>{escape(message)}</Message></Error>"
    if service == "ec2":
        return f"<Response><Errors>{error}</Errors></Response>"
    is_s3_control = _path(environ).startswith("/v20180820/")
    return error if service == "s3" and not is_s3_control else f"<ErrorResponse>{error}</ErrorResponse>"


def _path(environ: dict[str, Any]) -> str:
    return str(environ.get("PATH_INFO", ""))
