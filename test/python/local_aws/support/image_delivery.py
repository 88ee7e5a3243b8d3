"""What an image is built with: a role, a connection, a build project."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from delivery_estate import policy
from local_account import REGION

if TYPE_CHECKING:
    from local_account import Account

PIPELINES = "codepipeline.amazonaws.com"


def role(account: Account, name: str, service: str, **condition: Any) -> str:
    trust = {"Effect": "Allow", "Principal": {"Service": [service]}, "Action": ["sts:AssumeRole"], **condition}
    made = account.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=policy(trust))
    return str(made["Role"]["Arn"])


def connections(account: Account, action: str, **body: Any) -> tuple[int, dict[str, Any]]:
    """In the protocol of Terraform's provider: botocore speaks another."""
    given = account.credentials
    target = {
        "X-Amz-Target": f"com.amazonaws.codeconnections.CodeConnections_20231201.{action}",
        "Content-Type": "application/x-amz-json-1.0",
    }
    request = AWSRequest(method="POST", url=account.endpoint, data=json.dumps(body).encode(), headers=target)
    key, secret, token = (given[f"aws_{part}"] for part in ("access_key_id", "secret_access_key", "session_token"))
    SigV4Auth(Credentials(key, secret, token), "codeconnections", REGION).add_auth(request)
    asked = urllib.request.Request(account.endpoint, request.data, dict(request.headers), method="POST")
    try:
        with urllib.request.urlopen(asked) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def project(account: Account, **given: Any) -> dict[str, Any]:
    return {
        "name": "image",
        "source": {"type": "CODEPIPELINE", "buildspec": "buildspec.yml"},
        "artifacts": {"type": "CODEPIPELINE"},
        "environment": {
            "type": "LINUX_CONTAINER",
            "image": "aws/codebuild/standard:7.0",
            "computeType": "BUILD_GENERAL1_SMALL",
        },
        "serviceRole": f"arn:aws:iam::{account.id}:role/build",
        **given,
    }
