"""Templates: how they are written, what their functions give, and what is refused before anything is made."""

from __future__ import annotations

import json
from typing import Any

import pytest
from local_account import Account

from stacks import Stack, group, outputs, refused

ALL_FUNCTIONS = """
Parameters:
  Names: {Type: CommaDelimitedList, Default: "a, b"}
  Stage: {Type: String, AllowedValues: [staging, production], Default: staging}
Mappings:
  Sizes: {staging: {Count: 1}, production: {Count: 2}}
Conditions:
  Production: !Equals [!Ref Stage, production]
  Either: !Or [!Condition Production, !Not [!Equals [!Ref "AWS::Region", us-east-1]]]
Resources:
  Group:
    Type: AWS::SageMaker::ModelPackageGroup
    Properties:
      ModelPackageGroupName: !Sub "${AWS::StackName}-${Stage}"
      ModelPackageGroupDescription: !If [Production, real, !Ref "AWS::NoValue"]
  Second:
    Type: AWS::SageMaker::ModelPackageGroup
    Condition: Either
    Properties: {ModelPackageGroupName: second}
Outputs:
  Join: {Value: !Join ["-", !Ref Names]}
  Select: {Value: !Select [1, !Split ["/", !Ref Group]]}
  Map: {Value: !FindInMap [Sizes, !Ref Stage, Count]}
  Own: {Value: !Sub ["${Mine} ${!Literal} ${Group.ModelPackageGroupArn}", {Mine: !Base64 x}]}
  Second: {Condition: Either, Value: !Ref Second}
"""


@pytest.fixture
def stack(account: Account) -> Stack:
    return Stack(account)


def test_yaml_with_short_forms_evaluates_as_json_does(stack: Stack) -> None:
    made = stack.api.create_stack(StackName="stack", TemplateBody=ALL_FUNCTIONS)["StackId"]
    arn = stack.account.arn("sagemaker", "model-package-group/stack-staging")
    assert outputs(stack.settled(made)) == {
        "Join": "a-b",
        "Select": "stack-staging",
        "Map": "1",
        "Own": f"eA== ${{Literal}} {arn}",
    }
    sagemaker = stack.account.client("sagemaker")
    assert not sagemaker.describe_model_package_group(ModelPackageGroupName="stack-staging").get(
        "ModelPackageGroupDescription"
    )
    given = [
        {"ParameterKey": "Stage", "ParameterValue": "production"},
        {"ParameterKey": "Names", "UsePreviousValue": True},
    ]
    stack.api.update_stack(StackName="stack", UsePreviousTemplate=True, Parameters=given)
    told = outputs(stack.settled(made))
    assert (told["Map"], told["Second"]) == ("2", stack.account.arn("sagemaker", "model-package-group/second"))


GROUP = {"Group": group()}


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{", "Template format error: JSON not well-formed. (line 1, column 2)"),
        ("a: [", "Template format error: YAML not well-formed. (line 1, column 5)"),
        ({"Resources": {}}, "Template format error: At least one Resources member must be defined."),
        ({"Resources": GROUP, "Resource": {}}, "Invalid template property or properties [Resource]"),
        (
            {"Resources": {"X": {"Type": "AWS::Iam::Rol"}, "Y": {"Type": "AWS::Foo::Bar"}}},
            "Template format error: Unrecognized resource types: [AWS::Foo::Bar, AWS::Iam::Rol]",
        ),
        (
            {"Resources": {**GROUP, "X": {"Type": "AWS::CodePipeline::Pipeline"}}},
            "Local AWS does not make resources of these types: [AWS::CodePipeline::Pipeline]",
        ),
        (
            {"Resources": {"X": group(Properties={"ModelPackageGroupName": {"Ref": "Nobody"}})}},
            "Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template",
        ),
        (
            {"Resources": {"A": group(DependsOn="B"), "B": group(DependsOn="A")}},
            "Circular dependency between resources: [A, B]",
        ),
        (
            {"Resources": GROUP, "Outputs": {"O": {"Value": {"Fn::GetAtt": ["Group", "Color"]}}}},
            "Template error: resource Group does not support attribute type Color in Fn::GetAtt",
        ),
        ({"Resources": {"X": group(Condition="C")}}, "Template format error: Unresolved condition dependency [C]"),
        (
            {"Resources": {"X": group({"Fn::ImportValue": "other"})}},
            "Local AWS has no function Fn::ImportValue of templates",
        ),
        (
            {"Resources": GROUP, "Transform": "AWS::Serverless-2016-10-31"},
            "Local AWS has no section Transform of templates",
        ),
        (
            {"Resources": {"X": {"Type": "AWS::S3::Bucket", "Properties": {"WebsiteConfiguration": {}}}}},
            "Local AWS cannot set WebsiteConfiguration of AWS::S3::Bucket (X)",
        ),
        (
            {"Resources": GROUP, "Parameters": {"P": {"Type": "AWS::SSM::Parameter::Value<String>"}}},
            "Template format error: Unrecognized parameter type: AWS::SSM::Parameter::Value<String>",
        ),
    ],
)
def test_refused_before_anything_is_made(stack: Stack, template: Any, message: str) -> None:
    body = template if isinstance(template, str) else json.dumps(template)
    code, said = refused(stack.api.create_stack, StackName="stack", TemplateBody=body)
    assert (code, said.partition(": while")[0].partition(": expected")[0]) == ("ValidationError", message)
    assert stack.api.list_stacks()["StackSummaries"] == []


def parameter(**given: Any) -> dict[str, Any]:
    return {"Parameters": {"P": {"Type": "String", **given}}}


@pytest.mark.parametrize(
    ("declared", "value", "message"),
    [
        ({}, None, "Parameters: [P] must have values"),
        ({"AllowedPattern": "[a-z]+"}, "a1", "Parameter 'P' must match pattern [a-z]+"),
        ({"AllowedValues": ["x", True]}, "y", "Parameter 'P' must be one of AllowedValues: [x, true]"),
        ({"MinLength": 2}, "a", "Parameter 'P' must contain at least 2 characters"),
        ({"MaxLength": "2"}, "abc", "Parameter 'P' must contain at most 2 characters"),
        ({"Type": "Number"}, "x", "Parameter 'P' must be a number."),
        (
            {"MaxLength": 2, "ConstraintDescription": "short"},
            "abc",
            "Parameter 'P' failed to satisfy constraint: short",
        ),
    ],
)
def test_values_are_held_to_their_constraints(
    stack: Stack, declared: dict[str, Any], value: str | None, message: str
) -> None:
    given = [] if value is None else [{"ParameterKey": "P", "ParameterValue": value}]
    assert refused(stack.create, resources=GROUP, sections=parameter(**declared), Parameters=given)[1] == message


def test_rules_hold_of_parameters_by_functions_of_their_own(stack: Stack) -> None:
    allowed = {"Fn::Contains": [["a", "b"], {"Ref": "P"}]}
    assertion = {"Assert": allowed, "AssertDescription": "P is a or b"}
    rule = {"RuleCondition": {"Fn::Not": [{"Fn::Equals": [{"Ref": "P"}, "free"]}]}, "Assertions": [assertion]}

    def create(value: str, rule: dict[str, Any] = rule) -> Any:
        sections = {**parameter(NoEcho=True), "Rules": {"Rule": rule}}
        return stack.create(GROUP, sections=sections, Parameters=[{"ParameterKey": "P", "ParameterValue": value}])

    assert refused(create, value="c") == ("ValidationError", "Template constraint violations: [P is a or b]")
    joined = {"Assertions": [{"Assert": {"Fn::Equals": [{"Fn::Join": ["", ["a"]]}, "a"]}}]}
    assert "no Fn::Join in Rules" in refused(create, value="a", rule=joined)[1]
    assert create("free")["Parameters"] == [{"ParameterKey": "P", "ParameterValue": "****"}]


def test_a_template_is_told_without_a_stack(stack: Stack) -> None:
    declared = {"Stage": {"Type": "String", "AllowedValues": ["a"], "Default": "a", "Description": "where"}}
    role = {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}, "RoleName": "r"}}
    body = json.dumps({"Description": "d", "Parameters": declared, "Resources": {"Role": role}})
    told = stack.api.validate_template(TemplateBody=body)
    shown = {"ParameterKey": "Stage", "DefaultValue": "a", "NoEcho": False, "Description": "where"}
    assert (told["Parameters"], told["Capabilities"]) == ([shown], ["CAPABILITY_NAMED_IAM"])
    summary = stack.api.get_template_summary(TemplateBody=body)
    assert summary["Parameters"] == [
        {**shown, "ParameterType": "String", "ParameterConstraints": {"AllowedValues": ["a"]}}
    ]
    assert summary["ResourceTypes"] == ["AWS::IAM::Role"]


def test_properties_are_held_to_the_types_schema(stack: Stack) -> None:
    wrong = group(Properties={"Colour": "red", "Tags": [{"Key": "a"}]})
    assert stack.create({"Group": wrong})["StackStatus"] == "ROLLBACK_COMPLETE"
    said = stack.reasons()["Group"]
    assert said.startswith("Properties validation failed for resource Group with message:\n")
    assert "[#: extraneous key [Colour] is not permitted]" in said
    assert "[#/Tags/0: required key [Value] not found]" in said


def test_a_template_is_read_from_s3(stack: Stack) -> None:
    s3, bucket = stack.account.client("s3"), f"templates-{stack.account.id}"
    s3.create_bucket(Bucket=bucket)
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=bucket, Key="v/t.json", Body=json.dumps({"Resources": GROUP}))["VersionId"]
    s3.put_object(Bucket=bucket, Key="v/t.json", Body=b"{}")
    url = f"https://{bucket}.s3.us-east-1.amazonaws.com/v/t.json"
    create = stack.api.create_stack
    assert "At least one Resources" in refused(create, StackName="stack", TemplateURL=url)[1]
    missing = refused(create, StackName="stack", TemplateURL=f"{url}.old")[1]
    assert missing == "S3 error: The specified key does not exist."
    elsewhere = refused(create, StackName="stack", TemplateURL="https://example.com/t.json")[1]
    assert elsewhere == "TemplateURL must be a supported URL."
    made = create(StackName="stack", TemplateURL=f"{url}?versionId={first}")["StackId"]
    assert stack.settled(made)["StackStatus"] == "CREATE_COMPLETE"
