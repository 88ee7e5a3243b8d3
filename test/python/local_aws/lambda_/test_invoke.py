"""Functions that clients call, and settings of calls that nobody waits for."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import Queue
from deployed_functions import FAILS, allowed, create_function, eventually, grant, logged
from local_account import Account

ECHO = "exports.handler = async (event, context) => { console.info('called'); return { got: event.n }; };"


def call(account: Account, payload: bytes = b'{"n":1}', **given: Any) -> dict[str, Any]:
    answer: dict[str, Any] = account.client("lambda").invoke(FunctionName="guard", Payload=payload, **given)
    return answer


def test_a_call_that_is_waited_for_gets_the_result_and_the_end_of_the_log(account: Account) -> None:
    create_function(account, ECHO)
    answer = call(account, LogType="Tail")
    assert (answer["StatusCode"], json.load(answer["Payload"])) == (200, {"got": 1})
    assert answer["ExecutedVersion"] == "$LATEST"
    assert base64.b64decode(answer["LogResult"]).decode() == "called\n"
    assert "FunctionError" not in answer


def test_a_function_may_call_another_while_it_is_called(account: Account) -> None:
    source = """
        const { SQSClient, ListQueuesCommand } = require("@aws-sdk/client-sqs");
        exports.handler = async () => ((await new SQSClient().send(new ListQueuesCommand())).QueueUrls ?? []).length;
    """
    create_function(account, source)
    Queue(account, "one").create()
    assert json.load(call(account)["Payload"]) == 1


def test_a_function_that_throws_is_an_answer_not_a_fault_of_lambda_s(account: Account) -> None:
    create_function(account, FAILS)
    answer = call(account)
    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    assert json.load(answer["Payload"]) == {"errorType": "TypeError", "errorMessage": "no", "trace": []}


def test_a_call_that_nobody_waits_for_is_taken_and_made_and_a_dry_run_is_not(account: Account) -> None:
    create_function(account, ECHO)
    assert call(account, InvocationType="DryRun")["StatusCode"] == 204
    assert call(account, InvocationType="Event")["StatusCode"] == 202
    assert eventually(lambda: logged(account), bool) == ["called"]


@pytest.mark.parametrize(
    ("name", "payload", "code"),
    [
        ("none", b"{}", "ResourceNotFoundException"),
        ("guard", b"{", "InvalidRequestContentException"),
        ("guard", b'"' + b"a" * 6 * 1024 * 1024 + b'"', "RequestTooLargeException"),
    ],
)
def test_what_lambda_does_not_take(account: Account, name: str, payload: bytes, code: str) -> None:
    create_function(account, ECHO)
    with pytest.raises(ClientError) as refusal:
        account.client("lambda").invoke(FunctionName=name, Payload=payload)
    assert refusal.value.response["Error"]["Code"] == code


def test_settings_of_calls_that_nobody_waits_for_are_the_last_that_were_put(account: Account) -> None:
    functions, queue = account.client("lambda"), account.arn("sqs", "q")
    create_function(account, ECHO)
    functions.put_function_event_invoke_config(FunctionName="guard", MaximumRetryAttempts=2)
    functions.put_function_event_invoke_config(FunctionName="guard", MaximumRetryAttempts=1)
    destination = {"OnFailure": {"Destination": queue}}
    functions.update_function_event_invoke_config(FunctionName="guard", DestinationConfig=destination)
    read = functions.get_function_event_invoke_config(FunctionName="guard")
    assert (read["MaximumRetryAttempts"], read["DestinationConfig"]["OnFailure"]) == (1, destination["OnFailure"])


@pytest.mark.parametrize(
    ("config", "condition", "tries"),
    [
        ({"MaximumRetryAttempts": 0}, "RetriesExhausted", 1),
        ({"MaximumRetryAttempts": 1}, "RetriesExhausted", 2),
        ({"MaximumEventAgeInSeconds": 100}, "EventAgeExceeded", 2),
    ],
)
def test_a_failure_is_told_to_its_destination(
    account: Account, config: dict[str, int], condition: str, tries: int
) -> None:
    queue = Queue(account, "failed").create()
    arn = create_function(account, FAILS)
    grant(account, allowed("sqs:SendMessage", queue.arn))
    account.client("lambda").put_function_event_invoke_config(
        FunctionName="guard", DestinationConfig={"OnFailure": {"Destination": queue.arn}}, **config
    )
    call(account, InvocationType="Event")
    (body,) = eventually(queue.bodies, bool)
    record = json.loads(body)
    context = record["requestContext"]
    assert (context["condition"], context["approximateInvokeCount"]) == (condition, tries)
    assert context["functionArn"] == f"{arn}:$LATEST"
    assert record["requestPayload"] == {"n": 1}
    assert record["responsePayload"]["errorMessage"] == "no"
    assert logged(account).count("tried") == tries


def test_a_success_is_told_where_that_is_asked_for_and_never_past_the_role(account: Account) -> None:
    done, barred = Queue(account, "done").create(), Queue(account, "barred").create()
    create_function(account, ECHO)
    grant(account, allowed("sqs:SendMessage", done.arn))
    functions = account.client("lambda")
    for queue in (barred, done):
        destination = {"OnSuccess": {"Destination": queue.arn}}
        functions.put_function_event_invoke_config(FunctionName="guard", DestinationConfig=destination)
        call(account, InvocationType="Event")
        eventually(lambda: logged(account), lambda lines, queue=queue: len(lines) == (2 if queue is done else 1))
    (body,) = eventually(done.bodies, bool)
    assert json.loads(body)["responsePayload"] == {"got": 1}
    assert barred.bodies() == []
