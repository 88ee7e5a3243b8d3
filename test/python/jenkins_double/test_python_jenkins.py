"""The double of a Jenkins server's API, asked by python-jenkins, which is written against the real thing."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import jenkins

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
    return jenkins.Jenkins(url, username=user, password=secret, timeout=10)


@pytest.mark.parametrize("secret", ["11a0", "word"])
def test_a_build_is_started_and_followed_by_token_and_by_password_with_a_crumb(url: str, secret: str) -> None:
    server = client(url, secret=secret)
    assert server.get_whoami()["id"] == "bot"
    assert server.get_version() == "2.541.1"
    number = server.get_job_info("mlops/deploy")["nextBuildNumber"]
    item = server.get_queue_item(server.build_job("mlops/deploy", {"MODEL_PACKAGE_ARN": ARN}))
    assert item["executable"]["number"] == number
    build = server.get_build_info("mlops/deploy", number)
    (parameters,) = [action["parameters"] for action in build["actions"] if "parameters" in action]
    assert [(each["name"], each["value"]) for each in parameters] == [("MODEL_PACKAGE_ARN", ARN)]
    assert server.get_job_info("mlops/deploy")["lastBuild"]["number"] == number


def test_what_waits_is_in_the_queue_and_folds_with_what_is_like_it(url: str) -> None:
    server = client(url)
    first = server.build_job("held", {"MODEL_PACKAGE_ARN": ARN})
    assert server.get_queue_item(first)["why"] == "Waiting for next available executor"
    assert [item["id"] for item in server.get_queue_info()] == [first]
    with pytest.raises(jenkins.JenkinsException):  # it follows the redirect to the item, and looks there for its place
        server.build_job("held", {"MODEL_PACKAGE_ARN": ARN})
    assert len(server.get_queue_info()) == 1


def test_refusals_are_those_that_the_client_knows(url: str) -> None:
    given = {"MODEL_PACKAGE_ARN": ARN}
    with pytest.raises(jenkins.JenkinsException, match=r"authentication failed \[401\]"):
        client(url, secret="wrong").build_job("held", given)
    with pytest.raises(jenkins.JenkinsException, match=r"authentication failed \[403\]"):
        client(url, "reader", "22b0").build_job("held", given)
    with pytest.raises(jenkins.NotFoundException):
        client(url).build_job("none", given)
    with pytest.raises(Exception, match="409"):
        client(url).build_job("off", given)
    assert client(url).job_exists("mlops/deploy")
    assert not client(url).job_exists("none")
