"""Keys of log groups that stand."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from local_account import Account


def test_a_log_group_that_stands_is_given_a_key_and_loses_it(account: Account) -> None:
    logs, name = account.client("logs"), "/aws/sagemaker/TrainingJobs"
    logs.create_log_group(logGroupName=name)
    key = account.arn("kms", "key/1")

    def keys() -> list[str | None]:
        groups = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
        return [group.get("kmsKeyId") for group in groups]

    logs.associate_kms_key(logGroupName=name, kmsKeyId=key)
    assert keys() == [key]
    logs.disassociate_kms_key(logGroupName=name)
    assert keys() == [None]
    with pytest.raises(ClientError, match="ResourceNotFoundException"):
        logs.associate_kms_key(logGroupName="none", kmsKeyId=key)
