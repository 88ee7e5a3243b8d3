"""Accounts of local AWS, and clients that stand in them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import boto3

CALLER = "444444444444"
REGION = "us-east-1"
SECRET = "local"
"""Access key of whoever assumes no role."""


@dataclass(frozen=True)
class Account:
    """An account, entered by assuming a role of it."""

    endpoint: str
    id: str
    role: str = "OrganizationAccountAccessRole"

    @cached_property
    def credentials(self) -> dict[str, str]:
        arn = f"arn:aws:iam::{self.id}:role/{self.role}"
        caller = client("sts", self.endpoint, aws_access_key_id=SECRET, aws_secret_access_key="local")
        given = caller.assume_role(RoleArn=arn, RoleSessionName="test")["Credentials"]
        return {
            "aws_access_key_id": given["AccessKeyId"],
            "aws_secret_access_key": given["SecretAccessKey"],
            "aws_session_token": given["SessionToken"],
        }

    def client(self, service: str) -> Any:
        return client(service, self.endpoint, **self.credentials)

    def arn(self, service: str, resource: str) -> str:
        return f"arn:aws:{service}:{REGION}:{self.id}:{resource}"


@cache
def client(service: str, endpoint: str, **credentials: str) -> Any:
    """The same for the same caller: boto3 takes as long to make one as for ten requests."""
    return boto3.client(service, endpoint_url=endpoint, region_name=REGION, **credentials)
