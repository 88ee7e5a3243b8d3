"""Executions of pipelines as they are started."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import TRAIN, create_pipeline, executions
from local_account import Account


def start(account: Account, **given: Any) -> str:
    pipeline = account.arn("sagemaker", f"pipeline/{TRAIN}")
    return str(
        account.client("sagemaker").start_pipeline_execution(PipelineName=pipeline, **given)["PipelineExecutionArn"]
    )


def test_an_execution_waits_for_a_runner_and_the_newest_is_listed_first(account: Account) -> None:
    create_pipeline(account)
    first, second = start(account), start(account)
    assert [each["PipelineExecutionArn"] for each in executions(account)] == [second, first]
    described = account.client("sagemaker").describe_pipeline_execution(PipelineExecutionArn=first)
    assert described["PipelineExecutionStatus"] == "Executing"
    assert "FailureReason" not in described


def test_a_request_token_starts_one_execution(account: Account) -> None:
    create_pipeline(account)
    token = "a" * 32
    assert start(account, ClientRequestToken=token) == start(account, ClientRequestToken=token)
    assert len(executions(account)) == 1


def test_parameters_must_be_declared_and_have_values(account: Account) -> None:
    create_pipeline(account, [{"Name": "Needed", "Type": "String"}])
    with pytest.raises(ClientError, match=r"\['Needed'\] have no default"):
        start(account)
    with pytest.raises(ClientError, match=r"\['Misspelt'\] are not declared"):
        start(account, PipelineParameters=[{"Name": "Misspelt", "Value": "x"}])
    assert start(account, PipelineParameters=[{"Name": "Needed", "Value": "x"}])


def test_an_execution_keeps_the_definition_it_was_started_with(account: Account) -> None:
    create_pipeline(account)
    execution = start(account)
    sagemaker = account.client("sagemaker")
    changed = json.dumps({"Version": "2020-12-01", "Parameters": [], "Steps": [{"Name": "New"}]})
    sagemaker.update_pipeline(PipelineName=TRAIN, PipelineDefinition=changed)
    kept = sagemaker.describe_pipeline_definition_for_execution(PipelineExecutionArn=execution)
    assert json.loads(kept["PipelineDefinition"])["Steps"] == []
