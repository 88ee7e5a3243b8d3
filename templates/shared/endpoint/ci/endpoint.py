"""The endpoint of a stage: its settings, its stack, and whether it serves what it should."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import boto3

from ci.commands import InputError, RunError
from ci.project import Project, read_json
from ci.stack import Stack
from ci.storage import place
from ci.version import Version

TEMPLATE = Path("endpoint.json")
STAGES = ("staging", "production")


def stack_of(session: boto3.Session, project: Project, stage: str) -> Stack:
    return Stack(session.client("cloudformation"), f"sagemaker-{project.name}-{stage}")


def name_of(project: Project, stage: str) -> str:
    return f"{project.name}-{stage}"


def read_settings(stage: str, folder: Path = Path("config")) -> dict[str, str]:
    """What of the template's parameters is this stage's to say.

    Raises:
        InputError: with everything that is wrong in the file
    """
    path = folder / f"{stage}.json"
    values = read_json(path)
    wrong = [
        f"{path}: {key} must be {rule}, got: {json.dumps(values.get(key))}"
        for key, (rule, holds) in _RULES.items()
        if not holds(values.get(key))
    ]
    wrong += [f"{path}: there is no setting {key}" for key in values if key not in _RULES]
    if wrong:
        raise InputError("\n".join(wrong))
    return {
        "InstanceType": values["instanceType"],
        "InstanceCount": str(values["instanceCount"]),
        "CapturePercent": str(values["capturePercent"]),
        "LatencyMicroseconds": str(values["latencyMilliseconds"] * 1000),
    }


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


_RULES: Mapping[str, tuple[str, Callable[[Any], bool]]] = {
    "instanceType": ("a type such as ml.m5.large", lambda value: bool(re.fullmatch(r"ml(\.[a-z0-9]+){2}", str(value)))),
    "instanceCount": ("a whole number from 1 to 100", lambda value: _whole(value, 1, 100)),
    "capturePercent": ("a whole number from 0 to 100", lambda value: _whole(value, 0, 100)),
    "latencyMilliseconds": ("a whole number from 1 to 60000", lambda value: _whole(value, 1, 60_000)),
}


def parameters(project: Project, version: Version, stage: str, template: str) -> dict[str, str]:
    """Of the stack. Models and configurations cannot be changed, so each release's have names of their own."""
    given = {
        "ProjectName": project.project_name,
        "ProjectId": project.project_id,
        "Stage": stage,
        "ModelPackageArn": version.arn,
        "ExecutionRoleArn": project.execution_role_arn,
        "CaptureUri": place(project, "capture", stage),
        "CaptureKeyArn": project.key_arn,
        **read_settings(stage),
    }
    release = hashlib.sha256(json.dumps([template, given], sort_keys=True).encode()).hexdigest()[:8]
    return {**given, "Release": release}


def configuration_of(parameters: Mapping[str, str]) -> str:
    return f"{parameters['ProjectName']}-{parameters['ProjectId']}-{parameters['Release']}"


def expect_serving(
    session: boto3.Session, name: str, configuration: str, sleep: Callable[[float], None] = time.sleep
) -> None:
    """A stack that is done may still have an endpoint that went back to what it served before.

    Raises:
        RunError: unless the endpoint is in service with that configuration
    """
    sagemaker = session.client("sagemaker")
    described = sagemaker.describe_endpoint(EndpointName=name)
    for _ in range(240):
        if described["EndpointStatus"] not in {"Creating", "Updating", "SystemUpdating", "RollingBack"}:
            break
        sleep(15)
        described = sagemaker.describe_endpoint(EndpointName=name)
    is_now = described["EndpointStatus"], described["EndpointConfigName"]
    if is_now != ("InService", configuration):
        reason = described.get("FailureReason", "SageMaker does not say why")
        raise RunError(f"{name} must be InService with {configuration}, is {is_now[0]} with {is_now[1]}: {reason}")
    print(f"Serves    {name}, with {configuration}")
