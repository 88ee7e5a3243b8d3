"""Builds: phases by bash, with CodeBuild's rules of what runs after a failure."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from delivery_estate import policy
from deployed_functions import eventually
from local_account import Account
from mlops_moto.codebuild.buildspec import Buildspec, BuildspecError


def buildspec(phases: dict[str, Any], **env: Any) -> str:
    return json.dumps({"version": 0.2, "env": env, "phases": phases})


def build(account: Account, spec: str, *, more: dict[str, str] | None = None, reads: bool = True) -> dict[str, Any]:
    """A build of a source with this buildspec, at its end."""
    bucket = f"source-{account.id}"
    s3, iam, builds = account.client("s3"), account.client("iam"), account.client("codebuild")
    s3.create_bucket(Bucket=bucket)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in {"buildspec.yml": spec, **(more or {})}.items():
            archive.writestr(name, content)
    s3.put_object(Bucket=bucket, Key="source.zip", Body=buffer.getvalue())
    trusted = "codebuild.amazonaws.com" if reads else "lambda.amazonaws.com"
    trust = {"Effect": "Allow", "Principal": {"Service": [trusted]}, "Action": ["sts:AssumeRole"]}
    role = iam.create_role(RoleName="build", AssumeRolePolicyDocument=policy(trust))["Role"]["Arn"]
    environment = {"type": "LINUX_CONTAINER", "image": "any", "computeType": "BUILD_GENERAL1_SMALL"}
    builds.create_project(
        name="image",
        source={"type": "CODEPIPELINE", "buildspec": "buildspec.yml"},
        artifacts={"type": "CODEPIPELINE"},
        environment={**environment, "environmentVariables": [{"name": "OWN", "value": "project"}]},
        serviceRole=role,
        logsConfig={"cloudWatchLogs": {"status": "ENABLED", "groupName": "/builds"}},
    )
    started = builds.start_build(
        projectName="image",
        sourceTypeOverride="S3",
        sourceLocationOverride=f"{bucket}/source.zip",
        environmentVariablesOverride=[{"name": "COMMIT", "value": "c0ffee"}],
    )["build"]
    assert started["buildStatus"] == "IN_PROGRESS"

    def look() -> dict[str, Any]:
        return dict(builds.batch_get_builds(ids=[started["id"]])["builds"][0])

    return eventually(look, lambda found: found["buildComplete"])


def phases_of(done: dict[str, Any]) -> dict[str, str]:
    return {phase["phaseType"]: phase["phaseStatus"] for phase in done["phases"]}


def printed(account: Account) -> list[str]:
    return [event["message"] for event in account.client("logs").filter_log_events(logGroupName="/builds")["events"]]


def test_all_commands_run_in_one_shell_as_the_role_with_codebuilds_variables(account: Account) -> None:
    spec = buildspec(
        {
            "pre_build": {"commands": ["set -euo pipefail", "TAG=$OWN-$COMMIT", "cd folder"]},
            "build": {"commands": ["cat file", "echo $CODEBUILD_BUILD_ID", "test -n $AWS_SESSION_TOKEN"]},
            "post_build": {"commands": ["DIGEST=sha256:$TAG", "echo succeeding $CODEBUILD_BUILD_SUCCEEDING"]},
        },
        **{"exported-variables": ["DIGEST", "UNSET"]},
    )
    done = build(account, spec, more={"folder/file": "what is built\n"})
    assert (done["buildStatus"], done["currentPhase"]) == ("SUCCEEDED", "COMPLETED")
    ran = ["DOWNLOAD_SOURCE", "INSTALL", "PRE_BUILD", "BUILD", "POST_BUILD"]
    assert phases_of(done) == dict.fromkeys(ran, "SUCCEEDED")
    exported = {each["name"]: each["value"] for each in done["exportedEnvironmentVariables"]}
    assert exported == {"DIGEST": "sha256:project-c0ffee", "UNSET": ""}
    lines = printed(account)
    assert {"what is built", done["id"], "succeeding 1"} <= set(lines)


# https://docs.aws.amazon.com/codebuild/latest/userguide/view-build-details-phases.html
@pytest.mark.parametrize(
    ("fails", "on_failure", "ran"),
    [
        ("pre_build", None, ["PRE_BUILD"]),
        ("build", None, ["PRE_BUILD", "BUILD", "POST_BUILD"]),
        ("build", "ABORT", ["PRE_BUILD", "BUILD"]),
    ],
)
def test_defect_17_3_what_runs_after_a_failure_is_what_the_phase_says(
    account: Account, fails: str, on_failure: str | None, ran: list[str]
) -> None:
    phases: dict[str, Any] = {
        name: {"commands": [f"echo begins {name}", *(["false", "echo never"] if name == fails else [])]}
        for name in ("pre_build", "build", "post_build")
    }
    if on_failure:
        phases[fails]["on-failure"] = on_failure
    done = build(account, buildspec(phases))
    status = phases_of(done)
    assert (done["buildStatus"], status[fails.upper()]) == ("FAILED", "FAILED")
    assert [name for name in ("PRE_BUILD", "BUILD", "POST_BUILD") if name in status] == ran
    assert [line for line in printed(account) if line == "never"] == []
    if "POST_BUILD" in ran:
        assert status["POST_BUILD"] == "SUCCEEDED"


def test_a_shell_that_ends_at_once_fails_its_phase_too(account: Account) -> None:
    done = build(account, buildspec({"build": {"commands": ["set -e", "false; echo never"]}}))
    assert (done["buildStatus"], phases_of(done)["BUILD"]) == ("FAILED", "FAILED")


def test_a_role_that_does_not_let_codebuild_in_and_a_buildspec_that_is_none_fail_the_build(
    account: Account, other_account: Account
) -> None:
    shut = build(account, buildspec({}), reads=False)
    assert (shut["buildStatus"], "trust policy" in json.dumps(shut["phases"], default=str)) == ("FAILED", True)
    none = build(other_account, "version: 0.1")
    assert (none["buildStatus"], "version 0.2" in json.dumps(none["phases"], default=str)) == ("FAILED", True)


@pytest.mark.parametrize("text", ["{", "version: 0.2\nphases: {build: {run-as: root}}", "version: 0.2\nartifacts: {}"])
def test_what_is_not_played_of_a_buildspec_is_said(text: str) -> None:
    with pytest.raises(BuildspecError):
        Buildspec.parse(text)
