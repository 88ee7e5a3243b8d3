"""
Version 4 of AWS's signatures, checked as AWS does: whoever lacks the secret of the access key cannot make one.
https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote, unquote

from moto.core.utils import utcnow
from moto.iam.models import iam_backends
from moto.sts.models import sts_backends
from werkzeug.wrappers import Request

ALGORITHM = "AWS4-HMAC-SHA256"
_HEADER = re.compile(
    rf"{ALGORITHM} Credential=([^/,\s]+)/(\d{{8}})/([^/]+)/([^/]+)/aws4_request,\s*"
    r"SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})"
)
_TIME = "%Y%m%dT%H%M%SZ"
_SKEW = timedelta(minutes=5)


class SignatureError(Exception):
    """What is wrong with a signature; AWS tells the caller only that the request is forbidden."""


@dataclass(frozen=True)
class Keys:
    """`token` is that of temporary credentials."""

    secret: str
    token: str | None


_FIRST = Keys("local", None)
"""The secret key that clients are given beside the access key that local AWS draws (`environmentFor`)."""


def signer_of(request: Request, raw_path: str, region: str, first_key: str) -> str:
    """
    The access key that signed the request.

    raw_path: as it was sent
    first_key: access key of the user that local AWS begins with
    raises SignatureError: where nobody did, or not with the secret of that key, not for this, or not now
    """
    found = _HEADER.fullmatch(request.headers.get("Authorization", "").strip())
    if found is None:
        raise SignatureError("it is not signed")
    key, day, place, service, names, signature = found.groups()
    keys = keys_of(key, first_key)
    signed_at = _time_of(request)
    if service != "execute-api" or place != region:
        raise SignatureError(f"it is signed for {service} in {place}")
    if not signed_at.startswith(day):
        raise SignatureError(f"it is signed at {signed_at}, with a key of {day}")
    if keys.token and not hmac.compare_digest(request.headers.get("X-Amz-Security-Token", ""), keys.token):
        raise SignatureError("its security token is not that of the access key")
    if "host" not in names.split(";"):
        raise SignatureError("it does not sign its host")
    scope = f"{day}/{region}/{service}/aws4_request"
    canonical = _canonical(request, raw_path, names)
    text = "\n".join([ALGORITHM, signed_at, scope, hashlib.sha256(canonical.encode()).hexdigest()])
    if not hmac.compare_digest(signature_of(text, scope, keys.secret), signature):
        raise SignatureError("its signature is not that of the access key's secret")
    return key


def keys_of(key: str, first_key: str) -> Keys:
    """raises SignatureError: where nobody has the access key any more"""
    if key == first_key:
        return _FIRST
    for backends in list(sts_backends.values()):
        session = backends["aws"].get_assumed_role_from_access_key(key)
        if session:
            if session.expiration < utcnow():
                raise SignatureError("its security token has expired")
            return Keys(session.secret_access_key, session.session_token)
    for backends in list(iam_backends.values()):
        own = backends["aws"].access_keys.get(key)
        if own:
            return Keys(own.secret_access_key, None)
    raise SignatureError("nobody has its access key")


def _time_of(request: Request) -> str:
    text = request.headers.get("X-Amz-Date", "")
    try:
        apart = abs(datetime.strptime(text, _TIME) - utcnow())
    except ValueError as error:
        raise SignatureError(f"its time is {text!r}") from error
    if apart > _SKEW:
        raise SignatureError(f"it is signed at {text}, more than {_SKEW} from now")
    return text


def _canonical(request: Request, raw_path: str, names: str) -> str:
    path, _, query = raw_path.partition("?")
    headers = [f"{name}:{' '.join(request.headers.get(name, '').split())}\n" for name in names.split(";")]
    body = hashlib.sha256(request.get_data()).hexdigest()
    return "\n".join([request.method, quote(path, safe="/~"), _query(query), "".join(headers), names, body])


def _query(query: str) -> str:
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    encoded = sorted((quote(unquote(name), safe="~"), quote(unquote(value), safe="~")) for name, _, value in pairs)
    return "&".join(f"{name}={value}" for name, value in encoded)


def signature_of(text: str, scope: str, secret: str) -> str:
    """scope: `<day>/<region>/<service>/aws4_request`"""
    key = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        key = _sign(key, part)
    return _sign(key, text).hex()


def _sign(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
