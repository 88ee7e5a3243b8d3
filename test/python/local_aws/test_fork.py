"""A fork of local AWS: all that was there, and nothing that comes after."""

from __future__ import annotations

import os
import signal
import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from local_account import Account, client
from started_local_aws import started_local_aws
from worker_client import RefusedError, Worker, post


def fork(endpoint: str) -> str:
    """Its address."""
    return f"http://127.0.0.1:{post(endpoint, 'Fork', b'{}')['port']}"


def write(s3: Any, bucket: str, **objects: str) -> None:
    for key, body in objects.items():
        s3.put_object(Bucket=bucket, Key=key, Body=body.encode())


def read(s3: Any, bucket: str) -> dict[str, str]:
    keys = [each["Key"] for each in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    return {key: s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode() for key in keys}


def test_both_have_what_was_there_and_neither_what_comes_after(account: Account) -> None:
    bucket, ours = f"forked-{account.id}", account.client("s3")
    ours.create_bucket(Bucket=bucket)
    write(ours, bucket, same="before", ours="before", theirs="before")
    first, second = fork(account.endpoint), fork(account.endpoint)
    theirs, others = (client("s3", each, **account.credentials) for each in (first, second))
    write(ours, bucket, ours="after", new="ours")
    write(theirs, bucket, theirs="after")
    theirs.delete_object(Bucket=bucket, Key="same")
    assert read(ours, bucket) == {"same": "before", "ours": "after", "theirs": "before", "new": "ours"}
    assert read(theirs, bucket) == {"ours": "before", "theirs": "after"}
    assert read(others, bucket) == {"same": "before", "ours": "before", "theirs": "before"}
    assert read(client("s3", fork(first), **account.credentials), bucket) == read(theirs, bucket)


def test_large_objects_are_apart_too(account: Account) -> None:
    bucket, ours, size = f"large-{account.id}", account.client("s3"), 8 * 2**20
    ours.create_bucket(Bucket=bucket)
    write(ours, bucket, large="a" * size)
    theirs = client("s3", fork(account.endpoint), **account.credentials)
    with ThreadPoolExecutor(8) as pool:
        bodies = pool.map(lambda s3: read(s3, bucket)["large"], [ours, theirs] * 8)
        assert {body == "a" * size for body in bodies} == {True}


def test_names_that_are_made_up_differ(account: Account) -> None:
    forked = Account(fork(account.endpoint), account.id)
    keys = {each.client("kms").create_key()["KeyMetadata"]["KeyId"] for each in (account, forked)}
    assert len(keys) == 2


def test_the_worker_of_the_one_is_none_of_the_other(worker: Worker) -> None:
    with pytest.raises(RefusedError, match="409"):
        Worker(fork(worker.endpoint), worker.name).take()
    assert "executions" in worker.take()


def test_it_answers_although_it_was_forked_amid_requests_and_long_polls(account: Account) -> None:
    sqs, kms, stop = account.client("sqs"), account.client("kms"), Event()
    url = sqs.create_queue(QueueName="polled")["QueueUrl"]

    def poll() -> None:
        while not stop.is_set():
            sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1)

    def ask() -> None:
        while not stop.is_set():
            kms.create_key()

    with ThreadPoolExecutor(8) as pool:
        work = [pool.submit(task) for task in (poll, ask) * 4]
        try:
            for number in range(4):
                forked = Account(fork(account.endpoint), account.id)
                queue = forked.client("sqs")
                queue.send_message(QueueUrl=url, MessageBody=str(number))
                (message,) = queue.receive_message(QueueUrl=url)["Messages"]
                assert message["Body"] == str(number)
                assert forked.client("kms").list_keys()["Keys"] is not None
        finally:
            stop.set()
        for each in work:
            each.result()


def has_ended(connection: socket.socket) -> bool:
    """Waits for the end of whoever serves it."""
    with connection:
        try:
            return connection.recv(1) == b""
        except ConnectionResetError:
            return True


def test_it_ends_with_the_one_it_is_of_however_that_ends() -> None:
    with started_local_aws() as server:
        first = fork(server.endpoint)
        forks = [first, fork(server.endpoint), fork(first)]
        connections = [socket.create_connection(("127.0.0.1", int(each.rsplit(":", 1)[1]))) for each in forks]
        os.kill(server.pid, signal.SIGKILL)
        assert [has_ended(each) for each in connections] == [True] * 3


def test_it_ends_by_itself_and_leaves_the_one_it_is_of(account: Account) -> None:
    answer = post(account.endpoint, "Fork", b"{}")
    connection = socket.create_connection(("127.0.0.1", answer["port"]))
    os.kill(answer["pid"], signal.SIGTERM)
    assert has_ended(connection)
    assert account.client("sts").get_caller_identity()["Account"] == account.id
