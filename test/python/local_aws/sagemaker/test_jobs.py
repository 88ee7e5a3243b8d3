"""Processing, training and transform jobs: made by the public API, finished by whoever runs them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account
from worker_client import RefusedError, Worker

ROLE = "arn:aws:iam::123456789012:role/sagemaker-execution-role"
CLUSTER = {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeSizeInGB": 30}
S3 = {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://b/in"}}
REQUESTS: dict[str, dict[str, Any]] = {
    "processing": {
        "ProcessingResources": {"ClusterConfig": CLUSTER},
        "AppSpecification": {"ImageUri": "image", "ContainerEntrypoint": ["python3", "a.py"]},
        "Environment": {"A": "b"},
        "RoleArn": ROLE,
    },
    "training": {
        "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
        "HyperParameters": {"num_round": "50"},
        "OutputDataConfig": {"S3OutputPath": "s3://b/models", "KmsKeyId": "key"},
        "ResourceConfig": CLUSTER,
        "StoppingCondition": {"MaxRuntimeInSeconds": 60},
        "RoleArn": ROLE,
    },
    "transform": {
        "ModelName": "m",
        "TransformInput": {"DataSource": S3, "ContentType": "text/csv", "SplitType": "Line"},
        "TransformOutput": {"S3OutputPath": "s3://b/out", "AssembleWith": "Line"},
        "TransformResources": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge"},
    },
}
KINDS = list(REQUESTS)
START, END = "2026-01-01T00:00:00Z", "2026-01-01T00:00:09.500Z"


def create(account: Account, kind: str, name: str = "job") -> str:
    action = getattr(account.client("sagemaker"), f"create_{kind}_job")
    return str(action(**{f"{kind.capitalize()}JobName": name}, **REQUESTS[kind])[f"{kind.capitalize()}JobArn"])


def describe(account: Account, kind: str, name: str = "job") -> dict[str, Any]:
    return dict(getattr(account.client("sagemaker"), f"describe_{kind}_job")(**{f"{kind.capitalize()}JobName": name}))


def listed(account: Account, kind: str) -> list[tuple[str, str]]:
    title = kind.capitalize()
    answer = getattr(account.client("sagemaker"), f"list_{kind}_jobs")()
    return [(each[f"{title}JobName"], each[f"{title}JobStatus"]) for each in answer[f"{title}JobSummaries"]]


def finish(worker: Worker, account: Account, kind: str, status: str, **given: Any) -> None:
    place = {"account": account.id, "region": "us-east-1"}
    times = {"startTime": START, "endTime": END}
    worker.call("FinishJob", kind=kind, name="job", status=status, **{**place, **times, **given})


@pytest.mark.parametrize("kind", KINDS)
def test_a_job_is_in_progress_until_it_is_finished(account: Account, worker: Worker, kind: str) -> None:
    title = kind.capitalize()
    arn = create(account, kind)
    job = describe(account, kind)
    assert job[f"{title}JobArn"] == arn == account.arn("sagemaker", f"{kind}-job/job")
    assert job[f"{title}JobStatus"] == "InProgress"
    assert f"{title}EndTime" not in job
    assert listed(account, kind) == [("job", "InProgress")]
    finish(worker, account, kind, "Completed")
    job = describe(account, kind)
    assert job[f"{title}JobStatus"] == "Completed"
    assert job[f"{title}StartTime"] == datetime(2026, 1, 1, tzinfo=timezone.utc)
    assert (job[f"{title}EndTime"] - job[f"{title}StartTime"]).total_seconds() == 9.5
    assert "FailureReason" not in job
    assert listed(account, kind) == [("job", "Completed")]


@pytest.mark.parametrize("kind", KINDS)
def test_a_job_shows_what_it_was_asked_to_do(account: Account, kind: str) -> None:
    create(account, kind)
    job = describe(account, kind)
    assert {name: job[name] for name in REQUESTS[kind]} == REQUESTS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_failed_job_says_why(account: Account, worker: Worker, kind: str) -> None:
    create(account, kind)
    finish(worker, account, kind, "Failed", failureReason="AlgorithmError: no rows")
    job = describe(account, kind)
    assert job[f"{kind.capitalize()}JobStatus"] == "Failed"
    assert job["FailureReason"] == "AlgorithmError: no rows"


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_is_taken_once(account: Account, other_account: Account, kind: str) -> None:
    create(account, kind)
    create(other_account, kind)
    with pytest.raises(ClientError, match="already exists") as error:
        create(account, kind)
    assert error.value.response["Error"]["Code"] == "ResourceInUse"


def test_a_processing_job_shows_its_exit_message(account: Account, worker: Worker) -> None:
    create(account, "processing")
    finish(worker, account, "processing", "Completed", exitMessage="CompletedWithViolations: 2")
    assert describe(account, "processing")["ExitMessage"] == "CompletedWithViolations: 2"


def test_a_training_job_shows_what_came_of_it_and_nothing_made_up(account: Account, worker: Worker) -> None:
    create(account, "training")
    job = describe(account, "training")
    assert "ModelArtifacts" not in job
    assert job["SecondaryStatus"] == "Training"
    finish(worker, account, "training", "Completed", modelArtifacts="s3://b/models/job/output/model.tar.gz")
    job = describe(account, "training")
    assert job["ModelArtifacts"] == {"S3ModelArtifacts": "s3://b/models/job/output/model.tar.gz"}
    assert (job["SecondaryStatus"], job["TrainingTimeInSeconds"]) == ("Completed", 10)
    assert [each["Status"] for each in job["SecondaryStatusTransitions"]] == ["Training", "Completed"]
    assert job.get("FinalMetricDataList", []) == []


def test_a_job_that_does_not_exist_cannot_be_finished(account: Account, worker: Worker) -> None:
    with pytest.raises(RefusedError, match=r"^404: There is no training job job"):
        finish(worker, account, "training", "Completed")
    create(account, "training")
    with pytest.raises(RefusedError, match=r"^400: kind must be one of processing, training, transform, got: tuning"):
        finish(worker, account, "tuning", "Completed")
    with pytest.raises(RefusedError, match=r"^400: status must be one of .* got: InProgress"):
        finish(worker, account, "training", "InProgress")
    assert describe(account, "training")["TrainingJobStatus"] == "InProgress"


KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ALIAS = "arn:aws:kms:us-east-1:123456789012:alias/mlops-dev"
VOLUMES: dict[str, Callable[[str], dict[str, Any]]] = {
    "processing": lambda key: {"ProcessingResources": {"ClusterConfig": {**CLUSTER, "VolumeKmsKeyId": key}}},
    "training": lambda key: {"ResourceConfig": {**CLUSTER, "VolumeKmsKeyId": key}},
    "transform": lambda key: {
        "TransformResources": {"InstanceCount": 1, "InstanceType": "ml.m5.xlarge", "VolumeKmsKeyId": key}
    },
}


@pytest.mark.parametrize(
    ("kind", "key", "accepted"),
    [
        ("processing", KEY, True),
        ("processing", ALIAS, False),
        ("training", KEY, True),
        ("training", KEY.rpartition("/")[2], True),
        ("training", ALIAS, False),
        ("training", "alias/mlops-dev", False),
        ("training", "arn:aws:kms:us-east-1:123456789012:key/<alias/mlops-dev>", False),
        ("transform", ALIAS, True),
    ],
)
def test_a_volume_takes_the_forms_of_key_that_aws_documents(
    account: Account, kind: str, key: str, accepted: bool
) -> None:
    request = {**REQUESTS[kind], **VOLUMES[kind](key), f"{kind.capitalize()}JobName": "job"}
    act = getattr(account.client("sagemaker"), f"create_{kind}_job")
    if accepted:
        act(**request)
        assert listed(account, kind) == [("job", "InProgress")]
        return
    with pytest.raises(ClientError, match="VolumeKmsKeyId"):
        act(**request)
    assert listed(account, kind) == []
