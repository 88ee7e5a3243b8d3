"""Custom resources: a deployed function is asked, and answers at the address that it is given."""

from __future__ import annotations

import json
import urllib.error
import urllib.request

import pytest
from deployed_functions import eventually, logged
from local_account import REGION, Account

from stacks import Stack, create_function, custom, outputs

OUTPUTS = {"Outputs": {"Color": {"Value": {"Fn::GetAtt": ["Thing", "Color"]}}, "Id": {"Value": {"Ref": "Thing"}}}}


@pytest.fixture
def stack(account: Account) -> Stack:
    return Stack(account)


def test_a_function_makes_changes_and_deletes(stack: Stack) -> None:
    function = create_function(
        stack.account,
        """const id = event.ResourceProperties.Name;
        await answer(event, { PhysicalResourceId: id, Data: { Color: event.RequestType } });""",
    )
    told = stack.create({"Thing": custom(function, Name="one", Size=1, On=True)}, sections=OUTPUTS)
    assert outputs(told) == {"Color": "Create", "Id": "one"}
    assert outputs(stack.update({"Thing": custom(function, Name="one", Size=2)}, sections=OUTPUTS))["Color"] == "Update"
    assert outputs(stack.update({"Thing": custom(function, Name="two", Size=2)}, sections=OUTPUTS))["Id"] == "two"
    assert stack.delete()["StackStatus"] == "DELETE_COMPLETE"
    lines = eventually(lambda: logged(stack.account), lambda lines: len(lines) >= 5)
    events = sorted((json.loads(line) for line in lines), key=lambda event: event["RequestType"])
    asked = [(each["RequestType"], each.get("PhysicalResourceId")) for each in events]
    assert sorted(asked, key=str) == sorted(
        [("Create", None), ("Delete", "one"), ("Delete", "two"), ("Update", "one"), ("Update", "one")], key=str
    )
    first = events[0]
    common = {"ServiceToken": function, "ServiceTimeout": "60", "Name": "one"}
    assert first["ResourceProperties"] == {**common, "Size": "1", "On": "true"}
    assert first["ResourceType"] == "Custom::Thing"
    host = (
        f"https://cloudformation-custom-resource-response-useast1.s3.{REGION}.amazonaws.com/arn%3Aaws%3Acloudformation"
    )
    assert first["ResponseURL"].startswith(host)
    old = [each["OldResourceProperties"] for each in events if each["RequestType"] == "Update"]
    assert {**common, "Size": "1", "On": "true"} in old


def test_a_function_that_fails_or_never_answers_ends_the_stack_with_the_true_reason(stack: Stack) -> None:
    function = create_function(
        stack.account,
        """if (event.RequestType === "Delete") return answer(event, {});
        const broken = { Status: "FAILED", Reason: "the repository is not empty", PhysicalResourceId: "half" };
        if (event.ResourceProperties.Name === "fails") return answer(event, broken);
        if (event.ResourceProperties.Name === "unnamed") return answer(event, { PhysicalResourceId: "" });""",
    )
    assert stack.create({"Thing": custom(function, Name="fails")})["StackStatus"] == "ROLLBACK_COMPLETE"
    said = "Received response status [FAILED] from custom resource. Message returned: the repository is not empty"
    assert stack.reasons()["Thing"].startswith(said)
    deleted = [json.loads(line) for line in eventually(lambda: logged(stack.account), lambda lines: len(lines) >= 2)]
    assert [each["PhysicalResourceId"] for each in deleted if each["RequestType"] == "Delete"] == ["half"]
    unnamed = Stack(stack.account, "unnamed")
    unnamed.create({"Thing": custom(function, Name="unnamed")})
    assert unnamed.reasons()["Thing"] == "Invalid PhysicalResourceId"
    silent = Stack(stack.account, "silent")
    told = silent.create({"Thing": custom(function, ServiceTimeout="1")}, DisableRollback=True)
    assert told["StackStatus"] == "CREATE_FAILED"
    reasons = silent.api.describe_stack_events(StackName="silent")["StackEvents"]
    failed = [each["ResourceStatusReason"] for each in reasons if each["ResourceStatus"] == "CREATE_FAILED"]
    assert failed[-1].startswith("CloudFormation did not receive a response from your Custom Resource.")


def test_a_function_that_is_not_there_makes_nothing(stack: Stack) -> None:
    missing = stack.account.arn("lambda", "function:nobody")
    assert stack.create({"Thing": custom(missing)})["StackStatus"] == "ROLLBACK_COMPLETE"
    assert f"Function not found: {missing}" in stack.reasons()["Thing"]
    topic = Stack(stack.account, "topic")
    topic.create({"Thing": custom(stack.account.arn("sns", "topic"))})
    assert topic.reasons()["Thing"].endswith(
        f"[Local AWS asks functions alone, not sns: {stack.account.arn('sns', 'topic')}]"
    )


def test_nobody_answers_without_the_address(account: Account) -> None:
    url = f"{account.endpoint}/arn%3Aaws%3Acloudformation%3Aus-east-1%3A1%3Astack%2Fs%2F1%7CThing%7C1?X-Amz-Signature=0"
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(urllib.request.Request(url, b"{}", method="PUT"))
    assert refusal.value.code == 403
