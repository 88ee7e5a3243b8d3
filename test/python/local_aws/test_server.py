"""The server itself, and answers that Terraform reads back."""

from __future__ import annotations

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import create_role, policy
from local_account import CALLER, Account, client


def test_callers_stand_in_their_own_account_until_they_assume_a_role(endpoint: str, account: Account) -> None:
    bare = client("sts", endpoint, aws_access_key_id="local", aws_secret_access_key="local")
    assert bare.get_caller_identity()["Account"] == CALLER
    assert account.client("sts").get_caller_identity()["Account"] == account.id


def test_what_is_not_emulated_is_refused_at_once_and_by_name(account: Account) -> None:
    with pytest.raises(ClientError) as error:
        account.client("sagemaker").list_monitoring_alerts(MonitoringScheduleName="x")
    assert error.value.response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert "list_monitoring_alerts" in error.value.response["Error"]["Message"]


def test_of_many_conditional_writes_at_once_one_succeeds(account: Account) -> None:
    s3 = account.client("s3")
    s3.create_bucket(Bucket=f"state-{account.id}")

    def lock(number: int) -> bool:
        try:
            s3.put_object(Bucket=f"state-{account.id}", Key="tflock", Body=str(number), IfNoneMatch="*")
        except ClientError:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(lock, range(64))) == 1


def deny(condition: dict[str, Any], bucket: str) -> dict[str, Any]:
    every = f"arn:aws:s3:::{bucket}/*"
    return {"Effect": "Deny", "Principal": "*", "Action": ["s3:PutObject"], "Resource": [every], "Condition": condition}


def test_a_bucket_policy_denies_by_its_conditions_only(account: Account) -> None:
    s3, bucket = account.client("s3"), f"data-{account.id}"
    s3.create_bucket(Bucket=bucket)
    header = "s3:x-amz-server-side-encryption-aws-kms-key-id"
    own = account.arn("kms", "alias/own")
    plain = deny({"Bool": {"aws:SecureTransport": "false"}}, bucket)
    others = deny({"ArnNotLike": {header: [own]}, "Null": {header: "false"}}, bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(plain, others))
    s3.put_object(Bucket=bucket, Key="default", Body=b"")
    s3.put_object(Bucket=bucket, Key="own", Body=b"", ServerSideEncryption="aws:kms", SSEKMSKeyId=own)
    with pytest.raises(ClientError, match="403"):
        s3.put_object(Bucket=bucket, Key="other", Body=b"", ServerSideEncryption="aws:kms", SSEKMSKeyId=own + "2")


def test_access_logs_may_be_allowed_with_lists_and_conditions(account: Account) -> None:
    s3, logs = account.client("s3"), f"logs-{account.id}"
    s3.create_bucket(Bucket=logs)
    target = {"LoggingEnabled": {"TargetBucket": logs, "TargetPrefix": "data/"}}
    with pytest.raises(ClientError, match="InvalidTargetBucketForLogging"):
        s3.put_bucket_logging(Bucket=logs, BucketLoggingStatus=target)
    grant = {
        "Effect": "Allow",
        "Principal": {"Service": ["logging.s3.amazonaws.com"]},
        "Action": ["s3:PutObject"],
        "Resource": [f"arn:aws:s3:::{logs}/*"],
        "Condition": {"StringEquals": {"aws:SourceAccount": account.id}},
    }
    s3.put_bucket_policy(Bucket=logs, Policy=policy(grant))
    s3.put_bucket_logging(Bucket=logs, BucketLoggingStatus=target)


def package() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("index.js", "exports.handler = async () => 1")
    return buffer.getvalue()


def test_a_function_keeps_its_logging_and_dead_letter_settings(account: Account) -> None:
    functions, queue = account.client("lambda"), account.arn("sqs", "q")
    functions.create_function(
        FunctionName="f",
        Runtime="nodejs22.x",
        Role=create_role(account, "lambda.amazonaws.com"),
        Handler="index.handler",
        Code={"ZipFile": package()},
        LoggingConfig={"LogFormat": "JSON", "LogGroup": "shared"},
        DeadLetterConfig={"TargetArn": queue},
    )
    read = functions.get_function(FunctionName="f")["Configuration"]
    assert read["LoggingConfig"] == {"LogFormat": "JSON", "LogGroup": "shared"}
    assert read["DeadLetterConfig"] == {"TargetArn": queue}
    functions.update_function_configuration(
        FunctionName="f", LoggingConfig={"LogFormat": "Text"}, TracingConfig={"Mode": "Active"}
    )
    read = functions.get_function_configuration(FunctionName="f")
    assert read["LoggingConfig"] == {"LogFormat": "Text", "LogGroup": "/aws/lambda/f"}
    assert read["TracingConfig"] == {"Mode": "Active"}


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
