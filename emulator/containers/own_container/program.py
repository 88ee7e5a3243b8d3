"""An image's `serve`, as a process that is asked over HTTP."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_LONGEST_START = 120
"""Seconds; SageMaker pings for eight minutes."""

_LONGEST_STOP = 30
"""Seconds between SIGTERM and SIGKILL, as with SageMaker."""

_OWN = ("MODEL_DATA", "INPUT_FOLDER", "OUTPUT_FOLDER", "SERVING_SOCKET")
"""Variables that are for what starts the program."""


class ServingError(Exception):
    """The program does not serve."""


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


class Serving:
    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.port = port

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer | None:
        """None where nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.read())
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def wait_for_ping(self) -> None:
        """raises ServingError: where it ends, or does not answer in time"""
        deadline = time.monotonic() + _LONGEST_START
        while time.monotonic() < deadline:
            code = self.process.poll()
            if code is not None:
                raise ServingError(f"serve ended with {code} before it answered to a ping")
            answer = self.ask("GET", "/ping")
            if answer and answer.status == 200:
                return
            time.sleep(0.02)
        raise ServingError(f"serve gave no answer to a ping within {_LONGEST_START} seconds")


@contextmanager
def serving(folder: Path, more: Mapping[str, str] | None = None) -> Iterator[Serving]:
    """
    Starts `serve` of an image's folder as in the image, on a port that nobody has: SAGEMAKER_BIND_TO_PORT, which it has
    to heed, as where several containers share a machine. Ended with the block, first politely.
    """
    own = {name: value for name, value in os.environ.items() if name not in _OWN}
    port = _free_port()
    environment = {
        **own,
        **(more or {}),
        "PATH": os.pathsep.join([str(folder), own.get("PATH", "")]),
        "PYTHONPATH": str(folder),
        "SAGEMAKER_BIND_TO_PORT": str(port),
    }
    try:
        process = subprocess.Popen([str(folder / "serve")], cwd=folder, env=environment)
    except OSError as error:
        raise ServingError(f"serve does not start: {error}") from error
    try:
        yield Serving(process, port)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_LONGEST_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket.socket() as any_socket:
        any_socket.bind(("127.0.0.1", 0))
        port: int = any_socket.getsockname()[1]
        return port
