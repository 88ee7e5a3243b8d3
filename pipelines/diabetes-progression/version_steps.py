"""The steps that make a version of a model that is good enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs import (
    CALL_RETRIES,
    EXECUTION,
    PERIOD_ROWS,
    call,
    check_job,
    image,
    output_of,
    quality_check,
    run_prefix,
    script_step,
)
from sagemaker.drift_check_baselines import DriftCheckBaselines
from sagemaker.model import Model
from sagemaker.model_metrics import MetricsSource, ModelMetrics
from sagemaker.workflow.functions import Join
from sagemaker.workflow.lambda_step import LambdaStep
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.quality_check_step import QualityCheckStep
from sagemaker.workflow.steps import ProcessingStep

if TYPE_CHECKING:
    from mlops_render.context import Context


def baseline_step(context: Context, evaluate: ProcessingStep) -> QualityCheckStep:
    """How good the predictions of the test set are: model quality's own metrics and suggested constraints."""
    output = run_prefix(f"{context.artifacts_uri}/baselines")
    return QualityCheckStep(
        name="Diabetes-ModelQualityBaseline",
        skip_check=True,
        register_new_baseline=True,
        quality_check_config=quality_check(output_of(evaluate, "predictions"), output),
        check_job_config=check_job(context),
    )


def bounds_step(context: Context, evaluate: ProcessingStep, baseline: QualityCheckStep) -> ProcessingStep:
    """Constraints that one period in a hundred passes by chance, in place of those that every second does."""
    return script_step(
        context,
        "Diabetes-Bounds",
        "bounds.py",
        {
            "input/predictions": output_of(evaluate, "predictions"),
            "input/constraints": baseline.properties.CalculatedBaselineConstraints,
        },
        {"bounds": run_prefix(f"{context.artifacts_uri}/baselines", "bounds")},
        arguments=["--rows", PERIOD_ROWS.to_string()],
    )


def seal_step(context: Context, model: Join, baseline: QualityCheckStep, bounds: ProcessingStep) -> LambdaStep:
    """What a version consists of: the execution's own files become copies that nobody overwrites."""
    files = {
        "model_artifact_uri": model,
        "s3_quality_uri_statistics": baseline.properties.CalculatedBaselineStatistics,
        "s3_quality_uri_constraints": Join(on="/", values=[output_of(bounds, "bounds"), "constraints.json"]),
    }
    outputs = [f"{name}{suffix}" for name in files for suffix in ("", "_version")]
    return call(
        context, "Diabetes-SealVersion", context.seal_version_function_arn, {"execution": EXECUTION, **files}, outputs
    )


def register_step(context: Context, evaluate: ProcessingStep, seal: LambdaStep) -> ModelStep:
    """The S3 versions of its files are written down with it: the function that takes it for inference compares them."""
    sealed = seal.properties.Outputs

    def file(uri: object) -> MetricsSource:
        return MetricsSource(s3_uri=uri, content_type="application/json")

    model = Model(
        image_uri=image(context, "xgboost"),
        model_data=sealed["model_artifact_uri"],
        role=context.execution_role_arn,
        sagemaker_session=context.session,
    )
    evaluation = Join(on="/", values=[output_of(evaluate, "evaluation"), "evaluation.json"])
    names = ("model_artifact_uri", "s3_quality_uri_statistics", "s3_quality_uri_constraints")
    return ModelStep(
        name="Diabetes",
        retry_policies=CALL_RETRIES,
        step_args=model.register(
            content_types=["text/csv"],
            response_types=["text/csv"],
            inference_instances=["ml.t2.medium", "ml.m5.xlarge"],
            transform_instances=["ml.m5.xlarge"],
            model_package_group_name=context.model_package_group_arn,
            approval_status="PendingManualApproval",
            model_metrics=ModelMetrics(
                model_statistics=file(evaluation), model_constraints=file(sealed["s3_quality_uri_constraints"])
            ),
            drift_check_baselines=DriftCheckBaselines(
                model_statistics=file(sealed["s3_quality_uri_statistics"]),
                model_constraints=file(sealed["s3_quality_uri_constraints"]),
            ),
            customer_metadata_properties={f"{name}_version": sealed[f"{name}_version"] for name in names},
        ),
    )
