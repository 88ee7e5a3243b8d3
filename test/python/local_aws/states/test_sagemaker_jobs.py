"""Tasks that start SageMaker's jobs and wait for them."""

from __future__ import annotations

import json
from typing import Any

from deployed_functions import eventually
from local_account import REGION, Account
from state_machines import Machine, definition, task
from worker_client import Worker

RULE = "StepFunctionsGetEventsForSageMakerTrainingJobsRule"


def training(account: Account, **more: Any) -> dict[str, Any]:
    request = {
        "TrainingJobName.$": "$$.Execution.Name",
        "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
        "RoleArn": f"arn:aws:iam::{account.id}:role/jobs",
        "OutputDataConfig": {"S3OutputPath": "s3://bucket/out"},
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 30},
        "StoppingCondition": {"MaxRuntimeInSeconds": 60},
    }
    return task("sagemaker:createTrainingJob.sync", request, **more)


def started(machine: Machine) -> tuple[str, str]:
    """An execution, and the name of its job, once that is there."""
    execution = machine.start()
    name = execution.rsplit(":", 1)[-1]
    jobs = machine.account.client("sagemaker")
    eventually(lambda: [each["TrainingJobName"] for each in jobs.list_training_jobs()["TrainingJobSummaries"]], bool)
    return execution, name


def finish(worker: Worker, account: Account, name: str, status: str, **more: Any) -> None:
    times = {"startTime": "2026-01-01T00:00:00Z", "endTime": "2026-01-01T00:01:00Z"}
    job = {"kind": "training", "account": account.id, "region": REGION, "name": name, "status": status}
    worker.call("FinishJob", **job, **times, **more)


def test_a_job_s_description_is_the_result_once_it_has_ended(account: Account, worker: Worker) -> None:
    machine = Machine(account).create(definition(A=training(account)))
    execution, name = started(machine)
    assert machine.states.describe_execution(executionArn=execution)["status"] == "RUNNING"
    finish(worker, account, name, "Completed", modelArtifacts="s3://bucket/out/model.tar.gz")
    told = json.loads(machine.ended(execution)["output"])
    assert told["ModelArtifacts"] == {"S3ModelArtifacts": "s3://bucket/out/model.tar.gz"}
    assert (told["TrainingJobName"], told["TrainingEndTime"]) == (name, 1767225660000)


def test_a_job_that_fails_is_a_failed_task_with_its_description_as_the_cause(account: Account, worker: Worker) -> None:
    machine = Machine(account).create(definition(A=training(account)))
    execution, name = started(machine)
    finish(worker, account, name, "Failed", failureReason="AlgorithmError: no rows")
    told = machine.ended(execution)
    assert (told["status"], told["error"]) == ("FAILED", "States.TaskFailed")
    assert json.loads(told["cause"])["FailureReason"] == "AlgorithmError: no rows"


def test_a_request_that_sagemaker_refuses_has_the_name_that_step_functions_gives_it(account: Account) -> None:
    refused = training(account)
    refused["Parameters"]["ResourceConfig"]["VolumeKmsKeyId"] = "alias/mlops-dev"
    told = Machine(account).create(definition(A=refused)).run()
    assert (told["status"], told["error"]) == ("FAILED", "SageMaker.AmazonSageMakerException")


def test_the_rule_by_which_step_functions_hears_of_ends_is_made(account: Account, worker: Worker) -> None:
    machine = Machine(account).create(definition(A=training(account)))
    execution, name = started(machine)
    assert account.client("events").describe_rule(Name=RULE)["State"] == "DISABLED"
    finish(worker, account, name, "Completed")
    machine.ended(execution)
