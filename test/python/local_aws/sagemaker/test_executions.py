"""Executions of pipelines as they are started."""

from __future__ import annotations

import json
from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from delivery_estate import STOP, TRAIN, create_pipeline, executions
from local_account import REGION, Account


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


PARAMETERS = [
    {"Name": "Text", "Type": "String"},
    {"Name": "Count", "Type": "Integer", "DefaultValue": 1},
    {"Name": "Rate", "Type": "Float", "DefaultValue": 0.5},
    {"Name": "Flag", "Type": "Boolean", "DefaultValue": True},
    {"Name": "Size", "Type": "String", "DefaultValue": "small", "EnumValues": ["small", "large"]},
]


def refusal(account: Account, **given: Any) -> str:
    """Of a client that checks nothing by itself, as those of most languages."""
    unchecked = Config(parameter_validation=False)
    sagemaker = boto3.client(
        "sagemaker", endpoint_url=account.endpoint, region_name=REGION, config=unchecked, **account.credentials
    )
    with pytest.raises(ClientError) as caught:
        sagemaker.start_pipeline_execution(PipelineName=TRAIN, **given)
    assert caught.value.response["Error"]["Code"] == "ValidationException"
    assert executions(account) == []
    return str(caught.value.response["Error"]["Message"])


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("Misspelt", "x", "Unknown parameter 'Misspelt'"),
        # https://github.com/aws/sagemaker-python-sdk/issues/4016
        ("Text", "", '[string "" is too short (length: 0, required minimum: 1)] (Text)'),
        ("Count", "", '[string "" is too short (length: 0, required minimum: 1)] (Count)'),
        *(
            (name, value, f"Unexpected type for parameter '{name}'. Expected {kind} but found '{value}'.")
            for name, kind, values in (
                ("Count", "Integer", ("many", "1.5", "1e3", " 1", "9007199254740992")),
                ("Rate", "Float", ("NaN", "Infinity", "-inf", "1e999", "1_0", "half")),
                ("Flag", "Boolean", ("yes", "1")),
            )
            for value in values
        ),
        ("Size", "huge", '[instance value ("huge") not found in enum (possible values: ["small", "large"])] (Size)'),
    ],
)
def test_a_parameter_that_sagemaker_would_not_take_starts_nothing(
    account: Account, name: str, value: str, message: str
) -> None:
    create_pipeline(account, PARAMETERS)
    given = [{"Name": "Text", "Value": "t"}] if name != "Text" else []
    assert refusal(account, PipelineParameters=[*given, {"Name": name, "Value": value}]) == message


def test_a_parameter_without_a_value_starts_nothing(account: Account) -> None:
    create_pipeline(account, PARAMETERS)
    assert refusal(account) == "Parameter 'Text' is undefined."


def test_parameters_of_every_type_are_taken(account: Account) -> None:
    create_pipeline(account, PARAMETERS)
    values = {"Text": "t", "Count": "-7", "Rate": "1e-3", "Flag": "False", "Size": "large"}
    assert start(account, PipelineParameters=[{"Name": name, "Value": value} for name, value in values.items()])


def test_nothing_starts_with_a_name_a_description_or_a_number_of_parameters_that_sagemaker_refuses(
    account: Account,
) -> None:
    create_pipeline(account)
    must = "failed to satisfy constraint: Member must"
    pattern = "[a-zA-Z0-9](-*[a-zA-Z0-9]){0,81}"
    assert refusal(account, PipelineExecutionDisplayName="my run_2") == (
        f"1 validation error detected: Value 'my run_2' at 'pipelineExecutionDisplayName' {must} satisfy "
        f"regular expression pattern: {pattern}"
    )
    empty = f"Value '' at 'pipelineExecutionDisplayName' {must}"
    assert refusal(account, PipelineExecutionDisplayName="") == (
        f"2 validation errors detected: {empty} have length greater than or equal to 1; "
        f"{empty} satisfy regular expression pattern: {pattern}"
    )
    assert f"{must} have length less than or equal to 82" in refusal(account, PipelineExecutionDisplayName="a" * 83)
    assert f"at 'pipelineExecutionDescription' {must} have length less than or equal to 3072" in refusal(
        account, PipelineExecutionDescription="d" * 3073
    )
    assert f"at 'parallelismConfiguration.maxParallelExecutionSteps' {must} have value greater than or equal to 1" in (
        refusal(account, ParallelismConfiguration={"MaxParallelExecutionSteps": 0})
    )
    assert f"at 'pipelineParameters.1.member.value' {must} have length less than or equal to 1024" in refusal(
        account, PipelineParameters=[{"Name": "A", "Value": "v" * 1025}]
    )
    assert f"at 'pipelineParameters.1.member.value' {must} not be null" in refusal(
        account, PipelineParameters=[{"Name": "A"}]
    )
    assert f"at 'clientRequestToken' {must} have length greater than or equal to 32" in refusal(
        account, ClientRequestToken="short"
    )


def test_an_execution_keeps_the_definition_it_was_started_with(account: Account) -> None:
    create_pipeline(account)
    execution = start(account)
    sagemaker = account.client("sagemaker")
    changed = json.dumps({"Version": "2020-12-01", "Parameters": [], "Steps": [{**STOP, "Name": "New"}]})
    sagemaker.update_pipeline(PipelineName=TRAIN, PipelineDefinition=changed)
    kept = sagemaker.describe_pipeline_definition_for_execution(PipelineExecutionArn=execution)
    assert json.loads(kept["PipelineDefinition"])["Steps"] == [STOP]
