"""
Executions of SageMaker pipelines as a runner finds them. moto (5.2.5) says at once that an execution has succeeded,
forgets why one failed, starts a second for the same request token, takes anything for a parameter or a name, and runs
all steps where some are selected.
"""

import time
from collections.abc import Iterable
from typing import Any

from moto.core.responses import ActionResult
from moto.core.utils import utcnow
from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.models import FakePipelineExecution, SageMakerModelBackend
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace
from . import runs
from .definitions import refuse_unsupported
from .events import put_execution_event
from .pipelines import find_execution, find_pipeline
from .runs import Run
from .selection import Selection, selection
from .start_parameters import check_parameters

_NOT_TAKEN = ("MlflowExperimentName", "PipelineVersionAlias", "PipelineVersionId", "RoleArn")

_start_by_moto = SageMakerModelBackend.start_pipeline_execution
_list_by_moto = SageMakerModelBackend.list_pipeline_executions
_describe_by_moto = SageMakerModelBackend.describe_pipeline_execution


def install() -> None:
    replace(SageMakerResponse, "start_pipeline_execution", _start_as_asked)
    replace(SageMakerModelBackend, "start_pipeline_execution", _start)
    replace(SageMakerModelBackend, "list_pipeline_executions", _list)
    replace(SageMakerModelBackend, "describe_pipeline_execution", _describe)


def _start_as_asked(response: SageMakerResponse) -> ActionResult:
    """raises ValidationError: for what would be run otherwise than asked"""
    ignored = [name for name in _NOT_TAKEN if response._get_param(name) is not None]
    if ignored:
        raise ValidationError(f"Local AWS starts no pipeline with {', '.join(ignored)}")
    started = response.sagemaker_backend.start_pipeline_execution(
        response._get_param("PipelineName"),
        response._get_param("PipelineExecutionDisplayName"),
        response._get_param("PipelineParameters"),
        response._get_param("PipelineExecutionDescription"),
        response._get_param("ParallelismConfiguration"),
        response._get_param("ClientRequestToken"),
        response._get_param("SelectiveExecutionConfig"),
    )
    return ActionResult(started)


def _start(
    backend: SageMakerModelBackend,
    pipeline_name: str,
    pipeline_execution_display_name: str,
    pipeline_parameters: list[dict[str, Any]],
    pipeline_execution_description: str,
    parallelism_configuration: dict[str, int],
    client_request_token: str,
    selective_execution_config: dict[str, Any] | None = None,
) -> dict[str, str]:
    """Records an execution as Executing. A request token seen before answers with the execution it started then."""
    pipeline = find_pipeline(backend.pipelines, pipeline_name)
    known = _with_token(pipeline.pipeline_executions.values(), client_request_token)
    if known:
        return {"PipelineExecutionArn": known.arn}
    definition = pipeline.pipeline_definition
    check_parameters(definition, pipeline_parameters or [])
    chosen = selection(definition, pipeline.arn, selective_execution_config) if selective_execution_config else None
    refuse_unsupported(definition, chosen and chosen.steps)
    started: dict[str, str] = _start_by_moto(
        backend,
        pipeline_name,
        pipeline_execution_display_name or f"execution-{time.time_ns() // 1_000_000}",
        pipeline_parameters or [],
        pipeline_execution_description,
        parallelism_configuration,
        client_request_token,
    )
    execution = pipeline.pipeline_executions[started["PipelineExecutionArn"]]
    execution.pipeline_execution_status = "Executing"
    run = runs.add(pipeline, execution)
    if chosen:
        run.selective = selective_execution_config
        _reuse(run, chosen)
    put_execution_event(run, None)
    return started


def _reuse(run: Run, chosen: Selection) -> None:
    """Shown as SageMaker shows it: steps that have succeeded, with whose outcome they have."""
    if chosen.source is None:
        return
    now, reused = utcnow(), {"SourcePipelineExecutionArn": chosen.source.execution.arn}
    for name in chosen.reused:
        run.results[name] = chosen.source.results[name]
        step = chosen.source.steps[name]
        run.steps[name] = {**step, "StartTime": now, "EndTime": now, "SelectiveExecutionResult": reused}


def _with_token(executions: Iterable[FakePipelineExecution], token: str | None) -> FakePipelineExecution | None:
    return next((each for each in executions if token and each.client_request_token == token), None)


def _list(backend: SageMakerModelBackend, pipeline_name: str) -> dict[str, Any]:
    answer: dict[str, Any] = _list_by_moto(backend, pipeline_name)
    for summary in answer["PipelineExecutionSummaries"]:
        if summary["PipelineExecutionFailureReason"] == "None":
            del summary["PipelineExecutionFailureReason"]
    return answer


def _describe(backend: SageMakerModelBackend, pipeline_execution_arn: str) -> dict[str, Any]:
    execution = find_execution(backend.pipelines, pipeline_execution_arn)
    answer: dict[str, Any] = _describe_by_moto(backend, pipeline_execution_arn)
    del answer["FailureReason"]
    run = runs.find(pipeline_execution_arn)
    if run and run.selective:
        answer["SelectiveExecutionConfig"] = run.selective
    reason = execution.pipeline_execution_failure_reason
    return {**answer, "FailureReason": reason} if reason else answer
