"""
Hyperparameter tuning jobs of pipelines, and the training jobs that they launch, as whoever runs them leaves them. moto
(5.2.5) says at once that one is completed, makes up what it found, and has no list of its training jobs.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeHyperParameterTuningJob.html
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.sagemaker.exceptions import ResourceNotFound, ValidationError
from moto.sagemaker.models import FakeTrainingJob, HyperParameterTuningJob, SageMakerModelBackend
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace
from . import jobs, runs, volume_keys
from .pages import page

_create_by_moto = SageMakerResponse.create_hyper_parameter_tuning_job
_describe_by_moto = HyperParameterTuningJob.describe
_summary_by_moto = HyperParameterTuningJob.summary

_MADE_UP = ("BestTrainingJob", "OverallBestTrainingJob", "TuningJobCompletionDetails", "ConsumedResources")
_OBJECTIVE = "FinalHyperParameterTuningJobObjectiveMetric"
_SORTED_BY = {
    "Name": "TrainingJobName",
    "CreationTime": "CreationTime",
    "Status": "TrainingJobStatus",
    "FinalObjectiveMetricValue": _OBJECTIVE,
}


def install() -> None:
    replace(SageMakerResponse, "create_hyper_parameter_tuning_job", _create)
    replace(SageMakerResponse, "stop_hyper_parameter_tuning_job", _stop)
    replace(SageMakerResponse, "list_training_jobs_for_hyper_parameter_tuning_job", _list_trials)
    replace(HyperParameterTuningJob, "describe", _describe)
    replace(HyperParameterTuningJob, "summary", _summary)


def find(backend: SageMakerModelBackend, name: str) -> HyperParameterTuningJob:
    """raises ResourceNotFound"""
    if name not in backend.hyper_parameter_tuning_jobs:
        raise ResourceNotFound(f"Could not find hyper parameter tuning job '{name}'.")
    return backend.hyper_parameter_tuning_jobs[name]


def start_trial(
    backend: SageMakerModelBackend, tuning: HyperParameterTuningJob, request: Mapping[str, Any], tuned: dict[str, str]
) -> str:
    """A training job that the tuning job launches. tuned: what was chosen for it. Returns its ARN."""
    job = jobs.add_training_job(backend, request)
    vars(job)["tuning_job_arn"] = tuning.arn
    vars(tuning)["trials"][job.training_job_name] = tuned
    return str(job.arn)


def end(tuning: HyperParameterTuningJob, status: str, reason: str | None, end_time: datetime) -> None:
    """status: Completed, Failed or Stopped"""
    tuning.hyper_parameter_tuning_job_status = status
    tuning.failure_reason = reason or ""
    tuning.hyper_parameter_tuning_end_time = tuning.last_modified_time = end_time


def abandon(backend: SageMakerModelBackend, name: str, status: str, reason: str | None) -> None:
    """Ends one that nobody runs any more, with its training jobs, if it has not ended."""
    tuning = backend.hyper_parameter_tuning_jobs.get(name)
    if tuning is None or tuning.hyper_parameter_tuning_job_status != "InProgress":
        return
    for trial in vars(tuning)["trials"]:
        jobs.abandon(str(backend.training_jobs[trial].arn), status, reason)
    end(tuning, status, reason, utcnow())


def _create(response: SageMakerResponse) -> ActionResult:
    """raises ValidationError: for one that no pipeline starts, which nobody here would run"""
    name = str(response._get_param("HyperParameterTuningJobName"))
    if not any(name.startswith(f"{run.execution.arn.split('/')[-1]}-") for run in runs.unfinished()):
        raise ValidationError(f"Local AWS runs tuning jobs of pipelines alone, got: {name}")
    volume_keys.check("tuning", response._get_param)
    answer = _create_by_moto(response)
    tuning = find(response.sagemaker_backend, name)
    vars(tuning).update(trials={}, hyper_parameter_tuning_end_time=None)
    tuning.hyper_parameter_tuning_job_status = "InProgress"
    return answer


def _stop(response: SageMakerResponse) -> ActionResult:
    """raises ValidationError: what runs it hears of its execution alone"""
    tuning = find(response.sagemaker_backend, response._get_param("HyperParameterTuningJobName"))
    if tuning.hyper_parameter_tuning_job_status == "InProgress":
        raise ValidationError("Local AWS stops a tuning job with its execution: StopPipelineExecution")
    return EmptyResult()


def _describe(tuning: HyperParameterTuningJob) -> dict[str, Any]:
    given = _describe_by_moto(tuning)
    known = {name: value for name, value in given.items() if value not in (None, "") and name not in _MADE_UP}
    best = next(iter(ranked(tuning)), None)
    return {**known, **_counters(tuning), **({"BestTrainingJob": best} if best else {})}


def _summary(tuning: HyperParameterTuningJob) -> dict[str, Any]:
    known = {name: value for name, value in _summary_by_moto(tuning).items() if value is not None}
    return {**known, **_counters(tuning)}


def _counters(tuning: HyperParameterTuningJob) -> dict[str, Any]:
    trials = summaries(tuning)

    def count(member: str, value: str) -> int:
        return sum(each[member] == value for each in trials)

    return {
        "TrainingJobStatusCounters": {
            **{status: count("TrainingJobStatus", status) for status in ("Completed", "InProgress", "Stopped")},
            "NonRetryableError": count("TrainingJobStatus", "Failed"),
            "RetryableError": 0,
        },
        "ObjectiveStatusCounters": {
            status: count("ObjectiveStatus", status) for status in ("Succeeded", "Pending", "Failed")
        },
    }


def ranked(tuning: HyperParameterTuningJob) -> list[dict[str, Any]]:
    """Its training jobs that have an objective, the best first, and of equals the one launched first."""
    with_objective = [each for each in summaries(tuning) if _OBJECTIVE in each]
    sign = -1 if _objective_of(tuning)["Type"] == "Maximize" else 1
    return sorted(with_objective, key=lambda each: sign * each[_OBJECTIVE]["Value"])


def summaries(tuning: HyperParameterTuningJob) -> list[dict[str, Any]]:
    """In the order of their launch."""
    backend = jobs.backend_of(str(tuning.arn))
    trials: dict[str, dict[str, str]] = vars(tuning)["trials"]
    return [_trial(tuning, backend.training_jobs[name], tuned) for name, tuned in trials.items()]


def _trial(tuning: HyperParameterTuningJob, job: FakeTrainingJob, tuned: dict[str, str]) -> dict[str, Any]:
    objective, status = _objective_of(tuning), str(job.training_job_status)
    values = [each["Value"] for each in job.final_metric_data_list if each["MetricName"] == objective["MetricName"]]
    shown = {
        "TrainingJobName": job.training_job_name,
        "TrainingJobArn": job.arn,
        "CreationTime": job.creation_time,
        "TrainingStartTime": job.training_start_time,
        "TrainingEndTime": job.training_end_time,
        "TrainingJobStatus": status,
        "TunedHyperParameters": tuned,
        "FailureReason": vars(job).get("failure_reason"),
        _OBJECTIVE: {**objective, "Value": values[-1]} if values else None,
        "ObjectiveStatus": "Succeeded" if values else "Pending" if status == "InProgress" else "Failed",
    }
    return {name: value for name, value in shown.items() if value is not None}


def _objective_of(tuning: HyperParameterTuningJob) -> dict[str, str]:
    given: dict[str, str] = tuning.hyper_parameter_tuning_job_config["HyperParameterTuningJobObjective"]
    return given


def _list_trials(response: SageMakerResponse) -> ActionResult:
    """Sorted by their objective, only those that have one are listed, as on AWS."""
    tuning = find(response.sagemaker_backend, response._get_param("HyperParameterTuningJobName"))
    sort_by, status = response._get_param("SortBy") or "Name", response._get_param("StatusEquals")
    if sort_by not in _SORTED_BY:
        raise ValidationError(f"SortBy must be one of {', '.join(_SORTED_BY)}, got: {sort_by}")
    member = _SORTED_BY[sort_by]
    trials = [each for each in summaries(tuning) if member in each and status in (None, each["TrainingJobStatus"])]
    trials.sort(
        key=lambda each: each[member]["Value"] if member == _OBJECTIVE else each[member],
        reverse=response._get_param("SortOrder") == "Descending",
    )
    listed, token = page(response, trials, lambda each: str(each["TrainingJobName"]))
    return ActionResult({"TrainingJobSummaries": listed, "NextToken": token})
