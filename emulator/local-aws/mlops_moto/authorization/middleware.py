"""Refuses what policies do not allow, before a service gets to see it."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from ..wsgi.refusals import access_denied
from .authorizer import Authorizer
from .calls import call_of

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Authorization:
    def __init__(self, application: Application, authorizer: Authorizer) -> None:
        self._application = application
        self._authorizer = authorizer

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        refusal = self._refusal(environ) if self._authorizer.enabled else None
        answer = access_denied(environ, refusal) if refusal else self._application
        return answer(environ, start_response)

    def _refusal(self, environ: dict[str, Any]) -> str | None:
        """A mistake of ours refuses, too: as an error of the server, clients would try it again for minutes."""
        try:
            call = call_of(environ)
            return self._authorizer.refusal(call) if call else None
        except Exception as error:
            logging.exception("no decision")
            return f"Local AWS cannot tell whether this is allowed: {error!r}"
