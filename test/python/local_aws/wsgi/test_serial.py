"""One request at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from botocore.exceptions import ClientError
from local_account import Account
from mlops_moto.wsgi.serial import StateLock


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


def test_a_turn_counts_as_a_change_once_unless_it_says_that_it_only_reads() -> None:
    lock = StateLock()
    with lock, lock:
        pass
    assert lock.changes == 1
    with lock:
        lock.only_reads()
    assert lock.changes == 1
    with lock:
        lock.only_reads()
        lock.changed()
    assert lock.changes == 2
    with lock:
        pass
    assert lock.changes == 3
