"""
Which API a request is for. On AWS its host says so; here too, below `localhost`, which browsers take to this machine,
or as AWS has it. Programs that cannot choose a host use a path, in which no bucket of S3 can be named.
"""

import re
from dataclasses import dataclass
from typing import Any

_HOST = re.compile(r"([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.(?:localhost|amazonaws\.com)(?::\d+)?")
_LOOPBACK = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d+)?")
_PATH = re.compile(r"/_aws/execute-api/([a-z0-9]+)(/.*)?", re.DOTALL)


@dataclass(frozen=True)
class Address:
    """`path` is decoded, and begins with a slash; it still has the stage."""

    api: str
    path: str


def address_of(environ: dict[str, Any]) -> Address | None:
    """None for what is no invocation of an API."""
    host, path = str(environ.get("HTTP_HOST", "")), _decoded(environ)
    by_host = _HOST.fullmatch(host)
    if by_host:
        return Address(by_host[1], path)
    by_path = _PATH.fullmatch(path)
    return Address(by_path[1], by_path[2] or "/") if by_path and _LOOPBACK.fullmatch(host) else None


def _decoded(environ: dict[str, Any]) -> str:
    """WSGI has a path's bytes as Latin-1."""
    return str(environ.get("PATH_INFO", "")).encode("latin-1").decode(errors="replace") or "/"
