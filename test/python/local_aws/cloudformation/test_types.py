"""Each type is made, changed and deleted as its service knows it; an endpoint with what it takes to serve."""

from __future__ import annotations

import json
from typing import Any

import pytest
from local_account import Account
from served_models import IMAGE, Serving, create_alarm

from stacks import Stack, create_function, outputs, role


@pytest.fixture
def stack(account: Account) -> Stack:
    return Stack(account)


def resources(function: str, change: str = "one", rotates: bool = False) -> dict[str, Any]:
    target = {"Id": "function", "Arn": function, "Input": json.dumps({"change": change})}
    return {
        "Key": {
            "Type": "AWS::KMS::Key",
            "Properties": {"Description": change, "EnableKeyRotation": str(rotates).lower(), "PendingWindowInDays": 7},
        },
        "Alias": {
            "Type": "AWS::KMS::Alias",
            "Properties": {"AliasName": {"Fn::Sub": "alias/${AWS::StackName}"}, "TargetKeyId": {"Ref": "Key"}},
        },
        "Alarm": {
            "Type": "AWS::CloudWatch::Alarm",
            "Properties": {
                "AlarmDescription": change,
                "ComparisonOperator": "GreaterThanThreshold",
                "EvaluationPeriods": "1",
                "MetricName": "Errors",
                "Namespace": "AWS/SageMaker",
                "Period": 60,
                "Statistic": "Sum",
                "Threshold": "1.5",
            },
        },
        "Bucket": {
            "Type": "AWS::S3::Bucket",
            "Properties": {
                "BucketEncryption": {
                    "ServerSideEncryptionConfiguration": [
                        {
                            "BucketKeyEnabled": True,
                            "ServerSideEncryptionByDefault": {
                                "SSEAlgorithm": "aws:kms",
                                "KMSMasterKeyID": {"Fn::GetAtt": ["Key", "Arn"]},
                            },
                        }
                    ]
                },
                "VersioningConfiguration": {"Status": "Enabled"},
            },
        },
        "Rule": {
            "Type": "AWS::Events::Rule",
            "Properties": {
                "Description": change,
                "EventPattern": {"source": ["aws.sagemaker"]},
                "Targets": [target, *([{**target, "Id": "more"}] if change == "one" else [])],
            },
        },
        "Permission": {
            "Type": "AWS::Lambda::Permission",
            "Properties": {
                "Action": "lambda:InvokeFunction",
                "FunctionName": function,
                "Principal": "events.amazonaws.com",
                "SourceArn": {"Fn::GetAtt": ["Rule", "Arn"]},
            },
        },
        "Role": role(Path="/service-role/", PermissionsBoundary={"Ref": "Boundary"}),
    }


def test_every_type_is_made_changed_and_deleted(stack: Stack) -> None:
    account = stack.account
    iam, kms = account.client("iam"), account.client("kms")
    everything = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}})
    boundary = iam.create_policy(PolicyName="boundary", PolicyDocument=everything)["Policy"]["Arn"]
    function = create_function(account, "")
    sections = {"Parameters": {"Boundary": {"Type": "String", "Default": boundary}}}
    told = stack.create(resources(function), sections=sections, Tags=[{"Key": "a", "Value": "1"}])
    assert (told["StackStatus"], stack.reasons()) == ("CREATE_COMPLETE", {})
    ids = {name: stack.id_of(name) for name in resources(function)}
    key = kms.describe_key(KeyId="alias/stack")["KeyMetadata"]
    assert (key["KeyId"], key["Description"]) == (ids["Key"], "one")
    assert kms.list_resource_tags(KeyId=ids["Key"])["Tags"] == [{"TagKey": "a", "TagValue": "1"}]
    s3 = account.client("s3")
    (rule,) = s3.get_bucket_encryption(Bucket=ids["Bucket"])["ServerSideEncryptionConfiguration"]["Rules"]
    assert rule["ApplyServerSideEncryptionByDefault"]["KMSMasterKeyID"] == key["Arn"]
    attached = iam.get_role(RoleName=ids["Role"])["Role"]["PermissionsBoundary"]["PermissionsBoundaryArn"]
    assert attached == boundary
    policy = json.loads(account.client("lambda").get_policy(FunctionName=function)["Policy"])
    assert policy["Statement"][0]["Condition"]["ArnLike"]["AWS:SourceArn"].endswith(f"rule/{ids['Rule']}")
    changed = resources(function, "two", rotates=True)
    assert stack.update(changed, sections=sections)["StackStatus"] == "UPDATE_COMPLETE", stack.reasons()
    assert ids == {name: stack.id_of(name) for name in changed}
    assert kms.describe_key(KeyId=ids["Key"])["KeyMetadata"]["Description"] == "two"
    assert kms.get_key_rotation_status(KeyId=ids["Key"])["KeyRotationEnabled"] is True
    cloudwatch, events = account.client("cloudwatch"), account.client("events")
    (alarm,) = cloudwatch.describe_alarms(AlarmNames=[ids["Alarm"]])["MetricAlarms"]
    assert (alarm["AlarmDescription"], alarm["Threshold"]) == ("two", 1.5)
    (target,) = events.list_targets_by_rule(Rule=ids["Rule"])["Targets"]
    assert target["Input"] == '{"change": "two"}'
    assert stack.delete()["StackStatus"] == "DELETE_COMPLETE"
    assert kms.describe_key(KeyId=ids["Key"])["KeyMetadata"]["KeyState"] == "PendingDeletion"
    assert cloudwatch.describe_alarms(AlarmNames=[ids["Alarm"]])["MetricAlarms"] == []
    assert events.list_rules(NamePrefix="stack")["Rules"] == []


def served(serving: Serving, rounds: str, deployment: dict[str, Any] | None = None) -> dict[str, Any]:
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{serving.bucket}/{rounds}/model.tar.gz"}
    variant = {
        "VariantName": "AllTraffic",
        "ModelName": {"Fn::GetAtt": ["Model", "ModelName"]},
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
    }
    return {
        "Model": {
            "Type": "AWS::SageMaker::Model",
            "Properties": {"ExecutionRoleArn": serving.role, "PrimaryContainer": container},
        },
        "Config": {"Type": "AWS::SageMaker::EndpointConfig", "Properties": {"ProductionVariants": [variant]}},
        "Endpoint": {
            "Type": "AWS::SageMaker::Endpoint",
            "Properties": {
                "EndpointName": "scores",
                "EndpointConfigName": {"Fn::GetAtt": ["Config", "EndpointConfigName"]},
                **({"DeploymentConfig": deployment} if deployment else {}),
            },
        },
    }


def test_an_endpoint_is_updated_and_goes_back_where_its_update_fails(stack: Stack) -> None:
    serving = Serving(stack.account).create()
    sections = {"Outputs": {"Endpoint": {"Value": {"Ref": "Endpoint"}}}}
    told = stack.create(served(serving, "10"), sections=sections)
    assert (told["StackStatus"], stack.reasons()) == ("CREATE_COMPLETE", {})
    assert outputs(told)["Endpoint"] == stack.account.arn("sagemaker", "endpoint/scores")
    first, models = serving.settled("scores")["EndpointConfigName"], serving.sagemaker.list_models
    before = serving.scores("scores")
    assert stack.update(served(serving, "torn"))["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "did not stabilize" in stack.reasons()["Endpoint"]
    assert serving.settled("scores")["EndpointConfigName"] == first
    assert [each["ModelName"] for each in models()["Models"]] == [stack.id_of("Model").rpartition("/")[2]]
    rolls_back = create_alarm(serving, "errors", "ALARM")
    assert stack.update(served(serving, "1", rolls_back))["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert serving.scores("scores") == before
    serving.account.client("cloudwatch").set_alarm_state(AlarmName="errors", StateValue="OK", StateReason="a test")
    assert stack.update(served(serving, "1", rolls_back))["StackStatus"] == "UPDATE_COMPLETE"
    assert serving.settled("scores")["EndpointConfigName"] != first
    assert serving.scores("scores") != before
    assert len(models()["Models"]) == 1
    assert stack.delete()["StackStatus"] == "DELETE_COMPLETE"
    assert models()["Models"] == []


def test_an_endpoint_that_does_not_come_up_is_deleted_with_its_reason(stack: Stack) -> None:
    serving = Serving(stack.account).create()
    assert stack.create(served(serving, "torn"))["StackStatus"] == "ROLLBACK_COMPLETE"
    assert "Resource of type 'AWS::SageMaker::Endpoint' with identifier 'scores'" in stack.reasons()["Endpoint"]
    assert serving.sagemaker.list_endpoints()["Endpoints"] == []
