"""The server of local AWS, before any of its services."""

from __future__ import annotations

import os
import signal
import socket
from contextlib import ExitStack
from urllib.parse import urlsplit

from started_local_aws import started_local_aws

_TERRAFORMS = 200
"""Connections of a dozen Terraforms that begin at once."""


def test_a_busy_server_keeps_whoever_connects_waiting_and_breaks_no_connection() -> None:
    with started_local_aws() as server, ExitStack() as connections:
        port = urlsplit(server.endpoint).port
        os.kill(server.pid, signal.SIGSTOP)
        try:
            for _ in range(_TERRAFORMS):
                connections.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        finally:
            os.kill(server.pid, signal.SIGCONT)
