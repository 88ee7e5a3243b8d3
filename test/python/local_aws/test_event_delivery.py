"""What EventBridge's rules make of an event in local AWS, seen from outside."""

from __future__ import annotations

import json
from typing import Any

import pytest
from delivery_estate import (
    RULE,
    TRAIN,
    Queue,
    attributes_of,
    create_key,
    create_pipeline,
    create_role,
    create_rule,
    create_topic,
    executions,
    key_for_events,
    policy,
    put_step_failure,
)
from local_account import Account

INPUT = {"InputPathsMap": {"step": "$.detail.stepName"}, "InputTemplate": '"Step <step> failed"'}


def dead_letters(account: Account) -> Queue:
    return Queue(account, "undelivered").create(rule=RULE)


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


def failures(account: Account) -> list[tuple[str, dict[str, Any], str]]:
    """What may be wrong with a target, with the target and the error code it must give."""
    role = create_role(account)
    missing, forbidden = (account.arn("sagemaker", f"pipeline/{name}") for name in ("mammo-missing", "other"))
    return [
        ("a pipeline that does not exist", {"Arn": missing, "RoleArn": role}, "NO_RESOURCE"),
        ("a pipeline its role may not start", {"Arn": forbidden, "RoleArn": role}, "NO_PERMISSIONS"),
        ("a role that does not exist", {"Arn": missing, "RoleArn": f"{role}-gone"}, "FAILED_TO_ASSUME_ROLE"),
        ("a pipeline without a role", {"Arn": missing}, "FAILED_TO_ASSUME_ROLE"),
        ("a topic that does not exist", {"Arn": account.arn("sns", "missing")}, "NO_RESOURCE"),
        ("a kind of target not delivered to", {"Arn": account.arn("lambda", "function:f")}, "SDK_CLIENT_ERROR"),
    ]


def test_what_no_target_takes_lies_in_the_dead_letter_queue_at_once(account: Account) -> None:
    queue = dead_letters(account)
    for name, target, code in failures(account):
        create_rule(account, {**target, "DeadLetterConfig": {"Arn": queue.arn}})
        identity = put_step_failure(account, name)
        (message,) = queue.messages()
        attributes = attributes_of(message)
        assert attributes["ERROR_CODE"] == code, name
        assert attributes["RETRY_ATTEMPTS"] == "0"
        assert attributes["RULE_ARN"] == account.arn("events", f"rule/{RULE}")
        assert attributes["TARGET_ARN"] == target["Arn"]
        assert "EXHAUSTED_RETRY_CONDITION" not in attributes
        assert json.loads(message["Body"])["id"] == identity


def test_a_role_that_trusts_another_service_starts_nothing(account: Account) -> None:
    queue = dead_letters(account)
    role = create_role(account, "sagemaker.amazonaws.com")
    create_rule(account, {"Arn": create_pipeline(account), "RoleArn": role, "DeadLetterConfig": {"Arn": queue.arn}})
    put_step_failure(account)
    assert executions(account) == []
    (message,) = queue.messages()
    assert attributes_of(message)["ERROR_CODE"] == "FAILED_TO_ASSUME_ROLE"


def test_a_permission_in_a_managed_policy_counts(account: Account) -> None:
    role = create_role(account, may_start=False)
    iam = account.client("iam")
    start = {"Effect": "Allow", "Action": ["sagemaker:StartPipelineExecution"], "Resource": ["*"]}
    managed = iam.create_policy(PolicyName="start", PolicyDocument=policy(start))["Policy"]
    iam.attach_role_policy(RoleName="starter", PolicyArn=managed["Arn"])
    create_rule(account, {"Arn": create_pipeline(account), "RoleArn": role})
    put_step_failure(account)
    assert len(executions(account)) == 1


def test_a_role_without_the_permission_starts_nothing(account: Account) -> None:
    queue = dead_letters(account)
    role = create_role(account, may_start=False)
    create_rule(account, {"Arn": create_pipeline(account), "RoleArn": role, "DeadLetterConfig": {"Arn": queue.arn}})
    put_step_failure(account)
    (message,) = queue.messages()
    assert attributes_of(message)["ERROR_CODE"] == "NO_PERMISSIONS"
    assert TRAIN in attributes_of(message)["ERROR_MESSAGE"]


@pytest.mark.parametrize(
    "fault", ["aws-managed key", "key without grant", "key with a source condition", "topic policy"]
)
def test_an_alert_that_a_policy_keeps_out_is_not_lost(account: Account, fault: str) -> None:
    queue = dead_letters(account)
    own = {"StringEquals": {"aws:SourceAccount": account.id}}
    keys = {
        "aws-managed key": lambda: "alias/aws/sns",
        "key without grant": lambda: create_key(account),
        "key with a source condition": lambda: create_key(account, *key_for_events(**own)),
        "topic policy": lambda: create_key(account, *key_for_events()),
    }
    topic, inbox = create_topic(account, keys[fault](), publishable=fault != "topic policy")
    create_rule(account, {"Arn": topic, "InputTransformer": INPUT, "DeadLetterConfig": {"Arn": queue.arn}})
    identity = put_step_failure(account)
    assert inbox.bodies() == []
    (message,) = queue.messages()
    assert attributes_of(message)["ERROR_CODE"] == "NO_PERMISSIONS"
    assert json.loads(message["Body"])["id"] == identity


def test_a_dead_letter_queue_of_another_rule_takes_nothing(account: Account) -> None:
    queue = Queue(account, "undelivered").create(rule="another")
    create_rule(account, {"Arn": account.arn("sns", "missing"), "DeadLetterConfig": {"Arn": queue.arn}})
    put_step_failure(account)
    assert queue.messages() == []


def test_an_encrypted_dead_letter_queue_needs_its_key(account: Account) -> None:
    own = {"StringEquals": {"aws:SourceAccount": account.id}}
    for name, statements, expected in (("open", key_for_events(**own), 1), ("shut", [], 0)):
        queue = Queue(account, name).create(rule=RULE, KmsMasterKeyId=create_key(account, *statements))
        create_rule(account, {"Arn": account.arn("sns", "missing"), "DeadLetterConfig": {"Arn": queue.arn}})
        put_step_failure(account)
        assert len(queue.messages()) == expected, name


def test_log_groups_and_archives_still_get_events(account: Account) -> None:
    logs, events = account.client("logs"), account.client("events")
    logs.create_log_group(logGroupName="/events")
    events.create_archive(ArchiveName="all", EventSourceArn=account.arn("events", "event-bus/default"))
    create_rule(account, {"Arn": account.arn("logs", "log-group:/events")})
    put_step_failure(account)
    (stored,) = logs.filter_log_events(logGroupName="/events")["events"]
    assert json.loads(stored["message"])["detail"]["stepName"] == "Check"
    assert events.describe_archive(ArchiveName="all")["EventCount"] == 1
