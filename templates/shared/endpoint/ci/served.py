"""Which version a stage serves."""

from __future__ import annotations

import boto3

from ci.endpoint import stack_of
from ci.project import Project
from ci.stack import parameters_of

# Statuses of a stack whose parameters are those of what stands.
_STANDS = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE"}


def served_version(session: boto3.Session, project: Project, stage: str) -> str | None:
    """@returns its ARN; None where nothing serves"""
    standing = stack_of(session, project, stage).describe()
    if standing is None or standing["StackStatus"] not in _STANDS:
        return None
    return parameters_of(standing).get("ModelPackageArn")
