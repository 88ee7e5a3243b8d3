"""One request at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from botocore.exceptions import ClientError
from local_account import Account


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
