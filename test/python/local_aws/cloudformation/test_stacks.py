"""Stacks from creation to deletion: what is made, in which order, and what becomes of it where something fails."""

from __future__ import annotations

import re

import pytest
from local_account import Account

from stacks import Stack, group, outputs, refused, role


@pytest.fixture
def stack(account: Account) -> Stack:
    return Stack(account)


def names_of_groups(stack: Stack) -> list[str]:
    told = stack.account.client("sagemaker").list_model_package_groups()["ModelPackageGroupSummaryList"]
    return sorted(each["ModelPackageGroupName"] for each in told)


def test_a_stack_is_made_in_order_and_tells_its_outputs(stack: Stack) -> None:
    resources = {
        "Group": group("first", Properties={"ModelPackageGroupDescription": {"Fn::GetAtt": ["Role", "Arn"]}}),
        "Role": role(Description={"Fn::Sub": "of ${AWS::StackName} in ${AWS::AccountId}"}),
    }
    shown = {"Role": {"Value": {"Ref": "Role"}, "Description": "its name"}, "Group": {"Value": {"Ref": "Group"}}}
    told = stack.create(resources, sections={"Outputs": shown, "Description": "one"}, Tags=[{"Key": "a", "Value": "1"}])
    assert (told["StackStatus"], told["Description"]) == ("CREATE_COMPLETE", "one")
    name = outputs(told)["Role"]
    assert re.fullmatch(r"stack-Role-[A-Z0-9]{12}", name)
    arn = stack.account.arn("sagemaker", "model-package-group/first")
    assert outputs(told)["Group"] == arn == stack.id_of("Group")
    made = stack.account.client("iam").get_role(RoleName=name)["Role"]
    assert made["Description"] == f"of stack in {stack.account.id}"
    assert made["Tags"] == [{"Key": "a", "Value": "1"}]
    sagemaker = stack.account.client("sagemaker")
    assert sagemaker.list_tags(ResourceArn=arn)["Tags"] == [{"Key": "a", "Value": "1"}]
    described = sagemaker.describe_model_package_group(ModelPackageGroupName="first")
    assert described["ModelPackageGroupDescription"] == made["Arn"]
    assert stack.events() == [
        ("stack", "CREATE_IN_PROGRESS"),
        *[("Role", f"CREATE_{status}") for status in ("IN_PROGRESS", "IN_PROGRESS", "COMPLETE")],
        *[("Group", f"CREATE_{status}") for status in ("IN_PROGRESS", "IN_PROGRESS", "COMPLETE")],
        ("stack", "CREATE_COMPLETE"),
    ]
    assert stack.delete()["StackStatus"] == "DELETE_COMPLETE"
    assert [each for each in stack.events(told["StackId"]) if each[1] == "DELETE_COMPLETE"] == [
        ("Group", "DELETE_COMPLETE"),
        ("Role", "DELETE_COMPLETE"),
        ("stack", "DELETE_COMPLETE"),
    ]
    assert refused(stack.described) == ("ValidationError", "Stack with id stack does not exist")
    assert names_of_groups(stack) == []
