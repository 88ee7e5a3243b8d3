"""
Executions of SageMaker pipelines as a runner finds them. moto (5.2.5) says at once that an execution has succeeded,
forgets why one failed, starts a second for the same request token and takes anything for a parameter or a name.
"""

import time
from collections.abc import Iterable
from typing import Any

from moto.sagemaker.models import FakePipelineExecution, SageMakerModelBackend

from ..patching import replace
from . import runs
from .events import put_execution_event
from .pipelines import find_execution, find_pipeline
from .start_parameters import check_parameters

_start_by_moto = SageMakerModelBackend.start_pipeline_execution
_list_by_moto = SageMakerModelBackend.list_pipeline_executions
_describe_by_moto = SageMakerModelBackend.describe_pipeline_execution


def install() -> None:
    replace(SageMakerModelBackend, "start_pipeline_execution", _start)
    replace(SageMakerModelBackend, "list_pipeline_executions", _list)
    replace(SageMakerModelBackend, "describe_pipeline_execution", _describe)


def _start(
    backend: SageMakerModelBackend,
    pipeline_name: str,
    pipeline_execution_display_name: str,
    pipeline_parameters: list[dict[str, Any]],
    pipeline_execution_description: str,
    parallelism_configuration: dict[str, int],
    client_request_token: str,
) -> dict[str, str]:
    """Records an execution as Executing. A request token seen before answers with the execution it started then."""
    pipeline = find_pipeline(backend.pipelines, pipeline_name)
    known = _with_token(pipeline.pipeline_executions.values(), client_request_token)
    if known:
        return {"PipelineExecutionArn": known.arn}
    check_parameters(pipeline.pipeline_definition, pipeline_parameters or [])
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
    put_execution_event(runs.add(pipeline, execution), None)
    return started


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
    reason = execution.pipeline_execution_failure_reason
    return {**answer, "FailureReason": reason} if reason else answer
