"""This repository's pipeline: trains with what preprocessing made, evaluates, registers what is good enough."""

from __future__ import annotations

import boto3
from botocore.exceptions import ClientError
from sagemaker.workflow.functions import Join
from sagemaker.workflow.parameters import ParameterString
from sagemaker.workflow.pipeline import Pipeline

from ci.commands import InputError
from ci.project import Project
from ci.storage import place, read_report
from pipelines.jobs import Context
from pipelines.training import Prepared, minimum_auc, training_steps

# Written by `python -m ci.preprocess` of the preprocess repository.
CURRENT = "prepared/current.json"


def inputs(session: boto3.Session, project: Project) -> str:
    """URI of the folder that the last preprocessing has filled."""
    pointer = place(project, CURRENT)
    try:
        return str(read_report(session, pointer)["prepared"])
    except ClientError as error:
        if error.response["Error"]["Code"] != "NoSuchKey":
            raise
    raise InputError(f"{pointer} is not there. Remedy: let the preprocess repository's job run first")


def build_pipeline(context: Context, prepared: str, minimum: float) -> Pipeline:
    folder = ParameterString(name="Prepared", default_value=prepared)
    rows = Prepared(*(Join(on="/", values=[folder, name]) for name in ("train", "validation", "held-out")))
    limit = minimum_auc(minimum)
    return Pipeline(
        name=f"{context.project.name}-build",
        parameters=[folder, limit],
        steps=training_steps(context, rows, limit),
        sagemaker_session=context.session,
    )
