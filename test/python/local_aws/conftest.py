"""A started local AWS, and accounts in it; each test takes an account of its own, so that nothing is shared."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import boto3
import pytest

LOCAL_AWS = Path(__file__).parents[3] / "sandbox" / "local-aws"
sys.path.insert(0, str(LOCAL_AWS))

CALLER = "444444444444"
REGION = "us-east-1"


@dataclass(frozen=True)
class Account:
    """An account, entered by assuming a role of it."""

    endpoint: str
    id: str
    role: str = "OrganizationAccountAccessRole"

    @cached_property
    def credentials(self) -> dict[str, str]:
        arn = f"arn:aws:iam::{self.id}:role/{self.role}"
        caller = client("sts", self.endpoint, aws_access_key_id="local", aws_secret_access_key="local")
        given = caller.assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
        return {
            "aws_access_key_id": given["AccessKeyId"],
            "aws_secret_access_key": given["SecretAccessKey"],
            "aws_session_token": given["SessionToken"],
        }

    def client(self, service: str) -> Any:
        return client(service, self.endpoint, **self.credentials)

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{REGION}:{self.id}:{resource}"


def client(service: str, endpoint: str, **credentials: str) -> Any:
    return boto3.client(service, endpoint_url=endpoint, region_name=REGION, **credentials)


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
