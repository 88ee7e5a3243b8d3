"""
Every service of moto behind one address. What moto has not got is refused as a mistake of the client's: its own answer,
500 or 404, is tried again for minutes, or taken for a resource that is gone.
"""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request
from moto.backends import SERVICE_NAMES
from moto.moto_server import werkzeug_app
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Response

from .refusals import unknown_action, unknown_service

OWN_SERVICES: dict[str, Callable[[dict[str, Any], str], Response | None]] = {}
"""Those that moto lacks as a whole, by the target of their actions. They answer None where there is no such action."""

vars(werkzeug_app)["DISABLE_GLOBAL_CORS"] = True  # pages of a browser are refused anyway


class _UnknownServiceError(Exception):
    """moto has no such service."""


class Dispatcher(DomainDispatcherApplication):
    def __init__(self) -> None:
        super().__init__(_create_app)
        self._backends: dict[str, Any] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        # Where moto finds the path as it was sent; cheroot names it so. moto would decode the other a second time, and
        # a key of S3 with %25 in it would lose that.
        environ.setdefault("RAW_URI", environ.get("REQUEST_URI", ""))
        target, _, action = str(environ.get("HTTP_X_AMZ_TARGET", "")).rpartition(".")
        own = OWN_SERVICES.get(target)
        if own:
            return (own(environ, action) or unknown_action(environ, "it lacks this action"))(environ, start_response)
        try:
            return list(super().__call__(environ, start_response))
        except _UnknownServiceError:
            refusal = unknown_service(environ)
        except NotImplementedError as error:
            refusal = unknown_action(environ, str(error))
        return refusal(environ, start_response)

    def get_backend_for_host(self, host: str | None) -> Any:
        """Known from an earlier request: moto reads its own folder, and tries every service's addresses, each time."""
        if host is None:
            return None
        backend = self._backends.get(host) or super().get_backend_for_host(host)
        if backend is None:
            raise _UnknownServiceError(host)
        self._backends[host] = backend
        return backend


def _create_app(service: SERVICE_NAMES) -> Flask:
    """As moto's, but without Flask's aids for whoever writes an app, which cost a tenth of each request."""
    app = create_backend_app(service)
    app.debug = False
    app.config["PROPAGATE_EXCEPTIONS"] = True
    for unrouted in (NotFound, MethodNotAllowed):
        app.register_error_handler(unrouted, _refuse_unrouted)
    return app


def _refuse_unrouted(error: HTTPException) -> HTTPException:
    if request.routing_exception:
        raise NotImplementedError("moto has no such path") from error
    return error
