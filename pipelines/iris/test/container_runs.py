"""Runs of the container's programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

CONTAINER = Path(__file__).parents[1] / "container"


def _environment(root: Path, **more: str) -> dict[str, str]:
    """What the Dockerfile sets, and where /opt/ml is."""
    image = {"PYTHONPATH": str(CONTAINER), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1"}
    return {**os.environ, **image, "ML_ROOT": str(root), **more}


@dataclass(frozen=True)
class Trained:
    root: Path
    code: int
    output: str
    error: str

    @property
    def failure(self) -> str | None:
        path = self.root / "output" / "failure"
        return path.read_text() if path.exists() else None


def train(root: Path, channels: Mapping[str, str], settings: Mapping[str, str] | None = None) -> Trained:
    """`train`, as SageMaker lays out its folders; by channel, the rows of its one file."""
    for folder in ("input/config", "model", "output"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    (root / "input/config/hyperparameters.json").write_text(json.dumps(settings or {}))
    for name, rows in channels.items():
        folder = root / "input" / "data" / name
        folder.mkdir(parents=True)
        (folder / "rows.csv").write_text(rows)
        (folder / "_SUCCESS").touch()
    ran = subprocess.run(
        [sys.executable, str(CONTAINER / "train")], env=_environment(root), capture_output=True, text=True, check=False
    )
    return Trained(root, ran.returncode, ran.stdout, ran.stderr)


@dataclass(frozen=True)
class Serving:
    process: subprocess.Popen[str]
    port: int

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer: HTTPResponse = connection.getresponse()
        try:
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def invoke(self, body: str, **headers: str) -> tuple[int, str]:
        return self.ask("POST", "/invocations", body.encode(), **{"Content_Type": "text/csv", **headers})


@contextmanager
def serving(root: Path) -> Iterator[Serving]:
    """`serve`, once it says where it listens; ended with the block if it has not ended by itself."""
    command = [sys.executable, str(CONTAINER / "serve")]
    environment = _environment(root, SAGEMAKER_BIND_TO_PORT="0")
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield Serving(process, int(process.stdout.readline().rsplit(" ", 1)[-1]))
        finally:
            process.kill()


def end_of_serving(root: Path) -> tuple[int, str]:
    """Of a `serve` that does not begin: its exit code, and what it says."""
    command = [sys.executable, str(CONTAINER / "serve")]
    ran = subprocess.run(command, env=_environment(root), capture_output=True, text=True, check=False)
    return ran.returncode, ran.stderr
