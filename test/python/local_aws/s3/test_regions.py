"""A bucket is in one region."""

from __future__ import annotations

import boto3
from local_account import Account


def test_a_bucket_asked_for_elsewhere_says_where_it_is(account: Account) -> None:
    s3 = account.client("s3")
    s3.create_bucket(Bucket="states")
    s3.put_object(Bucket="states", Key="a", Body=b"text")
    elsewhere = boto3.client("s3", endpoint_url=account.endpoint, region_name="eu-west-1", **account.credentials)
    answers: list[tuple[int, str]] = []
    elsewhere.meta.events.register(
        "response-received.s3",
        lambda parsed_response, **_: answers.append(
            (parsed_response["ResponseMetadata"]["HTTPStatusCode"], parsed_response.get("Error", {}).get("Code", ""))
        ),
    )
    # botocore follows, other SDKs do not.
    assert elsewhere.get_object(Bucket="states", Key="a")["Body"].read() == b"text"
    assert answers == [(301, "PermanentRedirect"), (200, "")]
    assert [each["Name"] for each in elsewhere.list_buckets()["Buckets"]] == ["states"]
    assert s3.list_objects_v2(Bucket="states")["KeyCount"] == 1
