"""Endpoints whose model has a module, in the images of frameworks (`emulator/containers/script_mode`)."""

from __future__ import annotations

import io
import json
import pickle
import tarfile
from collections.abc import Mapping
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_account import Account
from served_models import Serving
from sklearn.linear_model import LinearRegression

IMAGE = "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-scikit-learn:1.4-2-cpu-py3"
MODULE = b"""
import pickle
from doubled import twice

def model_fn(model_dir):
    with open(model_dir + "/model.pickle", "rb") as file:
        return pickle.load(file)

def predict_fn(data, model):
    return twice(model.predict(data))
"""
CODE = {"inference.py": MODULE, "doubled.py": b"def twice(value):\n    return 2 * value\n"}


def archive_of(files: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return buffer.getvalue()


def model() -> bytes:
    """Adds two numbers."""
    return pickle.dumps(LinearRegression().fit([[0, 0], [1, 0], [0, 1]], [0, 1, 1]))


def serve(
    serving: Serving, name: str, files: Mapping[str, bytes], submitted: str, *, isolated: bool = False
) -> dict[str, Any]:
    uri = f"s3://{serving.bucket}/{name}/model.tar.gz"
    serving.account.client("s3").put_object(Bucket=serving.bucket, Key=f"{name}/model.tar.gz", Body=archive_of(files))
    environment = {"SAGEMAKER_PROGRAM": "inference.py", "SAGEMAKER_SUBMIT_DIRECTORY": submitted}
    container = {"Image": IMAGE, "ModelDataUrl": uri, "Environment": environment}
    serving.sagemaker.create_model(
        ModelName=name, ExecutionRoleArn=serving.role, PrimaryContainer=container, EnableNetworkIsolation=isolated
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


def asked(serving: Serving, name: str, body: str, content_type: str, accept: str) -> str:
    answer = serving.account.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=name, Body=body, ContentType=content_type, Accept=accept
    )
    assert answer["ContentType"] == accept
    return str(answer["Body"].read().decode())


def test_a_module_in_s3_answers_with_its_functions_and_the_images_own(account: Account) -> None:
    serving = Serving(account).create()
    account.client("s3").put_object(Bucket=serving.bucket, Key="code/sourcedir.tar.gz", Body=archive_of(CODE))
    code = f"s3://{serving.bucket}/code/sourcedir.tar.gz"
    assert serve(serving, "scripted", {"model.pickle": model()}, code)["EndpointStatus"] == "InService"
    rows = [float(each) for each in asked(serving, "scripted", "1,2\n3,4\n", "text/csv", "text/csv").split()]
    assert rows == pytest.approx([6, 14])
    answer = json.loads(asked(serving, "scripted", "[[1, 2]]", "application/json", "application/json"))
    assert answer == pytest.approx([6])
    with pytest.raises(ClientError, match="Content type text/plain is not supported") as refusal:
        asked(serving, "scripted", "1", "text/plain", "text/csv")
    assert refusal.value.response["OriginalStatusCode"] == 415
    serving.sagemaker.delete_endpoint(EndpointName="scripted")
    failed = serve(serving, "isolated", {"model.pickle": model()}, code, isolated=True)
    assert failed["EndpointStatus"] == "Failed"
    assert "the container has no network to bring s3://" in said(serving, "isolated")


def test_a_module_within_the_model_needs_no_network(account: Account) -> None:
    serving = Serving(account).create()
    packed = {"model.pickle": model(), **{f"code/{name}": content for name, content in CODE.items()}}
    assert serve(serving, "packed", packed, "/opt/ml/model/code", isolated=True)["EndpointStatus"] == "InService"
    assert float(asked(serving, "packed", "1,2\n3,4\n", "text/csv", "text/csv").split()[0]) == pytest.approx(6)
    serving.sagemaker.delete_endpoint(EndpointName="packed")
