"""
JSON Web Tokens, checked as JWT authorizers do.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
"""

import time
from collections.abc import Mapping, Sequence
from typing import Any

from moto.apigatewayv2.models import Authorizer
from werkzeug.wrappers import Request

from ..web_tokens import TokenError, is_time, texts, verified

__all__ = ["ScopeError", "TokenError", "as_text", "claims_of"]

_ALGORITHMS = ("RS256", "RS384", "RS512")


class ScopeError(Exception):
    """The token is good, and not for this route: 403."""


def claims_of(request: Request, authorizer: Authorizer, scopes: Sequence[str]) -> Mapping[str, Any]:
    """
    raises TokenError, ScopeError
    """
    settings: Any = authorizer.jwt_config
    claims = verified(_token(request, authorizer.identity_source), str(settings["issuer"]), _ALGORITHMS)
    now = time.time()
    audience = texts(claims["aud"] if "aud" in claims else claims.get("client_id"))
    begins = [claims[name] for name in ("nbf", "iat") if name in claims]
    _require(claims.get("iss") == settings["issuer"], f"its issuer is {claims.get('iss')}")
    _require(not set(audience).isdisjoint(settings.get("audience") or []), "its audience is another")
    _require(is_time(claims.get("exp")) and claims["exp"] > now, "the token has expired")
    _require(all(is_time(each) and each <= now for each in begins), "the token is not valid yet")
    own = [scope for text in texts(claims.get("scope", claims.get("scp"))) for scope in text.split()]
    if scopes and not set(scopes) & set(own):
        raise ScopeError(f"its scopes are {own}, none of {list(scopes)}")
    return claims


def as_text(claims: Mapping[str, Any]) -> dict[str, str]:
    """As functions get claims: lists in brackets, apart by spaces."""
    return {name: f"[{' '.join(map(str, it))}]" if isinstance(it, list) else str(it) for name, it in claims.items()}


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise TokenError(otherwise)


def _token(request: Request, sources: Any) -> str:
    """Of the first place that has one: `$request.header.Authorization`, `$request.querystring.token`."""
    for source in [sources] if isinstance(sources, str) else sources or []:
        _, place, name = str(source).split(".", 2)
        text = (request.headers if place == "header" else request.args).get(name, "")
        if text:
            return text[7:] if text.lower().startswith("bearer ") else text
    raise TokenError("there is no token")
