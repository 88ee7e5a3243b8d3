"""The templates of SageMaker projects, as test/support/project-templates.ts renders them, held to AWS's own schemas."""

import json
from pathlib import Path
from typing import Any

import pytest
from cfnlint.api import lint_file
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

FOLDER = Path(__file__).parents[2] / "fixtures" / "project-templates"
TEMPLATES = sorted((FOLDER / "templates").glob("*.json"))

# What AWS's schemas name of what no template asks for, and the reason.
NOT_ASKED_FOR = {
    "iam:AttachRolePolicy": "no role has managed policies",
    "iam:DetachRolePolicy": "no role has managed policies",
    "iam:DeleteRolePermissionsBoundary": "every role keeps its boundary",
    "iam:PassRole": "no target of a rule has a role",
    "sagemaker:PutModelPackageGroupPolicy": "no group has a policy: versions are the account's own",
    "sagemaker:DeleteModelPackageGroupPolicy": "no group has a policy",
}

# What no schema names: what Service Catalog does as the role, and custom resources.
# https://docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html
BESIDE_TYPES = {
    "cloudformation:CreateStack",
    "cloudformation:DeleteStack",
    "cloudformation:DescribeStackEvents",
    "cloudformation:DescribeStacks",
    "cloudformation:GetTemplateSummary",
    "cloudformation:SetStackPolicy",
    "cloudformation:UpdateStack",
    "cloudformation:ValidateTemplate",
    "s3:GetObject",
    "lambda:InvokeFunction",
}


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _types() -> set[str]:
    return {
        resource["Type"]
        for template in TEMPLATES
        for resource in _read(template)["Resources"].values()
        if not resource["Type"].startswith("Custom::")
    }


def _schema(name: str) -> dict[str, Any]:
    return PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", name).schema


def _wanted() -> set[str]:
    """What AWS says that making, changing, reading and deleting resources of the templates' types takes."""
    schemas = [_schema(name) for name in _types()]
    handlers = {
        action
        for schema in schemas
        for handler in ("create", "read", "update", "delete")
        for action in schema["handlers"][handler]["permissions"]
    }
    return handlers | {action for schema in schemas for action in schema["tagging"]["permissions"]}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.stem)
def test_cfn_lint_finds_nothing(template: Path) -> None:
    assert [str(finding) for finding in lint_file(template)] == []


def test_cfn_lint_finds_what_is_wrong(tmp_path: Path) -> None:
    template = _read(FOLDER / "templates" / "jenkins-1.json")
    template["Resources"]["CiRole"]["Properties"]["RoleNam"] = "misspelled"
    del template["Parameters"]["ModelBuildCodeRepositoryURL"]
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(template), encoding="utf-8")
    assert {finding.rule.id for finding in lint_file(broken)} >= {"E3002", "E1020"}


def test_every_template_is_there() -> None:
    assert {template.stem.rsplit("-", 1)[0] for template in TEMPLATES} == {"gitlab", "jenkins", "jenkins-batch", "none"}


def test_the_launch_role_may_do_what_the_types_take() -> None:
    """defect: 13.4 and 13.6, launch roles that lack what an update, or a look at a role, takes"""
    allowed = {action for statement in _read(FOLDER / "launch-role.json") for action in statement["Action"]}
    # iam:ListRoleTags is part of reading a role's tags, which GetRole gives.
    wanted = _wanted() - set(NOT_ASKED_FOR) - {"iam:ListRoleTags"}
    assert wanted - allowed == set()
    assert allowed - wanted - BESIDE_TYPES == set()


def test_what_is_left_out_is_what_aws_names() -> None:
    assert set(NOT_ASKED_FOR) - _wanted() == set()


def test_templates_have_none_of_what_the_launch_role_may_not_make() -> None:
    for template in TEMPLATES:
        for resource in _read(template)["Resources"].values():
            properties = resource["Properties"]
            assert "ManagedPolicyArns" not in properties
            assert "ModelPackageGroupPolicy" not in properties
            assert all("RoleArn" not in target for target in properties.get("Targets", []))
