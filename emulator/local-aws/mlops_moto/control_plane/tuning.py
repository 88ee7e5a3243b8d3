"""The training jobs that a tuning job launches, and how it ended, as whoever runs it says."""

from typing import Any

from moto.sagemaker.models import sagemaker_backends

from ..sagemaker import tuning_jobs
from .api import Body, moment, one_of, required
from .jobs import STATUSES


def start_trial(body: Body) -> dict[str, str]:
    """StartTrial. `request` makes the training job; `tuned` is what was chosen for it."""
    backend = sagemaker_backends[str(required(body, "account"))][str(required(body, "region"))]
    tuning = tuning_jobs.find(backend, str(required(body, "tuningJob")))
    return {"arn": tuning_jobs.start_trial(backend, tuning, required(body, "request"), dict(required(body, "tuned")))}


def finish_tuning(body: Body) -> dict[str, Any]:
    """FinishTuning"""
    backend = sagemaker_backends[str(required(body, "account"))][str(required(body, "region"))]
    tuning = tuning_jobs.find(backend, str(required(body, "name")))
    tuning_jobs.end(tuning, one_of(body, "status", STATUSES), body.get("failureReason"), moment(body, "endTime"))
    return {}
