"""SageMaker's public actions on executions: stop them, list them and their steps, answer callback steps."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import TRAIN, create_pipeline
from local_account import Account
from started_pipelines import start, status_of, steps_of
from worker_client import Worker


def code_of(error: pytest.ExceptionInfo[ClientError]) -> str:
    return str(error.value.response["Error"]["Code"])


def started(account: Account, worker: Worker) -> str:
    """An execution that the worker runs."""
    create_pipeline(account)
    execution = start(account)
    worker.take()
    return execution


def test_an_execution_stops_when_its_worker_has_stopped(account: Account, worker: Worker) -> None:
    execution = started(account, worker)
    sagemaker = account.client("sagemaker")
    assert worker.take()["stopping"] == []
    answer = sagemaker.stop_pipeline_execution(PipelineExecutionArn=execution)
    assert answer["PipelineExecutionArn"] == execution
    assert status_of(account, execution) == "Stopping"
    sagemaker.stop_pipeline_execution(PipelineExecutionArn=execution)
    assert worker.take()["stopping"] == [execution]
    assert worker.take()["stopping"] == [execution]
    worker.end(execution, "Stopped")
    assert worker.take()["stopping"] == []
    assert status_of(account, execution) == "Stopped"


def test_an_execution_that_nobody_runs_stops_at_once(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    execution = start(account)
    account.client("sagemaker").stop_pipeline_execution(PipelineExecutionArn=execution)
    assert status_of(account, execution) == "Stopped"
    assert worker.take()["executions"] == []


def test_an_execution_that_has_ended_cannot_be_stopped(account: Account, worker: Worker) -> None:
    execution = started(account, worker)
    worker.end(execution, "Succeeded")
    with pytest.raises(ClientError, match="its status is Succeeded") as error:
        account.client("sagemaker").stop_pipeline_execution(PipelineExecutionArn=execution)
    assert code_of(error) == "ValidationException"
    assert status_of(account, execution) == "Succeeded"


@pytest.mark.parametrize(
    "action",
    [
        "stop_pipeline_execution",
        "list_pipeline_execution_steps",
        "describe_pipeline_execution",
        "describe_pipeline_definition_for_execution",
        "list_pipeline_parameters_for_execution",
    ],
)
def test_an_execution_of_nobody_or_of_another_account_is_not_found(
    account: Account, other_account: Account, action: str
) -> None:
    create_pipeline(account)
    execution = start(account)
    create_pipeline(other_account)
    theirs = other_account.arn("sagemaker", f"pipeline/{TRAIN}/execution/none")
    for arn in (execution, theirs):
        with pytest.raises(ClientError) as error:
            getattr(other_account.client("sagemaker"), action)(PipelineExecutionArn=arn)
        assert code_of(error) == "ResourceNotFound"


def test_a_pipeline_that_does_not_exist_is_not_found(account: Account) -> None:
    sagemaker = account.client("sagemaker")
    for ask in (sagemaker.describe_pipeline, sagemaker.start_pipeline_execution, sagemaker.list_pipeline_executions):
        with pytest.raises(ClientError) as error:
            ask(PipelineName="none")
        assert code_of(error) == "ResourceNotFound"


def test_a_retry_is_refused_by_name(account: Account, worker: Worker) -> None:
    execution = started(account, worker)
    worker.end(execution, "Failed")
    with pytest.raises(ClientError, match="retry_pipeline_execution"):
        account.client("sagemaker").retry_pipeline_execution(PipelineExecutionArn=execution)


def test_steps_are_listed_by_their_start_page_by_page(account: Account, worker: Worker) -> None:
    execution = started(account, worker)
    names = [f"Step{number}" for number in range(5)]
    for second, name in enumerate(names):
        worker.record(execution, "Executing", name, StartTime=f"2026-01-01T00:00:0{second // 2}Z")
    pages = account.client("sagemaker").get_paginator("list_pipeline_execution_steps")
    for order, expected in (("Ascending", names), ("Descending", names[::-1])):
        listed = list(pages.paginate(PipelineExecutionArn=execution, SortOrder=order, PaginationConfig={"PageSize": 2}))
        assert [len(page["PipelineExecutionSteps"]) for page in listed] == [2, 2, 1]
        assert [step["StepName"] for page in listed for step in page["PipelineExecutionSteps"]] == expected
    assert [step["StepName"] for step in steps_of(account, execution)] == names[::-1]


def test_a_page_that_cannot_be_is_refused(account: Account, worker: Worker) -> None:
    execution = started(account, worker)
    for given in ({"NextToken": "bm9uZQ=="}, {"NextToken": "?"}, {"MaxResults": 101}):
        with pytest.raises(ClientError) as error:
            steps_of(account, execution, **given)
        assert code_of(error) == "ValidationException"


def test_executions_are_listed_newest_first_page_by_page(account: Account) -> None:
    create_pipeline(account)
    executions = [start(account) for _ in range(3)]
    sagemaker = account.client("sagemaker")

    def arns(page: dict[str, Any]) -> list[str]:
        return [each["PipelineExecutionArn"] for each in page["PipelineExecutionSummaries"]]

    first = sagemaker.list_pipeline_executions(PipelineName=TRAIN, MaxResults=2)
    executions.append(start(account))
    second = sagemaker.list_pipeline_executions(PipelineName=TRAIN, MaxResults=2, NextToken=first["NextToken"])
    assert arns(first) + arns(second) == executions[2::-1]
    assert "NextToken" not in second
    assert "NextToken" not in sagemaker.list_pipeline_executions(PipelineName=TRAIN, MaxResults=len(executions))
    oldest_first = sagemaker.list_pipeline_executions(PipelineName=TRAIN, SortOrder="Ascending")
    assert arns(oldest_first) == executions
    by_arn = sagemaker.list_pipeline_executions(
        PipelineName=TRAIN, SortBy="PipelineExecutionArn", SortOrder="Ascending"
    )
    assert arns(by_arn) == sorted(executions)


def test_executions_are_listed_by_when_they_started(account: Account) -> None:
    create_pipeline(account)
    start(account)
    sagemaker = account.client("sagemaker")

    def count(**period: str) -> int:
        return len(sagemaker.list_pipeline_executions(PipelineName=TRAIN, **period)["PipelineExecutionSummaries"])

    assert (count(CreatedAfter="2020-01-01"), count(CreatedBefore="2020-01-01")) == (1, 0)


def callback(execution: str, worker: Worker, token: str, status: str = "Executing") -> None:
    worker.record(execution, status, "Approve", Metadata={"Callback": {"CallbackToken": token, "SqsQueueUrl": "q"}})


def test_answers_to_callback_steps_reach_the_worker_once(account: Account, worker: Worker) -> None:
    execution = started(account, worker)
    callback(execution, worker, "token-0001")
    sagemaker = account.client("sagemaker")
    outputs = [{"Name": "approved", "Value": "yes"}]
    answer = sagemaker.send_pipeline_execution_step_success(CallbackToken="token-0001", OutputParameters=outputs)
    assert answer["PipelineExecutionArn"] == execution
    with pytest.raises(ClientError, match="has been answered"):
        sagemaker.send_pipeline_execution_step_failure(CallbackToken="token-0001")
    assert worker.take()["callbacks"] == [{"token": "token-0001", "status": "Success", "outputs": outputs}]
    assert worker.take()["callbacks"] == []
    callback(execution, worker, "token-0002")
    sagemaker.send_pipeline_execution_step_failure(CallbackToken="token-0002", FailureReason="too old")
    failure = {"token": "token-0002", "status": "Failure", "outputs": [], "reason": "too old"}
    assert worker.take()["callbacks"] == [failure]


def test_a_token_that_no_step_waits_for_is_not_found(account: Account, other_account: Account, worker: Worker) -> None:
    execution = started(account, worker)
    callback(execution, worker, "token-0001")
    for caller, token in ((account, "token-none"), (other_account, "token-0001")):
        with pytest.raises(ClientError) as error:
            caller.client("sagemaker").send_pipeline_execution_step_success(CallbackToken=token)
        assert code_of(error) == "ResourceNotFound"
    callback(execution, worker, "token-0001", "Succeeded")
    with pytest.raises(ClientError) as error:
        account.client("sagemaker").send_pipeline_execution_step_success(CallbackToken="token-0001")
    assert code_of(error) == "ResourceNotFound"
