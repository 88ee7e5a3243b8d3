"""
AssumeRoleWithWebIdentity: the one call that nobody signs, for whoever brings a token of an issuer that the role's
account knows. moto (5.2.5) looks at neither the token nor the role.
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html
"""

import re
import time
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qs
from xml.sax.saxutils import escape

from moto.iam.models import OpenIDConnectProvider, Role, iam_backends
from moto.sts.models import AssumedRole, sts_backends
from moto.utilities.arns import parse_arn
from werkzeug.wrappers import Request, Response

from ..iam.identities import find_role
from ..iam.policies import AccessRequest, allows
from ..times import iso
from ..web_tokens import KeysError, TokenError, is_time, texts, unverified, verified
from ..wsgi.gate import stranger
from ..wsgi.serial import STATE_LOCK, read_body
from .assumed_roles import record

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_ACTION = "AssumeRoleWithWebIdentity"
_ALGORITHMS = ("RS256", "RS384", "RS512", "ES256", "ES384", "ES512")
_LARGEST = 64 * 1024
"""Bytes of a request; AWS's tokens have 20,000 characters at most."""

_SESSION_NAME = re.compile(r"[\w+=,.@-]{2,64}")
_SHORTEST, _DEFAULT = 15 * 60, 60 * 60
"""Seconds of a session."""


class _RefusedError(Exception):
    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.code, self.status = code, status


class WebIdentities:
    """Leaves everything but this action, unsigned, to the application; of the gate's rules those of places count."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = _asked(environ)
        if asked is None:
            return self._application(environ, start_response)
        try:
            return Response(_answer(asked), content_type="text/xml")(environ, start_response)
        except _RefusedError as refusal:
            error = _xml({"Type": "Sender", "Code": refusal.code, "Message": str(refusal)})
            body = f"<ErrorResponse><Error>{error}</Error></ErrorResponse>"
            return Response(body, refusal.status, content_type="text/xml")(environ, start_response)


def _asked(environ: dict[str, Any]) -> Mapping[str, str] | None:
    is_form = str(environ.get("CONTENT_TYPE", "")).startswith("application/x-www-form-urlencoded")
    if environ["REQUEST_METHOD"] != "POST" or not is_form or environ.get("HTTP_AUTHORIZATION") or stranger(environ):
        return None
    if int(environ.get("CONTENT_LENGTH") or 0) > _LARGEST:
        return None
    read_body(environ)
    given = {name: values[0] for name, values in parse_qs(Request(environ).get_data().decode(errors="replace")).items()}
    environ["wsgi.input"].seek(0)
    return given if given.get("Action") == _ACTION else None


def _answer(asked: Mapping[str, str]) -> str:
    token, role_arn, session_name = (asked.get(name, "") for name in ("WebIdentityToken", "RoleArn", "RoleSessionName"))
    if not _SESSION_NAME.fullmatch(session_name):
        raise _RefusedError("ValidationError", f"RoleSessionName must match {_SESSION_NAME.pattern}: {session_name}")
    if "Policy" in asked or any(name.startswith("PolicyArns") for name in asked):
        raise _RefusedError("ValidationError", "Local AWS has no session policies")
    account = _account(role_arn)
    with STATE_LOCK:
        provider = _provider(token, account)
    claims = _claims(token, f"https://{provider.url}")
    audience = _audience(claims, provider)
    with STATE_LOCK:
        role = _trusting(role_arn, account, provider, claims, audience)
        session = _session(role, session_name, _seconds(asked, role))
        record(role.arn, session_name, provider.arn)
    return _told(session, provider, str(claims.get("sub", "")), audience)


def _account(role_arn: str) -> str:
    try:
        return str(parse_arn(role_arn).account)
    except ValueError as error:
        raise _RefusedError("ValidationError", f"RoleArn is no ARN: {role_arn}") from error


def _provider(token: str, account: str) -> OpenIDConnectProvider:
    """Of the issuer that the token names."""
    try:
        issuer = str(unverified(token).get("iss", ""))
    except TokenError as error:
        raise _RefusedError("InvalidIdentityToken", f"The ID Token provided is not a valid JWT: {error}") from error
    known = iam_backends[account]["aws"].open_id_providers
    found = next((each for each in known.values() if f"https://{each.url}" == issuer), None)
    if found is None:
        raise _RefusedError("InvalidIdentityToken", f"No OpenIDConnect provider found in your account for {issuer}")
    return found


def _claims(token: str, issuer: str) -> Mapping[str, Any]:
    try:
        claims = verified(token, issuer, _ALGORITHMS)
    except KeysError as error:
        message = f"Couldn't retrieve verification key from your identity provider: {error}"
        raise _RefusedError("InvalidIdentityToken", message) from error
    except TokenError as error:
        raise _RefusedError("InvalidIdentityToken", f"The ID Token provided is not a valid JWT: {error}") from error
    now = time.time()
    if not is_time(claims.get("exp")) or not is_time(claims.get("iat")):
        raise _RefusedError("InvalidIdentityToken", "Missing a required claim: exp or iat")
    if claims["exp"] <= now:
        ended = iso(datetime.fromtimestamp(claims["exp"], timezone.utc))
        message = f"Token expired: current date/time must be before the expiration date/time {ended}"
        raise _RefusedError("ExpiredTokenException", message)
    if claims.get("nbf", 0) > now:
        raise _RefusedError("InvalidIdentityToken", "The token is not valid yet")
    return claims


def _audience(claims: Mapping[str, Any], provider: OpenIDConnectProvider) -> str:
    """`azp` goes before `aud`, as in the condition key that the trust policy reads."""
    named = texts(claims["azp"]) if claims.get("azp") else texts(claims.get("aud"))
    known = [each for each in named if each in provider.client_id_list]
    if not known:
        raise _RefusedError("InvalidIdentityToken", "Incorrect token audience")
    return known[0]


def _trusting(
    role_arn: str, account: str, provider: OpenIDConnectProvider, claims: Mapping[str, Any], audience: str
) -> Role:
    role = find_role(role_arn, account)
    context = {
        f"{provider.url}:aud": audience,
        f"{provider.url}:sub": str(claims.get("sub", "")),
        "aws:SecureTransport": "true",
        "aws:FederatedProvider": provider.arn,
    }
    asked = AccessRequest(f"sts:{_ACTION}", role_arn, context, (("Federated", provider.arn),))
    if role is None or not allows(role.assume_role_policy_document, asked):
        raise _RefusedError("AccessDenied", f"Not authorized to perform sts:{_ACTION}", 403)
    return role


def _seconds(asked: Mapping[str, str], role: Role) -> int:
    text, longest = asked.get("DurationSeconds", str(_DEFAULT)), int(role.max_session_duration or _DEFAULT)
    if not text.isdigit() or not _SHORTEST <= int(text) <= longest:
        message = f"DurationSeconds must be between {_SHORTEST} and the role's MaxSessionDuration {longest}: {text}"
        raise _RefusedError("ValidationError", message)
    return int(text)


def _session(role: Role, session_name: str, seconds: int) -> AssumedRole:
    return sts_backends[role.account_id]["aws"].assume_role(
        region_name="us-east-1",
        role_session_name=session_name,
        role_arn=role.arn,
        policy="",
        duration=seconds,
        external_id="",
    )


def _told(session: AssumedRole, provider: OpenIDConnectProvider, subject: str, audience: str) -> str:
    credentials = {
        "AccessKeyId": session.access_key_id,
        "SecretAccessKey": session.secret_access_key,
        "SessionToken": session.session_token,
        "Expiration": iso(session.expiration),
    }
    user = {"AssumedRoleId": session.user_id, "Arn": session.arn}
    result = f"<Credentials>{_xml(credentials)}</Credentials><AssumedRoleUser>{_xml(user)}</AssumedRoleUser>" + _xml(
        {"SubjectFromWebIdentityToken": subject, "Audience": audience, "Provider": provider.arn}
    )
    return (
        f'<{_ACTION}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
        f"<{_ACTION}Result>{result}</{_ACTION}Result></{_ACTION}Response>"
    )


def _xml(members: Mapping[str, str]) -> str:
    return "".join(f"<{name}>{escape(value)}</{name}>" for name, value in members.items())
