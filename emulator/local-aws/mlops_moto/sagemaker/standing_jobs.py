"""
Jobs that no pipeline started: a worker takes each once, with the request that made it, and those that somebody stops
until they have. A pipeline's jobs are its worker's own, and bear its name for them.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopTrainingJob.html
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from moto.core.responses import ActionResult, EmptyResult
from moto.core.utils import utcnow
from moto.sagemaker.exceptions import ResourceNotFound
from moto.sagemaker.models import SageMakerModelBackend
from moto.sagemaker.responses import SageMakerResponse
from moto.utilities.arns import parse_arn

from ..patching import replace
from . import jobs

_OF_PIPELINES = "pipelines-"


@dataclass
class Standing:
    kind: str
    name: str
    arn: str
    request: dict[str, Any]
    backend: SageMakerModelBackend
    claimed: bool = False

    @property
    def job(self) -> jobs.Job | None:
        return jobs.jobs_of(self.backend, self.kind).get(self.name)

    @property
    def status(self) -> str | None:
        """None where it was deleted with all state."""
        return vars(self.job)[f"{self.kind}_job_status"] if self.job else None

    def handed_out(self) -> dict[str, Any]:
        place = parse_arn(self.arn)
        where = {"account": place.account, "region": place.region}
        return {
            "kind": self.kind,
            "name": self.name,
            "arn": self.arn,
            "request": self.request,
            **where,
            **self._model(),
        }

    def _model(self) -> dict[str, Any]:
        """What a transform job serves: SageMaker knows it, whether the job's role may read it or not."""
        model = self.backend._models.get(self.request.get("ModelName", ""))
        if self.kind != "transform" or model is None:
            return {}
        network = vars(model).get("vpc_config")
        return {
            "model": {
                "PrimaryContainer": model.primary_container,
                "ExecutionRoleArn": model.execution_role_arn,
                "EnableNetworkIsolation": vars(model).get("enable_network_isolation") or False,
                **({"VpcConfig": network} if network else {}),
            }
        }


_STANDING: dict[str, Standing] = {}


def install() -> None:
    for kind in jobs.KINDS:
        create = f"create_{kind}_job"
        replace(SageMakerResponse, create, _remembering(kind, getattr(SageMakerResponse, create)))
        replace(SageMakerResponse, f"stop_{kind}_job", _stopping(kind))


def are_waiting() -> bool:
    """Some, to be taken or to be stopped."""
    return any(each.status == ("Stopping" if each.claimed else "InProgress") for each in list(_STANDING.values()))


def take() -> list[dict[str, Any]]:
    new = [each for each in list(_STANDING.values()) if not each.claimed and each.status == "InProgress"]
    for each in new:
        each.claimed = True
    return [each.handed_out() for each in new]


def to_stop() -> list[str]:
    return [each.arn for each in list(_STANDING.values()) if each.claimed and each.status == "Stopping"]


def abandon(reason: str) -> None:
    """Those that a worker had taken which is no more."""
    for each in list(_STANDING.values()):
        if each.claimed and each.status in ("InProgress", "Stopping"):
            status = "Failed" if each.status == "InProgress" else "Stopped"
            _end(each, status, reason if status == "Failed" else None)


def _end(standing: Standing, status: str, reason: str | None) -> None:
    job, now = standing.job, utcnow()
    if job:
        jobs.end(job, standing.kind, status, reason, job.creation_time, now)


def _remembering(
    kind: str, create_before: Callable[[SageMakerResponse], ActionResult]
) -> Callable[[SageMakerResponse], ActionResult]:
    def create(response: SageMakerResponse) -> ActionResult:
        answer = create_before(response)
        name = str(response._get_param(f"{kind.capitalize()}JobName"))
        if not name.startswith(_OF_PIPELINES):
            backend = response.sagemaker_backend
            arn = str(jobs.jobs_of(backend, kind)[name].arn)
            _STANDING[arn] = Standing(kind, name, arn, json.loads(response.body), backend)
        return answer

    return create


def _stopping(kind: str) -> Callable[[SageMakerResponse], ActionResult]:
    def stop(response: SageMakerResponse) -> ActionResult:
        name = str(response._get_param(f"{kind.capitalize()}JobName"))
        job = jobs.jobs_of(response.sagemaker_backend, kind).get(name)
        if job is None:
            raise ResourceNotFound(f"Could not find requested job with name: {name}")
        standing = _STANDING.get(str(job.arn))
        if standing is None or not standing.claimed:
            jobs.abandon(str(job.arn), "Stopped", None)
        elif standing.status == "InProgress":
            vars(job)[f"{kind}_job_status"] = "Stopping"
        return EmptyResult()

    return stop
