"""Stacks of CloudFormation, and functions that custom resources ask."""

from __future__ import annotations

import io
import json
import time
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from local_account import Account

TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "sagemaker.amazonaws.com"}, "Action": "sts:AssumeRole"},
    ],
}
NAMED = ["CAPABILITY_NAMED_IAM"]


def group(name: str = "group", **more: Any) -> dict[str, Any]:
    properties = {"ModelPackageGroupName": name, **more.pop("Properties", {})}
    return {"Type": "AWS::SageMaker::ModelPackageGroup", "Properties": properties, **more}


def role(**properties: Any) -> dict[str, Any]:
    return {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": TRUST, **properties}}


def custom(function: str, **properties: Any) -> dict[str, Any]:
    return {"Type": "Custom::Thing", "Properties": {"ServiceToken": function, "ServiceTimeout": 60, **properties}}


@dataclass(frozen=True)
class Stack:
    account: Account
    name: str = "stack"

    @property
    def api(self) -> Any:
        return self.account.client("cloudformation")

    def create(self, resources: dict[str, Any], **more: Any) -> dict[str, Any]:
        """As it is once nothing is under way; `sections` are others of the template."""
        body = json.dumps({"Resources": resources, **more.pop("sections", {})})
        stack = self.api.create_stack(StackName=self.name, TemplateBody=body, Capabilities=NAMED, **more)["StackId"]
        return self.settled(stack)

    def update(self, resources: dict[str, Any], **more: Any) -> dict[str, Any]:
        body = json.dumps({"Resources": resources, **more.pop("sections", {})})
        stack = self.api.update_stack(StackName=self.name, TemplateBody=body, Capabilities=NAMED, **more)["StackId"]
        return self.settled(stack)

    def delete(self, **more: Any) -> dict[str, Any]:
        stack = self.described()["StackId"]
        self.api.delete_stack(StackName=self.name, **more)
        return self.settled(stack)

    def described(self, name: str | None = None) -> dict[str, Any]:
        (told,) = self.api.describe_stacks(StackName=name or self.name)["Stacks"]
        return dict(told)

    def settled(self, stack: str) -> dict[str, Any]:
        while (told := self.described(stack))["StackStatus"].endswith("_IN_PROGRESS"):
            time.sleep(0.05)
        return told

    def id_of(self, logical_id: str) -> str:
        told = self.api.describe_stack_resource(StackName=self.name, LogicalResourceId=logical_id)
        return str(told["StackResourceDetail"]["PhysicalResourceId"])

    def events(self, stack: str | None = None) -> list[tuple[str, str]]:
        """Logical ids and statuses, the first first; the stack's own id is its name."""
        told = self.api.describe_stack_events(StackName=stack or self.name)["StackEvents"]
        return [(each["LogicalResourceId"], each["ResourceStatus"]) for each in reversed(told)]

    def reasons(self, stack: str | None = None) -> dict[str, str]:
        """Why a resource failed first, by logical id."""
        told = self.api.describe_stack_events(StackName=stack or self.name)["StackEvents"]
        return {
            each["LogicalResourceId"]: each["ResourceStatusReason"]
            for each in told
            if each["ResourceStatus"].endswith("FAILED")
        }


def outputs(told: dict[str, Any]) -> dict[str, str]:
    return {each["OutputKey"]: each["OutputValue"] for each in told["Outputs"]}


def refused(call: Any, **given: Any) -> tuple[str, str]:
    with pytest.raises(ClientError) as refusal:
        call(**given)
    error = refusal.value.response["Error"]
    return error["Code"], error["Message"]


def create_function(account: Account, source: str, name: str = "thing") -> str:
    """One that answers by `answer(event, told)`, with what it says over what an answer must have."""
    whole = f"""
        const answer = (event, told) => fetch(event.ResponseURL, {{ method: "PUT", body: JSON.stringify({{
            Status: "SUCCESS", PhysicalResourceId: event.PhysicalResourceId ?? "thing-1", StackId: event.StackId,
            RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId, ...told }}) }});
        exports.handler = async (event) => {{ console.info(JSON.stringify(event)); {source} }};
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("index.js", whole)
    trust = json.dumps(TRUST).replace("sagemaker.", "lambda.")
    role_arn = account.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    return str(
        account.client("lambda").create_function(
            FunctionName=name,
            Runtime="nodejs22.x",
            Role=role_arn,
            Handler="index.handler",
            Code={"ZipFile": buffer.getvalue()},
            LoggingConfig={"LogFormat": "JSON", "LogGroup": "/functions"},
        )["FunctionArn"]
    )
