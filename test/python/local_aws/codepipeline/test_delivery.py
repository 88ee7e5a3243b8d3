"""What builds an image: a connection, a build project and a pipeline, as Terraform makes, reads and changes them."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from image_delivery import PIPELINES, connections, project, role
from local_account import REGION, Account


def test_a_connection_is_pending_until_a_person_completes_it(account: Account, other_account: Account) -> None:
    tags = [{"Key": "a", "Value": "b"}]
    _, made = connections(account, "CreateConnection", ConnectionName="code", ProviderType="GitHub", Tags=tags)
    arn = made["ConnectionArn"]
    assert arn.startswith(f"arn:aws:codeconnections:{REGION}:{account.id}:connection/")
    _, found = connections(account, "GetConnection", ConnectionArn=arn)
    assert (found["Connection"]["ConnectionStatus"], found["Connection"]["ProviderType"]) == ("PENDING", "GitHub")
    assert connections(account, "ListConnections")[1]["Connections"] == [found["Connection"]]
    assert connections(other_account, "ListConnections")[1]["Connections"] == []
    connections(account, "TagResource", ResourceArn=arn, Tags=[{"Key": "c", "Value": "d"}])
    connections(account, "UntagResource", ResourceArn=arn, TagKeys=["a"])
    assert connections(account, "ListTagsForResource", ResourceArn=arn)[1]["Tags"] == [{"Key": "c", "Value": "d"}]
    assert connections(other_account, "GetConnection", ConnectionArn=arn)[0] == 400
    connections(account, "DeleteConnection", ConnectionArn=arn)
    status, refusal = connections(account, "GetConnection", ConnectionArn=arn)
    assert (status, refusal["__type"]) == (400, "ResourceNotFoundException")


@pytest.mark.parametrize(
    ("action", "given", "code"),
    [
        ("CreateConnection", {"ConnectionName": "x" * 33, "ProviderType": "GitHub"}, "ValidationException"),
        ("CreateConnection", {"ConnectionName": "x", "ProviderType": "Elsewhere"}, "ValidationException"),
        ("CreateHost", {"Name": "x"}, "UnknownOperationException"),
    ],
)
def test_what_no_connection_can_be_is_refused(account: Account, action: str, given: dict[str, Any], code: str) -> None:
    status, refusal = connections(account, action, **given)
    assert (status, refusal["__type"]) == (400, code)


def test_a_project_of_a_pipeline_needs_no_source_and_keeps_its_settings_and_its_changes(account: Account) -> None:
    builds, key = account.client("codebuild"), account.arn("kms", "key/1")
    builds.create_project(**project(account, encryptionKey=key, timeoutInMinutes=60))
    (made,) = builds.batch_get_projects(names=["image"])["projects"]
    assert (made["encryptionKey"], made["environment"]["imagePullCredentialsType"]) == (key, "CODEBUILD")
    builds.update_project(name="image", timeoutInMinutes=90)
    (changed,) = builds.batch_get_projects(names=["image"])["projects"]
    assert (changed["timeoutInMinutes"], changed["source"], changed["encryptionKey"]) == (90, made["source"], key)
    with pytest.raises(ClientError) as refusal:
        builds.update_project(name="other", timeoutInMinutes=90)
    assert refusal.value.response["Error"]["Code"] == "ResourceNotFoundException"


def pipeline(account: Account, role_arn: str) -> dict[str, Any]:
    def stage(name: str, category: str, provider: str, **more: Any) -> dict[str, Any]:
        kind = {"category": category, "owner": "AWS", "provider": provider, "version": "1"}
        return {"name": name, "actions": [{"name": name, "actionTypeId": kind, "configuration": {}, **more}]}

    return {
        "name": "image",
        "roleArn": role_arn,
        "pipelineType": "V2",
        "executionMode": "QUEUED",
        "artifactStore": {"type": "S3", "location": f"builds-{account.id}"},
        "stages": [stage("Source", "Source", "CodeStarSourceConnection"), stage("Build", "Build", "CodeBuild")],
    }


def test_a_pipelines_role_must_let_it_in_whatever_else_it_lets_in(account: Account) -> None:
    pipelines = account.client("codepipeline")
    own = {"Condition": {"StringEquals": {"aws:SourceAccount": account.id}}}
    foreign = {"Condition": {"StringEquals": {"aws:SourceAccount": "999999999999"}}}
    for name, service, condition in (("other", "codebuild.amazonaws.com", {}), ("foreign", PIPELINES, foreign)):
        with pytest.raises(ClientError) as refusal:
            pipelines.create_pipeline(pipeline=pipeline(account, role(account, name, service, **condition)))
        assert "not authorized to perform AssumeRole" in refusal.value.response["Error"]["Message"]
    pipelines.create_pipeline(pipeline=pipeline(account, role(account, "own", PIPELINES, **own)))
    found = pipelines.get_pipeline(name="image")
    assert (found["pipeline"]["executionMode"], found["metadata"]["created"].year > 2000) == ("QUEUED", True)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"executionMode": "PARALLEL"}, "UnknownOperationException"),
        ({"stages": []}, "InvalidStructureException"),
    ],
)
def test_a_pipeline_that_nobody_here_runs_is_refused(account: Account, changed: dict[str, Any], code: str) -> None:
    given = {**pipeline(account, role(account, "own", PIPELINES)), **changed}
    with pytest.raises(ClientError) as refusal:
        account.client("codepipeline").create_pipeline(pipeline=given)
    assert refusal.value.response["Error"]["Code"] == code
