"""Serverless endpoints: what AWS lets them have, how they are updated, and that no endpoint becomes one."""

from __future__ import annotations

from typing import Any

import pytest
from botocore.exceptions import ClientError
from served_models import IMAGE, Serving, create_alarm, refused, scores_of

SERVERLESS = {"MemorySizeInMB": 2048, "MaxConcurrency": 5}


def configure(serving: Serving, name: str, artifact: str = "10", **settings: Any) -> str:
    return serving.configure(name, artifact, capacity={"ServerlessConfig": SERVERLESS}, **settings)


def test_it_scores_is_updated_and_says_what_it_has(served: Serving) -> None:
    configure(served, "lean-1")
    served.sagemaker.create_endpoint(EndpointName="lean", EndpointConfigName="lean-1")
    (variant,) = served.settled("lean")["ProductionVariants"]
    assert variant["CurrentServerlessConfig"] == SERVERLESS
    assert "CurrentInstanceCount" not in variant
    assert served.scores("lean") == scores_of(10)
    configure(served, "lean-2", "1")
    served.sagemaker.update_endpoint(EndpointName="lean", EndpointConfigName="lean-2")
    assert served.settled("lean")["EndpointConfigName"] == "lean-2"
    assert served.scores("lean") == scores_of(1)
    with pytest.raises(ClientError, match="less than or equal to 4194304"):
        served.invoke("lean", body=b"1" * (4194304 + 1))


@pytest.mark.parametrize(
    ("changed", "settings", "message"),
    [
        ({"MemorySizeInMB": 1536}, {}, "Value '1536' at 'MemorySizeInMB' failed to satisfy constraint"),
        ({"MaxConcurrency": 201}, {}, "Value '201' at 'productionVariants.1.member.serverlessConfig.maxConcurrency'"),
        ({"ProvisionedConcurrency": 6}, {}, "ProvisionedConcurrency 6 must not be more than MaxConcurrency 5"),
        ({}, {"capacity": {"InstanceType": "ml.m5.large"}}, "InstanceType and ServerlessConfig exclude one another"),
        ({}, {"DataCaptureConfig": {}}, "DataCaptureConfig is not supported with ServerlessConfig"),
        ({}, {"AsyncInferenceConfig": {}}, "AsyncInferenceConfig is not supported with ServerlessConfig"),
    ],
)
def test_what_it_cannot_have_is_refused(
    served: Serving, changed: dict[str, int], settings: dict[str, Any], message: str
) -> None:
    capture = {"InitialSamplingPercentage": 1, "DestinationS3Uri": f"s3://{served.bucket}"}
    full = {
        "DataCaptureConfig": {**capture, "CaptureOptions": [{"CaptureMode": "Input"}]},
        "AsyncInferenceConfig": {"OutputConfig": {"S3OutputPath": f"s3://{served.bucket}/answers"}},
    }
    capacity = {"ServerlessConfig": {**SERVERLESS, **changed}, **settings.get("capacity", {})}
    given = {key: full[key] for key in settings if key in full}
    assert message in refused(served.configure, name=f"bad-{len(message)}", capacity=capacity, **given)


@pytest.mark.parametrize(
    ("network", "message"),
    [
        ({"EnableNetworkIsolation": True}, "network isolation"),
        ({"VpcConfig": {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}}, "VpcConfig"),
    ],
)
def test_its_model_is_in_no_network_and_not_isolated(served: Serving, network: dict[str, Any], message: str) -> None:
    name = f"within-{len(message)}"
    container = {"Image": IMAGE, "ModelDataUrl": f"s3://{served.bucket}/10/model.tar.gz"}
    served.sagemaker.create_model(ModelName=name, ExecutionRoleArn=served.role, PrimaryContainer=container, **network)
    variant = {"VariantName": "AllTraffic", "ModelName": name, "ServerlessConfig": SERVERLESS}
    create = {"EndpointConfigName": name, "ProductionVariants": [variant]}
    assert message in refused(served.sagemaker.create_endpoint_config, **create)


def test_an_endpoint_on_instances_does_not_become_one_and_no_alarm_rolls_it_back(served: Serving) -> None:
    configure(served, "wished")
    update = {"EndpointName": "steady", "EndpointConfigName": "wished"}
    assert "cannot be converted to a serverless endpoint" in refused(served.sagemaker.update_endpoint, **update)
    assert served.settled("steady")["EndpointConfigName"] == "steady-config"
    alarmed = create_alarm(served, "unheard", "OK")
    create = {"EndpointName": "guarded", "EndpointConfigName": "wished", "DeploymentConfig": alarmed}
    assert "DeploymentConfig is not supported" in refused(served.sagemaker.create_endpoint, **create)
