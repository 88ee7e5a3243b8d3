"""The HTTP server of local AWS: one port of the loopback interface, state in memory."""

import gc
import json
import os
import signal
import sys
import threading
from typing import NoReturn

from cheroot.wsgi import Server

from .apigateway import InvokeUrls
from .authorization.authorizer import Authorizer
from .authorization.middleware import Authorization
from .cloudformation import Answers, TemplateUrls
from .codeconnections import GitConnections
from .codepipeline import complete_connection, pushed
from .control_plane import ControlPlane, actions
from .ecr import Registry
from .fork import forking
from .lambda_.api import Invocations, invoke_function
from .lambda_.network_guard import NetworkGuard
from .sagemaker import endpoints
from .sts import WebIdentities
from .wsgi.access_log import AccessLog
from .wsgi.dispatcher import Dispatcher
from .wsgi.gate import Gate, new_secret
from .wsgi.serial import SerialApplication

_THREADS = 64
"""Requests under way at a time; long polls of SQS hold theirs for seconds."""

_DAY = 24 * 60 * 60
"""Seconds an idle connection stays open: closing one while its client sends would cut an answer off."""

_CONNECTIONS = 1000
"""Connections kept open at a time."""

_WAITING = 1000
"""
Connections that may wait to be accepted. The kernel delays and breaks what is over that, and a client whose connection
breaks once it has asked asks again, and finds its own work done.
"""

_LARGEST_OBJECT = 2**40
"""Bytes. moto would keep the content of larger ones in files, which forks would share."""


def serve(port: int, *, end_with_parent: bool, secret: str | None = None, authorizer: Authorizer | None = None) -> None:
    """
    Serves until ended, with connections kept open: moto's own development server closes each after one answer, and a
    client whose answer is cut off asks again and finds its own work done. Once it listens, prints one line of JSON,
    `{"port": 41234, "secret": "…"}`, on standard output; whatever is printed later goes to standard error. The port is
    bound before it is told, so that nothing can take it.

    end_with_parent: end as soon as standard input closes, which the death of the parent does, however it dies;
    unless a line came before it: then stay.

    secret: what whoever asks must have (see `Gate`); drawn where none is given
    authorizer: decides by the policies that stand whether a caller may; without one everybody may do everything, but
    for the checks that local AWS always makes
    """
    secret = secret or new_secret()
    os.environ["MOTO_S3_DEFAULT_KEY_BUFFER_SIZE"] = str(_LARGEST_OBJECT)
    again = {"end_with_parent": True, "secret": secret, "authorizer": authorizer}
    local = {
        **actions(),
        **(authorizer.actions() if authorizer else {}),
        "CompleteConnection": complete_connection,
        "Pushed": pushed,
        "Fork": forking(lambda: serve(0, **again)),
    }
    services, calls = endpoints.Invocations(Dispatcher()), invoke_function
    if authorizer:
        services, calls = Authorization(services, authorizer), Authorization(calls, authorizer)
    asked = TemplateUrls(Invocations(calls, SerialApplication(ControlPlane(services, local))))
    gate = Gate(NetworkGuard(asked), secret)
    unsigned = Answers(Registry(InvokeUrls(gate, secret, authorizer), authorizer))
    application = AccessLog(WebIdentities(GitConnections(unsigned, secret, authorizer)))
    server = Server(("127.0.0.1", port), application, numthreads=_THREADS, timeout=_DAY, request_queue_size=_WAITING)
    server.nodelay = True
    server.keep_alive_conn_limit = _CONNECTIONS
    server.prepare()
    bound = server.bind_addr[1]
    os.environ["MOTO_PORT"] = str(bound)
    endpoints.resume()
    signal.signal(signal.SIGTERM, lambda *_: _end())
    signal.signal(signal.SIGINT, signal.SIG_IGN if end_with_parent else lambda *_: _end())
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a fork that has ended
    if end_with_parent:
        threading.Thread(target=_end_with_standard_input, daemon=True).start()
    gc.freeze()  # what has been loaded, and in a fork all that was there
    gc.enable()
    print(json.dumps({"port": bound, "secret": secret}), flush=True)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    server.serve()


def _end_with_standard_input() -> None:
    if not os.read(0, 1):
        _end()


def _end() -> NoReturn:
    """Ends at once: there is nothing to save, and a request under way must not hold the process."""
    endpoints.stop_all()
    os._exit(0)
