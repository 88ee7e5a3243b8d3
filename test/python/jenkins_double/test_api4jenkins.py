"""The double of a Jenkins server's API, asked by api4jenkins, which is written against the real thing."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from api4jenkins import Jenkins
from api4jenkins.exceptions import AuthenticationError, ItemNotFoundError
from httpx import HTTPStatusError

REPOSITORY = Path(__file__).parents[3]
MAY = ["Overall/Read", "Job/Read", "Job/Build"]
SETTINGS = {
    "users": [
        {"id": "bot", "password": "word", "apiToken": "11a0", "may": MAY},
        {"id": "reader", "password": "word", "apiToken": "22b0", "may": MAY[:2]},
    ],
    "jobs": [
        {"name": "mlops/deploy", "parameters": ["MODEL_PACKAGE_ARN"]},
        {"name": "held", "parameters": ["MODEL_PACKAGE_ARN"], "held": True},
        {"name": "off", "parameters": ["MODEL_PACKAGE_ARN"], "disabled": True},
    ],
}
ARN = "arn:aws:sagemaker:us-east-1:333333333333:model-package/m/2"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    node = os.environ.get("MLOPS_NODE", "node")
    program = ["--require", str(REPOSITORY / "tools/compile/register.js"), str(REPOSITORY / "emulator/jenkins/main.ts")]
    command = [node, *program, json.dumps(SETTINGS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield str(json.loads(process.stdout.readline())["url"])
        process.communicate()


def client(url: str, user: str = "bot", secret: str = "11a0") -> Any:
    return Jenkins(url, auth=(user, secret))


@pytest.mark.parametrize("secret", ["11a0", "word"])
def test_a_build_is_started_and_followed_by_token_and_by_password_with_a_crumb(url: str, secret: str) -> None:
    server = client(url, secret=secret)
    assert server.version == "2.541.1"
    job = server.get_job("mlops/deploy")
    number = job.next_build_number
    assert [each["name"] for each in job.get_parameters()] == ["MODEL_PACKAGE_ARN"]
    build = server.build_job("mlops/deploy", MODEL_PACKAGE_ARN=ARN).get_build()
    assert (build.number, build.building) == (number, True)
    assert [(each.name, each.value) for each in build.get_parameters()] == [("MODEL_PACKAGE_ARN", ARN)]
    assert build.get_causes()[0]["userId"] == "bot"
    assert [each.url for each in job] == [f"{url}job/mlops/job/deploy/{each}/" for each in range(number, 0, -1)]


def test_what_waits_is_in_the_queue_and_folds_with_what_is_like_it(url: str) -> None:
    server = client(url)
    first, again = (server.build_job("held", MODEL_PACKAGE_ARN=ARN) for _ in range(2))
    assert first.id == again.id
    assert first.why == "Waiting for next available executor"
    assert first.get_job().full_name == "held"
    assert [each.id for each in server.queue] == [first.id]


def test_refusals_are_those_that_the_client_knows(url: str) -> None:
    given = {"MODEL_PACKAGE_ARN": ARN}
    with pytest.raises(AuthenticationError):
        client(url, secret="wrong").build_job("held", **given)
    with pytest.raises(PermissionError):
        client(url, "reader", "22b0").build_job("held", **given)
    with pytest.raises(ItemNotFoundError):
        client(url).build_job("none", **given)
    with pytest.raises(HTTPStatusError, match="409"):
        client(url).build_job("off", **given)
    assert [client(url).get_job(name).buildable for name in ("mlops/deploy", "off")] == [True, False]
    assert client(url).get_job("none") is None
