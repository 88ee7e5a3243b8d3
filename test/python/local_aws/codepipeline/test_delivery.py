"""What builds an image: a connection, a build project and a pipeline, as Terraform makes, reads and changes them."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from delivery_estate import policy
from local_account import REGION, Account

PIPELINES = "codepipeline.amazonaws.com"


def role(account: Account, name: str, service: str, **condition: Any) -> str:
    trust = {"Effect": "Allow", "Principal": {"Service": [service]}, "Action": ["sts:AssumeRole"], **condition}
    made = account.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))
    return str(made["Role"]["Arn"])


def connections(account: Account, action: str, **body: Any) -> tuple[int, dict[str, Any]]:
    """In the protocol of Terraform's provider: botocore speaks another."""
    given = account.credentials
    target = {
        "X-Amz-Target": f"com.amazonaws.codeconnections.CodeConnections_20231201.{action}",
        "Content-Type": "application/x-amz-json-1.0",
    }
    request = AWSRequest(method="POST", url=account.endpoint, data=json.dumps(body).encode(), headers=target)
    key, secret, token = (given[f"aws_{part}"] for part in ("access_key_id", "secret_access_key", "session_token"))
    SigV4Auth(Credentials(key, secret, token), "codeconnections", REGION).add_auth(request)
    asked = urllib.request.Request(account.endpoint, request.data, dict(request.headers), method="POST")
    try:
        with urllib.request.urlopen(asked) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


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


def project(account: Account, **given: Any) -> dict[str, Any]:
    return {
        "name": "image",
        "source": {"type": "CODEPIPELINE", "buildspec": "buildspec.yml"},
        "artifacts": {"type": "CODEPIPELINE"},
        "environment": {
            "type": "LINUX_CONTAINER",
            "image": "aws/codebuild/standard:7.0",
            "computeType": "BUILD_GENERAL1_SMALL",
        },
        "serviceRole": f"arn:aws:iam::{account.id}:role/build",
        **given,
    }


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


def test_nothing_says_that_it_ran_which_did_not(account: Account) -> None:
    builds, pipelines = account.client("codebuild"), account.client("codepipeline")
    builds.create_project(**project(account))
    pipelines.create_pipeline(pipeline=pipeline(account, role(account, "own", PIPELINES)))
    for start in (
        lambda: builds.start_build(projectName="image"),
        lambda: pipelines.start_pipeline_execution(name="image"),
    ):
        with pytest.raises(ClientError) as refusal:
            start()
        assert refusal.value.response["Error"]["Code"] == "UnknownOperationException"
