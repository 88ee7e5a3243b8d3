"""Executions of some of a pipeline's steps: https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-selective-ex.html"""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import create_pipeline, executions
from local_account import Account
from started_pipelines import describe, start, steps_of
from worker_client import Worker


def step(name: str, *before: str) -> dict[str, Any]:
    return {"Name": name, "Type": "Fail", "Arguments": {"ErrorMessage": name}, "DependsOn": before}


# Prepare → Train → Evaluate → Gate (Register, else Stop); Aside waits for nothing.
GATE = {
    "Name": "Gate",
    "Type": "Condition",
    "Arguments": {
        "Conditions": [{"Type": "Equals", "LeftValue": 1, "RightValue": 1}],
        "IfSteps": [step("Register")],
        "ElseSteps": [step("Stop")],
    },
    "DependsOn": ["Evaluate"],
}
STEPS = [step("Prepare"), step("Train", "Prepare"), step("Evaluate", "Train"), GATE, step("Aside")]
PROPERTIES = {"ProcessingJobName": "job"}


@pytest.fixture
def source(account: Account, worker: Worker) -> str:
    """An execution that failed after its condition had taken the first branch."""
    create_pipeline(account, steps=STEPS)
    execution = start(account)
    worker.take()
    for name in ("Prepare", "Train", "Evaluate"):
        worker.succeed(execution, name, properties=PROPERTIES, outputs={"out": "s3://b/k"})
    worker.succeed(execution, "Gate", branch="if")
    worker.end(execution, "Failed", "enough")
    return execution


def selected(*names: str, source: str | None = None) -> dict[str, Any]:
    steps = [{"StepName": name} for name in names]
    return {"SelectedSteps": steps, **({"SourcePipelineExecutionArn": source} if source else {})}


def refusal(account: Account, config: dict[str, Any]) -> str:
    before = len(executions(account))
    with pytest.raises(ClientError) as caught:
        start(account, SelectiveExecutionConfig=config)
    assert len(executions(account)) == before
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    return str(caught.value.response["Error"]["Message"])


def test_the_selected_steps_are_handed_out_with_what_those_before_them_gave(
    account: Account, worker: Worker, source: str
) -> None:
    config = selected("Train", "Evaluate", source=source)
    execution = start(account, SelectiveExecutionConfig=config)
    (work,) = (each for each in worker.take()["executions"] if each["account"] == account.id)
    assert work["selectedSteps"] == ["Train", "Evaluate"]
    assert work["reusedResults"] == {
        "Prepare": {"metadata": {}, "properties": PROPERTIES, "outputs": {"out": "s3://b/k"}}
    }
    assert describe(account, execution)["SelectiveExecutionConfig"] == config
    (reused,) = steps_of(account, execution)
    assert (reused["StepName"], reused["StepStatus"]) == ("Prepare", "Succeeded")
    assert reused["SelectiveExecutionResult"] == {"SourcePipelineExecutionArn": source}


def test_what_an_execution_reused_can_be_reused_of_it(account: Account, worker: Worker, source: str) -> None:
    second = start(account, SelectiveExecutionConfig=selected("Train", source=source))
    worker.take()
    worker.end(second, "Succeeded")
    assert start(account, SelectiveExecutionConfig=selected("Train", source=second))


def test_steps_that_wait_for_none_need_no_earlier_execution(account: Account, worker: Worker) -> None:
    create_pipeline(account, steps=STEPS)
    start(account, SelectiveExecutionConfig=selected("Prepare", "Aside"))
    (work,) = (each for each in worker.take()["executions"] if each["account"] == account.id)
    assert work["reusedResults"] == {}


def test_what_cannot_be_selected_is_refused(account: Account, source: str) -> None:
    assert refusal(account, selected("Trian")) == "The pipeline has no steps [Trian]"
    # https://github.com/aws/sagemaker-python-sdk/issues/4444
    assert refusal(account, selected("Train")) == (
        "Invalid SourcePipelineExecutionArn: null. The selected steps [Train] have dependencies on [Prepare]"
    )
    between = refusal(account, selected("Train", "Register", source=source))
    assert between == (
        "All step(s) in all path(s) between two selected steps should be included: "
        "[Evaluate, Gate] are between those of [Train, Register]"
    )
    assert "Its step Gate did not take the branch of Stop" in refusal(account, selected("Stop", source=source))
    stranger = f"{source.rsplit('/', 1)[0]}/nobody"
    assert "It is no execution of this pipeline" in refusal(account, selected("Train", source=stranger))


def test_an_earlier_execution_must_have_ended_with_what_is_needed(account: Account, worker: Worker) -> None:
    create_pipeline(account, steps=STEPS)
    execution = start(account)
    assert refusal(account, selected("Train", source=execution)) == (
        f"Invalid SourcePipelineExecutionArn: {execution}. Its status is Executing"
    )
    worker.take()
    worker.end(execution, "Stopped")
    assert "Its steps [Prepare] have not succeeded" in refusal(account, selected("Train", source=execution))


@pytest.mark.parametrize("given", [{"PipelineVersionId": 1}, {"MlflowExperimentName": "m"}])
def test_nothing_is_started_otherwise_than_asked(account: Account, given: dict[str, Any]) -> None:
    create_pipeline(account, steps=STEPS)
    with pytest.raises(ClientError, match=f"Local AWS starts no pipeline with {next(iter(given))}"):
        start(account, **given)
