"""How a job ended, as whoever ran it says."""

from datetime import datetime
from typing import Any

from moto.core.utils import utcnow
from moto.sagemaker.models import sagemaker_backends
from moto.utilities.arns import parse_arn

from .jobs import KINDS, Job, jobs_of, set_state
from .local_actions import ActionError, Body, moment, one_of, required

_STATUSES = ("Completed", "Failed", "Stopped")


def abandon_job(arn: str, status: str, reason: str | None) -> None:
    """Ends a job that nobody runs any more, if it has not ended."""
    place = parse_arn(arn)
    kind = place.resource_type.removesuffix("-job")
    job = jobs_of(sagemaker_backends[place.account][place.region], kind).get(place.resource_id)
    if job is None or vars(job)[f"{kind}_job_status"] != "InProgress":
        return
    start, end = job.creation_time, utcnow()
    set_state(job, kind, status=status, start_time=start, end_time=end)
    vars(job).update(last_modified_time=end, failure_reason=reason)
    if kind == "training":
        _finish_training(job, status, start, end)


def finish_job(body: Body) -> dict[str, Any]:
    """FinishJob"""
    kind, status = one_of(body, "kind", KINDS), one_of(body, "status", _STATUSES)
    backend = sagemaker_backends[str(required(body, "account"))][str(required(body, "region"))]
    name = required(body, "name")
    job = jobs_of(backend, kind).get(name)
    if job is None:
        raise ActionError(404, f"There is no {kind} job {name}")
    start, end = moment(body, "startTime"), moment(body, "endTime")
    set_state(job, kind, status=status, start_time=start, end_time=end)
    vars(job).update(last_modified_time=utcnow(), failure_reason=body.get("failureReason"))
    if kind == "processing":
        vars(job)["exit_message"] = body.get("exitMessage")
    if kind == "training":
        _finish_training(job, status, start, end)
        vars(job)["model_artifacts"] = _artifacts(body)
    return {}


def _artifacts(body: Body) -> dict[str, str] | None:
    uri = body.get("modelArtifacts")
    return {"S3ModelArtifacts": str(uri)} if uri else None


def _finish_training(job: Job, status: str, start: datetime, end: datetime) -> None:
    vars(job).update(
        secondary_status=status,
        training_time_in_seconds=max(0, round((end - start).total_seconds())),
        secondary_status_transitions=[
            {"Status": "Training", "StartTime": start, "EndTime": end, "StatusMessage": "Training ran on this machine"},
            {"Status": status, "StartTime": end, "EndTime": end, "StatusMessage": vars(job)["failure_reason"] or ""},
        ],
    )
