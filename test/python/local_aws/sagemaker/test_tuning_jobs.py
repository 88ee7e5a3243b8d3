"""Tuning jobs: made by the public API for a pipeline's execution, their training jobs by whoever runs them."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import create_pipeline
from local_account import Account
from started_pipelines import start
from worker_client import Worker

ROLE = "arn:aws:iam::123456789012:role/sagemaker-execution-role"
TRAINING: dict[str, Any] = {
    "AlgorithmSpecification": {"TrainingImage": "image", "TrainingInputMode": "File"},
    "RoleArn": ROLE,
    "OutputDataConfig": {"S3OutputPath": "s3://b/models"},
    "StoppingCondition": {"MaxRuntimeInSeconds": 60},
}
CONFIG = {
    "Strategy": "Random",
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 2},
    "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "auc"},
}
START, END = "2026-01-01T00:00:00Z", "2026-01-01T00:00:09Z"


def create(account: Account, name: str) -> str:
    answer = account.client("sagemaker").create_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=name,
        HyperParameterTuningJobConfig=CONFIG,
        TrainingJobDefinition=TRAINING,
    )
    return str(answer["HyperParameterTuningJobArn"])


def of_an_execution(account: Account) -> str:
    """The name of a tuning job of a pipeline's execution."""
    create_pipeline(account)
    return f"{start(account).split('/')[-1]}-Tune-0"


def describe(account: Account, name: str) -> dict[str, Any]:
    return dict(account.client("sagemaker").describe_hyper_parameter_tuning_job(HyperParameterTuningJobName=name))


def trial(account: Account, worker: Worker, tuning: str, name: str, auc: float | None) -> None:
    place = {"account": account.id, "region": "us-east-1"}
    request = {**TRAINING, "TrainingJobName": name, "ResourceConfig": {"InstanceCount": 1}, "HyperParameters": {}}
    worker.call("StartTrial", **place, tuningJob=tuning, request=request, tuned={"depth": name[-1]})
    ended = {"status": "Completed", "metrics": {} if auc is None else {"auc": auc}, "startTime": START, "endTime": END}
    worker.call("FinishJob", kind="training", name=name, **place, **ended)


def test_a_tuning_job_has_the_best_of_the_training_jobs_that_it_launched(account: Account, worker: Worker) -> None:
    name = of_an_execution(account)
    arn = create(account, name)
    job = describe(account, name)
    assert job["HyperParameterTuningJobStatus"] == "InProgress"
    assert not {"BestTrainingJob", "HyperParameterTuningEndTime", "ConsumedResources"} & job.keys()
    for number, auc in (("1", 0.6), ("2", 0.9), ("3", None)):
        trial(account, worker, name, f"{name}-{number}", auc)
    worker.call("FinishTuning", account=account.id, region="us-east-1", name=name, status="Completed", endTime=END)
    job = describe(account, name)
    assert job["HyperParameterTuningJobStatus"] == "Completed"
    assert job["ObjectiveStatusCounters"] == {"Succeeded": 2, "Pending": 0, "Failed": 1}
    best = job["BestTrainingJob"]
    assert (best["TrainingJobName"], best["TunedHyperParameters"]) == (f"{name}-2", {"depth": "2"})
    assert best["FinalHyperParameterTuningJobObjectiveMetric"] == {
        "Type": "Maximize",
        "MetricName": "auc",
        "Value": 0.9,
    }
    sagemaker = account.client("sagemaker")
    assert sagemaker.describe_training_job(TrainingJobName=f"{name}-2")["TuningJobArn"] == arn


def test_training_jobs_are_listed_by_name_and_sorted_by_objective_those_that_have_one(
    account: Account, worker: Worker
) -> None:
    name = of_an_execution(account)
    create(account, name)
    for number, auc in (("2", 0.6), ("1", None), ("3", 0.9)):
        trial(account, worker, name, f"{name}-{number}", auc)

    def listed(**more: Any) -> str:
        answer = account.client("sagemaker").list_training_jobs_for_hyper_parameter_tuning_job(
            HyperParameterTuningJobName=name, **more
        )
        return "".join(each["TrainingJobName"][-1] for each in answer["TrainingJobSummaries"])

    assert listed() == "123"
    assert listed(SortBy="CreationTime") == "213"
    assert listed(SortBy="FinalObjectiveMetricValue", SortOrder="Descending") == "32"
    assert listed(SortBy="FinalObjectiveMetricValue", MaxResults=1) == "2"


def test_a_tuning_job_that_no_pipeline_starts_is_refused_for_nobody_would_run_it(account: Account) -> None:
    with pytest.raises(ClientError, match="Local AWS runs tuning jobs of pipelines alone, got: mine"):
        create(account, "mine")


def test_a_tuning_job_and_its_training_jobs_end_with_the_worker_that_ran_them(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    execution = start(account)
    worker.take()
    name = f"{execution.split('/')[-1]}-Tune-0"
    arn = create(account, name)
    place = {"account": account.id, "region": "us-east-1"}
    request = {**TRAINING, "TrainingJobName": "trial", "ResourceConfig": {"InstanceCount": 1}}
    worker.call("StartTrial", **place, tuningJob=name, request=request, tuned={"depth": "1"})
    worker.record(execution, "Executing", "Tune", StepType="Tuning", Metadata={"TuningJob": {"Arn": arn}})
    worker.register()
    assert describe(account, name)["HyperParameterTuningJobStatus"] == "Failed"
    training = account.client("sagemaker").describe_training_job(TrainingJobName="trial")
    assert training["TrainingJobStatus"] == "Failed"
