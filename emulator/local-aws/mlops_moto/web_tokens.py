"""
JSON Web Tokens of issuers that tell their keys by OpenID Connect: `<issuer>/.well-known/openid-configuration`.
https://openid.net/specs/openid-connect-discovery-1_0.html
"""

import json
import math
import os
import urllib.request
from base64 import urlsafe_b64decode
from collections.abc import Mapping, Sequence
from http.client import HTTPException
from typing import Any
from urllib.parse import urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

_SECONDS = 5


class TokenError(Exception):
    """What is wrong with a token."""


class KeysError(TokenError):
    """The issuer's keys cannot be had."""


def verified(token: str, issuer: str, algorithms: Sequence[str]) -> Mapping[str, Any]:
    """
    Claims of a token that the issuer signed. Not to be called with the lock: the issuer is asked.

    raises TokenError, KeysError
    """
    try:
        return dict(jwt.decode(token, _keys(issuer), algorithms=list(algorithms)).claims)
    except (JoseError, LookupError, TypeError, ValueError) as error:  # what is read is the caller's, in any form
        raise TokenError(f"it is no token of {issuer}: {error}") from error
    except (OSError, HTTPException) as error:
        raise KeysError(f"the keys of {issuer} cannot be had: {error}") from error


def unverified(token: str) -> Mapping[str, Any]:
    """
    What a token says of itself, whoever signed it.

    raises TokenError: where it is none
    """
    try:
        payload = token.split(".")[1]
        claims = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError) as error:
        raise TokenError("it is no JSON Web Token") from error
    if not isinstance(claims, dict):
        raise TokenError("it has no claims")
    return claims


def texts(claim: Any) -> list[str]:
    """Of a claim that is one text, or a list of them."""
    return [each for each in (claim if isinstance(claim, list) else [claim]) if isinstance(each, str)]


def is_time(claim: Any) -> bool:
    return isinstance(claim, (int, float)) and not isinstance(claim, bool) and math.isfinite(claim)


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
