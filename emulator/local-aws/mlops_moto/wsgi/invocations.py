"""Which requests are invocations of endpoints: the caller waits for a model, and they take no turn."""

import re
from typing import Any

_PATH = re.compile(r"/endpoints/([^/]+)/(invocations|async-invocations|invocations-[a-z-]+)")
_SIGNED = re.compile(r"Credential=[^/]+/\d+/[^/]+/sagemaker/")


def invoked(environ: dict[str, Any]) -> tuple[str, str] | None:
    """The endpoint's name, and the way of invoking. An object of S3 may have the same path."""
    path = _PATH.fullmatch(str(environ.get("PATH_INFO", "")))
    if path is None or not _SIGNED.search(str(environ.get("HTTP_AUTHORIZATION", ""))):
        return None
    return path[1], path[2]
