"""
Who asks by Git: Basic credentials as the AWS CLI's credential helper makes them, which are a signature. The user is the
access key, with the security token behind a `%`; the password is a time, `Z`, and the signature.
https://github.com/aws/aws-cli/blob/develop/awscli/customizations/codecommit.py
"""

import hashlib
import hmac
import re
from datetime import datetime, timedelta

from moto.core.utils import utcnow
from werkzeug.wrappers import Request

from ..apigateway.signatures import ALGORITHM, SignatureError, keys_of, signature_of

_PASSWORD = re.compile(r"(\d{8}T\d{6})Z([0-9a-f]{64})")
_TIME = "%Y%m%dT%H%M%S"
_LASTS = timedelta(minutes=15)
_SERVICE = "codecommit"


class CredentialsError(Exception):
    """What is wrong with them."""


def access_key_of(request: Request, path: str, region: str, first_key: str) -> str:
    """
    The access key that signed. With the lock.

    path: of the repository, as it was signed
    first_key: access key of the user that local AWS begins with
    raises CredentialsError: where nobody did, or not for this, or not now
    """
    given = request.authorization
    password = _PASSWORD.fullmatch((given.password or "") if given and given.type == "basic" else "")
    if given is None or password is None:
        raise CredentialsError("Git's user and password are those of the AWS CLI's credential helper")
    key, _, token = (given.username or "").partition("%")
    signed_at, signature = password.groups()
    try:
        keys = keys_of(key, first_key)
        apart = abs(datetime.strptime(signed_at, _TIME) - utcnow())
    except (SignatureError, ValueError) as error:
        raise CredentialsError(f"Git's credentials are nobody's: {error}") from error
    if apart > _LASTS:
        raise CredentialsError(f"Git's credentials are of {signed_at}, more than {_LASTS} from now")
    if keys.token and not hmac.compare_digest(token.encode(), keys.token.encode()):
        raise CredentialsError("Git's user has another security token than the access key")
    scope = f"{signed_at[:8]}/{region}/{_SERVICE}/aws4_request"
    good = [signature_of(_text(host, path, signed_at, scope), scope, keys.secret) for host in _hosts(request, region)]
    if not any(hmac.compare_digest(each, signature) for each in good):
        raise CredentialsError("Git's password is not signed by the access key for this repository")
    return key


def _hosts(request: Request, region: str) -> list[str]:
    """As AWS calls it, which functions are led here from, and this machine's own name."""
    own = request.host.partition(":")[0]
    return [f"codestar-connections.{region}.amazonaws.com", f"codeconnections.{region}.amazonaws.com", own]


def _text(host: str, path: str, signed_at: str, scope: str) -> str:
    canonical = f"GIT\n{path}\n\nhost:{host}\n\nhost\n"
    return "\n".join([ALGORITHM, signed_at, scope, hashlib.sha256(canonical.encode()).hexdigest()])
