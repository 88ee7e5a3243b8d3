"""Endpoints that serve with a container of one's own: the programs of `pipelines/iris/container`, in its repository."""

from __future__ import annotations

import io
import json
import tarfile
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account
from served_models import Serving

SETOSA, VIRGINICA = "5.1,3.5,1.4,0.2\n", "6.9,3.1,5.4,2.1\n"
MODEL = {
    "species": ["setosa", "versicolor", "virginica"],
    "mean": [5.8, 3.1, 3.8, 1.2],
    "scale": [0.8, 0.4, 1.8, 0.8],
    "weights": [[-1, 1, -2, -2], [0, 0, 0, 0], [1, -1, 2, 2]],
    "bias": [0, 1, 0],
}


def archive_of(model: Any) -> bytes:
    buffer, text = io.BytesIO(), json.dumps(model).encode()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        entry = tarfile.TarInfo("model.json")
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
    return buffer.getvalue()


def serve(serving: Serving, name: str, repository: str, model: Any, **more: Any) -> dict[str, Any]:
    key = f"{name}/model.tar.gz"
    serving.account.client("s3").put_object(Bucket=serving.bucket, Key=key, Body=archive_of(model))
    image = f"{serving.account.id}.dkr.ecr.us-east-1.amazonaws.com/{repository}@sha256:{'0' * 64}"
    container = {"Image": image, "ModelDataUrl": f"s3://{serving.bucket}/{key}"}
    serving.sagemaker.create_model(
        ModelName=name, ExecutionRoleArn=serving.role, PrimaryContainer=container, EnableNetworkIsolation=True
    )
    variant = {"VariantName": "AllTraffic", "ModelName": name, "InstanceType": "ml.m5.large"}
    serving.sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[{**variant, "InitialInstanceCount": 1}]
    )
    serving.sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=name)
    return serving.settled(name)


def said(serving: Serving, name: str) -> str:
    found = serving.account.client("logs").filter_log_events(logGroupName=f"/aws/sagemaker/Endpoints/{name}")
    return "\n".join(str(event["message"]) for event in found["events"])


def test_the_serve_of_its_folder_scores_and_what_it_refuses_is_a_model_error(account: Account) -> None:
    serving = Serving(account).create()
    assert serve(serving, "own", "mlops-iris", MODEL)["EndpointStatus"] == "InService"
    answer = serving.invoke("own", SETOSA + VIRGINICA)
    assert [line.split(",")[0] for line in answer["Body"].read().decode().splitlines()] == ["setosa", "virginica"]
    with pytest.raises(ClientError, match="must have 4 measures") as refusal:
        serving.invoke("own", "1,2\n")
    assert refusal.value.response["OriginalStatusCode"] == 400
    serving.sagemaker.delete_endpoint(EndpointName="own")


def test_an_artifact_that_is_none_of_its_models_or_a_repository_without_programs_fails_it(account: Account) -> None:
    serving = Serving(account).create()
    assert serve(serving, "torn", "mlops-iris", {})["EndpointStatus"] == "Failed"
    assert "model.json must be" in said(serving, "torn")
    assert serve(serving, "nothing", "mlops-none", MODEL)["EndpointStatus"] == "Failed"
    assert "no serving program for the image" in said(serving, "nothing")
