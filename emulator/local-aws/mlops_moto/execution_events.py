"""
What SageMaker tells EventBridge of pipeline executions and their steps. What has no value yet is left out.
https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
"""

from collections.abc import Mapping
from typing import Any

from .runs import Run
from .service_events import put_sagemaker_event
from .times import iso_seconds

_KIND = "Model Building Pipeline Execution"


def put_execution_event(run: Run, previous: str | None) -> None:
    detail = {
        "pipelineExecutionDisplayName": run.execution.pipeline_execution_display_name,
        "pipelineExecutionDescription": run.execution.pipeline_execution_description,
        "currentPipelineExecutionStatus": run.status,
        "previousPipelineExecutionStatus": previous,
        "executionStartTime": iso_seconds(run.execution.start_time),
        "executionEndTime": run.ended and iso_seconds(run.ended),
    }
    _put(f"{_KIND} Status Change", run, detail)


def put_step_event(run: Run, step: Mapping[str, Any], previous: str | None) -> None:
    detail = {
        "metadata": _camel_case(step.get("Metadata") or {}),
        "stepStartTime": _time(step, "StartTime"),
        "stepEndTime": _time(step, "EndTime"),
        "stepName": step["StepName"],
        "stepType": step.get("StepType"),
        "previousStepStatus": previous,
        "currentStepStatus": step["StepStatus"],
        "failureReason": step.get("FailureReason"),
        "cacheHitResult": _camel_case(step.get("CacheHitResult")),
    }
    _put(f"{_KIND} Step Status Change", run, detail)


def _put(kind: str, run: Run, detail: Mapping[str, Any]) -> None:
    pipeline, execution = run.pipeline.arn, run.execution.arn
    known = {name: value for name, value in detail.items() if value is not None and value != ""}
    put_sagemaker_event(
        kind, [pipeline, execution], {**known, "pipelineArn": pipeline, "pipelineExecutionArn": execution}
    )


def _time(step: Mapping[str, Any], name: str) -> str | None:
    return iso_seconds(step[name]) if name in step else None


def _camel_case(value: Any) -> Any:
    """The API's names as events spell them: `ProcessingJob` is `processingJob`."""
    if isinstance(value, Mapping):
        return {_camel_case_name(name): _camel_case(each) for name, each in value.items()}
    return [_camel_case(each) for each in value] if isinstance(value, list) else value


def _camel_case_name(name: str) -> str:
    return name.lower() if name.isupper() else name[:1].lower() + name[1:]
