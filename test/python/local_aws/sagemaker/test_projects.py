"""Projects by either route, and code repositories."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from catalogs import Catalog, until
from local_account import Account

TEMPLATE = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Parameters": {
        "SageMakerProjectName": {"Type": "String"},
        "SageMakerProjectId": {"Type": "String"},
        "Owner": {"Type": "String", "Default": "nobody"},
    },
    "Resources": {
        "Bucket": {
            "Type": "AWS::S3::Bucket",
            "Properties": {"BucketName": {"Fn::Sub": "${SageMakerProjectName}-${Owner}-${SageMakerProjectId}"}},
        }
    },
    "Outputs": {"Bucket": {"Value": {"Ref": "Bucket"}}},
}
RESTING = ("CreateCompleted", "CreateFailed", "UpdateCompleted", "UpdateFailed", "DeleteCompleted", "DeleteFailed")


@pytest.fixture
def catalog(account: Account) -> Catalog:
    return Catalog(account, template=TEMPLATE).create()


def refused(code: str, call: Any, **parameters: Any) -> str:
    with pytest.raises(ClientError) as refusal:
        call(**parameters)
    assert refusal.value.response["Error"]["Code"] == code
    return str(refusal.value.response["Error"]["Message"])


def at_rest(account: Account, name: str = "churn") -> dict[str, Any]:
    def look() -> dict[str, Any]:
        return dict(account.client("sagemaker").describe_project(ProjectName=name))

    return until(look, lambda told: told["ProjectStatus"] in RESTING)


def by_catalog(catalog: Catalog, name: str = "churn", **more: Any) -> dict[str, Any]:
    catalog.account.client("sagemaker").create_project(
        ProjectName=name, ServiceCatalogProvisioningDetails={"ProductId": catalog.product, **more}
    )
    return at_rest(catalog.account, name)


def buckets(account: Account) -> list[str]:
    return [each["Name"] for each in account.client("s3").list_buckets()["Buckets"]]


def test_a_project_of_the_catalog_is_its_newest_version_with_name_and_id(catalog: Catalog) -> None:
    catalog.let_in().launch_as(catalog.role("launch"))
    told = by_catalog(catalog, ProvisioningParameters=[{"Key": "Owner", "Value": "us"}])
    assert told["ProjectStatus"] == "CreateCompleted", told
    key = told["ProjectId"]
    assert f"churn-us-{key}" in buckets(catalog.account)
    assert told["ServiceCatalogProvisioningDetails"]["ProvisioningArtifactId"] == catalog.artifact
    provisioned = told["ServiceCatalogProvisionedProductDetails"]["ProvisionedProductId"]
    detail = catalog.client.describe_provisioned_product(Id=provisioned)["ProvisionedProductDetail"]
    assert (detail["Name"], detail["Status"]) == (f"churn-{key}", "AVAILABLE")
    (stack,) = catalog.account.client("cloudformation").describe_stacks()["Stacks"]
    assert stack["StackName"] == f"SC-{catalog.account.id}-{provisioned}"
    tags = {each["Key"]: each["Value"] for each in stack["Tags"]}
    assert tags == {"sagemaker:project-name": "churn", "sagemaker:project-id": key}


def test_a_project_of_a_template_in_s3_is_a_stack_by_the_role_that_is_passed(catalog: Catalog) -> None:
    role = catalog.role("project", "cloudformation.amazonaws.com")
    sagemaker = catalog.account.client("sagemaker")
    provider = {"TemplateName": "jenkins", "TemplateURL": catalog.upload(TEMPLATE), "RoleARN": role}
    made = sagemaker.create_project(
        ProjectName="churn",
        TemplateProviders=[{"CfnTemplateProvider": {**provider, "Parameters": [{"Key": "Owner", "Value": "us"}]}}],
        Tags=[{"Key": "team", "Value": "us"}],
    )
    told = at_rest(catalog.account)
    assert told["ProjectStatus"] == "CreateCompleted", told
    detail = told["TemplateProviderDetails"][0]["CfnTemplateProviderDetail"]
    stack = catalog.account.client("cloudformation").describe_stacks()["Stacks"][0]
    assert detail["StackDetail"]["Id"] == stack["StackId"]
    assert (stack["StackName"][:3], stack["RoleARN"]) == ("SP-", role)
    assert f"churn-us-{made['ProjectId']}" in buckets(catalog.account)
    assert sagemaker.list_tags(ResourceArn=made["ProjectArn"])["Tags"] == [{"Key": "team", "Value": "us"}]
    sagemaker.delete_project(ProjectName="churn")
    assert at_rest(catalog.account)["ProjectStatus"] == "DeleteCompleted"
    assert f"churn-us-{made['ProjectId']}" not in buckets(catalog.account)


def test_an_update_keeps_the_parameters_that_it_does_not_name(catalog: Catalog) -> None:
    told = by_catalog(catalog.let_in(), ProvisioningParameters=[{"Key": "Owner", "Value": "us"}])
    second = {**TEMPLATE, "Outputs": {"Owner": {"Value": {"Ref": "Owner"}}}}
    artifact = catalog.client.create_provisioning_artifact(
        ProductId=catalog.product,
        Parameters={"Name": "2", "Info": {"LoadTemplateFromURL": catalog.upload(second, "2.json")}},
    )["ProvisioningArtifactDetail"]["Id"]
    sagemaker = catalog.account.client("sagemaker")
    sagemaker.update_project(
        ProjectName="churn", ServiceCatalogProvisioningUpdateDetails={"ProvisioningArtifactId": artifact}
    )
    updated = at_rest(catalog.account)
    assert updated["ProjectStatus"] == "UpdateCompleted", updated
    details = updated["ServiceCatalogProvisioningDetails"]
    assert details["ProvisioningArtifactId"] == artifact
    assert details["ProvisioningParameters"] == [{"Key": "Owner", "Value": "us"}]
    key = told["ServiceCatalogProvisionedProductDetails"]["ProvisionedProductId"]
    outputs = catalog.client.get_provisioned_product_outputs(ProvisionedProductId=key)["Outputs"]
    assert {"OutputKey": "Owner", "OutputValue": "us"} in outputs
    sagemaker.update_project(ProjectName="churn", ProjectDescription="who leaves")
    described = at_rest(catalog.account)
    assert (described["ProjectStatus"], described["ProjectDescription"]) == ("UpdateCompleted", "who leaves")


def test_what_a_project_fails_of_is_told(catalog: Catalog) -> None:
    told = by_catalog(catalog)
    assert told["ProjectStatus"] == "CreateFailed"
    message = told["ServiceCatalogProvisionedProductDetails"]["ProvisionedProductStatusMessage"]
    assert message == f"No launch paths found for resource: {catalog.product}"


def test_a_project_fails_of_what_its_stack_fails_of(catalog: Catalog) -> None:
    provider = {"TemplateName": "bad", "TemplateURL": catalog.upload({**TEMPLATE, "Parameters": {}}, "bad.json")}
    sagemaker = catalog.account.client("sagemaker")
    sagemaker.create_project(ProjectName="churn", TemplateProviders=[{"CfnTemplateProvider": provider}])
    told = at_rest(catalog.account)
    assert told["ProjectStatus"] == "CreateFailed"
    assert told["TemplateProviderDetails"][0]["CfnTemplateProviderDetail"]["StackDetail"]["StatusMessage"]


def test_a_deleted_project_takes_its_stack_with_it_and_leaves_its_name(catalog: Catalog) -> None:
    first = by_catalog(catalog.let_in())["ProjectId"]
    sagemaker = catalog.account.client("sagemaker")
    details = {"ProductId": catalog.product}
    message = refused(
        "ValidationException",
        sagemaker.create_project,
        ProjectName="churn",
        ServiceCatalogProvisioningDetails=details,
    )
    assert message == "Project churn already exists"
    sagemaker.delete_project(ProjectName="churn")
    assert at_rest(catalog.account)["ProjectStatus"] == "DeleteCompleted"
    assert not [each for each in buckets(catalog.account) if each.startswith("churn")]
    assert catalog.client.scan_provisioned_products()["ProvisionedProducts"] == []
    refused("ValidationException", sagemaker.delete_project, ProjectName="churn")
    assert by_catalog(catalog)["ProjectId"] != first


@pytest.mark.parametrize("name", ["x" * 33, "-churn", "churn-", "churn_1"])
def test_names_are_those_that_aws_takes(account: Account, name: str) -> None:
    call = account.client("sagemaker").create_project
    details = {"ProductId": "prod-0000000000000"}
    message = refused("ValidationException", call, ProjectName=name, ServiceCatalogProvisioningDetails=details)
    assert f"Value '{name}' at 'projectName' failed to satisfy constraint" in message


def test_a_project_has_one_route(account: Account) -> None:
    call = account.client("sagemaker").create_project
    assert "either" in refused("ValidationException", call, ProjectName="churn")


def test_projects_are_listed(catalog: Catalog) -> None:
    by_catalog(catalog.let_in(), "churn-b")
    by_catalog(catalog, "fraud-a")
    sagemaker = catalog.account.client("sagemaker")
    listed = sagemaker.list_projects(SortBy="Name", SortOrder="Descending")["ProjectSummaryList"]
    assert [each["ProjectName"] for each in listed] == ["fraud-a", "churn-b"]
    assert [each["ProjectName"] for each in sagemaker.list_projects(NameContains="churn")["ProjectSummaryList"]] == [
        "churn-b"
    ]
    refused("ValidationException", sagemaker.describe_project, ProjectName="other")


def test_code_repositories_are_made_changed_and_taken_away(account: Account) -> None:
    sagemaker = account.client("sagemaker")
    git = {"RepositoryUrl": "https://github.com/acme/churn-build", "Branch": "main"}
    given = {"CodeRepositoryName": "churn-build", "GitConfig": git}
    arn = sagemaker.create_code_repository(**given, Tags=[{"Key": "a", "Value": "b"}])["CodeRepositoryArn"]
    assert arn == account.arn("sagemaker", "code-repository/churn-build")
    assert sagemaker.describe_code_repository(CodeRepositoryName="churn-build")["GitConfig"] == git
    sagemaker.add_tags(ResourceArn=arn, Tags=[{"Key": "a", "Value": "c"}])
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == [{"Key": "a", "Value": "c"}]
    assert len(sagemaker.list_code_repositories()["CodeRepositorySummaryList"]) == 1
    assert "already existing" in refused("ValidationException", sagemaker.create_code_repository, **given)
    url = {"RepositoryUrl": "github.com/acme/churn"}
    call = sagemaker.create_code_repository
    refused("ValidationException", call, CodeRepositoryName="bad--", GitConfig=url)
    sagemaker.delete_code_repository(CodeRepositoryName="churn-build")
    assert "Cannot find" in refused(
        "ValidationException", sagemaker.describe_code_repository, CodeRepositoryName="churn-build"
    )


def test_the_portfolio_status_is_kept(account: Account) -> None:
    sagemaker = account.client("sagemaker")
    assert sagemaker.get_sagemaker_servicecatalog_portfolio_status()["Status"] == "Disabled"
    sagemaker.enable_sagemaker_servicecatalog_portfolio()
    assert sagemaker.get_sagemaker_servicecatalog_portfolio_status()["Status"] == "Enabled"
