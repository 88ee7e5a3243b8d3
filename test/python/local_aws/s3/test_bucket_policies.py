"""Bucket policies with their conditions."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import policy
from local_account import Account


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


def test_a_bucket_policy_may_demand_that_no_object_is_there_yet(account: Account) -> None:
    s3, bucket = account.client("s3"), f"data-{account.id}"
    s3.create_bucket(Bucket=bucket)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    unconditional = {"Null": {"s3:if-none-match": "true"}, "Bool": {"s3:ObjectCreationOperation": "true"}}
    s3.put_bucket_policy(Bucket=bucket, Policy=policy(deny(unconditional, bucket)))
    with pytest.raises(ClientError, match="403"):
        s3.put_object(Bucket=bucket, Key="one", Body=b"1")
    s3.put_object(Bucket=bucket, Key="one", Body=b"1", IfNoneMatch="*")
    with pytest.raises(ClientError, match="PreconditionFailed"):
        s3.put_object(Bucket=bucket, Key="one", Body=b"2", IfNoneMatch="*")

    def copied(key: str, **condition: str) -> Any:
        where = {"Bucket": bucket, "Key": key}
        upload = {**where, "UploadId": s3.create_multipart_upload(**where)["UploadId"]}
        part = s3.upload_part_copy(**upload, CopySource=f"{bucket}/one", PartNumber=1)["CopyPartResult"]
        parts = {"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]}
        return s3.complete_multipart_upload(**upload, MultipartUpload=parts, **condition)

    with pytest.raises(ClientError, match="403"):
        copied("two")
    assert copied("two", IfNoneMatch="*")["VersionId"] == s3.head_object(Bucket=bucket, Key="two")["VersionId"]
    with pytest.raises(ClientError, match="PreconditionFailed"):
        copied("two", IfNoneMatch="*")


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
