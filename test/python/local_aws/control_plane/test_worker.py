"""What local SageMaker hands to the worker that runs pipelines, and what it makes of its reports."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from delivery_estate import STOP, TRAIN, create_pipeline
from local_account import Account
from started_pipelines import Bus, describe, start, status_of, steps_of
from worker_client import RefusedError, Worker, post


def taken(worker: Worker, account: Account) -> list[dict[str, Any]]:
    return [each for each in worker.take()["executions"] if each["account"] == account.id]


def test_an_execution_is_handed_out_once_with_all_it_takes_to_run_it(account: Account, worker: Worker) -> None:
    pipeline = create_pipeline(account, [{"Name": "Rows", "Type": "Integer"}])
    parameters = [{"Name": "Rows", "Value": "7"}]
    execution = start(account, PipelineParameters=parameters, ParallelismConfiguration={"MaxParallelExecutionSteps": 3})
    changed = json.dumps({"Version": "2020-12-01", "Parameters": [], "Steps": [{**STOP, "Name": "New"}]})
    other_role = f"arn:aws:iam::{account.id}:role/another"
    account.client("sagemaker").update_pipeline(PipelineName=TRAIN, PipelineDefinition=changed, RoleArn=other_role)
    (work,) = taken(worker, account)
    assert json.loads(work.pop("definition"))["Steps"] == [STOP]
    assert work.pop("startTime").endswith("Z")
    assert work == {
        "executionArn": execution,
        "pipelineArn": pipeline,
        "pipelineName": TRAIN,
        "roleArn": f"arn:aws:iam::{account.id}:role/sagemaker-execution-role",
        "account": account.id,
        "region": "us-east-1",
        "parameters": parameters,
        "maxParallelSteps": 3,
        "selectedSteps": None,
        "reusedResults": {},
    }
    assert taken(worker, account) == []


def test_whoever_awaits_work_is_told_of_it_and_takes_none(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    worker.take()
    with ThreadPoolExecutor() as pool:
        told = pool.submit(worker.call, "AwaitWork")
        execution = start(account)
        assert told.result() == {}
    assert [each["executionArn"] for each in taken(worker, account)] == [execution]


def test_whoever_awaits_work_is_refused_once_another_has_registered(worker: Worker) -> None:
    def awaits_for_ever() -> None:
        while True:
            worker.call("AwaitWork")

    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(awaits_for_ever)
        Worker(worker.endpoint, f"{worker.name}-next").register()
        with pytest.raises(RefusedError, match="409: Another worker has registered since"):
            waits.result()


def test_the_oldest_execution_comes_first(account: Account, other_account: Account, worker: Worker) -> None:
    create_pipeline(account)
    create_pipeline(other_account)
    started = [start(account), start(other_account), start(account)]
    assert [each["executionArn"] for each in worker.take()["executions"]] == started


def test_a_definition_in_a_bucket_is_handed_out_as_text(account: Account, worker: Worker) -> None:
    text = f'{{"Version": "2020-12-01",  "Parameters": [], "Steps": [{json.dumps(STOP)}]}}'
    account.client("s3").create_bucket(Bucket=f"code-{account.id}")
    account.client("s3").put_object(Bucket=f"code-{account.id}", Key="pipeline.json", Body=text)
    sagemaker = account.client("sagemaker")
    location = {"Bucket": f"code-{account.id}", "ObjectKey": "pipeline.json"}
    role = f"arn:aws:iam::{account.id}:role/r"
    sagemaker.create_pipeline(PipelineName="p", PipelineDefinitionS3Location=location, RoleArn=role)
    start(account, "p")
    assert taken(worker, account)[0]["definition"] == text
    assert sagemaker.describe_pipeline(PipelineName="p")["PipelineDefinition"] == text


def test_the_execution_of_a_deleted_pipeline_is_not_handed_out(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    start(account)
    account.client("sagemaker").delete_pipeline(PipelineName=TRAIN, ClientRequestToken="0" * 32)
    create_pipeline(account)
    assert taken(worker, account) == []


def test_what_a_worker_reports_is_shown(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    execution = start(account)
    worker.take()
    job = {"ProcessingJob": {"Arn": account.arn("sagemaker", "processing-job/p")}}
    worker.record(execution, "Executing", Metadata=job, AttemptCount=1)
    assert steps_of(account, execution)[0]["StepStatus"] == "Executing"
    worker.record(execution, "Failed", Metadata=job, EndTime="2026-01-01T00:00:09.250Z", FailureReason="no such file")
    worker.end(execution, "Failed", "Step failure: Preprocess")
    (step,) = steps_of(account, execution)
    assert (step["StepName"], step["StepStatus"], step["FailureReason"]) == ("Preprocess", "Failed", "no such file")
    assert step["Metadata"] == job
    assert (step["EndTime"] - step["StartTime"]).total_seconds() == 9.25
    described = describe(account, execution)
    assert described["PipelineExecutionStatus"] == "Failed"
    assert described["FailureReason"] == "Step failure: Preprocess"
    assert described["LastModifiedTime"] > described["CreationTime"]


def test_statuses_that_passed_are_remembered_in_order(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    execution = start(account)
    worker.take()
    for status in ("Starting", "Executing", "Executing", "Stopping", "Stopped"):
        worker.record(execution, status)
    worker.end(execution, "Stopped")
    answer = post(worker.endpoint, "ExecutionHistory", json.dumps({"executionArn": execution}).encode())
    steps = [(each.get("step", "itself"), each["status"]) for each in answer["history"]]
    passed = [("Preprocess", status) for status in ("Starting", "Executing", "Stopping", "Stopped")]
    assert steps == [("itself", "Executing"), *passed, ("itself", "Stopped")]


def test_a_reason_is_cut_at_the_length_sagemaker_allows(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    execution = start(account)
    worker.take()
    worker.record(execution, "Failed", FailureReason="x" * 5000)
    assert len(steps_of(account, execution)[0]["FailureReason"]) == 1024


def test_what_an_ended_worker_left_fails_with_its_steps(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    running, stopping = start(account), start(account)
    worker.take()
    account.client("sagemaker").stop_pipeline_execution(PipelineExecutionArn=stopping)
    for execution in (running, stopping):
        worker.record(execution, "Succeeded", "Done", EndTime="2026-01-01T00:00:01Z")
        worker.record(execution, "Executing", "Under way")
    waiting, bus = start(account), Bus(account)
    successor = Worker(worker.endpoint, "successor").register()
    reason = "The runner ended while this execution ran"
    assert describe(account, running)["FailureReason"] == reason
    shown = {step["StepName"]: (step["StepStatus"], step.get("FailureReason")) for step in steps_of(account, running)}
    assert shown == {"Done": ("Succeeded", None), "Under way": ("Failed", reason)}
    assert status_of(account, stopping) == "Stopped"
    assert {step["StepName"]: step["StepStatus"] for step in steps_of(account, stopping)}["Under way"] == "Stopped"
    assert [each["executionArn"] for each in taken(successor, account)] == [waiting]
    ended = [each for each in bus.details() if each["pipelineExecutionArn"] == running]
    assert sorted(
        (each.get("currentStepStatus"), each.get("failureReason")) for each in ended if "stepName" in each
    ) == [("Failed", reason)]
    assert [each["currentPipelineExecutionStatus"] for each in ended if "stepName" not in each] == ["Failed"]


def test_a_worker_that_was_superseded_is_refused_everything(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    execution = start(account)
    worker.take()
    Worker(worker.endpoint, "successor").register()
    for report in (worker.take, lambda: worker.record(execution, "Failed"), lambda: worker.end(execution, "Failed")):
        with pytest.raises(RefusedError, match=r"^409: Another worker has registered since"):
            report()


def test_an_end_may_be_said_twice_but_not_changed(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    execution = start(account)
    worker.take()
    worker.end(execution, "Succeeded")
    worker.end(execution, "Succeeded")
    with pytest.raises(RefusedError, match=r"^400: .* has ended: Succeeded"):
        worker.end(execution, "Failed")
    with pytest.raises(RefusedError, match=r"^400: .* has ended: Succeeded"):
        worker.record(execution, "Executing")


@pytest.mark.parametrize(
    ("step", "message"),
    [
        ({"StepStatus": "Dreaming"}, "StepStatus must be one of Executing, .*, got: Dreaming"),
        ({"StepName": ""}, "StepName is missing"),
        ({"StartTime": "noon"}, "StartTime must be an ISO 8601 time, got: noon"),
    ],
)
def test_a_malformed_step_is_refused(account: Account, worker: Worker, step: dict[str, str], message: str) -> None:
    create_pipeline(account)
    execution = start(account)
    worker.take()
    with pytest.raises(RefusedError, match=rf"^400: {message}"):
        worker.call(
            "RecordStep",
            executionArn=execution,
            step={"StepName": "s", "StepStatus": "Executing", "StartTime": "2026-01-01T00:00:00Z", **step},
        )
    assert steps_of(account, execution) == []


def test_an_execution_nobody_took_or_knows_takes_no_reports(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    with pytest.raises(RefusedError, match=r"^400: No worker has taken"):
        worker.end(start(account), "Failed")
    with pytest.raises(RefusedError, match=r"^404: .* does not exist"):
        worker.end(account.arn("sagemaker", "pipeline/p/execution/x"), "Failed")


@pytest.mark.parametrize(
    ("action", "body", "message"),
    [
        ("Fly", b"{}", "404: There is no action POST Fly"),
        ("TakeWork", b"{", "400: The body is no JSON"),
        ("TakeWork", b"[]", "400: The body is no JSON object"),
        ("RegisterWorker", b"{}", "400: worker is missing"),
    ],
)
def test_a_malformed_request_is_refused(endpoint: str, action: str, body: bytes, message: str) -> None:
    with pytest.raises(RefusedError, match=rf"^{message}"):
        post(endpoint, action, body)
