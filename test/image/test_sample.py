"""The sample's image: built by its own buildspec, tried, pushed to local AWS's ECR, and served from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from image_builds import NAME, Builds, Images
from local_account import REGION, Account
from started_local_aws import started_local_aws

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture(scope="module")
def images() -> Iterator[Images]:
    """In a folder that goes: pytest would keep three of them, of many megabytes each."""
    with TemporaryDirectory() as folder:
        images = Images(Path(folder))
        images.make_base()
        yield images


@pytest.fixture(scope="module")
def builds(images: Images) -> Iterator[Builds]:
    with started_local_aws() as server:
        yield Builds(Account(server.endpoint, "111111111111"), images).create()


def test_the_samples_buildspec_builds_tries_and_pushes_an_image_and_says_its_digest(builds: Builds) -> None:
    done = builds.build(COMMIT)
    assert done["buildStatus"] == "SUCCEEDED", builds.printed()
    exported = {each["name"]: each["value"] for each in done["exportedEnvironmentVariables"]}
    ecr = builds.account.client("ecr")
    (image,) = ecr.describe_images(repositoryName=NAME)["imageDetails"]
    assert (image["imageTags"], image["imageDigest"]) == ([COMMIT], exported["IMAGE_DIGEST"])
    local = f"{builds.account.id}.dkr.ecr.{REGION}.amazonaws.com/{NAME}:{COMMIT}"
    stored = ecr.batch_get_image(repositoryName=NAME, imageIds=[{"imageTag": COMMIT}])["images"][0]["imageManifest"]
    here = json.loads(builds.images.run("inspect", "--type", "image", local).stdout)
    assert json.loads(stored)["config"]["digest"] == f"sha256:{here['FromImageID']}"
    config = here["OCIv1"]["config"]
    assert (config["WorkingDir"], config["Env"][0]) == (
        "/opt/program",
        "PATH=/opt/program:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    )


def test_what_was_trained_in_it_serves_in_it_until_it_is_ended(images: Images) -> None:
    """In the container in which the build has tried it."""
    with images.serving("tried") as port:
        assert ask(port, "GET", "/ping")[0] == 200
        status, answer = ask(port, "POST", "/invocations", "5.1,3.5,1.4,0.2\n6.9,3.1,5.4,2.1\n")
    assert (status, [line.split(",")[0] for line in answer.split()]) == (200, ["setosa", "virginica"])


def ask(port: int, method: str, path: str, body: str = "") -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, {"Content-Type": "text/csv"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()
