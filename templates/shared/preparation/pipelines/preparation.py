"""The step that makes of rows what training, its validation and the test of a version read."""

from __future__ import annotations

from sagemaker.workflow.parameters import ParameterString
from sagemaker.workflow.steps import ProcessingStep

from ci.data import Rows
from ci.storage import place
from pipelines.jobs import Context, script_step

OUTPUTS = ("train", "validation", "held-out")


def rows_parameter(context: Context, rows: Rows) -> ParameterString:
    """Other rows may be given to one execution."""
    return ParameterString(name="Rows", default_value=place(context.project, rows.key))


def preparation_step(context: Context, rows: Rows, source: ParameterString) -> ProcessingStep:
    return script_step(
        context, "Prepare", "prepare.py", {"input/rows": source}, OUTPUTS, arguments=["--label", rows.label]
    )
