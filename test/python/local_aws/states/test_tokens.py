"""Tasks that wait until somebody answers with their token."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import Queue
from deployed_functions import eventually
from local_account import Account
from state_machines import END, Machine, definition, task


def waiting(account: Account, **more: Any) -> tuple[Machine, str, str]:
    """A state machine whose execution has asked by a queue, the execution, and the token."""
    inbox = Queue(account, "inbox").create()
    asked = {"QueueUrl": inbox.url, "MessageBody": {"token.$": "$$.Task.Token"}}
    ask = task("sqs:sendMessage.waitForTaskToken", asked, **more)
    machine = Machine(account).create(definition(A=ask, **({"Rejected": END} if "Catch" in more else {})))
    execution = machine.start()
    (body,) = eventually(inbox.bodies, bool)
    return machine, execution, json.loads(body)["token"]


def test_an_answer_is_the_task_s_result_and_a_second_one_is_too_late(account: Account) -> None:
    machine, execution, token = waiting(account)
    machine.states.send_task_success(taskToken=token, output='{"decision":"approved"}')
    for answer in ({"output": "{}"}, {"error": "Rejected"}):
        send = machine.states.send_task_success if "output" in answer else machine.states.send_task_failure
        with pytest.raises(ClientError, match="Provided task does not exist anymore") as refusal:
            send(taskToken=token, **answer)
        assert refusal.value.response["Error"]["Code"] == "TaskTimedOut"
    assert json.loads(machine.ended(execution)["output"]) == {"decision": "approved"}


def test_a_rejection_is_caught_by_its_name_and_has_its_cause(account: Account) -> None:
    caught = [{"ErrorEquals": ["Rejected"], "Next": "Rejected", "ResultPath": "$.Failure"}]
    machine, execution, token = waiting(account, Catch=caught)
    machine.states.send_task_failure(taskToken=token, error="Rejected", cause="not good enough")
    told = json.loads(machine.ended(execution)["output"])
    assert told["Failure"] == {"Error": "Rejected", "Cause": "not good enough"}


def test_nobody_s_answer_in_time_is_a_timeout_that_is_caught(account: Account) -> None:
    caught = [{"ErrorEquals": ["States.Timeout"], "Next": "Rejected", "ResultPath": "$.Failure"}]
    machine, execution, token = waiting(account, TimeoutSeconds=1, Catch=caught)
    assert json.loads(machine.ended(execution)["output"])["Failure"]["Error"] == "States.Timeout"
    with pytest.raises(ClientError, match="Provided task does not exist anymore"):
        machine.states.send_task_success(taskToken=token, output="{}")


def test_an_answer_that_is_no_json_a_token_that_never_was_and_another_account_s_are_refused(
    account: Account, other_account: Account
) -> None:
    machine, execution, token = waiting(account)
    other = Machine(other_account).states
    for states, given, code in (
        (machine.states, {"taskToken": token, "output": "{"}, "InvalidOutput"),
        (machine.states, {"taskToken": "none", "output": "{}"}, "InvalidToken"),
        (other, {"taskToken": token, "output": "{}"}, "InvalidToken"),
    ):
        with pytest.raises(ClientError) as refusal:
            states.send_task_success(**given)
        assert refusal.value.response["Error"]["Code"] == code
    assert machine.states.describe_execution(executionArn=execution)["status"] == "RUNNING"
