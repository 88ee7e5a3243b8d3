"""
Who may use a route: anybody, whoever signs and is allowed to, or whoever has a token.
https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
"""

import re
from collections.abc import Mapping
from typing import Any

from moto.iam.models import get_account_id_from
from werkzeug.wrappers import Request

from ..authorization.authorizer import Authorizer
from ..authorization.callers import Caller, caller_of
from ..authorization.calls import Call
from ..wsgi.serial import STATE_LOCK
from .answers import RefusedError, failed
from .request_event import Invocation
from .signatures import SignatureError, signer_of
from .tokens import ScopeError, TokenError, as_text, claims_of

_UNQUOTABLE = re.compile(r"[^ !#-\[\]-~]")
"""What a header's description of an error may not have, which speaks of a caller's token. RFC 6750, section 3."""


class Callers:
    """
    secret: the access key that local AWS drew
    authorizer: decides by the policies that stand; without one everybody of the API's account may
    """

    def __init__(self, secret: str, authorizer: Authorizer | None) -> None:
        self._secret = secret
        self._authorizer = authorizer

    def of(self, invocation: Invocation, request: Request, raw_path: str) -> Mapping[str, Any] | None:
        """
        `requestContext.authorizer`.

        raises RefusedError: 401 or 403
        """
        route = invocation.taken.route
        kind = route.authorization_type or "NONE"
        if kind == "AWS_IAM":
            return {"iam": self._signed(invocation, request, raw_path)}
        if kind == "JWT":
            return {"jwt": _token(invocation, request)}
        return None

    def _signed(self, invocation: Invocation, request: Request, raw_path: str) -> Mapping[str, Any]:
        try:
            with STATE_LOCK:
                key = signer_of(request, raw_path, invocation.region, self._secret)
                caller = caller_of(key)
                account = get_account_id_from(key)
            self._require(invocation, request, key, caller)
        except (SignatureError, ValueError) as error:
            raise RefusedError(403, "Forbidden", str(error)) from error
        unique = f"{caller.role.rsplit('/', 1)[-1]}:{caller.session.rsplit('/', 1)[-1]}"
        return {
            "accessKey": key,
            "accountId": account,
            "callerId": unique,
            "cognitoIdentity": None,
            "principalOrgId": None,
            "userArn": caller.session,
            "userId": unique,
        }

    def _require(self, invocation: Invocation, request: Request, key: str, caller: Caller) -> None:
        """An HTTP API has no policy of its own, so that nobody of another account may use it."""
        if caller.account != invocation.account:
            raise RefusedError(403, "Forbidden", f"{caller.session} is of another account than the API")
        if self._authorizer is None or not self._authorizer.enabled:
            return
        taken = invocation.taken
        resource = f"{invocation.api.api_id}/{taken.stage.name}/{request.method}{taken.path}"
        arn = f"arn:aws:execute-api:{invocation.region}:{invocation.account}:{resource}"
        headers = {name.lower(): value for name, value in request.headers.items()}
        call = Call(key, "execute-api", invocation.region, "Invoke", {"ResourceArn": arn}, headers)
        refusal = self._authorizer.refusal(call)
        if refusal:
            raise RefusedError(403, "Forbidden", refusal)


def _token(invocation: Invocation, request: Request) -> Mapping[str, Any]:
    route = invocation.taken.route
    authorizer = invocation.api.authorizers.get(str(route.authorizer_id))
    if authorizer is None:
        raise failed(f"There is no authorizer {route.authorizer_id}")
    scopes = list(route.authorization_scopes or [])
    try:
        claims = claims_of(request, authorizer, scopes)
    except TokenError as error:
        raise _refused(401, "Unauthorized", "invalid_token", scopes, error) from error
    except ScopeError as error:
        raise _refused(403, "Forbidden", "insufficient_scope", scopes, error) from error
    return {"claims": as_text(claims), "scopes": scopes or None}


def _refused(status: int, message: str, code: str, scopes: list[str], error: Exception) -> RefusedError:
    reason = _UNQUOTABLE.sub("?", str(error))
    told = f'Bearer scope="{" ".join(scopes)}" error="{code}" error_description="{reason}"'
    return RefusedError(status, message, reason, www_authenticate=told)
