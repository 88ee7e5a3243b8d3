"""What a pipeline's definition says, rendered without AWS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import boto3
from sagemaker.workflow.pipeline import Pipeline

from ci.project import Project
from pipelines.jobs import Context, open_context

SCRIPTS = {
    name: f"s3://projects-111111111111/p-abcdefghijkl/scripts/x/{name}" for name in ("prepare.py", "evaluate.py")
}


@cache
def context_of(project: Project) -> Context:
    """One for all tests: its clients take a second."""
    return open_context(project, SCRIPTS, boto3.Session(region_name=project.region))


def steps_of(pipeline: Pipeline) -> dict[str, dict[str, Any]]:
    """Steps by name, those within conditions as well."""
    return {step["Name"]: step for step in _all(json.loads(pipeline.definition())["Steps"])}


def _all(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for step in steps:
        yield step
        arguments = step["Arguments"]
        yield from _all([*arguments.get("IfSteps", []), *arguments.get("ElseSteps", [])])


def expect_keys_and_no_network(project: Project, steps: dict[str, dict[str, Any]]) -> None:
    """Every job writes and keeps its volume under the project's key, as the project's role, isolated."""
    for step in steps.values():
        arguments = step["Arguments"]
        if step["Type"] == "Processing":
            assert arguments["NetworkConfig"]["EnableNetworkIsolation"]
            keys = [arguments["ProcessingOutputConfig"], arguments["ProcessingResources"]["ClusterConfig"]]
        elif step["Type"] == "Training":
            assert arguments["EnableNetworkIsolation"]
            keys = [arguments["OutputDataConfig"], arguments["ResourceConfig"]]
        else:
            continue
        assert arguments["RoleArn"] == project.execution_role_arn
        assert [each.get("KmsKeyId") or each.get("VolumeKmsKeyId") for each in keys] == [project.key_arn] * 2
