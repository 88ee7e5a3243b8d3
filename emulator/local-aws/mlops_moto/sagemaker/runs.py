"""Pipeline executions of all accounts as whoever runs them sees them, with what moto has no place for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from moto.sagemaker.exceptions import ResourceNotFound
from moto.sagemaker.models import FakePipeline, FakePipelineExecution, sagemaker_backends
from moto.sagemaker.responses import SageMakerResponse
from moto.utilities.arns import parse_arn

FINAL = frozenset({"Succeeded", "Failed", "Stopped"})

Step = dict[str, Any]
"""As ListPipelineExecutionSteps shows it, with its `StepType`; times are moto's own."""


@dataclass
class Run:
    """
    `claimed`: a worker has taken it; `answers`: answers to its callback steps that no worker has fetched; `history`:
    every status that it and its steps have had, in order; `results`: what its steps that succeeded gave, as the worker
    keeps it; `selective`: which steps to run, as the request says it, where they are not all.
    """

    pipeline: FakePipeline
    execution: FakePipelineExecution
    role_arn: str
    claimed: bool = False
    ended: datetime | None = None
    selective: dict[str, Any] | None = None
    steps: dict[str, Step] = field(default_factory=dict)
    results: dict[str, Any] = field(default_factory=dict)
    answers: list[dict[str, Any]] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)
    history: list[dict[str, str]] = field(default_factory=lambda: [{"status": "Executing"}])

    @property
    def status(self) -> str:
        return str(self.execution.pipeline_execution_status)

    @property
    def finished(self) -> bool:
        return self.status in FINAL

    @property
    def deleted(self) -> bool:
        """With its pipeline."""
        place = parse_arn(self.pipeline.arn)
        pipelines = sagemaker_backends[place.account][place.region].pipelines
        return pipelines.get(self.pipeline.pipeline_name) is not self.pipeline


_RUNS: dict[str, Run] = {}


def add(pipeline: FakePipeline, execution: FakePipelineExecution) -> Run:
    run = _RUNS[execution.arn] = Run(pipeline, execution, pipeline.role_arn)
    return run


def find(execution_arn: object) -> Run | None:
    run = _RUNS.get(str(execution_arn))
    return None if run is None or run.deleted else run


def unfinished() -> Iterator[Run]:
    """Oldest first."""
    return (run for run in list(_RUNS.values()) if not run.finished and not run.deleted)


def of_caller(response: SageMakerResponse) -> Run:
    """raises ResourceNotFound: where the caller's account and region have none of the ARN that the request names"""
    arn = response._get_param("PipelineExecutionArn")
    run = find(arn)
    if run is None or not is_callers(response, run):
        raise ResourceNotFound(f"Pipeline execution with ARN {arn} does not exist.")
    return run


def is_callers(response: SageMakerResponse, run: Run) -> bool:
    return response.sagemaker_backend.pipelines.get(run.pipeline.pipeline_name) is run.pipeline
