"""
Roles, with their policies.
https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-role.html
"""

from typing import Any

from .kind import Kind, Made, Work, as_json, changed_tags, unless_gone

_LONGEST_NAME = 64


class Role(Kind):
    type = "AWS::IAM::Role"

    def create(self, work: Work) -> Made:
        name = work.properties.get("RoleName") or work.name(_LONGEST_NAME)
        asked = work.without("ManagedPolicyArns", "Policies", "RoleName")
        trust = as_json(asked.pop("AssumeRolePolicyDocument"))
        role = work.clients.of("iam").create_role(
            RoleName=name, AssumeRolePolicyDocument=trust, **asked, Tags=work.pairs()
        )["Role"]
        return Made(name, {"Arn": role["Arn"], "RoleId": role["RoleId"]})

    def settle(self, work: Work, made: Made) -> Made:
        _set_policies(work, made.id, work.with_properties({}))
        return made

    def update(self, work: Work, made: Made, before: Work) -> Made:
        iam, name, wanted = work.clients.of("iam"), made.id, work.properties
        changed = {each for each in {*wanted, *before.properties} if wanted.get(each) != before.properties.get(each)}
        if "AssumeRolePolicyDocument" in changed:
            iam.update_assume_role_policy(RoleName=name, PolicyDocument=as_json(wanted["AssumeRolePolicyDocument"]))
        if {"Description", "MaxSessionDuration"} & changed:
            limits = {"MaxSessionDuration": wanted.get("MaxSessionDuration", 3600)}
            iam.update_role(RoleName=name, Description=wanted.get("Description", ""), **limits)
        if "PermissionsBoundary" in changed:
            if "PermissionsBoundary" in wanted:
                iam.put_role_permissions_boundary(RoleName=name, PermissionsBoundary=wanted["PermissionsBoundary"])
            else:
                iam.delete_role_permissions_boundary(RoleName=name)
        _set_policies(work, name, before)
        tags, removed = changed_tags(work, before)
        if tags:
            iam.tag_role(RoleName=name, Tags=[{"Key": key, "Value": value} for key, value in tags.items()])
        if removed:
            iam.untag_role(RoleName=name, TagKeys=removed)
        return made

    def delete(self, work: Work, made: Made) -> None:
        _set_policies(work.with_properties({}), made.id, work)
        unless_gone(lambda: work.clients.of("iam").delete_role(RoleName=made.id), "NoSuchEntity")


def _set_policies(work: Work, name: str, before: Work) -> None:
    iam = work.clients.of("iam")
    wanted, old = _managed(work), _managed(before)
    for arn in wanted - old:
        iam.attach_role_policy(RoleName=name, PolicyArn=arn)
    for arn in old - wanted:
        _forget(iam.detach_role_policy, RoleName=name, PolicyArn=arn)
    inline, earlier = _inline(work), _inline(before)
    for policy, document in inline.items():
        if earlier.get(policy) != document:
            iam.put_role_policy(RoleName=name, PolicyName=policy, PolicyDocument=document)
    for policy in set(earlier) - set(inline):
        _forget(iam.delete_role_policy, RoleName=name, PolicyName=policy)


def _forget(call: Any, **asked: str) -> None:
    unless_gone(lambda: call(**asked), "NoSuchEntity")


def _managed(work: Work) -> set[str]:
    return set(work.properties.get("ManagedPolicyArns", []))


def _inline(work: Work) -> dict[str, str]:
    return {each["PolicyName"]: as_json(each["PolicyDocument"]) for each in work.properties.get("Policies", [])}
