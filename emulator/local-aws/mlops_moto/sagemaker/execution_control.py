"""
SageMaker's actions on executions under way, which moto (5.2.5) lacks: stop one, answer its callback step.
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_StopPipelineExecution.html
https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_SendPipelineExecutionStepSuccess.html
"""

from typing import Any

from moto.core.responses import ActionResult
from moto.sagemaker.exceptions import ResourceNotFound, ValidationError
from moto.sagemaker.responses import SageMakerResponse

from ..patching import replace
from . import runs
from .run_status import set_status
from .runs import Step


def install() -> None:
    for action in (
        stop_pipeline_execution,
        send_pipeline_execution_step_success,
        send_pipeline_execution_step_failure,
    ):
        replace(SageMakerResponse, action.__name__, action)


def stop_pipeline_execution(response: SageMakerResponse) -> ActionResult:
    """An execution under way stops when whoever runs it has stopped; one that nobody runs stops at once."""
    run = runs.of_caller(response)
    if run.finished:
        raise ValidationError(f"Pipeline execution {run.execution.arn} cannot be stopped, its status is {run.status}.")
    if run.status != "Stopping":
        set_status(run, "Stopping" if run.claimed else "Stopped")
    return ActionResult({"PipelineExecutionArn": run.execution.arn})


def send_pipeline_execution_step_success(response: SageMakerResponse) -> ActionResult:
    return _answer(response, {"status": "Success", "outputs": response._get_param("OutputParameters") or []})


def send_pipeline_execution_step_failure(response: SageMakerResponse) -> ActionResult:
    reason = response._get_param("FailureReason")
    return _answer(response, {"status": "Failure", "outputs": [], **({"reason": reason} if reason else {})})


def _answer(response: SageMakerResponse, answer: dict[str, Any]) -> ActionResult:
    token = response._get_param("CallbackToken")
    waiting = (run for run in runs.unfinished() if runs.is_callers(response, run))
    run = next((run for run in waiting if any(_waits_for(step, token) for step in run.steps.values())), None)
    if run is None:
        raise ResourceNotFound(f"No callback step waits for token {token}.")
    if token in run.answered:
        raise ValidationError(f"Callback token {token} has been answered.")
    run.answered.add(token)
    run.answers.append({"token": token, **answer})
    return ActionResult({"PipelineExecutionArn": run.execution.arn})


def _waits_for(step: Step, token: str) -> bool:
    callback = (step.get("Metadata") or {}).get("Callback") or {}
    return step["StepStatus"] not in runs.FINAL and callback.get("CallbackToken") == token
