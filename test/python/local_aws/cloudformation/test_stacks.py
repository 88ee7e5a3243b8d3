"""Stacks from creation to deletion: what is made, in which order, and what becomes of it where something fails."""

from __future__ import annotations

import re
from typing import Any

import pytest
from botocore.exceptions import WaiterError
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


def test_a_failed_creation_is_taken_back_with_its_true_reason(stack: Stack) -> None:
    sagemaker = stack.account.client("sagemaker")
    sagemaker.create_model_package_group(ModelPackageGroupName="taken")
    resources = {
        "Role": role(),
        "Kept": group("kept", DependsOn="Role", DeletionPolicy="Retain"),
        "Made": group("made", DependsOn="Kept", DeletionPolicy="RetainExceptOnCreate"),
        "Taken": group("taken", DependsOn="Made"),
    }
    told = stack.create(resources)
    reason = "The following resource(s) failed to create: [Taken]."
    assert (told["StackStatus"], told["StackStatusReason"]) == ("ROLLBACK_COMPLETE", reason)
    arn = stack.account.arn("sagemaker", "model-package-group/taken")
    assert f"Model Package Group already exists: {arn}" in stack.reasons()["Taken"]
    assert names_of_groups(stack) == ["kept", "taken"]
    assert [each for each in stack.events() if each[1].startswith("DELETE")] == [
        ("Made", "DELETE_IN_PROGRESS"),
        ("Made", "DELETE_COMPLETE"),
        ("Kept", "DELETE_SKIPPED"),
        ("Role", "DELETE_IN_PROGRESS"),
        ("Role", "DELETE_COMPLETE"),
    ]
    code, message = refused(stack.update, resources={"Role": role()})
    assert code == "ValidationError"
    assert message == f"Stack:{told['StackId']} is in ROLLBACK_COMPLETE state and can not be updated."
    with pytest.raises(WaiterError, match="ROLLBACK_COMPLETE"):
        stack.api.get_waiter("stack_create_complete").wait(StackName="stack")
    stack.api.delete_stack(StackName="stack")
    stack.api.get_waiter("stack_delete_complete").wait(StackName="stack", WaiterConfig={"Delay": 1})
    assert stack.create({"Kept": group("other")}, OnFailure="DELETE")["StackStatus"] == "CREATE_COMPLETE"


def test_a_failed_creation_stays_or_goes_as_was_asked(stack: Stack) -> None:
    stack.account.client("sagemaker").create_model_package_group(ModelPackageGroupName="taken")
    resources = {"Role": role(), "Taken": group("taken", DependsOn="Role")}
    gone = Stack(stack.account, "gone").create(resources, OnFailure="DELETE")
    assert gone["StackStatus"] == "DELETE_COMPLETE"
    assert stack.create(resources, DisableRollback=True)["StackStatus"] == "CREATE_FAILED"
    assert stack.account.client("iam").get_role(RoleName=stack.id_of("Role"))
    assert stack.delete()["StackStatus"] == "DELETE_COMPLETE"


def test_an_update_changes_what_differs_and_replaces_what_it_must(stack: Stack) -> None:
    first = {"Role": role(Description="one"), "Same": group("same"), "Old": group("old"), "Gone": group("gone")}
    stack.create(first)
    name = stack.id_of("Role")
    second = {"Role": role(Description="two"), "Same": group("same"), "Old": group("new"), "More": group("more")}
    told = stack.update(second)
    assert told["StackStatus"] == "UPDATE_COMPLETE"
    assert stack.account.client("iam").get_role(RoleName=name)["Role"]["Description"] == "two"
    assert stack.id_of("Role") == name
    assert names_of_groups(stack) == ["more", "new", "same"]
    events = stack.events()[stack.events().index(("stack", "UPDATE_IN_PROGRESS")) :]
    assert "Same" not in dict(events)
    cleaning = events.index(("stack", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"))
    assert cleaning < events.index(("Old", "DELETE_COMPLETE"))
    assert cleaning < events.index(("Gone", "DELETE_COMPLETE"))
    assert refused(stack.update, resources=second) == ("ValidationError", "No updates are to be performed.")
    kept = {**second, "Role": {**second["Role"], "DeletionPolicy": "Retain"}}
    assert refused(stack.update, resources=kept)[1] == "No updates are to be performed."
    stack.update({each: kept[each] for each in ("Role", "Same")}, Tags=[{"Key": "a", "Value": "2"}])
    assert stack.account.client("iam").list_role_tags(RoleName=name)["Tags"] == [{"Key": "a", "Value": "2"}]
    assert stack.delete()["StackStatus"] == "DELETE_COMPLETE"
    assert stack.account.client("iam").get_role(RoleName=name)


def test_a_failed_update_goes_back_to_what_there_was(stack: Stack) -> None:
    stack.account.client("sagemaker").create_model_package_group(ModelPackageGroupName="taken")
    allowed = {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "arn:aws:s3:::rows"}
    policy = {"PolicyName": "own", "PolicyDocument": {"Version": "2012-10-17", "Statement": [allowed]}}
    stack.create({"Role": role(Description="one"), "Group": group("before", DependsOn="Role")})
    name = stack.id_of("Role")
    broken = {
        "Role": role(Description="two", Policies=[policy]),
        "Group": group("after", DependsOn="Role"),
        "Taken": group("taken", DependsOn="Group"),
    }
    told = stack.update(broken)
    assert told["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert told["StackStatusReason"] == "The following resource(s) failed to create: [Taken]."
    assert "already exists" in stack.reasons()["Taken"]
    iam = stack.account.client("iam")
    assert iam.get_role(RoleName=name)["Role"]["Description"] == "one"
    assert iam.list_role_policies(RoleName=name)["PolicyNames"] == []
    assert names_of_groups(stack) == ["before", "taken"]
    del broken["Taken"]
    assert stack.update(broken)["StackStatus"] == "UPDATE_COMPLETE"
    assert iam.list_role_policies(RoleName=name)["PolicyNames"] == ["own"]
    assert names_of_groups(stack) == ["after", "taken"]


def test_what_cannot_be_deleted_stays_with_what_it_needs(stack: Stack) -> None:
    s3 = stack.account.client("s3")
    bucket: dict[str, Any] = {"Type": "AWS::S3::Bucket", "DependsOn": "Role"}
    stack.create({"Role": role(), "Bucket": bucket, "Free": group("free")})
    name = stack.id_of("Bucket")
    s3.put_object(Bucket=name, Key="a", Body=b"1")
    told = stack.delete()
    assert told["StackStatus"] == "DELETE_FAILED"
    assert told["StackStatusReason"] == "The following resource(s) failed to delete: [Bucket]."
    assert "not empty" in stack.reasons()["Bucket"]
    assert names_of_groups(stack) == []
    assert stack.account.client("iam").get_role(RoleName=stack.id_of("Role"))
    assert stack.delete(RetainResources=["Bucket"])["StackStatus"] == "DELETE_COMPLETE"
    assert s3.head_bucket(Bucket=name)


def test_names_tokens_capabilities_and_protection(stack: Stack) -> None:
    body = '{"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {"RoleName": "r", %s}}}}'
    given = {"StackName": "stack", "TemplateBody": body % '"AssumeRolePolicyDocument": {"Statement": []}'}
    said = ("InsufficientCapabilitiesException", "Requires capabilities : [CAPABILITY_NAMED_IAM]")
    assert refused(stack.api.create_stack, **given) == said
    assert refused(stack.api.create_stack, **given, Capabilities=["CAPABILITY_IAM"]) == said
    given |= {"Capabilities": ["CAPABILITY_NAMED_IAM"], "EnableTerminationProtection": True}
    made = stack.api.create_stack(**given, ClientRequestToken="once")["StackId"]
    assert stack.api.create_stack(**given, ClientRequestToken="once")["StackId"] == made
    assert refused(stack.api.create_stack, **given) == ("AlreadyExistsException", "Stack [stack] already exists")
    stack.settled(made)
    assert "TerminationProtection" in refused(stack.api.delete_stack, StackName="stack")[1]
    assert refused(stack.api.create_change_set, StackName="stack", ChangeSetName="c")[0] == "UnknownOperationException"
    assert (
        "Local AWS has nothing for TimeoutInMinutes"
        in refused(stack.api.create_stack, **{**given, "StackName": "two"}, TimeoutInMinutes=1)[1]
    )


def test_stacks_are_listed_and_their_templates_told(stack: Stack) -> None:
    resources = {"Group": group("g")}
    told = stack.create(resources)
    assert stack.api.get_template(StackName="stack")["TemplateBody"] == {"Resources": resources}
    (summary,) = stack.api.list_stacks(StackStatusFilter=["CREATE_COMPLETE"])["StackSummaries"]
    assert summary["StackId"] == told["StackId"]
    (listed,) = stack.api.list_stack_resources(StackName="stack")["StackResourceSummaries"]
    (shown,) = stack.api.describe_stack_resources(PhysicalResourceId=listed["PhysicalResourceId"])["StackResources"]
    assert (shown["LogicalResourceId"], shown["StackName"]) == ("Group", "stack")
    assert stack.api.get_template_summary(StackName="stack")["ResourceTypes"] == ["AWS::SageMaker::ModelPackageGroup"]
