"""This repository's pipeline: prepares, trains, evaluates, registers what is good enough."""

from __future__ import annotations

import boto3
from sagemaker.workflow.pipeline import Pipeline

from ci.data import Rows, bring, read_settings
from ci.project import Project
from pipelines.jobs import Context, output_of
from pipelines.preparation import preparation_step, rows_parameter
from pipelines.training import Prepared, minimum_auc, training_steps


def inputs(session: boto3.Session, project: Project) -> Rows:
    """What the pipeline begins with: rows, which are there afterwards."""
    rows = read_settings()
    bring(session, project, rows)
    return rows


def build_pipeline(context: Context, rows: Rows, minimum: float) -> Pipeline:
    source = rows_parameter(context, rows)
    prepare = preparation_step(context, rows, source)
    prepared = Prepared(*(output_of(prepare, name) for name in ("train", "validation", "held-out")))
    limit = minimum_auc(minimum)
    return Pipeline(
        name=f"{context.project.name}-build",
        parameters=[source, limit],
        steps=[prepare, *training_steps(context, prepared, limit)],
        sagemaker_session=context.session,
    )
