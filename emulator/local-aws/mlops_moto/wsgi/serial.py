"""One request at a time, because moto checks and then acts without locks of its own."""

import io
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from werkzeug.wrappers import Response

from .invocations import invoked

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]


class StateLock:
    """
    Reentrant. `changes` grows with each turn that may have changed something, which is every one that does not say of
    itself that it only reads.
    """

    def __init__(self) -> None:
        self.changes = 0
        self._lock = threading.RLock()
        self._depth = 0
        self._only_reads = False

    def __enter__(self) -> None:
        self._lock.acquire()
        self._depth += 1

    def __exit__(self, *_error: object) -> None:
        self.release()

    def release(self) -> None:
        self._depth -= 1
        if self._depth == 0:
            self.changes += not self._only_reads
            self._only_reads = False
        self._lock.release()

    def only_reads(self) -> None:
        """Said by whoever has it: until it is let go of, nothing changes but what is told by `changed`."""
        self._only_reads = True

    def changed(self) -> None:
        """Said by what changes state while somebody only reads."""
        self.changes += 1


STATE_LOCK = StateLock()
"""Held by whatever reads or changes moto's state."""


class SerialApplication:
    """
    Runs one request at a time: two conditional writes of one S3 object (Terraform's state lock), or two creations of
    one name, can then never both succeed. moto computes under Python's global lock anyway, so little time is lost.
    A body is read before its turn, so that a slow client stops nobody. Long polls of SQS and of the pipelines' worker,
    which sleep, and invocations of endpoints, which wait for a model, take no turn. `/moto-api/pid` says which process
    this is.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ.get("PATH_INFO") == "/moto-api/pid":
            return Response(str(os.getpid()))(environ, start_response)
        read_body(environ)
        if _is_long_poll(environ) or invoked(environ):
            return self._application(environ, start_response)
        with STATE_LOCK:
            return list(self._application(environ, start_response))


def _is_long_poll(environ: Mapping[str, Any]) -> bool:
    target = str(environ.get("HTTP_X_AMZ_TARGET", ""))
    return target.endswith("ReceiveMessage") or environ.get("PATH_INFO") == "/mlops-local/AwaitWork"


def read_body(environ: dict[str, Any]) -> None:
    """Into memory, so that nobody waits for a slow client with the lock."""
    length = environ.get("CONTENT_LENGTH")
    stream = environ["wsgi.input"]
    if length:
        environ["wsgi.input"] = io.BytesIO(stream.read(int(length)))
    elif environ.get("wsgi.input_terminated"):
        environ["wsgi.input"] = io.BytesIO(stream.read())
