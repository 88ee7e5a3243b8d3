"""A portfolio with a product, as somebody who offers it makes them; and what they are launched from."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from local_account import Account

BUCKET = {
    "AWSTemplateFormatVersion": "2010-09-09",
    "Parameters": {
        "Name": {"Type": "String", "AllowedPattern": "[a-z0-9-]+"},
        "Shown": {"Type": "String", "Default": ""},
    },
    "Resources": {"Bucket": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": {"Ref": "Name"}}}},
    "Outputs": {"Bucket": {"Value": {"Ref": "Bucket"}}},
}


def trust(service: str) -> str:
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


@dataclass
class Catalog:
    """In an account of its own; `product`, `portfolio` and `artifact` are ids."""

    account: Account
    name: str = "buckets"
    template: Any = field(default_factory=lambda: BUCKET)
    portfolio: str = ""
    product: str = ""
    artifact: str = ""

    @property
    def client(self) -> Any:
        return self.account.client("servicecatalog")

    @property
    def principal(self) -> str:
        return f"arn:aws:iam::{self.account.id}:role/{self.account.role}"

    def role(self, name: str, service: str = "servicecatalog.amazonaws.com") -> str:
        made = self.account.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust(service))
        return str(made["Role"]["Arn"])

    def upload(self, template: Any, key: str = "template.json") -> str:
        bucket = f"templates-{self.account.id}"
        s3 = self.account.client("s3")
        s3.create_bucket(Bucket=bucket)
        s3.put_object(Bucket=bucket, Key=key, Body=json.dumps(template).encode())
        return f"https://{bucket}.s3.us-east-1.amazonaws.com/{key}"

    def create(self) -> Catalog:
        """In a portfolio that lets nobody in yet."""
        given = {"LoadTemplateFromURL": self.upload(self.template)}
        portfolio = self.client.create_portfolio(DisplayName=self.name, ProviderName="mlops")
        self.portfolio = portfolio["PortfolioDetail"]["Id"]
        made = self.client.create_product(
            Name=self.name,
            Owner="mlops",
            ProductType="CLOUD_FORMATION_TEMPLATE",
            ProvisioningArtifactParameters={"Name": "1", "Info": given, "Type": "CLOUD_FORMATION_TEMPLATE"},
            Tags=[{"Key": "sagemaker:studio-visibility", "Value": "true"}],
        )
        self.product = made["ProductViewDetail"]["ProductViewSummary"]["ProductId"]
        self.artifact = made["ProvisioningArtifactDetail"]["Id"]
        self.client.associate_product_with_portfolio(ProductId=self.product, PortfolioId=self.portfolio)
        return self

    def let_in(self, principal: str | None = None, kind: str = "IAM") -> Catalog:
        arn = principal or self.principal
        self.client.associate_principal_with_portfolio(PortfolioId=self.portfolio, PrincipalARN=arn, PrincipalType=kind)
        return self

    def launch_as(self, role: str) -> Catalog:
        self.client.create_constraint(
            PortfolioId=self.portfolio, ProductId=self.product, Type="LAUNCH", Parameters=json.dumps({"RoleArn": role})
        )
        return self

    def launch(self, name: str, **parameters: str) -> dict[str, Any]:
        """The record, once nothing is under way."""
        record = self.client.provision_product(
            ProductId=self.product,
            ProvisioningArtifactId=self.artifact,
            ProvisionedProductName=name,
            ProvisioningParameters=[{"Key": key, "Value": value} for key, value in parameters.items()],
        )["RecordDetail"]
        return self.ended(record)

    def ended(self, record: dict[str, Any]) -> dict[str, Any]:
        def look() -> dict[str, Any]:
            return dict(self.client.describe_record(Id=record["RecordId"]))

        return until(look, lambda told: told["RecordDetail"]["Status"] in ("SUCCEEDED", "FAILED"))


def until(look: Callable[[], Any], holds: Callable[[Any], bool]) -> Any:
    """What is seen once it holds; fails where it does not within a minute."""
    ends = time.monotonic() + 60
    while not holds(seen := look()):
        assert time.monotonic() < ends, f"still {seen}"
        time.sleep(0.05)
    return seen
