"""Compares what was predicted with what became of it, and fails where that is worse than when it was approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs import (
    PERIOD_ROWS,
    PROCESSING_TYPE,
    STARTED,
    check_job,
    latest_approved_model,
    output_of,
    quality_check,
    run_prefix,
    script_step,
)
from sagemaker.workflow.parameters import ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.quality_check_step import QualityCheckStep

if TYPE_CHECKING:
    from mlops_render.context import Context


def monitor_pipeline(context: Context) -> Pipeline:
    truth = ParameterString(name="GroundTruthUrl", default_value=f"{context.data_uri}/data/ground-truth/")
    days = ParameterInteger(name="PeriodDays", default_value=7)
    inference = f"{context.data_uri}/inference"
    merge = script_step(
        context,
        "Diabetes-MergeTruth",
        "merge_truth.py",
        {"input/scored": f"{inference}/", "input/truth": truth},
        {"merged": run_prefix(inference, "predictions", "merged")},
        arguments=["--now", STARTED, "--days", days.to_string(), "--rows", PERIOD_ROWS.to_string()],
    )
    latest = latest_approved_model(context)
    # Fails on any violation: that failure is what starts retraining.
    monitor = QualityCheckStep(
        name="Diabetes-ModelQuality",
        skip_check=False,
        fail_on_violation=True,
        register_new_baseline=False,
        quality_check_config=quality_check(output_of(merge, "merged"), run_prefix(inference, "monitoring")),
        check_job_config=check_job(context),
        supplied_baseline_statistics=latest.properties.Outputs["s3_quality_uri_statistics"],
        supplied_baseline_constraints=latest.properties.Outputs["s3_quality_uri_constraints"],
    )
    return Pipeline(
        name=f"{context.model}-monitor-pipeline",
        parameters=[PROCESSING_TYPE, truth, days, PERIOD_ROWS],
        steps=[merge, latest, monitor],
        sagemaker_session=context.session,
    )
