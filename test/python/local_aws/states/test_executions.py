"""Executions: what they do as their role, what they say and where, and how they end."""

from __future__ import annotations

import json
from threading import Event, RLock
from typing import Any

import pytest
from botocore.exceptions import ClientError
from delivery_estate import Queue, create_topic
from deployed_functions import create_function
from local_account import Account
from mlops_moto.states.executions import fail
from moto.stepfunctions.parser.asl.eval.environment import Environment
from moto.stepfunctions.parser.asl.eval.program_state import ProgramError, ProgramRunning, ProgramStopped
from state_machines import END, Machine, definition, task

CHANGE = {"source": ["aws.states"], "detail-type": ["Step Functions Execution Status Change"]}


def test_an_execution_without_a_name_gets_one_and_says_what_came_of_it(account: Account) -> None:
    machine = Machine(account).create(definition(A={**END, "Result": {"n": 1}}))
    first, second = machine.run(), machine.run()
    assert (first["status"], json.loads(first["output"])) == ("SUCCEEDED", {"n": 1})
    assert len({first["name"], second["name"]}) == 2
    assert first["stopDate"] >= first["startDate"]


def test_tasks_work_in_the_state_machine_s_account_and_times_are_text_where_they_are_handed_on(
    account: Account,
) -> None:
    account.client("sqs").create_queue(QueueName="here")
    queues = task("aws-sdk:sqs:listQueues", {}, Next="B")
    del queues["End"]
    machines = task("aws-sdk:sfn:listStateMachines", {})
    text = definition(A={**queues, "ResultPath": "$.queues"}, B={**machines, "ResultPath": "$.machines"})
    told = json.loads(Machine(account).create(text).run()["output"])
    assert [url.rsplit("/", 2)[1:] for url in told["queues"]["QueueUrls"]] == [[account.id, "here"]]
    assert [each["Name"] for each in told["machines"]["StateMachines"]] == ["flow"]
    assert isinstance(told["machines"]["StateMachines"][0]["CreationDate"], str)


def test_a_function_is_called_and_its_failure_has_its_own_name(account: Account) -> None:
    source = "exports.handler = async ({ n }) => { if (n > 1) throw new RangeError('too much'); return { n: n + 1 }; };"
    function = create_function(account, source)
    called = task("lambda:invoke", {"FunctionName": function, "Payload.$": "$"}, ResultSelector={"n.$": "$.Payload.n"})
    machine = Machine(account).create(definition(A=called))
    assert json.loads(machine.run({"n": 1})["output"]) == {"n": 2}
    failed = machine.run({"n": 2})
    assert (failed["status"], failed["error"]) == ("FAILED", "RangeError")
    assert json.loads(failed["cause"])["errorMessage"] == "too much"


def test_a_message_is_published(account: Account) -> None:
    topic, inbox = create_topic(account)
    publish = task("sns:publish", {"TopicArn": topic, "Subject": "s", "Message.$": "States.Format('{} is in', $.who)"})
    assert Machine(account).create(definition(A=publish)).run({"who": "iris"})["status"] == "SUCCEEDED"
    assert [json.loads(body)["Message"] for body in inbox.bodies()] == ["iris is in"]


def test_an_error_of_aws_sdk_is_named_after_the_service(account: Account) -> None:
    describe = task("aws-sdk:sagemaker:describeEndpoint", {"EndpointName": "none"})
    failed = Machine(account).create(definition(A=describe)).run()
    assert (failed["status"], failed["error"]) == ("FAILED", "SageMaker.SageMakerException")


def test_a_stopped_execution_says_why(account: Account) -> None:
    machine = Machine(account).create(definition(A={"Type": "Wait", "Seconds": 600, "Next": "B"}, B=END))
    execution = machine.start()
    machine.states.stop_execution(executionArn=execution, error="Enough", cause="somebody had it stopped")
    told = machine.ended(execution)
    assert (told["status"], told["error"], told["cause"]) == ("ABORTED", "Enough", "somebody had it stopped")
    (listed,) = machine.states.list_executions(stateMachineArn=machine.arn)["executions"]
    assert (listed["status"], listed["stopDate"]) == ("ABORTED", told["stopDate"])


@pytest.mark.parametrize(
    ("stopped", "ends"), [(True, ProgramStopped), (False, ProgramError)], ids=["as stopped", "as failed"]
)
def test_a_state_that_fails_ends_its_execution_unless_it_was_stopped(stopped: bool, ends: type) -> None:
    env = object.__new__(Environment)
    running = {"_state_mutex": RLock(), "program_state_event": Event(), "_frames": []}
    vars(env).update(running, _program_state=ProgramRunning())
    if stopped:
        env.set_stop(stop_date="2026-01-01T00:00:00Z", error="Enough", cause="somebody had it stopped")
    fail(env, {"error": "States.Runtime", "cause": "IndexError(pop from empty list)"})
    assert isinstance(env.program_state(), ends)


def test_the_bus_hears_that_an_execution_has_begun_and_how_it_has_ended(account: Account) -> None:
    inbox = Queue(account, "inbox").create(rule="changes")
    events = account.client("events")
    events.put_rule(Name="changes", EventPattern=json.dumps(CHANGE))
    events.put_targets(Rule="changes", Targets=[{"Id": "inbox", "Arn": inbox.arn}])
    failing = {"Type": "Fail", "Error": "Workflow.Rejected", "Cause": "no"}
    execution = Machine(account).create(definition(A=failing)).run({"digest": "sha256:1"})
    told = [json.loads(body) for body in inbox.bodies()]
    assert [each["resources"] for each in told] == [[execution["executionArn"]]] * 2
    begun, ended = (each["detail"] for each in told)
    assert (begun["status"], begun["stopDate"], begun["output"]) == ("RUNNING", None, None)
    assert (ended["status"], ended["error"], ended["cause"]) == ("FAILED", "Workflow.Rejected", "no")
    assert (json.loads(ended["input"]), ended["name"]) == ({"digest": "sha256:1"}, execution["name"])
    assert ended["stopDate"] >= ended["startDate"] == begun["startDate"] > 1_700_000_000_000


@pytest.mark.parametrize("with_data", [True, False])
def test_the_log_has_every_event_and_data_only_where_it_is_asked_for(account: Account, *, with_data: bool) -> None:
    logs, group = account.client("logs"), account.arn("logs", "log-group:/aws/vendedlogs/states/flow")
    logs.create_log_group(logGroupName="/aws/vendedlogs/states/flow")
    destination = {"cloudWatchLogsLogGroup": {"logGroupArn": f"{group}:*"}}
    configured = {"level": "ALL", "includeExecutionData": with_data, "destinations": [destination]}
    publish = task("sns:publish", {"TopicArn": create_topic(account)[0], "Message": "secret"})
    Machine(account).create(definition(A=publish), loggingConfiguration=configured).run({"token": "secret"})
    written = [each["message"] for each in logs.filter_log_events(logGroupName="/aws/vendedlogs/states/flow")["events"]]
    kinds = [json.loads(line)["type"] for line in written]
    assert (kinds[0], kinds[-1]) == ("ExecutionStarted", "ExecutionSucceeded")
    assert {"TaskScheduled", "TaskSucceeded"} <= set(kinds)
    assert any("secret" in line for line in written) is with_data


def test_a_rule_starts_an_execution_as_its_role_and_once_for_an_event(account: Account) -> None:
    machine = Machine(account).create(definition(A=END))
    starter = Machine(account, "starter").role("events.amazonaws.com")
    events = account.client("events")
    events.put_rule(Name="pushed", EventPattern=json.dumps({"source": ["here"]}))
    target: dict[str, Any] = {"Id": "flow", "Arn": machine.arn, "RoleArn": starter, "InputPath": "$.detail"}
    events.put_targets(Rule="pushed", Targets=[target])

    def push() -> str:
        entry = {"Source": "here", "DetailType": "push", "Detail": json.dumps({"digest": "sha256:1"})}
        return str(events.put_events(Entries=[entry])["Entries"][0]["EventId"])

    def executions() -> list[dict[str, Any]]:
        return list(machine.states.list_executions(stateMachineArn=machine.arn)["executions"])

    push()
    assert executions() == []
    start = {"Effect": "Allow", "Action": ["states:StartExecution"], "Resource": [machine.arn]}
    document = json.dumps({"Version": "2012-10-17", "Statement": [start]})
    account.client("iam").put_role_policy(RoleName="starter", PolicyName="start", PolicyDocument=document)
    event = push()
    (started,) = executions()
    assert started["name"].startswith(f"{event}_")
    assert json.loads(machine.ended(started["executionArn"])["input"]) == {"digest": "sha256:1"}


def test_an_execution_that_takes_too_long_times_out(account: Account) -> None:
    text = {
        "StartAt": "A",
        "TimeoutSeconds": 1,
        "States": {"A": {"Type": "Wait", "Seconds": 600, "Next": "B"}, "B": END},
    }
    told = Machine(account).create(json.dumps(text)).run()
    assert (told["status"], "stopDate" in told) == ("TIMED_OUT", True)


def test_an_execution_that_is_not_there_is_none(account: Account) -> None:
    with pytest.raises(ClientError, match="ExecutionDoesNotExist"):
        Machine(account).states.describe_execution(executionArn=account.arn("states", "execution:flow:none"))


def test_a_path_with_a_filter_that_nothing_passes_is_an_empty_list(account: Account) -> None:
    parameters = {"found.$": "$.list[?(@.name == 'b')].value", "other.$": "$.list[?(@.name == 'a')].value"}
    machine = Machine(account).create(definition(A={**END, "Parameters": parameters}))
    told = machine.run({"list": [{"name": "a", "value": 1}]})
    assert json.loads(told["output"]) == {"found": [], "other": [1]}
