"""What whoever offers products makes, changes and takes away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from catalogs import Catalog
from local_account import Account


@pytest.fixture
def catalog(account: Account) -> Catalog:
    return Catalog(account).create()


def refused(code: str, call: Any, **parameters: Any) -> str:
    with pytest.raises(ClientError) as refusal:
        call(**parameters)
    assert refusal.value.response["Error"]["Code"] == code
    return str(refusal.value.response["Error"]["Message"])


def test_a_product_is_told_as_its_administrator_sees_it(catalog: Catalog) -> None:
    told = catalog.client.describe_product_as_admin(Id=catalog.product)
    assert told["ProductViewDetail"]["ProductViewSummary"]["Name"] == "buckets"
    assert told["Tags"] == [{"Key": "sagemaker:studio-visibility", "Value": "true"}]
    assert [each["Id"] for each in told["ProvisioningArtifactSummaries"]] == [catalog.artifact]
    catalog.client.update_product(
        Id=catalog.product,
        Owner="others",
        RemoveTags=["sagemaker:studio-visibility"],
        AddTags=[{"Key": "a", "Value": "b"}],
    )
    told = catalog.client.describe_product_as_admin(Name="buckets")
    assert told["ProductViewDetail"]["ProductViewSummary"]["Owner"] == "others"
    assert told["Tags"] == [{"Key": "a", "Value": "b"}]


@pytest.mark.parametrize(
    ("template", "why"),
    [
        ("https://templates.s3.us-east-1.amazonaws.com/none.json", "it leads to no object of S3"),
        ("https://example.com/template.json", "it leads to no object of S3"),
        ({"Parameters": {}}, "Invalid template: it has no Resources"),
    ],
)
def test_a_version_without_a_template_is_refused(catalog: Catalog, template: Any, why: str) -> None:
    url = template if isinstance(template, str) else catalog.upload(template, "bad.json")
    given = {"Name": "2", "Info": {"LoadTemplateFromURL": url}}
    call = catalog.client.create_provisioning_artifact
    assert why in refused("InvalidParametersException", call, ProductId=catalog.product, Parameters=given)


def test_a_version_is_the_template_that_its_address_names(catalog: Catalog) -> None:
    s3 = catalog.account.client("s3")
    bucket = f"templates-{catalog.account.id}"
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=bucket, Key="t.json", Body=json.dumps(catalog.template).encode())["VersionId"]
    s3.put_object(Bucket=bucket, Key="t.json", Body=b"no template")
    url = f"https://{bucket}.s3.us-east-1.amazonaws.com/t.json?versionId={first}"
    made = catalog.client.create_provisioning_artifact(
        ProductId=catalog.product, Parameters={"Name": "2", "Info": {"LoadTemplateFromURL": url}}
    )["ProvisioningArtifactDetail"]
    assert (made["Active"], made["Guidance"]) == (True, "DEFAULT")
    told = catalog.client.describe_provisioning_artifact(
        ProductId=catalog.product, ProvisioningArtifactName="2", IncludeProvisioningArtifactParameters=True
    )
    assert [each["ParameterKey"] for each in told["ProvisioningArtifactParameters"]] == ["Name", "Shown"]


def test_what_is_in_use_is_not_deleted(catalog: Catalog) -> None:
    role, client = catalog.role("launch"), catalog.client
    catalog.launch_as(role)
    refused("ResourceInUseException", client.delete_product, Id=catalog.product)
    refused("ResourceInUseException", client.delete_portfolio, Id=catalog.portfolio)
    place = {"ProductId": catalog.product, "PortfolioId": catalog.portfolio}
    refused("ResourceInUseException", client.disassociate_product_from_portfolio, **place)
    last = {"ProductId": catalog.product, "ProvisioningArtifactId": catalog.artifact}
    refused("ResourceInUseException", client.delete_provisioning_artifact, **last)
    constraint = client.list_constraints_for_portfolio(PortfolioId=catalog.portfolio)["ConstraintDetails"][0]
    client.delete_constraint(Id=constraint["ConstraintId"])
    client.disassociate_product_from_portfolio(**place)
    client.delete_portfolio(Id=catalog.portfolio)
    client.delete_product(Id=catalog.product)
    refused("ResourceNotFoundException", client.describe_product_as_admin, Id=catalog.product)


def test_a_product_has_one_launch_constraint_in_a_portfolio(catalog: Catalog) -> None:
    role = catalog.role("launch")
    catalog.launch_as(role)
    given = {"PortfolioId": catalog.portfolio, "ProductId": catalog.product, "Type": "LAUNCH"}
    parameters = json.dumps({"RoleArn": role})
    refused("DuplicateResourceException", catalog.client.create_constraint, **given, Parameters=parameters)
    other = {**given, "PortfolioId": "port-0000000000000"}
    refused("ResourceNotFoundException", catalog.client.create_constraint, **other, Parameters=parameters)


def test_what_no_service_of_aws_takes_is_refused_in_its_words(catalog: Catalog) -> None:
    message = refused("ValidationException", catalog.client.create_portfolio, DisplayName="x" * 101, ProviderName="a")
    assert "at 'displayName' failed to satisfy constraint" in message
