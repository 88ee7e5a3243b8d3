"""Alarms on a rule's invocations: raised where there was none for too long."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from alarm_topics import alarms, create_topic, state
from delivery_estate import Queue, allow, policy
from local_account import Account
from mlops_moto.cloudwatch import rule_alarms
from mlops_moto.events import invocations
from moto.cloudwatch.models import cloudwatch_backends
from moto.core.utils import utcnow

RULE, ALARM = "nightly", "nightly-did-not-run"
EVENTBRIDGE = {"Service": ["events.amazonaws.com"]}


def create_rule(account: Account) -> Queue:
    events = account.client("events")
    rule = events.put_rule(Name=RULE, ScheduleExpression="cron(0 23 * * ? *)")["RuleArn"]
    started = Queue(account, "started").create()
    statement = allow(EVENTBRIDGE, "sqs:SendMessage", started.arn, ArnEquals={"aws:SourceArn": [rule]})
    account.client("sqs").set_queue_attributes(QueueUrl=started.url, Attributes={"Policy": policy(statement)})
    events.put_targets(Rule=RULE, Targets=[{"Id": "queue", "Arn": started.arn}])
    return started


def create_alarm(account: Account, topic: str, treat_missing_data: str = "breaching") -> None:
    account.client("cloudwatch").put_metric_alarm(
        AlarmName=ALARM,
        Namespace="AWS/Events",
        MetricName="Invocations",
        Dimensions=[{"Name": "RuleName", "Value": RULE}],
        Statistic="Sum",
        Period=3600,
        EvaluationPeriods=26,
        Threshold=1,
        ComparisonOperator="LessThanThreshold",
        TreatMissingData=treat_missing_data,
        AlarmActions=[topic],
    )


def run(account: Account) -> None:
    rule = account.arn("events", f"rule/{RULE}")
    entry = {"Source": "aws.events", "DetailType": "Scheduled Event", "Resources": [rule], "Detail": json.dumps({})}
    account.client("events").put_events(Entries=[entry])


def test_a_schedule_that_never_ran_raises_its_alarm_until_it_runs(account: Account) -> None:
    started = create_rule(account)
    topic, inbox = create_topic(account, ALARM)
    create_alarm(account, topic)
    assert state(account, ALARM) == state(account, ALARM) == "ALARM"
    (alarm,) = alarms(inbox)
    assert (alarm["AlarmName"], alarm["OldStateValue"], alarm["NewStateValue"]) == (ALARM, "OK", "ALARM")
    run(account)
    assert (len(started.bodies()), state(account, ALARM), alarms(inbox)) == (1, "OK", [])


@pytest.mark.parametrize("fault", ["disabled", "without targets", "deleted"])
def test_a_rule_that_cannot_start_anything_raises_its_alarm(account: Account, fault: str) -> None:
    create_rule(account)
    topic, inbox = create_topic(account, ALARM)
    events = account.client("events")
    if fault == "disabled":
        events.disable_rule(Name=RULE)
    else:
        events.remove_targets(Rule=RULE, Ids=["queue"])
    if fault == "deleted":
        events.delete_rule(Name=RULE)
    create_alarm(account, topic)
    run(account)
    assert (state(account, ALARM), len(alarms(inbox))) == ("ALARM", 1)


def test_missing_data_is_no_breach_where_the_alarm_says_so(account: Account) -> None:
    topic, inbox = create_topic(account, ALARM)
    create_alarm(account, topic, "notBreaching")
    assert (state(account, ALARM), alarms(inbox)) == ("OK", [])


@pytest.mark.parametrize(("hours", "expected"), [(25, "OK"), (27, "ALARM")])
def test_what_counts_is_whether_the_rule_ran_within_all_periods(
    monkeypatch: pytest.MonkeyPatch, hours: int, expected: str
) -> None:
    backend = cloudwatch_backends[f"{hours:012}"]["us-east-1"]
    rule: Any = SimpleNamespace(name=RULE, account_id=backend.account_id, region_name=backend.region_name)
    monkeypatch.setattr(invocations, "utcnow", lambda: utcnow() - timedelta(hours=hours))
    invocations.count(rule)
    alarm = backend.put_metric_alarm(
        name=ALARM,
        description="",
        alarm_actions=[],
        namespace="AWS/Events",
        metric_name="Invocations",
        dimensions=[{"Name": "RuleName", "Value": RULE}],
        statistic="Sum",
        period=3600,
        evaluation_periods=26,
        threshold=1,
        comparison_operator="LessThanThreshold",
        treat_missing_data="breaching",
    )
    rule_alarms.evaluate(alarm, backend)
    assert alarm.state_value == expected
