"""How a job ended, as whoever ran it says."""

from typing import Any

from moto.sagemaker.models import sagemaker_backends

from ..sagemaker import jobs
from .api import ActionError, Body, moment, one_of, required

STATUSES = ("Completed", "Failed", "Stopped")


def finish_job(body: Body) -> dict[str, Any]:
    """FinishJob"""
    kind, status = one_of(body, "kind", jobs.KINDS), one_of(body, "status", STATUSES)
    backend = sagemaker_backends[str(required(body, "account"))][str(required(body, "region"))]
    name = required(body, "name")
    job = jobs.jobs_of(backend, kind).get(name)
    if job is None:
        raise ActionError(404, f"There is no {kind} job {name}")
    jobs.end(job, kind, status, body.get("failureReason"), moment(body, "startTime"), moment(body, "endTime"))
    if kind == "processing":
        vars(job)["exit_message"] = body.get("exitMessage")
    if kind == "training":
        vars(job)["model_artifacts"] = _artifacts(body)
        vars(job)["final_metric_data_list"] = _metrics(body)
    return {}


def _metrics(body: Body) -> list[dict[str, Any]]:
    """The last value of each metric that it told."""
    ended = moment(body, "endTime")
    return [
        {"MetricName": name, "Value": float(value), "Timestamp": ended}
        for name, value in (body.get("metrics") or {}).items()
    ]


def _artifacts(body: Body) -> dict[str, str] | None:
    uri = body.get("modelArtifacts")
    return {"S3ModelArtifacts": str(uri)} if uri else None
