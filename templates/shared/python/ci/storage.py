"""What lies in S3, below the project's prefix."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlencode

import boto3
from botocore.exceptions import ClientError

from ci.commands import RunError
from ci.project import Project

_CONSOLES = {"aws": "console.aws.amazon.com", "aws-cn": "console.amazonaws.cn"}


def place(project: Project, *parts: str) -> str:
    """A URI below the project's prefix."""
    return "/".join([f"s3://{project.bucket}/{project.prefix}", *parts])


def split(uri: str) -> tuple[str, str]:
    """Bucket and key of `s3://bucket/key`."""
    match = re.fullmatch(r"s3://([^/]+)/(.+)", uri)
    if match is None:
        raise RunError(f"{uri!r} is no place in S3")
    return match[1], match[2]


def exists(session: boto3.Session, uri: str) -> bool:
    bucket, key = split(uri)
    try:
        session.client("s3").head_object(Bucket=bucket, Key=key)
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            return False
        raise
    return True


def put(session: boto3.Session, project: Project, uri: str, body: bytes) -> None:
    """Writes an object under the project's key."""
    bucket, key = split(uri)
    session.client("s3").put_object(
        Bucket=bucket, Key=key, Body=body, ServerSideEncryption="aws:kms", SSEKMSKeyId=project.key_arn
    )


def read_text(session: boto3.Session, uri: str) -> str:
    bucket, key = split(uri)
    return session.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read().decode()


def read_report(session: boto3.Session, uri: str) -> dict[str, Any]:
    """An object of JSON."""
    try:
        return json.loads(read_text(session, uri))
    except ValueError as error:
        raise RunError(f"{uri} is no JSON: {error}") from None


def link(project: Project, uri: str) -> str:
    """Where the console shows an object to whoever is signed in to the account."""
    bucket, key = split(uri)
    host = _CONSOLES.get(project.partition, "console.aws.amazon.com")
    query = urlencode({"region": project.region, "prefix": key})
    return f"https://{project.region}.{host}/s3/object/{bucket}?{query}"
