"""
GetAuthorizationToken: moto (5.2.5) gives everybody one token of the account, which ended in 2015. Here each is drawn,
and stands for whoever asked for it.
https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetAuthorizationToken.html
"""

import secrets
import time
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timezone

from moto.core.responses import ActionResult
from moto.ecr.responses import ECRResponse

from ..patching import replace

_LASTS = 12 * 60 * 60
"""Seconds."""


@dataclass(frozen=True)
class Bearer:
    """On whose behalf a registry's client acts, and in whose registry."""

    access_key: str
    account: str
    region: str
    until: float


_GIVEN: dict[str, Bearer] = {}
"""By token."""


def install() -> None:
    replace(ECRResponse, "get_authorization_token", _give)


def bearer_of(token: str) -> Bearer | None:
    bearer = _GIVEN.get(token)
    return bearer if bearer and time.time() < bearer.until else None


def _give(response: ECRResponse) -> ActionResult:
    ids = response._get_param("registryIds") or [response.current_account]
    return ActionResult({"authorizationData": [_given(response, str(account)) for account in ids]})


def _given(response: ECRResponse, account: str) -> dict[str, object]:
    token, until = secrets.token_urlsafe(48), time.time() + _LASTS
    _GIVEN[token] = Bearer(str(response.get_access_key()), account, response.region, until)
    return {
        "authorizationToken": b64encode(f"AWS:{token}".encode()).decode(),
        "expiresAt": datetime.fromtimestamp(until, timezone.utc),
        "proxyEndpoint": f"https://{account}.dkr.ecr.{response.region}.amazonaws.com",
    }
