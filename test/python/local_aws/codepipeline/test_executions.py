"""Executions of delivery pipelines: from a push to a build, one after the other."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from code_repository import CodeRepository
from delivery_estate import Queue
from deployed_functions import eventually
from image_delivery import PIPELINES, connections, project, role
from local_account import SECRET, Account
from mlops_moto.codepipeline.repositories import changed_files, starts

NAME = "example/models"
NONE = "0" * 40
BUILDSPEC = json.dumps(
    {
        "version": 0.2,
        "env": {"exported-variables": ["IMAGE_DIGEST"]},
        "phases": {
            "build": {"commands": ["cat images/content", "IMAGE_DIGEST=sha256:$COMMIT", "test ! -e images/broken"]}
        },
    }
)


def local(account: Account, action: str, **body: Any) -> tuple[int, dict[str, Any]]:
    request = urllib.request.Request(
        f"{account.endpoint}/mlops-local/{action}", json.dumps(body).encode(), {"X-Local-AWS-Secret": SECRET}
    )
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


class Delivery:
    """A pipeline of a repository of code, whose connection is pending."""

    def __init__(self, account: Account, code: CodeRepository) -> None:
        self.account, self.code = account, code
        self.pipelines = account.client("codepipeline")
        self.name = f"{NAME}-{account.id}"
        _, made = connections(account, "CreateConnection", ConnectionName="code", ProviderType="GitHub")
        self.connection = made["ConnectionArn"]
        bucket = f"builds-{account.id}"
        account.client("s3").create_bucket(Bucket=bucket)
        role(account, "build", "codebuild.amazonaws.com")
        account.client("codebuild").create_project(**project(account))
        self.pipelines.create_pipeline(pipeline=self._definition(bucket, role(account, "own", PIPELINES)))

    def _definition(self, bucket: str, role_arn: str) -> dict[str, Any]:
        source = {"ConnectionArn": self.connection, "FullRepositoryId": self.name, "BranchName": "main"}
        commit = [{"name": "COMMIT", "value": "#{Source.CommitId}", "type": "PLAINTEXT"}]
        build = {"ProjectName": "image", "EnvironmentVariables": json.dumps(commit)}
        push = {"branches": {"includes": ["main"]}, "filePaths": {"includes": ["images/**"]}}
        return {
            "name": "image",
            "roleArn": role_arn,
            "pipelineType": "V2",
            "executionMode": "QUEUED",
            "artifactStore": {"type": "S3", "location": bucket},
            "triggers": [
                {
                    "providerType": "CodeStarSourceConnection",
                    "gitConfiguration": {"sourceActionName": "Source", "push": [push]},
                }
            ],
            "stages": [
                _stage("Source", "CodeStarSourceConnection", source, outputArtifacts=[{"name": "source"}]),
                _stage("Build", "CodeBuild", build, inputArtifacts=[{"name": "source"}]),
            ],
        }

    def complete(self) -> Delivery:
        repositories = {self.name: self.code.bare}
        assert (
            local(self.account, "CompleteConnection", connectionArn=self.connection, repositories=repositories)[0]
            == 200
        )
        return self

    def push(self, files: dict[str, str], before: str = NONE) -> tuple[str, list[str]]:
        """The commit, and the executions that it started."""
        after = self.code.push(files)
        status, told = local(self.account, "Pushed", repository=self.name, branch="main", before=before, after=after)
        assert status == 200
        return after, told["executions"]

    def ended(self, execution: str) -> dict[str, Any]:
        def look() -> dict[str, Any]:
            found = self.pipelines.get_pipeline_execution(pipelineName="image", pipelineExecutionId=execution)
            return dict(found["pipelineExecution"])

        return eventually(look, lambda found: found["status"] != "InProgress")

    def actions(self, execution: str) -> list[dict[str, Any]]:
        wanted = {"pipelineExecutionId": execution}
        return list(
            self.pipelines.list_action_executions(pipelineName="image", filter=wanted)["actionExecutionDetails"]
        )


def _stage(name: str, provider: str, configuration: dict[str, str], **more: Any) -> dict[str, Any]:
    kind = {"category": name, "owner": "AWS", "provider": provider, "version": "1"}
    action = {"name": name, "namespace": name, "actionTypeId": kind, "configuration": configuration, **more}
    return {"name": name, "actions": [action]}


@pytest.fixture
def delivery(account: Account, tmp_path: Path) -> Delivery:
    return Delivery(account, CodeRepository(tmp_path).create())


def test_a_push_to_the_folder_builds_its_commit_and_hands_on_what_the_build_exports(delivery: Delivery) -> None:
    delivery.complete()
    queue = Queue(delivery.account, "told").create("all")
    events = delivery.account.client("events")
    events.put_rule(Name="all", EventPattern=json.dumps({"source": ["aws.codepipeline"]}))
    events.put_targets(Rule="all", Targets=[{"Id": "queue", "Arn": queue.arn}])
    commit, (execution,) = delivery.push({"buildspec.yml": BUILDSPEC, "images/content": "one\n"})
    done = delivery.ended(execution)
    assert (done["status"], done["artifactRevisions"][0]["revisionId"]) == ("Succeeded", commit)
    build, source = delivery.actions(execution)
    assert source["output"]["outputVariables"]["CommitId"] == commit
    assert build["output"]["outputVariables"] == {"IMAGE_DIGEST": f"sha256:{commit}"}
    states = [json.loads(body)["detail"]["state"] for body in queue.bodies()]
    assert sorted(states) == ["STARTED", "SUCCEEDED"]


def test_defect_17_4_a_push_elsewhere_builds_nothing(delivery: Delivery) -> None:
    delivery.complete()
    first, _ = delivery.push({"buildspec.yml": BUILDSPEC, "images/content": "one"})
    assert delivery.push({"README.md": "words"}, first)[1] == []


def test_without_commits_a_push_is_all_that_came_since_the_last_was_told(delivery: Delivery) -> None:
    delivery.complete()

    def tell(**given: str) -> list[str]:
        told = local(delivery.account, "Pushed", repository=delivery.name, branch="main", **given)[1]
        return list(told["executions"])

    first = delivery.code.push({"buildspec.yml": BUILDSPEC, "images/content": "one"})
    (execution,) = tell()
    assert delivery.ended(execution)["artifactRevisions"][0]["revisionId"] == first
    assert tell() == []
    delivery.code.push({"images/content": "two"})
    delivery.code.push({"README.md": "words"})
    assert len(tell()) == 1
    delivery.code.push({"README.md": "more"})
    assert tell() == []


def test_two_pushes_are_built_one_after_the_other_each_as_its_own_commit(delivery: Delivery) -> None:
    delivery.complete()
    first, (one,) = delivery.push({"buildspec.yml": BUILDSPEC, "images/content": "one\n"})
    second, (two,) = delivery.push({"images/content": "two\n"}, first)
    ends = [delivery.ended(execution) for execution in (one, two)]
    assert [end["artifactRevisions"][0]["revisionId"] for end in ends] == [first, second]
    last_of_one, first_of_two = delivery.actions(one)[0], delivery.actions(two)[-1]
    assert last_of_one["lastUpdateTime"] <= first_of_two["startTime"]


def test_a_build_that_fails_fails_the_execution_and_says_which(delivery: Delivery) -> None:
    delivery.complete()
    _, (execution,) = delivery.push({"buildspec.yml": BUILDSPEC, "images/content": "one", "images/broken": ""})
    assert delivery.ended(execution)["status"] == "Failed"
    summary = delivery.actions(execution)[0]["output"]["executionResult"]["externalExecutionSummary"]
    assert summary.startswith("Build terminated with state: FAILED (image:")


def test_nothing_is_fetched_by_a_connection_that_nobody_completed(delivery: Delivery) -> None:
    delivery.code.push({"buildspec.yml": BUILDSPEC})
    started = delivery.pipelines.start_pipeline_execution(name="image")["pipelineExecutionId"]
    assert delivery.ended(started)["status"] == "Failed"
    (source,) = delivery.actions(started)
    assert "it is not available" in source["output"]["executionResult"]["externalExecutionSummary"]
    assert local(delivery.account, "CompleteConnection", connectionArn="arn:none", repositories={"a/b": "c"})[0] == 404


@pytest.mark.parametrize(
    ("branch", "files", "started"),
    [
        ("main", ["images/Dockerfile"], True),
        ("main", ["images/deep/down/file"], True),
        ("main", ["docs/a.md", "images/a"], True),
        ("main", ["images/notes.md"], False),
        ("main", ["imagesx/a", "a/images/b"], False),
        ("other", ["images/Dockerfile"], False),
        ("release/1", ["images/Dockerfile"], True),
    ],
)
def test_filters_take_branches_and_paths(branch: str, files: list[str], started: bool) -> None:
    paths = {"includes": ["images/**"], "excludes": ["**.md"]}
    push = [{"branches": {"includes": ["main", "release/*"]}, "filePaths": paths}]
    assert starts({"gitConfiguration": {"push": push}}, branch, files) is started


def test_what_is_moved_changes_where_it_was_and_where_it_is_whatever_it_is_called(tmp_path: Path) -> None:
    code = CodeRepository(tmp_path).create()
    odd = {'images/"quoted"': "one", "images/two\nlines": "two", "images/caf\u00e9": "three"}
    first = code.push(odd)
    assert sorted(changed_files(code.bare, NONE, first)) == sorted(odd)
    work = tmp_path / "work"
    (work / "images/caf\u00e9").rename(work / "moved")
    (work / os.fsdecode(b"images/latin-\xe9")).write_text("four")
    assert changed_files(code.bare, first, code.push({})) == ["images/caf\u00e9", "images/latin-\ufffd", "moved"]
