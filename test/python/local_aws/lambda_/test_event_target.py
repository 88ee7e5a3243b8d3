"""Functions that rules call: run as their role, tried again, and given up to their dead-letter queue."""

from __future__ import annotations

import json

from delivery_estate import RULE, Queue, attributes_of, create_key, create_rule, put_step_failure
from deployed_functions import FAILS, allowed, create_function, eventually, grant, logged
from local_account import Account

SAYS = "exports.handler = async (event) => console.info(`got ${event.detail.failureReason}`);"


def lettered(account: Account, arn: str, key: str = "") -> Queue:
    """A dead-letter queue that the rule may send to, and the rule that has it."""
    queue = Queue(account, "undelivered").create(rule=RULE, **({"KmsMasterKeyId": key} if key else {}))
    create_rule(account, {"Arn": arn, "DeadLetterConfig": {"Arn": queue.arn}})
    return queue


def test_a_function_gets_the_event_and_what_it_prints_is_logged(account: Account) -> None:
    create_rule(account, {"Arn": create_function(account, SAYS)})
    put_step_failure(account, "violations")
    assert eventually(lambda: logged(account), bool) == ["got violations"]


def test_it_runs_as_its_role_in_the_rule_s_account(account: Account) -> None:
    source = """
        const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");
        exports.handler = async () => console.info((await new STSClient().send(new GetCallerIdentityCommand())).Arn);
    """
    create_rule(account, {"Arn": create_function(account, source)})
    put_step_failure(account)
    (arn,) = eventually(lambda: logged(account), bool)
    assert arn == f"arn:aws:sts::{account.id}:assumed-role/starter/guard"


def test_a_rule_that_the_function_does_not_let_in_dead_letters_its_event(account: Account) -> None:
    queue = lettered(account, create_function(account, SAYS, rule="another"))
    put_step_failure(account)
    (message,) = queue.messages()
    assert attributes_of(message)["ERROR_CODE"] == "NO_PERMISSIONS"


def test_a_function_that_is_not_there_dead_letters_its_event(account: Account) -> None:
    queue = lettered(account, account.arn("lambda", "function:none"))
    put_step_failure(account)
    (message,) = queue.messages()
    assert attributes_of(message)["ERROR_CODE"] == "NO_RESOURCE"


def test_a_function_that_fails_is_tried_three_times_then_its_event_is_in_its_own_queue(account: Account) -> None:
    queue = Queue(account, "failed").create()
    arn = create_function(account, FAILS, DeadLetterConfig={"TargetArn": queue.arn})
    grant(account, allowed("sqs:SendMessage", queue.arn))
    create_rule(account, {"Arn": arn})
    put_step_failure(account, "violations")
    (message,) = eventually(queue.messages, bool)
    assert json.loads(message["Body"])["detail"]["failureReason"] == "violations"
    assert attributes_of(message)["ErrorMessage"] == "no"
    assert [line for line in logged(account) if not line.startswith("    at ")] == [
        "tried",
        "Invoke Error TypeError: no",
    ] * 3


def test_an_encrypted_queue_of_failed_events_wants_the_role_to_use_its_key(account: Account) -> None:
    key = create_key(account)
    account.client("kms").create_alias(AliasName="alias/events", TargetKeyId=key)
    queue = Queue(account, "failed").create(KmsMasterKeyId="alias/events")
    arn = create_function(account, FAILS, DeadLetterConfig={"TargetArn": queue.arn})
    create_rule(account, {"Arn": arn})
    by_alias = {"ForAnyValue:StringEquals": {"kms:ResourceAliases": ["alias/events"]}}
    keys = account.arn("kms", "key/*")
    send = allowed("sqs:SendMessage", queue.arn)
    grant(account, send, {**allowed("kms:Decrypt", keys), "Condition": by_alias})
    put_step_failure(account, "lost")
    eventually(lambda: logged(account), lambda lines: lines.count("tried") == 3)
    grant(account, send, {**allowed("kms:*", keys), "Condition": by_alias})
    put_step_failure(account, "kept")
    (message,) = eventually(queue.messages, bool)
    assert json.loads(message["Body"])["detail"]["failureReason"] == "kept"
