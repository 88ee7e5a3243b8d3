"""Which version a stage scores with."""

from __future__ import annotations

import boto3

from ci.execution import find_pipeline
from ci.project import Project
from pipelines.batch import name_of, version_in


def served_version(session: boto3.Session, project: Project, stage: str) -> str | None:
    """@returns its ARN; None where nothing is deployed"""
    standing = find_pipeline(session, name_of(project.name, stage))
    return None if standing is None else version_in(standing)
