"""State machines and their executions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from delivery_estate import policy
from deployed_functions import eventually

if TYPE_CHECKING:
    from local_account import Account

END = {"Type": "Pass", "End": True}


def task(resource: str, parameters: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"Type": "Task", "Resource": f"arn:aws:states:::{resource}", "Parameters": parameters, "End": True, **more}


def definition(start: str = "A", **states: dict[str, Any]) -> str:
    return json.dumps({"StartAt": start, "States": states})


@dataclass(frozen=True)
class Machine:
    account: Account
    name: str = "flow"

    @cached_property
    def states(self) -> Any:
        return self.account.client("stepfunctions")

    @property
    def arn(self) -> str:
        return self.account.arn("states", f"stateMachine:{self.name}")

    def role(self, trusted: str = "states.amazonaws.com") -> str:
        trust = {"Effect": "Allow", "Principal": {"Service": [trusted]}, "Action": ["sts:AssumeRole"]}
        created = self.account.client("iam").create_role(RoleName=self.name, AssumeRolePolicyDocument=policy(trust))
        return str(created["Role"]["Arn"])

    def create(self, text: str, **more: Any) -> Machine:
        self.states.create_state_machine(name=self.name, definition=text, roleArn=self.role(), **more)
        return self

    def start(self, given: dict[str, Any] | None = None) -> str:
        return str(self.states.start_execution(stateMachineArn=self.arn, input=json.dumps(given or {}))["executionArn"])

    def ended(self, execution: str) -> dict[str, Any]:
        def look() -> dict[str, Any]:
            return dict(self.states.describe_execution(executionArn=execution))

        return eventually(look, lambda told: told["status"] != "RUNNING")

    def run(self, given: dict[str, Any] | None = None) -> dict[str, Any]:
        return self.ended(self.start(given))
