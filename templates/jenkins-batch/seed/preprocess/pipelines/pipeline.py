"""This repository's pipeline: rows become what the build repository trains, and versions are tested, with."""

from __future__ import annotations

from sagemaker.workflow.pipeline import Pipeline

from ci.data import Rows
from pipelines.jobs import Context
from pipelines.preparation import preparation_step, rows_parameter


def preprocess_pipeline(context: Context, rows: Rows) -> Pipeline:
    source = rows_parameter(context, rows)
    return Pipeline(
        name=f"{context.project.name}-preprocess",
        parameters=[source],
        steps=[preparation_step(context, rows, source)],
        sagemaker_session=context.session,
    )
