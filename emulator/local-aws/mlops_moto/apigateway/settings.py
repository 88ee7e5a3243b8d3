"""
What HTTP APIs are made of, checked when it is made: what AWS refuses is refused, and what is not played is, by name.
Stages may be changed, which moto (5.2.5) lacks.
"""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote

from moto.apigatewayv2.exceptions import APIGatewayV2Error, BadRequestException
from moto.apigatewayv2.models import Stage
from moto.apigatewayv2.responses import ApiGatewayV2Response

from ..patching import replace

Asked = Mapping[str, Any]
Check = Callable[[ApiGatewayV2Response, Asked], None]

_ROUTE = re.compile(r"\$default|(?:ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT) (?:/(?:[^/{}]*|\{[^/{}]+\+?\}))+")
_GREEDY_BEFORE_THE_END = re.compile(r"\+\}/")


class _ConflictError(APIGatewayV2Error):
    code = 409

    def __init__(self, message: str) -> None:
        super().__init__("ConflictException", message)


def install() -> None:
    replace(ApiGatewayV2Response, "update_stage", _update_stage)
    by_moto = ApiGatewayV2Response.delete_authorizer
    replace(ApiGatewayV2Response, "delete_authorizer", lambda response: _delete_authorizer(response, by_moto))
    checks = {"api": _api, "integration": _integration, "authorizer": _authorizer, "route": _route, "stage": _stage}
    for kind, check in checks.items():
        for action in (f"create_{kind}", f"update_{kind}"):
            replace(ApiGatewayV2Response, action, _checked(getattr(ApiGatewayV2Response, action), check))


def _checked(by_moto: Callable[[ApiGatewayV2Response], Any], check: Check) -> Callable[[ApiGatewayV2Response], Any]:
    def checked(response: ApiGatewayV2Response) -> Any:
        check(response, json.loads(response.body or "{}"))
        return by_moto(response)

    return checked


def _api(_response: ApiGatewayV2Response, asked: Asked) -> None:
    _only(asked, "protocolType", "HTTP")
    _without(asked, "corsConfiguration", "target", "routeKey", "credentialsArn")


def _integration(_response: ApiGatewayV2Response, asked: Asked) -> None:
    _only(asked, "integrationType", "AWS_PROXY")
    _only(asked, "payloadFormatVersion", "2.0")
    _only(asked, "connectionType", "INTERNET")
    _without(asked, "integrationSubtype", "credentialsArn", "requestParameters", "responseParameters", "tlsConfig")
    milliseconds = asked.get("timeoutInMillis")
    if milliseconds and not 50 <= int(milliseconds) <= 30_000:
        raise BadRequestException("Timeout should be between 50 ms and 30000 ms")


def _authorizer(_response: ApiGatewayV2Response, asked: Asked) -> None:
    _only(asked, "authorizerType", "JWT")
    issuer = (asked.get("jwtConfiguration") or {}).get("issuer", "https://")
    if not str(issuer).startswith("https://"):
        raise BadRequestException(f"Caught exception when connecting to {issuer}: Invalid issuer")


def _route(response: ApiGatewayV2Response, asked: Asked) -> None:
    if asked.get("authorizationType") == "CUSTOM" or asked.get("apiKeyRequired"):
        raise BadRequestException("Local AWS knows routes with authorization NONE, AWS_IAM and JWT, without API keys")
    key = asked.get("routeKey")
    if key is None:
        return
    if not _ROUTE.fullmatch(str(key)) or _GREEDY_BEFORE_THE_END.search(str(key)):
        raise BadRequestException(f"The provided route key is not formatted properly for HTTP protocol: {key}")
    parts = response.path.split("/")
    api = response.apigatewayv2_backend.get_api(parts[parts.index("apis") + 1])
    if any(route.route_key == key and route.route_id != parts[-1] for route in api.routes.values()):
        raise _ConflictError(f"Route with key {key} already exists for this API")


def _stage(_response: ApiGatewayV2Response, asked: Asked) -> None:
    if asked.get("autoDeploy", True) is not True or ("stageName" in asked and "autoDeploy" not in asked):
        raise BadRequestException("Local AWS knows stages that deploy what changes (autoDeploy) alone")


def _delete_authorizer(response: ApiGatewayV2Response, by_moto: Callable[[ApiGatewayV2Response], Any]) -> Any:
    """One that a route refers to stays. The words are AWS's: https://github.com/anomalyco/sst/issues/5586"""
    _, _, api_id, _, authorizer_id = response.path.rsplit("/", 4)
    api = response.apigatewayv2_backend.get_api(api_id)
    users = [route.route_key for route in api.routes.values() if route.authorizer_id == authorizer_id]
    if users:
        name = api.get_authorizer(authorizer_id).name
        raise _ConflictError(f"Cannot delete authorizer '{name}', is referenced in route: {users[0]}")
    return by_moto(response)


def _only(asked: Asked, name: str, known: str) -> None:
    if asked.get(name, known) != known:
        raise BadRequestException(f"Local AWS knows HTTP APIs whose {name} is {known}, not {asked[name]}")


def _without(asked: Asked, *names: str) -> None:
    for name in names:
        if asked.get(name):
            raise BadRequestException(f"Local AWS knows HTTP APIs without {name}")


def _update_stage(response: ApiGatewayV2Response) -> tuple[int, dict[str, str], str]:
    _, _, api, _, name = response.path.rsplit("/", 4)
    stage: Stage = response.apigatewayv2_backend.get_stage(api, unquote(name))
    for member, value in json.loads(response.body).items():
        attribute = re.sub("[A-Z]", lambda found: f"_{found[0].lower()}", member)
        if attribute in vars(stage):
            setattr(stage, attribute, value)
    return 200, {}, json.dumps(stage.to_json())
