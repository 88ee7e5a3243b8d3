"""A topic asked for twice is the one that there is, or refused."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from local_account import Account


def test_a_topic_with_the_same_tags_or_none_is_the_one_that_there_is(account: Account) -> None:
    sns = account.client("sns")
    tags = [{"Key": "stack", "Value": "prod-a"}]
    arn = sns.create_topic(Name="alerts", Tags=tags)["TopicArn"]
    assert [sns.create_topic(Name="alerts", Tags=tags)["TopicArn"], sns.create_topic(Name="alerts")["TopicArn"]] == [
        arn,
        arn,
    ]


def test_a_topic_with_other_tags_is_refused(account: Account) -> None:
    sns = account.client("sns")
    sns.create_topic(Name="alerts", Tags=[{"Key": "stack", "Value": "prod-a"}])
    with pytest.raises(ClientError, match="Topic already exists with different tags") as refused:
        sns.create_topic(Name="alerts", Tags=[{"Key": "stack", "Value": "prod-b"}])
    assert refused.value.response["Error"]["Code"] == "InvalidParameter"
