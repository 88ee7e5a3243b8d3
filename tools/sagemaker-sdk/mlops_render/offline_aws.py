"""
AWS as a pipeline's code finds it: who it is and which role it has is known from the context, what it uploads is kept,
and every other call is refused by name.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from . import sdk
from .context import Context
from .refusals import refuse
from .standing import Standing


@dataclass
class Uploads:
    """What was uploaded, by bucket and key."""

    objects: dict[tuple[str, str], bytes] = field(default_factory=dict)


def _body_of(body: Any) -> bytes:
    data = body.read() if hasattr(body, "read") else body
    return data.encode() if isinstance(data, str) else bytes(data or b"")


def install(context: Context, uploads: Uploads) -> None:
    """Answers every client of botocore's, whoever makes it."""
    from boto3.s3.transfer import TransferConfig
    from botocore.client import BaseClient

    role = context.execution_role_arn.rsplit("/", 1)[-1]

    def put(Bucket: str, Key: str, Body: Any = b"", **_: Any) -> dict[str, Any]:  # noqa: N803
        uploads.objects[(Bucket, Key)] = _body_of(Body)
        return {"ETag": '""'}

    def get_role(RoleName: str) -> dict[str, Any]:  # noqa: N803
        if RoleName != role:
            raise refuse(f"it asks for the role {RoleName}; the pipeline's is {context.execution_role_arn}")
        return {"Role": {"RoleName": role, "Arn": context.execution_role_arn}}

    def identity() -> dict[str, Any]:
        partition = context.execution_role_arn.split(":")[1]
        arn = f"arn:{partition}:sts::{context.account}:assumed-role/{role}/render"
        return {"Account": context.account, "Arn": arn, "UserId": "render"}

    answers = {
        ("sts", "GetCallerIdentity"): identity,
        ("iam", "GetRole"): get_role,
        # SDK 3 asks whether the role may use the bucket that code is uploaded to.
        ("iam", "SimulatePrincipalPolicy"): lambda **_: {"EvaluationResults": []},
        ("s3", "HeadBucket"): lambda **_: {},
        # As the SDK asks whether a bucket is there.
        ("s3", "ListBuckets"): lambda **_: {"Buckets": [{"Name": context.data_bucket, "CreationDate": datetime.now()}]},
        ("s3", "PutObject"): put,
    }

    def call(client: Any, operation: str, parameters: dict[str, Any]) -> dict[str, Any]:
        service = client.meta.service_model.service_name
        answer = answers.get((service, operation))
        if answer is None:
            raise refuse(f"it calls AWS ({service}:{operation}); what it wants to know is in the context")
        return {**answer(**parameters), "ResponseMetadata": {"HTTPStatusCode": 200}}

    BaseClient._make_api_call = call  # type: ignore[method-assign]
    # A file in one piece, whatever its size.
    TransferConfig.__init__.__defaults__ = (1 << 50, *TransferConfig.__init__.__defaults__[1:])


def trust_own_defaults() -> None:
    """The SDK checks its file of defaults whenever it looks something up, a seventh of a second each time."""
    import jsonschema

    unchecked = Standing(jsonschema, validate=lambda *_, **__: None)
    for module in sdk.loaded():
        if getattr(module, "__dict__", {}).get("jsonschema") is jsonschema:
            module.jsonschema = unchecked  # type: ignore[attr-defined]


def set_environment(context: Context) -> None:
    """For sessions that a pipeline makes by itself."""
    os.environ.update(
        AWS_REGION=context.region,
        AWS_DEFAULT_REGION=context.region,
        AWS_ACCESS_KEY_ID="offline",
        AWS_SECRET_ACCESS_KEY="offline",
        AWS_EC2_METADATA_DISABLED="true",
        # SDK 3 asks IAM what a role may do. Here that follows from the definition.
        SAGEMAKER_VALIDATE_ROLE="false",
        AWS_CONFIG_FILE=os.devnull,
        AWS_SHARED_CREDENTIALS_FILE=os.devnull,
        SAGEMAKER_ADMIN_CONFIG_OVERRIDE=_defaults_of_sdk(context),
    )


def _defaults_of_sdk(context: Context) -> str:
    """
    A file with the SDK's own defaults: whose bucket, and that it tells AWS nothing of its use.
    https://sagemaker.readthedocs.io/en/stable/overview.html#configuring-and-using-defaults-with-the-sagemaker-python-sdk
    """
    session = {"DefaultS3Bucket": context.data_bucket, "DefaultS3ObjectKeyPrefix": context.default_prefix}
    modules = {"Session": session, "TelemetryOptOut": True}
    path = os.path.join(tempfile.gettempdir(), "sagemaker.yaml")
    with open(path, "w") as file:
        json.dump({"SchemaVersion": "1.0", "SageMaker": {"PythonSDK": {"Modules": modules}}}, file)
    return path
