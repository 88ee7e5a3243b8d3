"""Who may launch a product, as which role, and what becomes of it."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from catalogs import BUCKET, Catalog
from local_account import Account


@pytest.fixture
def catalog(account: Account) -> Catalog:
    return Catalog(account).create()


def refused(code: str, call: Any, **parameters: Any) -> str:
    with pytest.raises(ClientError) as refusal:
        call(**parameters)
    assert refusal.value.response["Error"]["Code"] == code
    return str(refusal.value.response["Error"]["Message"])


def launched(catalog: Catalog, **parameters: Any) -> dict[str, Any]:
    given = {"ProductId": catalog.product, "ProvisioningArtifactId": catalog.artifact, "ProvisionedProductName": "one"}
    return dict(catalog.client.provision_product(**{**given, **parameters}))


def buckets(catalog: Catalog) -> list[str]:
    return [each["Name"] for each in catalog.account.client("s3").list_buckets()["Buckets"]]


def test_a_product_is_launched_as_the_launch_role_and_is_a_stack(catalog: Catalog) -> None:
    role = catalog.role("launch")
    told = catalog.let_in().launch_as(role).launch("one", Name="seen-" + catalog.account.id)
    record = told["RecordDetail"]
    assert (record["Status"], record["RecordType"], record["LaunchRoleArn"]) == ("SUCCEEDED", "PROVISION_PRODUCT", role)
    outputs = {each["OutputKey"]: each["OutputValue"] for each in told["RecordOutputs"]}
    key = record["ProvisionedProductId"]
    assert outputs["Bucket"] == f"seen-{catalog.account.id}"
    assert f":stack/SC-{catalog.account.id}-{key}/" in outputs["CloudformationStackARN"]
    detail = catalog.client.describe_provisioned_product(Name="one")["ProvisionedProductDetail"]
    assert (detail["Id"], detail["Status"], detail["Type"]) == (key, "AVAILABLE", "CFN_STACK")
    assert detail["LastSuccessfulProvisioningRecordId"] == record["RecordId"]
    assert outputs["Bucket"] in buckets(catalog)


def test_whoever_is_no_principal_of_the_portfolio_has_no_launch_path(catalog: Catalog) -> None:
    assert catalog.client.list_launch_paths(ProductId=catalog.product)["LaunchPathSummaries"] == []
    assert refused("ResourceNotFoundException", launched, catalog=catalog) == (
        f"No launch paths found for resource: {catalog.product}"
    )
    catalog.let_in("arn:aws:iam:::role/Organization*", "IAM_PATTERN")
    (path,) = catalog.client.list_launch_paths(ProductId=catalog.product)["LaunchPathSummaries"]
    assert path["Name"] == "buckets"
    assert catalog.client.search_products()["ProductViewSummaries"][0]["ProductId"] == catalog.product


def test_a_product_outside_of_portfolios_has_no_launch_path(catalog: Catalog) -> None:
    catalog.let_in().client.disassociate_product_from_portfolio(
        ProductId=catalog.product, PortfolioId=catalog.portfolio
    )
    refused("ResourceNotFoundException", launched, catalog=catalog)


def test_of_two_launch_paths_one_is_named(catalog: Catalog) -> None:
    client = catalog.let_in().client
    other = client.create_portfolio(DisplayName="others", ProviderName="mlops")["PortfolioDetail"]["Id"]
    client.associate_product_with_portfolio(ProductId=catalog.product, PortfolioId=other)
    client.associate_principal_with_portfolio(PortfolioId=other, PrincipalARN=catalog.principal, PrincipalType="IAM")
    message = refused("InvalidParametersException", launched, catalog=catalog)
    paths = [each["Id"] for each in client.list_launch_paths(ProductId=catalog.product)["LaunchPathSummaries"]]
    assert all(path in message for path in paths)
    record = launched(
        catalog, PathId=paths[1], ProvisioningParameters=[{"Key": "Name", "Value": f"second-{catalog.account.id}"}]
    )
    assert catalog.ended(record["RecordDetail"])["RecordDetail"]["PathId"] == paths[1]


@pytest.mark.parametrize(
    ("change", "why"),
    [({"Active": False}, "is not active"), ({"Guidance": "DEPRECATED"}, "is deprecated: it is not launched anew")],
)
def test_a_version_that_is_not_offered_is_refused(catalog: Catalog, change: dict[str, Any], why: str) -> None:
    catalog.let_in().client.update_provisioning_artifact(
        ProductId=catalog.product, ProvisioningArtifactId=catalog.artifact, **change
    )
    assert why in refused("InvalidParametersException", launched, catalog=catalog)


def test_a_launch_role_must_let_service_catalog_in(catalog: Catalog) -> None:
    catalog.let_in().launch_as(catalog.role("other", "lambda.amazonaws.com"))
    record = catalog.launch("one", Name="never")["RecordDetail"]
    (error,) = record["RecordErrors"]
    assert record["Status"] == "FAILED"
    assert "does not let in servicecatalog.amazonaws.com" in error["Description"]
    detail = catalog.client.describe_provisioned_product(Name="one")["ProvisionedProductDetail"]
    assert (detail["Status"], detail["StatusMessage"]) == ("ERROR", error["Description"])


def test_a_product_is_updated_to_a_version_and_terminated(catalog: Catalog) -> None:
    record = catalog.let_in().launch("one", Name="seen-" + catalog.account.id)["RecordDetail"]
    url = catalog.upload({**BUCKET, "Outputs": {"Second": {"Value": {"Ref": "Shown"}}}}, "second.json")
    second = catalog.client.create_provisioning_artifact(
        ProductId=catalog.product, Parameters={"Name": "2", "Info": {"LoadTemplateFromURL": url}}
    )["ProvisioningArtifactDetail"]["Id"]
    updated = catalog.client.update_provisioned_product(
        ProvisionedProductName="one",
        ProvisioningArtifactId=second,
        ProvisioningParameters=[{"Key": "Name", "UsePreviousValue": True}, {"Key": "Shown", "Value": "2nd"}],
    )["RecordDetail"]
    told = catalog.ended(updated)
    assert told["RecordDetail"]["Status"] == "SUCCEEDED", told["RecordDetail"]["RecordErrors"]
    assert {"OutputKey": "Second", "OutputValue": "2nd"} in told["RecordOutputs"]
    key = record["ProvisionedProductId"]
    ended = catalog.client.terminate_provisioned_product(ProvisionedProductId=key)["RecordDetail"]
    assert catalog.ended(ended)["RecordDetail"]["Status"] == "SUCCEEDED"
    assert f"seen-{catalog.account.id}" not in buckets(catalog)
    refused("ResourceNotFoundException", catalog.client.describe_provisioned_product, Name="one")
    assert catalog.client.scan_provisioned_products()["ProvisionedProducts"] == []


def test_a_name_is_launched_once(catalog: Catalog) -> None:
    catalog.let_in().launch("one", Name="seen-" + catalog.account.id)
    refused("DuplicateResourceException", launched, catalog=catalog)


def test_whoever_launches_sees_parameters_and_versions_that_are_active(catalog: Catalog) -> None:
    catalog.let_in()
    told = catalog.client.describe_provisioning_parameters(
        ProductId=catalog.product, ProvisioningArtifactId=catalog.artifact
    )
    (name, shown) = told["ProvisioningArtifactParameters"]
    assert (name["ParameterKey"], name["ParameterConstraints"]["AllowedPattern"]) == ("Name", "[a-z0-9-]+")
    assert (shown["ParameterKey"], shown["DefaultValue"]) == ("Shown", "")
    assert [each["Name"] for each in catalog.client.describe_product(Id=catalog.product)["ProvisioningArtifacts"]] == [
        "1"
    ]
    catalog.client.update_provisioning_artifact(
        ProductId=catalog.product, ProvisioningArtifactId=catalog.artifact, Active=False
    )
    assert catalog.client.describe_product(Id=catalog.product)["ProvisioningArtifacts"] == []


def test_a_template_may_be_larger_than_a_request_takes(account: Account) -> None:
    large = {**BUCKET, "Metadata": {"Notes": ["a line of a template that has many"] * 2000}}
    catalog = Catalog(account, template=large).create().let_in()
    told = catalog.launch("large", Name=f"large-{account.id}")
    assert told["RecordDetail"]["Status"] == "SUCCEEDED", told
