"""What EventBridge cannot deliver, and where it then lies."""

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


def failures(account: Account) -> list[tuple[str, dict[str, Any], str]]:
    """What may be wrong with a target, with the target and the error code it must give."""
    role = create_role(account)
    machine = account.arn("states", "stateMachine:s")
    missing, forbidden = (account.arn("sagemaker", f"pipeline/{name}") for name in ("mammo-missing", "other"))
    return [
        ("a pipeline that does not exist", {"Arn": missing, "RoleArn": role}, "NO_RESOURCE"),
        ("a pipeline its role may not start", {"Arn": forbidden, "RoleArn": role}, "NO_PERMISSIONS"),
        ("a role that does not exist", {"Arn": missing, "RoleArn": f"{role}-gone"}, "FAILED_TO_ASSUME_ROLE"),
        ("a pipeline without a role", {"Arn": missing}, "FAILED_TO_ASSUME_ROLE"),
        ("a SageMaker resource that is no pipeline", {"Arn": account.arn("sagemaker", "model/m")}, "SDK_CLIENT_ERROR"),
        ("a topic that does not exist", {"Arn": account.arn("sns", "missing")}, "NO_RESOURCE"),
        ("a state machine its role may not start", {"Arn": machine, "RoleArn": role}, "NO_PERMISSIONS"),
        ("a kind of target not delivered to", {"Arn": account.arn("codebuild", "project/p")}, "SDK_CLIENT_ERROR"),
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
