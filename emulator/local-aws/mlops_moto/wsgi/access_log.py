"""One line on standard error for each request that is answered."""

import sys
import time
from collections.abc import Callable, Iterable
from typing import Any

from ..apigateway.addresses import address_of

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_POLLS = ("/mlops-local/AwaitWork", "/mlops-local/TakeWork")


class AccessLog:
    """
    Leaves out the worker's polls, which would bury the rest, and paths of APIs: who has the link of a question may
    answer it.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        def logged(status: str, *rest: Any) -> Any:
            path = str(environ.get("PATH_INFO", ""))
            if not (path in _POLLS and status.startswith("200")):
                action = str(environ.get("HTTP_X_AMZ_TARGET", ""))
                api = address_of(environ)
                told = f"execute-api {api.api}" if api else f"{path} {action}"
                line = f"{time.strftime('%H:%M:%S')} {environ['REQUEST_METHOD']} {told} {status}"
                print(" ".join(line.split()), file=sys.stderr, flush=True)
            return start_response(status, *rest)

        return self._application(environ, logged)
