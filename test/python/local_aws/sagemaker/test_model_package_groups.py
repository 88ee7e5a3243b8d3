"""Model package groups and their resource policies."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import allow, policy
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
