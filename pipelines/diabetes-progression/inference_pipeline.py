"""Takes the latest approved version and scores a batch; who the rows are of stays with what was predicted of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs import (
    CALL_RETRIES,
    JOB_RETRIES,
    PROCESSING_TYPE,
    STARTED,
    TRANSFORM_TYPE,
    latest_approved_model,
    output_of,
    run_prefix,
    script_step,
)
from sagemaker.model import Model
from sagemaker.transformer import Transformer
from sagemaker.workflow.lambda_step import LambdaStep
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.parameters import ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.steps import ProcessingStep, TransformStep

if TYPE_CHECKING:
    from mlops_render.context import Context


def inference_pipeline(context: Context) -> Pipeline:
    batch = ParameterString(
        name="transform_input", default_value=f"{context.data_uri}/data/batch-dataset/diabetes-batch.csv"
    )
    predictions = f"{context.data_uri}/inference"
    split = script_step(
        context,
        "Diabetes-SplitBatch",
        "split_batch.py",
        {"input/batch": batch},
        {"features": run_prefix(predictions, "predictions", "features")},
    )
    latest = latest_approved_model(context)
    create = create_step(context, latest)
    transform = transform_step(context, create, split)
    join = script_step(
        context,
        "Diabetes-JoinPredictions",
        "join_predictions.py",
        {"input/batch": batch, "input/predicted": transform.properties.TransformOutput.S3OutputPath},
        {"scored": run_prefix(predictions, "predictions", "scored")},
        arguments=["--at", STARTED],
    )
    return Pipeline(
        name=f"{context.model}-inference-pipeline",
        parameters=[PROCESSING_TYPE, TRANSFORM_TYPE, batch],
        steps=[split, latest, create, transform, join],
        sagemaker_session=context.session,
    )


def create_step(context: Context, latest: LambdaStep) -> ModelStep:
    model = Model(
        image_uri=latest.properties.Outputs["image_uri"],
        model_data=latest.properties.Outputs["model_artifact_uri"],
        role=context.execution_role_arn,
        enable_network_isolation=True,
        sagemaker_session=context.session,
    )
    return ModelStep(name="Diabetes", step_args=model.create(instance_type="ml.m5.xlarge"), retry_policies=CALL_RETRIES)


def transform_step(context: Context, create: ModelStep, split: ProcessingStep) -> TransformStep:
    transformer = Transformer(
        model_name=create.properties.ModelName,
        instance_type=TRANSFORM_TYPE,
        instance_count=1,
        accept="text/csv",
        assemble_with="Line",
        output_path=run_prefix(f"{context.data_uri}/inference", "predictions", "raw"),
        output_kms_key=context.kms_key_arn,
        volume_kms_key=context.volume_key_arn,
        sagemaker_session=context.session,
    )
    features = output_of(split, "features")
    return TransformStep(
        name="Diabetes-Transform",
        step_args=transformer.transform(data=features, content_type="text/csv", split_type="Line"),
        retry_policies=JOB_RETRIES,
    )
