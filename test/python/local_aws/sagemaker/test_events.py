"""
What EventBridge is told of executions and their steps.
https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html
"""

from __future__ import annotations

import json
from datetime import timezone

from delivery_estate import TRAIN, create_pipeline, create_role, create_rule, executions
from local_account import Account
from started_pipelines import Bus, describe, start
from worker_client import Worker


def test_each_status_of_an_execution_is_told_in_the_documented_shape(account: Account, worker: Worker) -> None:
    pipeline, bus = create_pipeline(account), Bus(account)
    execution = start(account, PipelineExecutionDisplayName="nightly", PipelineExecutionDescription="the nightly batch")
    worker.take()
    for _ in range(2):
        account.client("sagemaker").stop_pipeline_execution(PipelineExecutionArn=execution)
    worker.end(execution, "Stopped")
    told = bus.events()
    for event in told:
        assert event["source"] == "aws.sagemaker"
        assert event["detail-type"] == "SageMaker Model Building Pipeline Execution Status Change"
        assert event["account"] == account.id
        assert event["resources"] == [pipeline, execution]
    started = f"{describe(account, execution)['CreationTime'].astimezone(timezone.utc):%Y-%m-%dT%H:%M:%SZ}"
    always = {
        "pipelineExecutionDisplayName": "nightly",
        "pipelineExecutionDescription": "the nightly batch",
        "executionStartTime": started,
        "pipelineArn": pipeline,
        "pipelineExecutionArn": execution,
    }
    ended = told[-1]["detail"].pop("executionEndTime")
    assert ended >= started
    assert [event["detail"] for event in told] == [
        {**always, "currentPipelineExecutionStatus": "Executing"},
        {**always, "currentPipelineExecutionStatus": "Stopping", "previousPipelineExecutionStatus": "Executing"},
        {**always, "currentPipelineExecutionStatus": "Stopped", "previousPipelineExecutionStatus": "Stopping"},
    ]


def test_each_change_of_a_step_is_told_once_in_the_documented_shape(account: Account, worker: Worker) -> None:
    pipeline, bus = create_pipeline(account), Bus(account)
    execution = start(account)
    worker.take()
    bus.events()
    report = account.arn("s3", "report")
    check = {"QualityCheck": {"CheckType": "DATA_QUALITY", "ViolationReport": report, "SkipCheck": False}}
    worker.record(execution, "Starting", "Check", StepType="QualityCheck")
    worker.record(execution, "Executing", "Check", StepType="QualityCheck")
    worker.record(execution, "Executing", "Check", StepType="QualityCheck", AttemptCount=2)
    times = {"StartTime": "2026-01-01T00:00:00.900Z", "EndTime": "2026-01-01T00:01:00.100Z"}
    reason = "CompletedWithViolations: 2 columns"
    worker.record(execution, "Failed", "Check", StepType="QualityCheck", Metadata=check, FailureReason=reason, **times)
    told = bus.events()
    assert {event["detail-type"] for event in told} == {
        "SageMaker Model Building Pipeline Execution Step Status Change"
    }
    assert [event["resources"] for event in told] == [[pipeline, execution]] * 3
    statuses = [(event["detail"].get("previousStepStatus"), event["detail"]["currentStepStatus"]) for event in told]
    assert statuses == [(None, "Starting"), ("Starting", "Executing"), ("Executing", "Failed")]
    assert told[-1]["detail"] == {
        "metadata": {"qualityCheck": {"checkType": "DATA_QUALITY", "violationReport": report, "skipCheck": False}},
        "stepStartTime": "2026-01-01T00:00:00Z",
        "stepEndTime": "2026-01-01T00:01:00Z",
        "stepName": "Check",
        "stepType": "QualityCheck",
        "previousStepStatus": "Executing",
        "currentStepStatus": "Failed",
        "failureReason": reason,
        "pipelineArn": pipeline,
        "pipelineExecutionArn": execution,
    }


def test_a_cache_hit_is_told(account: Account, worker: Worker) -> None:
    create_pipeline(account)
    execution, bus = start(account), Bus(account)
    worker.take()
    metadata = {"EMR": {"ClusterId": "c"}, "Lambda": {"OutputParameters": [{"Name": "a", "Value": "b"}]}}
    hit = {"SourcePipelineExecutionArn": execution}
    worker.record(execution, "Succeeded", CacheHitResult=hit, Metadata=metadata)
    (detail,) = bus.details()
    assert detail["cacheHitResult"] == {"sourcePipelineExecutionArn": execution}
    assert detail["metadata"] == {
        "emr": {"clusterId": "c"},
        "lambda": {"outputParameters": [{"name": "a", "value": "b"}]},
    }


def test_a_failed_step_starts_the_pipeline_a_rule_names_once(account: Account, worker: Worker) -> None:
    pipeline = create_pipeline(account)
    first = start(account)
    worker.take()
    pattern = {"detail": {"pipelineArn": [pipeline], "stepName": ["Check"], "currentStepStatus": ["Failed"]}}
    target = {"Arn": pipeline, "RoleArn": create_role(account)}
    create_rule(account, target, EventPattern=json.dumps(pattern))
    for status in ("Starting", "Executing", "Failed", "Failed"):
        worker.record(first, status, "Check")
    (second,) = [each for each in worker.take()["executions"] if each["account"] == account.id]
    assert second["pipelineName"] == TRAIN
    assert [each["PipelineExecutionArn"] for each in executions(account)] == [second["executionArn"], first]
