"""The HTTP server of local AWS: one port of the loopback interface, state in memory."""

import json
import os
import signal
import sys
import threading
from typing import NoReturn

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server

from .local_actions import LocalActions
from .serial import SerialApplication
from .service_side import actions


class KeepAliveHandler(MotoRequestHandler):
    """Keeps connections open: a close can cut off an answer, and a client that asks again finds its own work done."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Leaves out the worker's polls, several a second, which would bury the rest."""
        if not (getattr(self, "path", "").endswith("/mlops-local/TakeWork") and str(code) == "200"):
            super().log_request(code, size)


def serve(port: int, *, end_with_parent: bool) -> None:
    """
    Serves until ended. Once it listens, prints one line of JSON, `{"port": 41234}`, on standard output; whatever
    is printed later goes to standard error. The port is bound before it is told, so that nothing can take it.

    end_with_parent: end as soon as standard input closes, which the death of the parent does, however it dies;
    unless a line came before it: then stay.
    """
    application = SerialApplication(LocalActions(DomainDispatcherApplication(create_backend_app), actions()))
    server = make_server("127.0.0.1", port, application, threaded=True, request_handler=KeepAliveHandler)
    os.environ["MOTO_PORT"] = str(server.server_port)
    signal.signal(signal.SIGTERM, lambda *_: _end())
    signal.signal(signal.SIGINT, signal.SIG_IGN if end_with_parent else lambda *_: _end())
    if end_with_parent:
        threading.Thread(target=_end_with_standard_input, daemon=True).start()
    print(json.dumps({"port": server.server_port}), flush=True)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server.serve_forever()


def _end_with_standard_input() -> None:
    if not sys.stdin.readline():
        _end()


def _end() -> NoReturn:
    """Ends at once: there is nothing to save, and a request under way must not hold the process."""
    os._exit(0)
