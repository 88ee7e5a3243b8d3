"""Which version a stage scores with, as its pipeline says. Loads nothing of SageMaker's SDK, which takes seconds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import boto3

from ci.execution import find_pipeline
from ci.project import Project
from ci.version import Version

STAGES = ("staging", "production")


def served_version(session: boto3.Session, project: Project, stage: str) -> str | None:
    """@returns its ARN; None where nothing is deployed"""
    standing = find_pipeline(session, name_of(project.name, stage))
    return None if standing is None else version_in(standing)


def name_of(project_name: str, stage: str) -> str:
    return f"{project_name}-batch-{stage}"


def describe(version: Version) -> str:
    """The deployed pipeline's description, which says what its definition cannot."""
    return f"Scores with {version.arn}"


def version_in(standing: Mapping[str, Any]) -> str | None:
    """@param standing: as DescribePipeline has it. @returns ARN of the version that it scores with"""
    match = re.fullmatch(r"Scores with (arn:\S+)", standing.get("PipelineDescription", ""))
    return match and match[1]
