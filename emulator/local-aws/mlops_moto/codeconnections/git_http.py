"""
Git over a connection: `/git-http/<account>/<region>/<connection>/<owner>/<repository>.git`, answered by Git's own
program over the bare repository on this machine, for whoever may use the connection.
https://docs.aws.amazon.com/dtconsole/latest/userguide/security-iam.html
https://git-scm.com/docs/git-http-backend
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.wrappers import Request, Response

from ..authorization.authorizer import Authorizer
from ..authorization.calls import Call
from ..wsgi.gate import stranger
from ..wsgi.serial import STATE_LOCK, read_body
from .connections import repository_of, status_of
from .git_credentials import CredentialsError, access_key_of

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_PATH = re.compile(
    r"(?P<repository>/git-http/(?P<account>\d{12})/(?P<region>[a-z0-9-]+)/(?P<connection>[0-9a-f-]+)"
    r"/(?P<name>[\w.-]+/[\w.-]+)\.git)"
    r"(?P<rest>/info/refs|/git-upload-pack|/git-receive-pack)"
)
_PREFIXES = ("codeconnections", "codestar-connections")
_SETTINGS = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_VALUE_0": "*",
    "GIT_CONFIG_KEY_1": "http.receivepack",
    "GIT_CONFIG_VALUE_1": "true",
}
_BACKEND = (
    sys.executable,
    "-ISc",
    "import os, signal; signal.signal(signal.SIGCHLD, signal.SIG_DFL); os.execvp('git', ['git', 'http-backend'])",
)
"""Git waits for programs that it starts, which one that is to ignore their ends, as the server does, cannot."""


class _RefusedError(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True)
class _Asked:
    request: Request
    place: Mapping[str, str]

    @property
    def pushes(self) -> bool:
        service = self.request.args.get("service") or self.place["rest"].lstrip("/")
        return service == "git-receive-pack"

    @property
    def arn(self) -> str:
        """Of the connection, by the name of the service that made it."""
        known = [
            f"arn:aws:{prefix}:{self.place['region']}:{self.place['account']}:connection/{self.place['connection']}"
            for prefix in _PREFIXES
        ]
        return next((each for each in known if status_of(each)), known[0])


class GitConnections:
    """
    Leaves everything else to the application; of the gate's rules those of places count. Takes no turn.

    secret: access key of the user that local AWS begins with
    """

    def __init__(self, application: Application, secret: str, authorizer: Authorizer | None) -> None:
        self._application = application
        self._secret = secret
        self._authorizer = authorizer

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        place = _PATH.fullmatch(str(environ.get("PATH_INFO", "")))
        if place is None or stranger(environ):
            return self._application(environ, start_response)
        read_body(environ)
        try:
            response = self._answer(_Asked(Request(environ), place.groupdict()))
        except _RefusedError as refusal:
            headers = {"WWW-Authenticate": 'Basic realm="git"'} if refusal.status == 401 else {}
            response = Response(f"{refusal}\n", refusal.status, headers, content_type="text/plain")
        return response(environ, start_response)

    def _answer(self, asked: _Asked) -> Response:
        with STATE_LOCK:
            key = self._access_key(asked)
            arn, name = asked.arn, asked.place["name"]
            status, folder = status_of(arn), repository_of(arn, name)
        self._require(key, arn, asked)
        if status is None:
            raise _RefusedError(404, f"There is no connection {arn}")
        if status != "AVAILABLE":
            raise _RefusedError(403, f"Connection {arn} is not available: it is {status}")
        if folder is None:
            raise _RefusedError(404, f"Connection {arn} does not lead to {name}")
        return _served(Path(folder), asked)

    def _access_key(self, asked: _Asked) -> str:
        try:
            return access_key_of(asked.request, asked.place["repository"], asked.place["region"], self._secret)
        except CredentialsError as error:
            raise _RefusedError(401, str(error)) from error

    def _require(self, key: str, arn: str, asked: _Asked) -> None:
        """UseConnection, by the name of the service in the connection's ARN: policies with the other do not count."""
        given = {
            "ConnectionArn": arn,
            "FullRepositoryId": asked.place["name"],
            "ProviderAction": "GitPush" if asked.pushes else "GitPull",
            "ProviderPermissionsRequired": "read_write" if asked.pushes else "read_only",
        }
        call = Call(key, arn.split(":")[2], asked.place["region"], "UseConnection", given, {})
        refusal = self._authorizer.refusal(call) if self._authorizer and self._authorizer.enabled else None
        if refusal:
            raise _RefusedError(403, refusal)


def _served(folder: Path, asked: _Asked) -> Response:
    """What Git's program says, by the Common Gateway Interface."""
    request, body = asked.request, asked.request.get_data()
    variables = {
        **_SETTINGS,
        "PATH": os.environ.get("PATH", ""),
        "GIT_PROJECT_ROOT": str(folder),
        "GIT_HTTP_EXPORT_ALL": "1",
        "PATH_INFO": asked.place["rest"],
        "REQUEST_METHOD": request.method,
        "QUERY_STRING": request.query_string.decode(),
        "CONTENT_TYPE": request.headers.get("Content-Type", ""),
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_CONTENT_ENCODING": request.headers.get("Content-Encoding", ""),
        "GIT_PROTOCOL": request.headers.get("Git-Protocol", ""),
        "REMOTE_USER": "connection",
    }
    told = subprocess.run(_BACKEND, input=body, env=variables, capture_output=True, check=False)
    head, _, content = told.stdout.partition(b"\r\n\r\n")
    headers = dict(line.split(": ", 1) for line in head.decode().splitlines() if ": " in line)
    if not headers:
        raise _RefusedError(500, f"git http-backend: {told.stderr.decode(errors='replace').strip()}")
    status = int(headers.pop("Status", "200").split()[0])
    return Response(content, status, headers)
