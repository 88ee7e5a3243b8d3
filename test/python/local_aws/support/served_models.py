"""Models that endpoints serve, and what it takes to serve them."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
import xgboost as xgb
from batch import archive_of, booster
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from local_account import Account

IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:3.0-5"
ROWS = [[0.1, 0.2, 0.3], [0.4, 0.9, 0.6]]
CSV = "".join(f"{','.join(map(str, row))}\n" for row in ROWS)
_AT_REST = ("InService", "Failed")


@cache
def model(rounds: int = 10) -> xgb.Booster:
    return booster(rounds=rounds)


def scores_of(rounds: int = 10) -> list[float]:
    return list(model(rounds).predict(xgb.DMatrix(ROWS)).tolist())


@dataclass(frozen=True)
class Serving:
    """An account that serves models: a bucket with artifacts, and an execution role."""

    account: Account
    role_name: str = "serving"

    @property
    def bucket(self) -> str:
        return f"artifacts-{self.account.id}"

    @property
    def role(self) -> str:
        return f"arn:aws:iam::{self.account.id}:role/{self.role_name}"

    @property
    def sagemaker(self) -> Any:
        return self.account.client("sagemaker")

    def create(self, *statements: dict[str, Any], trusted: str = "sagemaker.amazonaws.com") -> Serving:
        """The bucket with a model of ten rounds and one of a single round, and the role with these statements."""
        s3, iam = self.account.client("s3"), self.account.client("iam")
        s3.create_bucket(Bucket=self.bucket)
        for rounds in (1, 10):
            archive = archive_of(bytes(model(rounds).save_raw("ubj")))
            s3.put_object(Bucket=self.bucket, Key=f"{rounds}/model.tar.gz", Body=archive)
        s3.put_object(Bucket=self.bucket, Key="text/model.tar.gz", Body=archive_of(b"no model"))
        s3.put_object(Bucket=self.bucket, Key="torn/model.tar.gz", Body=archive_of(b"x" * 999)[:40])
        trust = {"Effect": "Allow", "Principal": {"Service": trusted}, "Action": "sts:AssumeRole"}
        iam.create_role(RoleName=self.role_name, AssumeRolePolicyDocument=_document(trust))
        if statements:
            iam.put_role_policy(RoleName=self.role_name, PolicyName="own", PolicyDocument=_document(*statements))
        return self

    def configure(
        self,
        name: str,
        artifact: str = "10",
        model: dict[str, Any] | None = None,
        environment: dict[str, str] | None = None,
        capacity: dict[str, Any] | None = None,
        **settings: Any,
    ) -> str:
        """An endpoint configuration of a model of its own, on one instance unless it says otherwise."""
        uri = f"s3://{self.bucket}/{artifact}/model.tar.gz"
        container = model or {"Image": IMAGE, "ModelDataUrl": uri, "Environment": environment or {}}
        self.sagemaker.create_model(ModelName=name, ExecutionRoleArn=self.role, PrimaryContainer=container)
        on = capacity or {"InstanceType": "ml.m5.large", "InitialInstanceCount": 1}
        variant = {"VariantName": "AllTraffic", "ModelName": name, **on}
        self.sagemaker.create_endpoint_config(EndpointConfigName=name, ProductionVariants=[variant], **settings)
        return name

    def serve(self, endpoint: str, artifact: str = "10", **settings: Any) -> dict[str, Any]:
        configuration = self.configure(f"{endpoint}-config", artifact, **settings)
        self.sagemaker.create_endpoint(EndpointName=endpoint, EndpointConfigName=configuration)
        return self.settled(endpoint)

    def settled(self, endpoint: str) -> dict[str, Any]:
        """The endpoint, once nothing is under way."""
        while True:
            described: dict[str, Any] = self.sagemaker.describe_endpoint(EndpointName=endpoint)
            if described["EndpointStatus"] in _AT_REST:
                return described
            time.sleep(0.02)

    def invoke(self, endpoint: str, body: str | bytes = CSV, content_type: str = "text/csv", **given: Any) -> Any:
        runtime = self.account.client("sagemaker-runtime")
        return runtime.invoke_endpoint(EndpointName=endpoint, Body=body, ContentType=content_type, **given)

    def scores(self, endpoint: str, **given: Any) -> list[float]:
        text = self.invoke(endpoint, **given)["Body"].read().decode()
        return [float(score) for score in text.split(",")]

    def captured(self, prefix: str = "") -> dict[str, dict[str, Any]]:
        """What data capture wrote, by key."""
        s3 = self.account.client("s3")
        keys = [each["Key"] for each in s3.list_objects_v2(Bucket=self.bucket, Prefix=prefix).get("Contents", [])]
        bodies = {key: s3.get_object(Bucket=self.bucket, Key=key)["Body"].read() for key in keys}
        return {key: json.loads(body) for key, body in bodies.items()}


def refused(call: Any, **given: Any) -> str:
    with pytest.raises(ClientError) as refusal:
        call(**given)
    assert refusal.value.response["Error"]["Code"] == "ValidationException"
    return str(refusal.value.response["Error"]["Message"])


def create_alarm(serving: Serving, name: str, state: str) -> dict[str, Any]:
    """A deployment configuration that rolls back by it."""
    cloudwatch = serving.account.client("cloudwatch")
    metric = {"Namespace": "AWS/SageMaker", "MetricName": "Invocation5XXErrors", "Statistic": "Sum"}
    limits = {"Period": 60, "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold"}
    cloudwatch.put_metric_alarm(AlarmName=name, **metric, **limits)
    cloudwatch.set_alarm_state(AlarmName=name, StateValue=state, StateReason="a test")
    shift = {"Type": "ALL_AT_ONCE", "WaitIntervalInSeconds": 0}
    return {
        "BlueGreenUpdatePolicy": {"TrafficRoutingConfiguration": shift},
        "AutoRollbackConfiguration": {"Alarms": [{"AlarmName": name}]},
    }


def _document(*statements: dict[str, Any]) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
