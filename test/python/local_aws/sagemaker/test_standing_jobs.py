"""Jobs that no pipeline started, as the worker gets them, and as they are stopped."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import REGION, Account
from worker_client import Worker


def process(account: Account, name: str) -> dict[str, Any]:
    request = {
        "ProcessingJobName": name,
        "AppSpecification": {"ImageUri": "image"},
        "RoleArn": f"arn:aws:iam::{account.id}:role/jobs",
        "ProcessingResources": {
            "ClusterConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30}
        },
    }
    account.client("sagemaker").create_processing_job(**request)
    return request


def status(account: Account, name: str) -> tuple[str, str | None]:
    job = account.client("sagemaker").describe_processing_job(ProcessingJobName=name)
    return job["ProcessingJobStatus"], job.get("FailureReason")


def own(account: Account, work: dict[str, Any]) -> list[dict[str, Any]]:
    return [job for job in work["jobs"] if job["account"] == account.id]


def test_a_job_is_handed_out_once_with_what_it_was_asked_for_and_a_pipeline_s_is_not(
    account: Account, worker: Worker
) -> None:
    request = process(account, "alone")
    process(account, "pipelines-0a1b2c3d4e5f-Preprocess-0123456789")
    arn = account.arn("sagemaker", "processing-job/alone")
    given = {"kind": "processing", "name": "alone", "arn": arn, "account": account.id, "region": REGION}
    assert own(account, worker.take()) == [{**given, "request": request}]
    assert own(account, worker.take()) == []


def test_a_transform_job_comes_with_the_model_that_it_serves(account: Account, worker: Worker) -> None:
    sagemaker, role = account.client("sagemaker"), f"arn:aws:iam::{account.id}:role/jobs"
    container = {"Image": "image", "ModelDataUrl": "s3://bucket/model.tar.gz"}
    network = {"Subnets": ["subnet-0123456789abcdef0"], "SecurityGroupIds": ["sg-0123456789abcdef0"]}
    sagemaker.create_model(
        ModelName="m",
        ExecutionRoleArn=role,
        PrimaryContainer=container,
        EnableNetworkIsolation=True,
        VpcConfig=network,
    )
    sagemaker.create_transform_job(
        TransformJobName="score",
        ModelName="m",
        TransformInput={"DataSource": {"S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/in"}}},
        TransformOutput={"S3OutputPath": "s3://bucket/out"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
    )
    (job,) = own(account, worker.take())
    assert job["model"] == {
        "PrimaryContainer": container,
        "ExecutionRoleArn": role,
        "EnableNetworkIsolation": True,
        "VpcConfig": network,
    }


def test_a_job_is_stopping_until_the_worker_has_stopped_it_and_stopped_at_once_where_nobody_runs_it(
    account: Account, worker: Worker
) -> None:
    process(account, "taken")
    worker.take()
    process(account, "waiting")
    sagemaker = account.client("sagemaker")
    for name in ("taken", "waiting"):
        sagemaker.stop_processing_job(ProcessingJobName=name)
    assert (status(account, "taken")[0], status(account, "waiting")[0]) == ("Stopping", "Stopped")
    assert worker.take()["stoppingJobs"] == [account.arn("sagemaker", "processing-job/taken")]
    with pytest.raises(ClientError, match="Could not find requested job"):
        sagemaker.stop_training_job(TrainingJobName="none")


def test_a_job_whose_worker_is_gone_fails(account: Account, worker: Worker) -> None:
    process(account, "left")
    worker.take()
    Worker(worker.endpoint, "next").register()
    assert status(account, "left") == ("Failed", "InternalServerError: the runner ended while this job ran")
