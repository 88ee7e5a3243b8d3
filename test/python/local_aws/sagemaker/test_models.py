"""Settings of models that Terraform reads back."""

from __future__ import annotations

import json

import pytest
from local_account import Account


@pytest.mark.parametrize("isolated", [True, False])
def test_a_model_keeps_its_network_isolation(account: Account, isolated: bool) -> None:
    sagemaker = account.client("sagemaker")
    sagemaker.create_model(
        ModelName="m",
        ExecutionRoleArn=f"arn:aws:iam::{account.id}:role/sagemaker-execution-role",
        PrimaryContainer={"Image": "image", "ModelDataUrl": "s3://b/model.tar.gz"},
        EnableNetworkIsolation=isolated,
    )
    read = json.loads(json.dumps(sagemaker.describe_model(ModelName="m"), default=str))
    assert read["EnableNetworkIsolation"] is isolated
    assert "VpcConfig" not in read
