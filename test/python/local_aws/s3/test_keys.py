"""Names of objects, which may be any text."""

from __future__ import annotations

import pytest
from local_account import Account


@pytest.mark.parametrize("key", ["a b+c.csv", "50%25.csv", "50%.csv", "é ü/=&$@,;", ".hidden", "a//b", "'(1)!~*", "?#"])
def test_a_key_is_kept_as_it_was_given(account: Account, key: str) -> None:
    s3, bucket = account.client("s3"), f"keys-{account.id}"
    s3.create_bucket(Bucket=bucket)
    s3.put_object(Bucket=bucket, Key=key, Body=b"1")
    assert [listed["Key"] for listed in s3.list_objects_v2(Bucket=bucket)["Contents"]] == [key]
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == b"1"
    s3.delete_object(Bucket=bucket, Key=key)
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)
