from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

import pytest
from botocore.stub import ANY
from fakes import Fakes

from ci.commands import RunError
from ci.stack import Stack

NAME = "sagemaker-churn-p-abcdefghijkl-staging"
STACK_ID = f"arn:aws:cloudformation:us-east-1:111111111111:stack/{NAME}/1"
NOW = datetime(2026, 1, 1, tzinfo=timezone.utc)


class Standing:
    """A stack, and what DescribeStacks says of it in turn."""

    def __init__(self) -> None:
        self.fakes = Fakes()
        self.pauses: list[float] = []
        self.stack = Stack(self.fakes.client("cloudformation"), NAME, self.pauses.append)

    def absent(self) -> None:
        self.fakes.refuse(
            "cloudformation", "describe_stacks", "ValidationError", f"Stack with id {NAME} does not exist"
        )

    def is_now(self, *statuses: str) -> None:
        for status in statuses:
            described = {"StackName": NAME, "StackId": STACK_ID, "StackStatus": status, "CreationTime": NOW}
            self.fakes.answer("cloudformation", "describe_stacks", {"Stacks": [described]}, {"StackName": NAME})

    def answers(self, method: str) -> None:
        expected = {
            "create_stack": {**_given(), "ClientRequestToken": ANY},
            "update_stack": {**_given(), "ClientRequestToken": ANY},
            "delete_stack": {"StackName": NAME},
        }[method]
        answer = {} if method == "delete_stack" else {"StackId": STACK_ID}
        self.fakes.answer("cloudformation", method, answer, expected)

    def happened(self, *events: tuple[str, str, str]) -> None:
        """From the latest: logical id, status, reason."""
        self.fakes.answer(
            "cloudformation", "describe_stack_events", {"StackEvents": [_event(*each) for each in events]}
        )

    def apply(self) -> bool:
        changed = self.stack.apply("{}", {"Stage": "staging"}, [])
        self.fakes.expect_all_asked()
        return changed


def _given() -> dict[str, Any]:
    parameters = [{"ParameterKey": "Stage", "ParameterValue": "staging"}]
    return {"StackName": NAME, "TemplateBody": "{}", "Parameters": parameters, "Tags": []}


def _event(logical_id: str, status: str, reason: str) -> dict[str, Any]:
    return {
        "StackId": STACK_ID,
        "EventId": f"{logical_id}-{status}",
        "StackName": NAME,
        "LogicalResourceId": logical_id,
        "PhysicalResourceId": STACK_ID if logical_id == NAME else logical_id,
        "ResourceType": "AWS::CloudFormation::Stack" if logical_id == NAME else "AWS::SageMaker::Endpoint",
        "Timestamp": NOW,
        "ResourceStatus": status,
        "ResourceStatusReason": reason,
    }


def test_defect_a_stack_that_is_made_is_waited_for() -> None:
    """The peers go on at once: the test and the gate open before there is an endpoint."""
    standing = Standing()
    standing.absent()
    standing.answers("create_stack")
    standing.is_now("CREATE_IN_PROGRESS", "CREATE_IN_PROGRESS", "CREATE_COMPLETE")
    assert standing.apply()
    assert len(standing.pauses) == 2


def test_defect_no_updates_to_be_performed_is_no_failure() -> None:
    standing = Standing()
    standing.is_now("CREATE_COMPLETE")
    standing.fakes.refuse("cloudformation", "update_stack", "ValidationError", "No updates are to be performed.")
    assert not standing.apply()


def test_any_other_refusal_is_one() -> None:
    standing = Standing()
    standing.is_now("CREATE_COMPLETE")
    standing.fakes.refuse("cloudformation", "update_stack", "ValidationError", "Parameters: [X] do not exist")
    with pytest.raises(Exception, match="do not exist"):
        standing.apply()


@pytest.mark.parametrize("status", ["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"])
def test_defect_a_stack_that_was_never_made_is_made_anew(status: str) -> None:
    """CloudFormation never updates it: without this, no run succeeds until a person deletes it."""
    standing = Standing()
    standing.is_now(status)
    standing.answers("delete_stack")
    standing.is_now("DELETE_IN_PROGRESS")
    standing.absent()
    standing.answers("create_stack")
    standing.is_now("CREATE_COMPLETE")
    assert standing.apply()


def test_what_is_under_way_ends_first() -> None:
    standing = Standing()
    standing.is_now("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE")
    standing.answers("update_stack")
    standing.is_now("UPDATE_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "UPDATE_COMPLETE")
    assert standing.apply()


def test_defect_a_failure_says_the_true_reason_of_this_attempt_alone() -> None:
    """Not that others were cancelled, nor what failed in an earlier attempt."""
    standing = Standing()
    standing.is_now("UPDATE_COMPLETE")
    standing.answers("update_stack")
    standing.is_now("UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_ROLLBACK_COMPLETE")
    standing.happened(
        (NAME, "UPDATE_ROLLBACK_COMPLETE", ""),
        (NAME, "UPDATE_ROLLBACK_IN_PROGRESS", "The following resource(s) failed to update: [Endpoint]."),
        ("Latency", "UPDATE_FAILED", "Resource update cancelled"),
        ("Endpoint", "UPDATE_FAILED", "Unable to pull the image"),
        (NAME, "UPDATE_IN_PROGRESS", "User Initiated"),
        ("Endpoint", "CREATE_FAILED", "of an earlier attempt"),
    )
    with pytest.raises(RunError) as caught:
        standing.apply()
    assert str(caught.value).splitlines() == [
        f"{NAME} is UPDATE_ROLLBACK_COMPLETE",
        "Endpoint (AWS::SageMaker::Endpoint): Unable to pull the image",
    ]


def test_an_end_that_never_comes_is_told() -> None:
    standing = Standing()
    for _ in range(2000):
        standing.is_now("CREATE_IN_PROGRESS")
    with pytest.raises(RunError, match="is still CREATE_IN_PROGRESS after 2 hours"):
        standing.stack.apply("{}", {}, [])
    assert sum(standing.pauses) >= 2 * 3600
