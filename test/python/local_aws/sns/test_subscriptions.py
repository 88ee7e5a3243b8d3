"""Subscriptions by mail wait until somebody confirms them."""

from __future__ import annotations

import pytest
from botocore.exceptions import ClientError
from local_account import Account


def test_a_mail_address_is_pending_until_its_token_confirms_it(account: Account) -> None:
    sns = account.client("sns")
    topic = sns.create_topic(Name="alerts")["TopicArn"]
    arn = sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="a@example.com", ReturnSubscriptionArn=True)
    arn = arn["SubscriptionArn"]

    def listed() -> list[str]:
        return [each["SubscriptionArn"] for each in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]]

    def attribute() -> str:
        return str(sns.get_subscription_attributes(SubscriptionArn=arn)["Attributes"]["PendingConfirmation"])

    assert (listed(), attribute()) == (["PendingConfirmation"], "true")
    with pytest.raises(ClientError, match="Token"):
        sns.confirm_subscription(TopicArn=topic, Token="other")
    sns.confirm_subscription(TopicArn=topic, Token=arn.rpartition(":")[2])
    assert (listed(), attribute()) == ([arn], "false")
    sns.subscribe(TopicArn=topic, Protocol="email", Endpoint="a@example.com")
    assert listed() == [arn]


def test_a_queue_needs_no_confirmation(account: Account) -> None:
    sns = account.client("sns")
    topic = sns.create_topic(Name="alerts")["TopicArn"]
    arn = sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=account.arn("sqs", "q"))["SubscriptionArn"]
    assert [each["SubscriptionArn"] for each in sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]] == [
        arn
    ]
