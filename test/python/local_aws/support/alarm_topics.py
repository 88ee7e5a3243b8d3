"""Topics of alarms, and what alarms publish."""

from __future__ import annotations

import json
from typing import Any

from delivery_estate import Queue, allow, policy
from local_account import Account

CLOUDWATCH = {"Service": ["cloudwatch.amazonaws.com"]}


def create_topic(account: Account, alarm: str, **attributes: str) -> tuple[str, Queue]:
    """A topic that one alarm may publish to, and a queue that gets what it publishes."""
    sns = account.client("sns")
    topic = sns.create_topic(Name="alarms", Attributes=attributes)["TopicArn"]
    from_alarm = {"aws:SourceArn": [account.arn("cloudwatch", f"alarm:{alarm}")]}
    statement = allow(CLOUDWATCH, "sns:Publish", topic, ArnEquals=from_alarm)
    sns.set_topic_attributes(TopicArn=topic, AttributeName="Policy", AttributeValue=policy(statement))
    inbox = Queue(account, "inbox").create()
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=inbox.arn)
    return topic, inbox


def alarms(inbox: Queue) -> list[dict[str, Any]]:
    return [json.loads(json.loads(body)["Message"]) for body in inbox.bodies()]


def state(account: Account, name: str) -> str:
    (alarm,) = account.client("cloudwatch").describe_alarms(AlarmNames=[name])["MetricAlarms"]
    return str(alarm["StateValue"])
