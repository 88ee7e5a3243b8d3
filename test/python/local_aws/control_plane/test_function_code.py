"""Deployed functions as whoever runs them gets them."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import Any

import pytest
from delivery_estate import create_role
from local_account import Account
from worker_client import RefusedError, Worker


def package(source: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(zipfile.ZipInfo("index.js"), source)
    return buffer.getvalue()


def create_function(account: Account, **given: Any) -> str:
    function = {
        "FunctionName": "latest",
        "Runtime": "nodejs22.x",
        "Role": create_role(account, "lambda.amazonaws.com"),
        "Handler": "index.handler",
        "Code": {"ZipFile": package("1")},
    }
    return str(account.client("lambda").create_function(**{**function, **given})["FunctionArn"])


def test_a_function_is_given_with_its_package_and_settings(account: Account, worker: Worker) -> None:
    arn = create_function(account, Timeout=30, MemorySize=256, Environment={"Variables": {"GROUP": "g"}})
    assert worker.call("GetFunctionCode", functionArn=arn) == {
        "zip": base64.b64encode(package("1")).decode(),
        "handler": "index.handler",
        "runtime": "nodejs22.x",
        "role": f"arn:aws:iam::{account.id}:role/starter",
        "environment": {"GROUP": "g"},
        "timeout": 30,
        "memorySize": 256,
        "logGroup": "/aws/lambda/latest",
    }


def test_a_package_comes_from_a_bucket_and_follows_updates(account: Account, worker: Worker) -> None:
    s3, bucket = account.client("s3"), f"code-{account.id}"
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key="f.zip", Body=package("2"))
    arn = create_function(account, Code={"S3Bucket": bucket, "S3Key": "f.zip"})
    assert base64.b64decode(worker.call("GetFunctionCode", functionArn=arn)["zip"]) == package("2")
    account.client("lambda").update_function_code(FunctionName="latest", ZipFile=package("3"))
    assert base64.b64decode(worker.call("GetFunctionCode", functionArn=arn)["zip"]) == package("3")


def test_a_function_that_does_not_exist_is_not_found(account: Account, worker: Worker) -> None:
    for arn in (account.arn("lambda", "function:none"), "none"):
        with pytest.raises(RefusedError, match=r"^404: Function .* does not exist"):
            worker.call("GetFunctionCode", functionArn=arn)
