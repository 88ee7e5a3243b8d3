"""A local AWS in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local_account import CALLER, SECRET

REPOSITORY = Path(__file__).parents[4]
LOCAL_AWS = REPOSITORY / "emulator" / "local-aws"


@dataclass(frozen=True)
class Server:
    endpoint: str
    pid: int


@contextmanager
def started_local_aws(*options: str, elsewhere: Mapping[str, str] | None = None) -> Iterator[Server]:
    """
    Ends with its block, however that ends.

    elsewhere: where it finds what stands on the Internet, by origin
    """
    environment = {
        **os.environ,
        "PYTHONPATH": str(LOCAL_AWS),
        "PYTHONDONTWRITEBYTECODE": "1",
        "MLOPS_LOCAL_SECRET": SECRET,
        "MLOPS_ELSEWHERE": json.dumps(elsewhere or {}),
    }
    command = [sys.executable, "-m", "mlops_moto", "--end-with-parent", "--caller-account", CALLER, *options]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        yield Server(f"http://127.0.0.1:{json.loads(process.stdout.readline())['port']}", process.pid)
        process.communicate()


def deciding(*administrators: str) -> list[str]:
    """Options with which policies count."""
    node = os.environ.get("MLOPS_NODE", "node")
    program = REPOSITORY / "emulator" / "authorization" / "main.ts"
    given = [part for arn in administrators for part in ("--administrator", arn)]
    return [*given, "--authorize", node, "--require", str(REPOSITORY / "tools/compile/register.js"), str(program)]
