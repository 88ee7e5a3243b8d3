"""A model registry used from other accounts."""

from __future__ import annotations

import json

import pytest
from botocore.exceptions import ClientError
from delivery_estate import allow, policy
from local_account import Account

GROUP = "mammo-severity-model-package"


def share(registry: Account, workload: Account, *actions: str, role: str) -> str:
    sagemaker = registry.client("sagemaker")
    arn = str(sagemaker.create_model_package_group(ModelPackageGroupName=GROUP)["ModelPackageGroupArn"])
    packages = registry.arn("sagemaker", f"model-package/{GROUP}/*")
    by_role = {"StringEquals": {"aws:PrincipalArn": f"arn:aws:iam::{workload.id}:role/{role}"}}
    root = {"AWS": f"arn:aws:iam::{workload.id}:root"}
    statements = [allow(root, action, resource, **by_role) for action in actions for resource in (arn, packages)]
    sagemaker.put_model_package_group_policy(ModelPackageGroupName=GROUP, ResourcePolicy=policy(*statements))
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


def test_a_policy_may_keep_a_workload_account_from_approving(account: Account, other_account: Account) -> None:
    workload = Account(account.endpoint, account.id, "sagemaker-execution-role")
    actions = ("CreateModelPackage", "UpdateModelPackage")
    group = share(other_account, workload, *(f"sagemaker:{action}" for action in actions), role=workload.role)
    registry = other_account.client("sagemaker")
    shared = json.loads(registry.get_model_package_group_policy(ModelPackageGroupName=GROUP)["ResourcePolicy"])
    deny = {
        "Effect": "Deny",
        "Principal": {"AWS": f"arn:aws:iam::{workload.id}:root"},
        "Action": [f"sagemaker:{action}" for action in actions],
        "Resource": "*",
        "Condition": {"StringNotEquals": {"sagemaker:ModelApprovalStatus": "PendingManualApproval"}},
    }
    shared["Statement"].append(deny)
    registry.put_model_package_group_policy(ModelPackageGroupName=GROUP, ResourcePolicy=json.dumps(shared))
    sagemaker = workload.client("sagemaker")
    with pytest.raises(ClientError, match="AccessDeniedException"):
        sagemaker.create_model_package(ModelPackageGroupName=group, ModelApprovalStatus="Approved")
    package = sagemaker.create_model_package(ModelPackageGroupName=group, ModelApprovalStatus="PendingManualApproval")
    arn = package["ModelPackageArn"]
    with pytest.raises(ClientError, match="AccessDeniedException"):
        sagemaker.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved")
    registry.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved")


@pytest.mark.parametrize(("role", "action"), [("stranger", "CreateModelPackage"), ("worker", "ListModelPackages")])
def test_whom_the_group_policy_does_not_name_is_denied(
    account: Account, other_account: Account, role: str, action: str
) -> None:
    workload = Account(account.endpoint, account.id, role)
    group = share(other_account, workload, f"sagemaker:{action}", role="worker")
    with pytest.raises(ClientError) as error:
        workload.client("sagemaker").create_model_package(ModelPackageGroupName=group)
    assert error.value.response["Error"]["Code"] == "AccessDeniedException"
