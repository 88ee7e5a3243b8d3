"""One CloudFormation stack: made or changed, waited for, repaired where an earlier attempt left it unusable."""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from botocore.exceptions import ClientError

from ci.commands import RunError

LONGEST_SECONDS = 2 * 3600
_GOOD = {"CREATE_COMPLETE", "UPDATE_COMPLETE"}
# Whoever's creation failed cannot be changed any more; it holds nothing that serves.
_NEVER_MADE = {"ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"}
_BEGUN = {"CREATE_IN_PROGRESS", "UPDATE_IN_PROGRESS", "DELETE_IN_PROGRESS"}


class Stack:
    """A stack by its name.

    Args:
        client: CloudFormation
        sleep: waits so many seconds
    """

    def __init__(self, client: Any, name: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._client = client
        self.name = name
        self._sleep = sleep

    def describe(self) -> dict[str, Any] | None:
        """What DescribeStacks says, where there is such a stack."""
        try:
            return self._client.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in error.response["Error"]["Message"]:
                return None
            raise

    def template(self) -> str:
        return str(self._client.get_template(StackName=self.name)["TemplateBody"])

    def apply(self, template: str, parameters: Mapping[str, str], tags: list[dict[str, str]]) -> bool:
        """Brings the stack to this, and waits until it is.

        Returns:
            whether there was anything to change

        Raises:
            RunError: with CloudFormation's reason for the first resource that failed
        """
        standing = self._repaired()
        given = {
            "StackName": self.name,
            "TemplateBody": template,
            "Parameters": [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()],
            "Tags": tags,
            "ClientRequestToken": str(uuid.uuid4()),
        }
        if standing is None:
            self._client.create_stack(**given)
        elif not self._update(given):
            return False
        self._expect(_GOOD)
        return True

    def _update(self, given: Mapping[str, Any]) -> bool:
        try:
            self._client.update_stack(**given)
        except ClientError as error:
            if "No updates are to be performed" in error.response["Error"]["Message"]:
                return False
            raise
        return True

    def _repaired(self) -> dict[str, Any] | None:
        """The stack as it can be changed; whatever is under way ends first."""
        standing = self._settled()
        if standing is None or standing["StackStatus"] not in _NEVER_MADE:
            return standing
        print(f"{self.name} is {standing['StackStatus']}: it is deleted, and made anew", flush=True)
        self._client.delete_stack(StackName=self.name)
        self._expect(set(), stack_id=standing["StackId"])
        return None

    def _expect(self, good: set[str], stack_id: str | None = None) -> None:
        """Waits for the end. @param good: statuses that are a success; none where the stack is to be gone"""
        ended = self._settled()
        if ended is None or ended["StackStatus"] in good:
            return
        reasons = self.failures(stack_id or ended["StackId"]) or [ended.get("StackStatusReason", "no reason given")]
        raise RunError("\n".join([f"{self.name} is {ended['StackStatus']}", *reasons]))

    def _settled(self) -> dict[str, Any] | None:
        told = ""
        for pause in _pauses():
            standing = self.describe()
            status = standing["StackStatus"] if standing else ""
            if standing is None or not status.endswith("_IN_PROGRESS"):
                return standing
            if status != told:
                print(f"{self.name} is {status}", flush=True)
            told = status
            self._sleep(pause)
        raise RunError(f"{self.name} is still {told} after {LONGEST_SECONDS // 3600} hours")

    def failures(self, stack_id: str) -> list[str]:
        """Why the last attempt failed, of each resource that failed by itself, the first first."""
        found = []
        for event in self._events(stack_id):
            reason = event.get("ResourceStatusReason", "")
            if event["ResourceStatus"].endswith("_FAILED") and not re.search("cancelled", reason, re.IGNORECASE):
                found.append(f"{event['LogicalResourceId']} ({event['ResourceType']}): {reason}")
            if event["PhysicalResourceId"] == stack_id and event["ResourceStatus"] in _BEGUN:
                break
        return found[::-1]

    def _events(self, stack_id: str) -> Iterator[dict[str, Any]]:
        """From the latest."""
        for page in self._client.get_paginator("describe_stack_events").paginate(StackName=stack_id):
            yield from page["StackEvents"]


def _pauses() -> Iterator[float]:
    """Short ones at first: a mistake shows at once."""
    waited, pause = 0.0, 1.0
    while waited < LONGEST_SECONDS:
        yield pause
        waited, pause = waited + pause, min(pause * 1.5, 15.0)


def parameters_of(standing: Mapping[str, Any]) -> dict[str, str]:
    return {each["ParameterKey"]: each["ParameterValue"] for each in standing.get("Parameters", [])}
