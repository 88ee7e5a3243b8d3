"""
Who is let in. Local AWS runs the commands of whoever starts a pipeline, and a port of the loopback interface is open to
every program of this machine, web pages in a browser among them.
"""

import hmac
import re
import secrets
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from moto.iam.models import iam_backends
from werkzeug.wrappers import Response

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost)(:\d+)?")
_BROWSERS = ("HTTP_ORIGIN", "HTTP_REFERER", "HTTP_SEC_FETCH_SITE", "HTTP_SEC_FETCH_DEST")
"""Node.js' `fetch` sends `Sec-Fetch-Mode`, and none of these."""

_KEY = re.compile(r"Credential=([^/,\s]+)/")
_OWN_PATHS = ("/mlops-local/", "/moto-api")


def new_secret() -> str:
    """An access key that nobody guesses."""
    return f"LOCAL{secrets.token_hex(16).upper()}"


class Gate:
    """
    Refuses another name than the loopback interface's (a page whose name is made to lead here), what a browser sends,
    and whoever has neither the secret nor credentials that were given for it. `/moto-api/pid` asks for no secret: it
    says only which process this is.
    """

    def __init__(self, application: Application, secret: str) -> None:
        self._application = application
        self._secret = secret

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        refusal = self._refusal(environ)
        if refusal:
            body = f"Local AWS refuses this request: {refusal}\n"
            return Response(body, 403, content_type="text/plain")(environ, start_response)
        return self._application(environ, start_response)

    def _refusal(self, environ: dict[str, Any]) -> str | None:
        strange = stranger(environ)
        if strange:
            return strange
        path = str(environ.get("PATH_INFO", ""))
        if path == "/moto-api/pid":
            return None
        if path.startswith(_OWN_PATHS):
            given = str(environ.get("HTTP_X_LOCAL_AWS_SECRET", ""))
            return None if self._is_secret(given) else "it lacks the secret that was made at the start"
        key = _access_key(environ)
        return None if self._is_secret(key) or _was_given(key) else "its access key was not given by this local AWS"

    def _is_secret(self, text: str) -> bool:
        return hmac.compare_digest(text.encode(), self._secret.encode())


def stranger(environ: dict[str, Any]) -> str | None:
    """Why it is not a program of this machine that asks; None where it may be one."""
    if not _LOOPBACK.fullmatch(str(environ.get("HTTP_HOST", ""))):
        return "its Host is not this machine's own"
    return "it comes from a browser" if any(header in environ for header in _BROWSERS) else None


def _access_key(environ: dict[str, Any]) -> str:
    """Of the signature, in the header or, where a URL was signed, in the query."""
    signed = _KEY.search(str(environ.get("HTTP_AUTHORIZATION", "")))
    if signed:
        return signed[1]
    query = parse_qs(str(environ.get("QUERY_STRING", "")))
    names = [name for name in ("X-Amz-Credential", "AWSAccessKeyId") if name in query]
    return query[names[0]][0].partition("/")[0] if names else ""


def _was_given(key: str) -> bool:
    """By AssumeRole, or for a user of IAM's."""
    return any(key in backend.access_keys for account in iam_backends.values() for backend in account.values())
