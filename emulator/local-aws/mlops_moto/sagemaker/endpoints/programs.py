"""
The serving program of a container, in a process of its own that ends with this one. Programs with the same image,
artifact and environment would answer the same: endpoints share them.
"""

import http.client
import io
import os
import shutil
import socket
import tarfile
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ... import children
from . import images
from .images import NoProgramError

_LONGEST_START = 120
"""Seconds."""


class StartError(Exception):
    """The program does not serve; the message is what it printed, or why it was not even started."""


@dataclass(frozen=True)
class Reply:
    """`status` is None where nothing came in time."""

    status: int | None
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Files:
    """What a container is to serve, as archives: the model, and its module's code where that lies elsewhere."""

    model: bytes
    code: bytes | None


class Program:
    """raises StartError: unless it answers to a ping"""

    def __init__(self, image: images.Image, files: Files, environment: Mapping[str, str]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="mlops-endpoint-"))
        self._socket = str(self._folder / "socket")
        self._child: children.Child | None = None
        try:
            (self._folder / "model").mkdir()
            _unpack(files.model, self._folder / "model")
            if files.code is not None:
                (self._folder / "submitted").mkdir()
                (self._folder / "submitted" / "sourcedir.tar.gz").write_bytes(files.code)
            has_script = "SAGEMAKER_PROGRAM" in environment
            self._run(images.serving_program(image, self._folder, has_script), environment)
            self._wait_for_ping()
        except NoProgramError as error:
            self.stop()
            raise StartError(str(error)) from error
        except BaseException:
            self.stop()
            raise

    def invoke(self, body: bytes, headers: Mapping[str, str], seconds: int) -> Reply:
        return self._ask("POST", "/invocations", body, headers, seconds)

    def stop(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            os.close(child.keep_open)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _run(self, program: images.ServingProgram, environment: Mapping[str, str]) -> None:
        with (self._folder / "printed").open("w") as printed:
            self._child = children.start(
                program.command,
                cwd=self._folder,
                environment={
                    **environment,
                    "HOME": os.environ.get("HOME", ""),
                    "LANG": "C.UTF-8",
                    "PYTHONDONTWRITEBYTECODE": "1",
                    **program.environment,
                    "SERVING_SOCKET": self._socket,
                },
                printed=printed,
            )

    def _wait_for_ping(self) -> None:
        deadline = time.monotonic() + _LONGEST_START
        while time.monotonic() < deadline:
            if self._child is None or self._child.process.poll() is not None:
                raise StartError((self._folder / "printed").read_text().strip())
            if os.path.exists(self._socket) and self._ask("GET", "/ping", b"", {}, 2).status == 200:
                return
            time.sleep(0.02)
        raise StartError(f"no answer to a ping within {_LONGEST_START} seconds")

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str], seconds: float) -> Reply:
        connection = _UnixConnection(self._socket, seconds)
        try:
            connection.request(method, path, body, dict(headers))
            answer = connection.getresponse()
            return Reply(answer.status, dict(answer.getheaders()), answer.read())
        except (OSError, http.client.HTTPException):
            return Reply(None, {}, b"")
        finally:
            connection.close()


@dataclass
class _Shared:
    lock: threading.Lock = field(default_factory=threading.Lock)
    program: Program | None = None
    users: int = 0


class Programs:
    """Those that run. Started once however many ask; stopped when nobody uses them any more."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._shared: dict[object, _Shared] = {}

    def take(self, image: images.Image, files: Files, environment: Mapping[str, str]) -> Program:
        """raises StartError: where it does not start"""
        key = (image, files, tuple(sorted(environment.items())))
        with self._lock:
            shared = self._shared.setdefault(key, _Shared())
            shared.users += 1
        try:
            with shared.lock:
                shared.program = shared.program or Program(image, files, environment)
                return shared.program
        except StartError:
            self._leave(key)
            raise

    def give_back(self, program: Program) -> None:
        for key in [key for key, shared in self._shared.items() if shared.program is program]:
            self._leave(key)

    def stop(self) -> None:
        for shared in list(self._shared.values()):
            if shared.program:
                shared.program.stop()

    def _leave(self, key: object) -> None:
        with self._lock:
            shared = self._shared[key]
            shared.users -= 1
            if shared.users > 0:
                return
            del self._shared[key]
        if shared.program:
            shared.program.stop()


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path: str, seconds: float) -> None:
        super().__init__("localhost", timeout=seconds)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


def _unpack(archive: bytes, folder: Path) -> None:
    try:
        with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
            tar.extractall(folder, filter="data")
    except (OSError, EOFError, tarfile.TarError) as error:
        raise StartError(f"the archive cannot be unpacked: {error}") from error
