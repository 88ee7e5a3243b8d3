"""Versions in the model registry: their numbers, what they keep, how they are found, and what EventBridge is told."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account
from started_pipelines import Bus

GROUP = "mammo-severity-model-package"
IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"
SPECIFICATION: dict[str, Any] = {
    "Containers": [{"Image": IMAGE, "ModelDataUrl": "s3://b/model.tar.gz"}],
    "SupportedContentTypes": ["text/csv"],
    "SupportedResponseMIMETypes": ["text/csv"],
    "SupportedRealtimeInferenceInstanceTypes": ["ml.t2.medium", "ml.m5.xlarge"],
    "SupportedTransformInstanceTypes": ["ml.m5.xlarge"],
}

DIGEST = f"sha256:{hashlib.sha256(b'sagemaker-xgboost:3.0-5').hexdigest()}"
REGISTERED = {**SPECIFICATION, "Containers": [{**SPECIFICATION["Containers"][0], "ImageDigest": DIGEST}]}


def file(name: str) -> dict[str, str]:
    return {"ContentType": "application/json", "S3Uri": f"s3://b/{name}.json"}


METRICS = {
    "ModelQuality": {"Statistics": file("evaluation")},
    "ModelDataQuality": {"Statistics": file("statistics"), "Constraints": file("constraints")},
}
BASELINES = {"ModelDataQuality": {"Statistics": file("statistics"), "Constraints": file("constraints")}}


def create_group(account: Account) -> None:
    account.client("sagemaker").create_model_package_group(ModelPackageGroupName=GROUP)


def register(account: Account, **given: Any) -> str:
    answer = account.client("sagemaker").create_model_package(ModelPackageGroupName=GROUP, **given)
    return str(answer["ModelPackageArn"])


def describe(account: Account, arn: str) -> dict[str, Any]:
    return dict(account.client("sagemaker").describe_model_package(ModelPackageName=arn))


def version_arn(account: Account, version: int) -> str:
    return account.arn("sagemaker", f"model-package/{GROUP}/{version}")


def test_a_number_is_never_given_twice(account: Account) -> None:
    create_group(account)
    first, second, third = (register(account) for _ in range(3))
    assert [first, second, third] == [version_arn(account, number) for number in (1, 2, 3)]
    sagemaker = account.client("sagemaker")
    for arn in (first, third):
        sagemaker.delete_model_package(ModelPackageName=arn)
        with pytest.raises(ClientError, match="not found"):
            describe(account, arn)
    assert register(account) == version_arn(account, 4)
    assert describe(account, second)["ModelPackageVersion"] == 2


def test_a_group_is_deleted_after_its_last_version(account: Account) -> None:
    create_group(account)
    arn, sagemaker = register(account), account.client("sagemaker")
    sagemaker.delete_model_package(ModelPackageName=arn)
    with pytest.raises(ClientError, match="not found"):
        sagemaker.delete_model_package(ModelPackageName=arn)
    sagemaker.delete_model_package_group(ModelPackageGroupName=GROUP)


def test_a_version_keeps_what_it_was_registered_with(account: Account) -> None:
    create_group(account)
    properties = {"GeneratedBy": account.arn("sagemaker", "pipeline/p/execution/e")}
    given = {
        "InferenceSpecification": SPECIFICATION,
        "ModelMetrics": METRICS,
        "DriftCheckBaselines": BASELINES,
        "MetadataProperties": properties,
        "CustomerMetadataProperties": {"rows": "820"},
        "ModelPackageDescription": "trained on part 1",
    }
    package = describe(account, register(account, **given))
    assert {name: package[name] for name in given} == {**given, "InferenceSpecification": REGISTERED}
    assert (package["ModelPackageGroupName"], package["ModelPackageVersion"]) == (GROUP, 1)
    assert package["ModelPackageStatus"] == "Completed"
    assert package["ModelApprovalStatus"] == "PendingManualApproval"


def test_a_client_token_registers_one_version(account: Account) -> None:
    create_group(account)
    assert register(account, ClientToken="once") == register(account, ClientToken="once") == version_arn(account, 1)
    assert register(account, ClientToken="again") == version_arn(account, 2)


def test_the_name_of_a_group_is_no_name_of_a_package(account: Account) -> None:
    create_group(account)
    register(account)
    sagemaker = account.client("sagemaker")
    with pytest.raises(ClientError, match="not found"):
        sagemaker.describe_model_package(ModelPackageName=GROUP)
    arn = sagemaker.create_model_package(ModelPackageName=GROUP)["ModelPackageArn"]
    register(account)
    assert sagemaker.describe_model_package(ModelPackageName=GROUP)["ModelPackageArn"] == arn


def test_an_update_changes_only_what_it_names(account: Account) -> None:
    create_group(account)
    arn = register(account, CustomerMetadataProperties={"rows": "820", "seed": "200"})
    sagemaker = account.client("sagemaker")
    sagemaker.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved", ApprovalDescription="AUC 0.9")
    sagemaker.update_model_package(ModelPackageArn=arn, CustomerMetadataPropertiesToRemove=["seed"])
    sagemaker.update_model_package(ModelPackageArn=arn, InferenceSpecification=SPECIFICATION)
    package = describe(account, arn)
    assert (package["ModelApprovalStatus"], package["ApprovalDescription"]) == ("Approved", "AUC 0.9")
    assert package["CustomerMetadataProperties"] == {"rows": "820"}
    assert package["InferenceSpecification"] == REGISTERED
    assert package["LastModifiedTime"] > package["CreationTime"]


def test_versions_are_listed_by_approval_and_time_page_by_page(account: Account) -> None:
    create_group(account)
    arns = [register(account) for _ in range(5)]
    sagemaker = account.client("sagemaker")
    for arn in arns[1:]:
        sagemaker.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved")
    pages = list(
        sagemaker.get_paginator("list_model_packages").paginate(
            ModelPackageGroupName=GROUP,
            ModelApprovalStatus="Approved",
            SortBy="CreationTime",
            SortOrder="Descending",
            PaginationConfig={"PageSize": 3},
        )
    )
    assert [len(page["ModelPackageSummaryList"]) for page in pages] == [3, 1]
    listed = [each for page in pages for each in page["ModelPackageSummaryList"]]
    assert [each["ModelPackageArn"] for each in listed] == arns[:0:-1]
    assert [each["ModelPackageVersion"] for each in listed] == [5, 4, 3, 2]
    assert {each["ModelApprovalStatus"] for each in listed} == {"Approved"}


def test_registration_and_approval_are_told_in_the_documented_shape(account: Account) -> None:
    create_group(account)
    bus = Bus(account)
    arn = register(account, InferenceSpecification=SPECIFICATION, ModelMetrics=METRICS)
    sagemaker = account.client("sagemaker")
    sagemaker.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved", ApprovalDescription="good")
    registered, approved = bus.events()
    for event in (registered, approved):
        assert event["source"] == "aws.sagemaker"
        assert event["detail-type"] == "SageMaker Model Package State Change"
        assert event["resources"] == [arn]
        assert event["account"] == account.id
    detail = registered["detail"]
    created = detail.pop("CreationTime")
    assert detail == {
        "ModelPackageGroupName": GROUP,
        "ModelPackageVersion": 1,
        "ModelPackageArn": arn,
        "InferenceSpecification": REGISTERED,
        "ModelPackageStatus": "Completed",
        "ModelPackageStatusDetails": {"ValidationStatuses": [], "ImageScanStatuses": []},
        "CertifyForMarketplace": False,
        "ModelApprovalStatus": "PendingManualApproval",
        "ModelMetrics": METRICS,
        "LastModifiedTime": created,
    }
    changed = approved["detail"]
    assert (changed["ModelApprovalStatus"], changed["ApprovalDescription"]) == ("Approved", "good")
    assert changed["UpdatedModelPackageFields"] == ["ModelApprovalStatus", "ApprovalDescription"]
    assert changed["CreationTime"] == created < changed["LastModifiedTime"]


def test_two_approvals_are_two_events(account: Account) -> None:
    create_group(account)
    arn, bus = register(account), Bus(account)
    for status in ("Approved", "Rejected", "Approved"):
        account.client("sagemaker").update_model_package(ModelPackageArn=arn, ModelApprovalStatus=status)
    events = bus.events()
    assert [event["detail"]["ModelApprovalStatus"] for event in events] == ["Approved", "Rejected", "Approved"]
    assert len({event["id"] for event in events}) == 3
