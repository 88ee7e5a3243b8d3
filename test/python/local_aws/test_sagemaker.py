"""SageMaker in local AWS: model package groups, the registry seen from other accounts, pipeline executions."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import allow, create_pipeline, executions, policy
from local_account import Account

GROUP = "mammo-severity-model-package"


def create_group(account: Account) -> str:
    return str(
        account.client("sagemaker").create_model_package_group(ModelPackageGroupName=GROUP)["ModelPackageGroupArn"]
    )


def error_of(error: pytest.ExceptionInfo[ClientError]) -> dict[str, Any]:
    return dict(error.value.response["Error"])


def test_a_group_policy_is_put_read_and_deleted(account: Account) -> None:
    sagemaker, arn = account.client("sagemaker"), create_group(account)
    document = policy(allow({"AWS": ["arn:aws:iam::111111111111:root"]}, "sagemaker:DescribeModelPackageGroup", arn))
    put = sagemaker.put_model_package_group_policy(ModelPackageGroupName=GROUP, ResourcePolicy=document)
    assert put["ModelPackageGroupArn"] == arn
    assert sagemaker.get_model_package_group_policy(ModelPackageGroupName=GROUP)["ResourcePolicy"] == document
    sagemaker.delete_model_package_group_policy(ModelPackageGroupName=GROUP)
    with pytest.raises(ClientError) as error:
        sagemaker.get_model_package_group_policy(ModelPackageGroupName=GROUP)
    assert error_of(error)["Code"] == "ValidationException"
    assert error_of(error)["Message"] == f"Cannot find resource policy for: {arn}"


def test_a_policy_that_is_no_json_is_refused(account: Account) -> None:
    create_group(account)
    with pytest.raises(ClientError, match="Invalid resource policy"):
        account.client("sagemaker").put_model_package_group_policy(ModelPackageGroupName=GROUP, ResourcePolicy="{")


def test_a_group_is_deleted_only_when_it_is_empty(account: Account) -> None:
    sagemaker = account.client("sagemaker")
    create_group(account)
    sagemaker.create_model_package(ModelPackageGroupName=GROUP)
    with pytest.raises(ClientError) as error:
        sagemaker.delete_model_package_group(ModelPackageGroupName=GROUP)
    assert error_of(error)["Code"] == "ConflictException"


def test_a_deleted_group_is_gone_and_a_name_is_taken_once(account: Account) -> None:
    sagemaker = account.client("sagemaker")
    create_group(account)
    with pytest.raises(ClientError, match="already exists"):
        create_group(account)
    sagemaker.delete_model_package_group(ModelPackageGroupName=GROUP)
    with pytest.raises(ClientError, match="does not exist"):
        sagemaker.describe_model_package_group(ModelPackageGroupName=GROUP)
    with pytest.raises(ClientError, match=f"Cannot find Model Package Group: {GROUP}"):
        sagemaker.delete_model_package_group(ModelPackageGroupName=GROUP)


def share(registry: Account, workload: Account, *actions: str, role: str) -> str:
    arn = create_group(registry)
    packages = registry.arn("sagemaker", f"model-package/{GROUP}/*")
    by_role = {"StringEquals": {"aws:PrincipalArn": f"arn:aws:iam::{workload.id}:role/{role}"}}
    root = {"AWS": f"arn:aws:iam::{workload.id}:root"}
    statements = [allow(root, action, resource, **by_role) for action in actions for resource in (arn, packages)]
    registry.client("sagemaker").put_model_package_group_policy(
        ModelPackageGroupName=GROUP, ResourcePolicy=policy(*statements)
    )
    return arn


def test_a_workload_account_registers_and_finds_versions_in_the_registry(
    account: Account, other_account: Account
) -> None:
    workload = Account(account.endpoint, account.id, "sagemaker-execution-role")
    actions = ("CreateModelPackage", "ListModelPackages", "DescribeModelPackage", "UpdateModelPackage")
    group = share(other_account, workload, *(f"sagemaker:{action}" for action in actions), role=workload.role)
    sagemaker = workload.client("sagemaker")
    package = sagemaker.create_model_package(ModelPackageGroupName=group, ModelApprovalStatus="PendingManualApproval")
    arn = package["ModelPackageArn"]
    assert arn == other_account.arn("sagemaker", f"model-package/{GROUP}/1")
    sagemaker.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved")
    found = sagemaker.list_model_packages(ModelPackageGroupName=group, ModelApprovalStatus="Approved")
    assert [each["ModelPackageArn"] for each in found["ModelPackageSummaryList"]] == [arn]
    assert sagemaker.describe_model_package(ModelPackageName=arn)["ModelApprovalStatus"] == "Approved"


@pytest.mark.parametrize(("role", "action"), [("stranger", "CreateModelPackage"), ("worker", "ListModelPackages")])
def test_whom_the_group_policy_does_not_name_is_denied(
    account: Account, other_account: Account, role: str, action: str
) -> None:
    workload = Account(account.endpoint, account.id, role)
    group = share(other_account, workload, f"sagemaker:{action}", role="worker")
    with pytest.raises(ClientError) as error:
        workload.client("sagemaker").create_model_package(ModelPackageGroupName=group)
    assert error_of(error)["Code"] == "AccessDeniedException"


def start(account: Account, **given: Any) -> str:
    pipeline = account.arn("sagemaker", "pipeline/mammo-severity-train-pipeline")
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
    sagemaker.update_pipeline(PipelineName="mammo-severity-train-pipeline", PipelineDefinition=changed)
    kept = sagemaker.describe_pipeline_definition_for_execution(PipelineExecutionArn=execution)
    assert json.loads(kept["PipelineDefinition"])["Steps"] == []
