"""
Processing, training and transform jobs as whoever runs them leaves them. moto (5.2.5) says at once that a job is
completed, makes up what it did, forgets some of what it was asked for and lets a name be taken twice.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeProcessingJob.html
"""

import inspect
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from botocore import xform_name
from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.sagemaker.exceptions import ResourceInUseException
from moto.sagemaker.models import (
    FakeProcessingJob,
    FakeTrainingJob,
    FakeTransformJob,
    SageMakerModelBackend,
    sagemaker_backends,
)
from moto.sagemaker.responses import SageMakerResponse
from moto.utilities.arns import parse_arn

from ..patching import replace
from . import volume_keys
from .service_model import service_model

Job = FakeProcessingJob | FakeTrainingJob | FakeTransformJob

KINDS = ("processing", "training", "transform")

_FORGOTTEN = {
    "processing": {"ProcessingResources": "processing_resources", "Environment": "environment"},
    "training": {"Environment": "environment", "RetryStrategy": "retry_strategy"},
    "transform": {},
}
_UNFINISHED: dict[str, dict[str, Any]] = {
    "processing": {"processing_start_time": None},
    "training": {
        "secondary_status": "Training",
        "secondary_status_transitions": [],
        "final_metric_data_list": [],
        "model_artifacts": None,
    },
    "transform": {"failure_reason": None, "labeling_job_arn": None, "auto_ml_job_arn": None},
}


def install() -> None:
    for kind in KINDS:
        action = f"create_{kind}_job"
        replace(SageMakerResponse, action, _creating(kind, getattr(SageMakerResponse, action)))


def jobs_of(backend: SageMakerModelBackend, kind: str) -> dict[str, Job]:
    """By name."""
    named: dict[str, Job] = getattr(backend, f"{kind}_jobs")
    return named


def backend_of(arn: str) -> SageMakerModelBackend:
    """That of the resource's account and region."""
    place = parse_arn(arn)
    backend: SageMakerModelBackend = sagemaker_backends[place.account][place.region]
    return backend


def add_training_job(backend: SageMakerModelBackend, request: Mapping[str, Any]) -> FakeTrainingJob:
    """One that SageMaker makes itself, of a request as CreateTrainingJob takes it."""
    _refuse_taken(backend.training_jobs, request["TrainingJobName"])
    algorithm = dict(request["AlgorithmSpecification"])
    members = service_model().operation_model("CreateTrainingJob").input_shape.members
    known = inspect.signature(backend.create_training_job).parameters
    given = {xform_name(name): request.get(name) for name in members if xform_name(name) in known}
    job = backend.create_training_job(**{**given, "algorithm_specification": dict(algorithm)})
    _begin(job, "training", request.get)
    vars(job)["algorithm_specification"] = algorithm
    return job


def end(job: Job, kind: str, status: str, reason: str | None, start_time: datetime, end_time: datetime) -> None:
    """status: Completed, Failed or Stopped"""
    _set_state(job, kind, status=status, start_time=start_time, end_time=end_time)
    vars(job).update(last_modified_time=utcnow(), failure_reason=reason)
    if kind == "training":
        _end_training(job, status, start_time, end_time)


def abandon(arn: str, status: str, reason: str | None) -> None:
    """Ends a job that nobody runs any more, if it has not ended."""
    place = parse_arn(arn)
    kind = place.resource_type.removesuffix("-job")
    job = jobs_of(backend_of(arn), kind).get(place.resource_id)
    if job and vars(job)[f"{kind}_job_status"] == "InProgress":
        end(job, kind, status, reason, job.creation_time, utcnow())


def _end_training(job: Job, status: str, start: datetime, end: datetime) -> None:
    vars(job).update(
        secondary_status=status,
        training_time_in_seconds=max(0, round((end - start).total_seconds())),
        secondary_status_transitions=[
            {"Status": "Training", "StartTime": start, "EndTime": end, "StatusMessage": "Training ran on this machine"},
            {"Status": status, "StartTime": end, "EndTime": end, "StatusMessage": vars(job)["failure_reason"] or ""},
        ],
    )


def _set_state(job: Job, kind: str, **state: Any) -> None:
    """`status`, `start_time` and `end_time` are prefixed with the kind, as the attributes of each are."""
    vars(job).update(
        {f"{kind}_{name}" if name.endswith("_time") else f"{kind}_job_{name}": value for name, value in state.items()}
    )


def _creating(kind: str, create_by_moto: Callable[..., ActionResult]) -> Callable[..., ActionResult]:
    def create(response: SageMakerResponse) -> ActionResult:
        jobs = jobs_of(response.sagemaker_backend, kind)
        name = response._get_param(f"{kind.capitalize()}JobName")
        _refuse_taken(jobs, name)
        volume_keys.check(kind, response._get_param)
        algorithm = dict(response._get_param("AlgorithmSpecification") or {})
        answer = create_by_moto(response)
        job = jobs[name]
        _begin(job, kind, response._get_param)
        if kind == "training":
            vars(job)["algorithm_specification"] = algorithm
        return answer

    return create


def _refuse_taken(jobs: Mapping[str, Job], name: str) -> None:
    if name in jobs:
        message = "Job name must be unique within an AWS account and region, and a job with this name already exists"
        raise ResourceInUseException(f"{message} ({jobs[name].arn})")


def _begin(job: Job, kind: str, given: Callable[[str], Any]) -> None:
    """given: of the request, by name"""
    vars(job).update({attribute: given(name) for name, attribute in _FORGOTTEN[kind].items()})
    vars(job).update(_UNFINISHED[kind])
    _set_state(job, kind, status="InProgress", start_time=None, end_time=None)
