"""
JSON Web Tokens, checked as JWT authorizers do.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
"""

import json
import math
import os
import time
import urllib.request
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from moto.apigatewayv2.models import Authorizer
from werkzeug.wrappers import Request

_ALGORITHMS = ("RS256", "RS384", "RS512")
_SECONDS = 5


class TokenError(Exception):
    """What is wrong with a token: 401."""


class ScopeError(Exception):
    """The token is good, and not for this route: 403."""


def claims_of(request: Request, authorizer: Authorizer, scopes: Sequence[str]) -> Mapping[str, Any]:
    """
    raises TokenError, ScopeError
    """
    settings: Any = authorizer.jwt_config
    claims = _verified(_token(request, authorizer.identity_source), str(settings["issuer"]))
    now = time.time()
    audience = _texts(claims["aud"] if "aud" in claims else claims.get("client_id"))
    begins = [claims[name] for name in ("nbf", "iat") if name in claims]
    _require(claims.get("iss") == settings["issuer"], f"its issuer is {claims.get('iss')}")
    _require(not set(audience).isdisjoint(settings.get("audience") or []), "its audience is another")
    _require(_is_time(claims.get("exp")) and claims["exp"] > now, "the token has expired")
    _require(all(_is_time(each) and each <= now for each in begins), "the token is not valid yet")
    own = [scope for text in _texts(claims.get("scope", claims.get("scp"))) for scope in text.split()]
    if scopes and not set(scopes) & set(own):
        raise ScopeError(f"its scopes are {own}, none of {list(scopes)}")
    return claims


def as_text(claims: Mapping[str, Any]) -> dict[str, str]:
    """As functions get claims: lists in brackets, apart by spaces."""
    return {name: f"[{' '.join(map(str, it))}]" if isinstance(it, list) else str(it) for name, it in claims.items()}


def _texts(claim: Any) -> list[str]:
    """Of a claim that is one text, or a list of them: Okta has its scopes in a list."""
    return [each for each in (claim if isinstance(claim, list) else [claim]) if isinstance(each, str)]


def _is_time(claim: Any) -> bool:
    return isinstance(claim, (int, float)) and not isinstance(claim, bool) and math.isfinite(claim)


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


def _verified(token: str, issuer: str) -> Mapping[str, Any]:
    try:
        return dict(jwt.decode(token, _keys(issuer), algorithms=_ALGORITHMS).claims)
    except (JoseError, LookupError, TypeError, ValueError) as error:  # what is read is the caller's, in any form
        raise TokenError(f"it is no token of {issuer}: {error}") from error
    except (OSError, HTTPException) as error:
        raise TokenError(f"the keys of {issuer} cannot be had: {error}") from error


def _keys(issuer: str) -> KeySet:
    configuration = _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
    return KeySet.import_key_set(_get(str(configuration["jwks_uri"])))


def _get(url: str) -> Any:
    """From where the issuer stands, or where local AWS was told that it is found."""
    at = urlsplit(url)
    origin = f"{at.scheme}://{at.netloc}"
    place = json.loads(os.environ.get("MLOPS_ELSEWHERE", "{}")).get(origin, origin)
    if not place.startswith(("https://", "http://127.0.0.1:")):
        raise OSError("AWS reads keys over HTTPS alone")
    with urllib.request.urlopen(place + url.removeprefix(origin), timeout=_SECONDS) as answer:
        return json.load(answer)
