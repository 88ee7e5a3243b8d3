"""A CodeBuild project of local AWS, whose builds find `docker` and `aws` beside this file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from base_image import link_packages, mounts, write_base
from deployed_functions import eventually
from image_delivery import project, role
from local_account import REGION, Account
from started_local_aws import REPOSITORY

FOLDER = "pipelines/iris/container"
NAME = "mlops-iris"
BASE = "localhost/base"
_BIN = Path(__file__).parent / "bin"


@dataclass(frozen=True)
class Images:
    """Images on this machine, in a folder."""

    folder: Path

    def run(self, *words: str, **more: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*words), capture_output=True, text=True, check=True, **more)

    def command(self, *words: str) -> list[str]:
        store = ["--root", str(self.folder / "root"), "--runroot", str(self.folder / "run"), "--storage-driver", "vfs"]
        return ["buildah", *store, *words]

    @property
    def mounts(self) -> list[str]:
        return [f"{here}:{there}:ro" for there, here in mounts(self.folder / "packages").items()]

    def make_base(self) -> None:
        link_packages(REPOSITORY / FOLDER / "requirements.txt", self.folder / "packages")
        container = self.run("from", "scratch").stdout.strip()
        write_base(Path(self.run("mount", container).stdout.strip()), self.folder / "packages")
        self.run("commit", "--quiet", "--rm", container, BASE)

    @contextmanager
    def serving(self, container: str) -> Iterator[int]:
        """
        Its `serve`, on a port that it is given; ended with the block, as SageMaker ends it.

        raises CalledProcessError: where it does not end well
        """
        script = 'serve & served=$!; read -r end || kill "$served"; wait "$served"'
        volumes = [word for mount in self.mounts for word in ("--volume", mount)]
        run = ["run", "--isolation", "chroot", *volumes, "--env", "SAGEMAKER_BIND_TO_PORT=0", container]
        command = self.command(*run, "--", "sh", "-c", script)
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                yield int(process.stdout.readline().rsplit(" ", 1)[-1])
            finally:
                process.stdin.close()
        if process.returncode != 0:
            raise subprocess.CalledProcessError(process.returncode, command)


@dataclass(frozen=True)
class Builds:
    """A project that builds the sample's image by the sample's own buildspec."""

    account: Account
    images: Images

    def create(self) -> Builds:
        s3, builds = self.account.client("s3"), self.account.client("codebuild")
        s3.create_bucket(Bucket="source")
        s3.put_object(Bucket="source", Key="source.zip", Body=_source(self.images.folder))
        self.account.client("ecr").create_repository(repositoryName=NAME, imageTagMutability="IMMUTABLE")
        place = f"{self.account.id}.dkr.ecr.{REGION}.amazonaws.com"
        given = {
            "FOLDER": FOLDER,
            "REGISTRY": place,
            "REPOSITORY": NAME,
            "PATH": f"{_BIN}:{Path(sys.executable).parent}:{os.environ['PATH']}",
            "IMAGES": str(self.images.folder),
            "BASE_IMAGE": BASE,
            "MOUNTS": "\n".join(self.images.mounts),
            "LOCAL_REGISTRY": self.account.endpoint.removeprefix("http://"),
        }
        variables = [{"name": name, "value": value} for name, value in given.items()]
        role(self.account, "build", "codebuild.amazonaws.com")
        of_aws = project(self.account)
        source = {"type": "CODEPIPELINE", "buildspec": f"{FOLDER}/buildspec.yml"}
        environment = {**of_aws["environment"], "environmentVariables": variables}
        builds.create_project(**{**of_aws, "source": source, "environment": environment})
        return self

    def build(self, commit: str) -> dict[str, Any]:
        """At its end."""
        builds = self.account.client("codebuild")
        started = builds.start_build(
            projectName="image",
            sourceTypeOverride="S3",
            sourceLocationOverride="source/source.zip",
            environmentVariablesOverride=[{"name": "COMMIT", "value": commit}],
        )["build"]
        return eventually(
            lambda: dict(builds.batch_get_builds(ids=[started["id"]])["builds"][0]),
            lambda found: found["buildComplete"],
        )

    def printed(self) -> str:
        events = self.account.client("logs").filter_log_events(logGroupName="/aws/codebuild/image")["events"]
        return "\n".join(event["message"] for event in events)


def _source(folder: Path) -> bytes:
    """What a pipeline hands to a build, of the sample alone."""
    return Path(shutil.make_archive(str(folder / "source"), "zip", REPOSITORY, "pipelines/iris")).read_bytes()
