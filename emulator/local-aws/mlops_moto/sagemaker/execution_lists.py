"""
ListPipelineExecutions, which moto (5.2.5) neither sorts nor filters nor pages, and ListPipelineExecutionSteps, which it
lacks. Both give the newest first, unless asked otherwise.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ListPipelineExecutionSteps.html
"""

from operator import itemgetter
from typing import Any

from moto.core.responses import ActionResult
from moto.sagemaker.exceptions import ValidationError
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace
from . import runs
from .pages import page

_SORT_FIELDS = {"CreationTime": "StartTime", "PipelineExecutionArn": "PipelineExecutionArn"}


def install() -> None:
    replace(SageMakerResponse, "list_pipeline_executions", _list_executions)
    replace(SageMakerResponse, "list_pipeline_execution_steps", _list_steps)


def _list_executions(response: SageMakerResponse) -> ActionResult:
    name = response._get_param("PipelineName")
    summaries = response.sagemaker_backend.list_pipeline_executions(name)["PipelineExecutionSummaries"]
    sort_by = response._get_param("SortBy") or "CreationTime"
    if sort_by not in _SORT_FIELDS:
        raise ValidationError(f"SortBy must be one of {', '.join(_SORT_FIELDS)}, got: {sort_by}")
    chosen = sorted((each for each in summaries if _in_period(response, each)), key=itemgetter(_SORT_FIELDS[sort_by]))
    listed, token = page(response, _ordered(response, chosen), lambda each: str(each["PipelineExecutionArn"]))
    return ActionResult({"PipelineExecutionSummaries": listed, "NextToken": token})


def _list_steps(response: SageMakerResponse) -> ActionResult:
    steps = sorted(runs.of_caller(response).steps.values(), key=lambda step: step["StartTime"])
    listed, token = page(response, _ordered(response, steps), lambda step: str(step["StepName"]))
    shown = [{name: value for name, value in step.items() if name != "StepType"} for step in listed]
    return ActionResult({"PipelineExecutionSteps": shown, "NextToken": token})


def _ordered(response: SageMakerResponse, ascending: list[Any]) -> list[Any]:
    return ascending if response._get_param("SortOrder") == "Ascending" else ascending[::-1]


def _in_period(response: SageMakerResponse, summary: dict[str, Any]) -> bool:
    after, before = response._get_param("CreatedAfter"), response._get_param("CreatedBefore")
    started = summary["StartTime"]
    return (after is None or started > after) and (before is None or started < before)
