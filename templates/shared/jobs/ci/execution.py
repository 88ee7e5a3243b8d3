"""Deploys a pipeline, runs it, and waits for its end, however long that takes."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.exceptions import ClientError

from ci.commands import RunError
from ci.project import Project

# SageMaker's own client gives up after half an hour; training on real rows may take longer.
LONGEST_SECONDS = 24 * 3600
_FINAL = {"Succeeded", "Failed", "Stopped"}


@dataclass(frozen=True)
class Execution:
    """One that has succeeded."""

    arn: str
    # By their names, as ListPipelineExecutionSteps has them.
    steps: Mapping[str, Mapping[str, Any]]

    @property
    def id(self) -> str:
        return self.arn.rpartition("/")[2]


def deploy_pipeline(
    session: boto3.Session,
    project: Project,
    name: str,
    definition: str,
    tags: list[dict[str, str]],
    description: str = "",
) -> None:
    """Makes the pipeline, or gives it another definition."""
    sagemaker = session.client("sagemaker")
    given = {
        "PipelineName": name,
        "PipelineDescription": description or f"Deployed from {project.repository}",
        "PipelineDefinition": definition,
        "RoleArn": project.execution_role_arn,
    }
    if find_pipeline(session, name) is None:
        sagemaker.create_pipeline(**given, ClientRequestToken=str(uuid.uuid4()), Tags=tags)
    else:
        sagemaker.update_pipeline(**given)
    print(f"Pipeline  {name}")


def find_pipeline(session: boto3.Session, name: str) -> dict[str, Any] | None:
    """What DescribePipeline says, where there is one of that name."""
    try:
        return session.client("sagemaker").describe_pipeline(PipelineName=name)
    except ClientError as error:
        if error.response["Error"]["Code"] == "ResourceNotFound":
            return None
        raise


def run_pipeline(
    session: boto3.Session,
    name: str,
    parameters: Mapping[str, str],
    sleep: Callable[[float], None] = time.sleep,
) -> Execution:
    """Starts the pipeline and waits for its end.

    Raises:
        RunError: with the reason of each step that failed
    """
    sagemaker = session.client("sagemaker")
    started = sagemaker.start_pipeline_execution(
        PipelineName=name,
        PipelineParameters=[{"Name": key, "Value": value} for key, value in parameters.items()],
        ClientRequestToken=str(uuid.uuid4()),
    )
    arn = started["PipelineExecutionArn"]
    print(f"Execution {arn}", flush=True)
    told: dict[str, str] = {}
    for pause in _pauses():
        described = sagemaker.describe_pipeline_execution(PipelineExecutionArn=arn)
        steps = _steps(sagemaker, arn)
        _tell(steps, told)
        status = described["PipelineExecutionStatus"]
        if status == "Succeeded":
            return Execution(arn, steps)
        if status in _FINAL:
            raise RunError(f"{arn} is {status}\n{_reasons(described, steps)}")
        sleep(pause)
    raise RunError(f"{arn} has not ended in {LONGEST_SECONDS // 3600} hours, and goes on")


def _pauses() -> Iterator[float]:
    """Short ones at first: a mistake shows at once."""
    waited, pause = 0.0, 1.0
    while waited < LONGEST_SECONDS:
        yield pause
        waited, pause = waited + pause, min(pause * 1.5, 20.0)


def _steps(sagemaker: Any, arn: str) -> dict[str, dict[str, Any]]:
    pages = sagemaker.get_paginator("list_pipeline_execution_steps").paginate(
        PipelineExecutionArn=arn, SortOrder="Ascending"
    )
    return {step["StepName"]: step for page in pages for step in page["PipelineExecutionSteps"]}


def _tell(steps: Mapping[str, Mapping[str, Any]], told: dict[str, str]) -> None:
    for name, step in steps.items():
        if step["StepStatus"] in _FINAL and told.get(name) != step["StepStatus"]:
            told[name] = step["StepStatus"]
            print(f"  {name:24} {step['StepStatus']}", flush=True)


def _reasons(described: Mapping[str, Any], steps: Mapping[str, Mapping[str, Any]]) -> str:
    found = [f"{name}: {step['FailureReason']}" for name, step in steps.items() if step.get("FailureReason")]
    return "\n".join(found or [described.get("FailureReason", "SageMaker does not say why")])
