"""What EventBridge's rules make of an event in local AWS, seen from outside."""

from __future__ import annotations

import json

from delivery_estate import (
    RULE,
    Queue,
    create_key,
    create_pipeline,
    create_role,
    create_rule,
    create_topic,
    executions,
    key_for_events,
    put_step_failure,
)
from local_account import Account

INPUT = {"InputPathsMap": {"step": "$.detail.stepName"}, "InputTemplate": '"Step <step> failed"'}


def test_a_pipeline_is_started_with_parameters_from_the_event(account: Account) -> None:
    pipeline = create_pipeline(account, [{"Name": "Why", "Type": "String"}, {"Name": "Fixed", "Type": "Integer"}])
    listed = [{"Name": "Why", "Value": "$.detail.failureReason"}, {"Name": "Fixed", "Value": "7"}]
    parameters = {"SageMakerPipelineParameters": {"PipelineParameterList": listed}}
    create_rule(account, {"Arn": pipeline, "RoleArn": create_role(account), **parameters})
    put_step_failure(account, "missing values in Age")
    (execution,) = executions(account)
    assert execution["PipelineExecutionStatus"] == "Executing"
    answer = account.client("sagemaker").list_pipeline_parameters_for_execution(
        PipelineExecutionArn=execution["PipelineExecutionArn"]
    )
    assert answer["PipelineParameters"] == [
        {"Name": "Why", "Value": "missing values in Age"},
        {"Name": "Fixed", "Value": "7"},
    ]


def test_one_change_put_twice_is_one_event_and_starts_one_execution(account: Account) -> None:
    create_rule(account, {"Arn": create_pipeline(account), "RoleArn": create_role(account)})
    assert put_step_failure(account) == put_step_failure(account)
    assert len(executions(account)) == 1
    put_step_failure(account, "another reason")
    assert len(executions(account)) == 2


def test_a_topic_gets_the_transformed_text(account: Account) -> None:
    key = create_key(account, *key_for_events())
    topic, inbox = create_topic(account, key)
    create_rule(account, {"Arn": topic, "InputTransformer": INPUT})
    put_step_failure(account)
    (body,) = inbox.bodies()
    assert json.loads(body)["Message"] == '"Step Check failed"'


def test_an_event_that_does_not_match_reaches_nobody(account: Account) -> None:
    topic, inbox = create_topic(account)
    create_rule(account, {"Arn": topic})
    put_step_failure(account, source="somebody.else")
    assert inbox.bodies() == []


def test_a_disabled_rule_delivers_nothing(account: Account) -> None:
    topic, inbox = create_topic(account)
    create_rule(account, {"Arn": topic})
    account.client("events").disable_rule(Name=RULE)
    put_step_failure(account)
    assert inbox.bodies() == []


def test_a_schedule_takes_only_its_own_scheduled_event(account: Account) -> None:
    target = {"Arn": create_pipeline(account), "RoleArn": create_role(account)}
    create_rule(account, target, ScheduleExpression="cron(0 23 * * ? *)")
    put_step_failure(account)
    assert executions(account) == []
    fired = {"Source": "aws.events", "DetailType": "Scheduled Event", "Detail": "{}"}
    for rule in ("rule/another", f"rule/{RULE}", f"rule/{RULE}"):
        account.client("events").put_events(Entries=[{**fired, "Resources": [account.arn("events", rule)]}])
    assert len(executions(account)) == 2


def test_a_queue_gets_the_event_as_aws_writes_it(account: Account) -> None:
    queue = Queue(account, "events").create(rule=RULE)
    create_rule(account, {"Arn": queue.arn})
    identity = put_step_failure(account)
    (body,) = queue.bodies()
    event = json.loads(body)
    assert event["id"] == identity
    assert event["account"] == account.id
    assert event["detail"]["failureReason"] == "violations"
    assert event["time"].endswith("Z")
    assert "ingestion-time" not in event


def test_log_groups_and_archives_still_get_events(account: Account) -> None:
    logs, events = account.client("logs"), account.client("events")
    logs.create_log_group(logGroupName="/events")
    events.create_archive(ArchiveName="all", EventSourceArn=account.arn("events", "event-bus/default"))
    create_rule(account, {"Arn": account.arn("logs", "log-group:/events")})
    put_step_failure(account)
    (stored,) = logs.filter_log_events(logGroupName="/events")["events"]
    assert json.loads(stored["message"])["detail"]["stepName"] == "Check"
    assert events.describe_archive(ArchiveName="all")["EventCount"] == 1
