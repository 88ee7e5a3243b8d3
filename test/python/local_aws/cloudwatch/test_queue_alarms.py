"""Alarms on queues: raised by messages, published where policies let them."""

from __future__ import annotations

from alarm_topics import CLOUDWATCH, alarms, create_topic, state
from delivery_estate import Queue, allow, create_key
from local_account import Account


def create_alarm(account: Account, metric: str, queue: Queue, topic: str) -> None:
    account.client("cloudwatch").put_metric_alarm(
        AlarmName=metric,
        Namespace="AWS/SQS",
        MetricName=metric,
        Dimensions=[{"Name": "QueueName", "Value": queue.name}],
        Statistic="Sum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=0,
        ComparisonOperator="GreaterThanThreshold",
        AlarmActions=[topic],
    )


def send(account: Account, queue: Queue) -> None:
    account.client("sqs").send_message(QueueUrl=queue.url, MessageBody="an event")


def test_messages_that_lie_there_raise_an_alarm_once_until_the_queue_is_empty(account: Account) -> None:
    name, queue = "ApproximateNumberOfMessagesVisible", Queue(account, "undelivered").create()
    topic, inbox = create_topic(account, name)
    create_alarm(account, name, queue, topic)
    for _ in range(2):
        send(account, queue)
    (alarm,) = alarms(inbox)
    assert (alarm["AlarmName"], alarm["OldStateValue"], alarm["NewStateValue"]) == (name, "OK", "ALARM")
    assert state(account, name) == "ALARM"
    assert len(queue.messages()) == 2
    send(account, queue)
    assert len(alarms(inbox)) == 1


def test_each_message_sent_raises_its_alarm(account: Account) -> None:
    name, queue = "NumberOfMessagesSent", Queue(account, "undelivered").create()
    topic, inbox = create_topic(account, name)
    create_alarm(account, name, queue, topic)
    for _ in range(3):
        send(account, queue)
    assert [alarm["NewStateValue"] for alarm in alarms(inbox)] == ["ALARM"] * 3


def test_messages_of_another_queue_raise_none(account: Account) -> None:
    queue, other = Queue(account, "undelivered").create(), Queue(account, "other").create()
    topic, inbox = create_topic(account, "NumberOfMessagesSent")
    create_alarm(account, "NumberOfMessagesSent", queue, topic)
    send(account, other)
    assert alarms(inbox) == []


def test_a_topic_that_does_not_let_the_alarm_in_gets_nothing(account: Account) -> None:
    queue = Queue(account, "undelivered").create()
    topic, inbox = create_topic(account, "another")
    create_alarm(account, "NumberOfMessagesSent", queue, topic)
    send(account, queue)
    assert alarms(inbox) == []
    assert state(account, "NumberOfMessagesSent") == "ALARM"


def test_an_encrypted_topic_wants_its_key_to_let_cloudwatch_in(account: Account) -> None:
    topic_of = {"kms:EncryptionContext:aws:sns:topicArn": [account.arn("sns", "alarms")]}
    conditions = {"StringEquals": {"aws:SourceAccount": account.id}, "ArnEquals": topic_of}
    use = [allow(CLOUDWATCH, action, "*", **conditions) for action in ("kms:Decrypt", "kms:GenerateDataKey*")]
    queue = Queue(account, "undelivered").create()
    topic, inbox = create_topic(account, "NumberOfMessagesSent", KmsMasterKeyId=create_key(account))
    create_alarm(account, "NumberOfMessagesSent", queue, topic)
    send(account, queue)
    assert alarms(inbox) == []
    key = create_key(account, *use)
    account.client("sns").set_topic_attributes(TopicArn=topic, AttributeName="KmsMasterKeyId", AttributeValue=key)
    send(account, queue)
    assert len(alarms(inbox)) == 1
