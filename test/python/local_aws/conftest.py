"""A started local AWS, and accounts in it; each test takes an account of its own, so that nothing is shared."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
LOCAL_AWS = HERE.parents[2] / "emulator" / "local-aws"
sys.path[:0] = [str(HERE / "support"), str(LOCAL_AWS)]

from local_account import CALLER, Account  # noqa: E402 (found by the path above)
from worker_client import Worker  # noqa: E402


@pytest.fixture(scope="session")
def endpoint() -> Iterator[str]:
    """Address of a local AWS that ends with the tests."""
    environment = {**os.environ, "PYTHONPATH": str(LOCAL_AWS), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "mlops_moto", "--end-with-parent", "--caller-account", CALLER]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as server:
        assert server.stdout is not None
        yield f"http://127.0.0.1:{json.loads(server.stdout.readline())['port']}"
        server.communicate()


_numbers = itertools.count(500000000001)


@pytest.fixture
def account(endpoint: str) -> Account:
    return Account(endpoint, str(next(_numbers)))


@pytest.fixture
def other_account(endpoint: str) -> Account:
    return Account(endpoint, str(next(_numbers)))


@pytest.fixture
def worker(endpoint: str) -> Worker:
    """The one worker that executions are handed to."""
    return Worker(endpoint, f"worker-{next(_numbers)}").register()
