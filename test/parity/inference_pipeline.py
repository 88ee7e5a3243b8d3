"""The inference pipeline in the SDK's classes."""

from __future__ import annotations

from dev_account import (
    CALL_RETRIES,
    CSV,
    DATA,
    FUNCTION,
    JOB_RETRIES,
    KEY,
    MODEL,
    ROLE,
    VOLUME_KEY,
    check_job,
    run_prefix,
)
from sagemaker.lambda_helper import Lambda
from sagemaker.model import Model
from sagemaker.transformer import Transformer
from sagemaker.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep
from sagemaker.workflow.model_step import ModelStep
from sagemaker.workflow.monitor_batch_transform_step import MonitorBatchTransformStep
from sagemaker.workflow.parameters import ParameterInteger, ParameterString
from sagemaker.workflow.pipeline import Pipeline
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.quality_check_step import DataQualityCheckConfig
from sagemaker.workflow.steps import TransformStep


def inference_pipeline(pipeline_session: PipelineSession) -> Pipeline:
    instance_type = ParameterString(name="ProcessingInstanceType", default_value="ml.t3.large")
    instance_count = ParameterInteger(name="ProcessingInstanceCount", default_value=1)
    transform_input = ParameterString(
        name="transform_input", default_value=f"{DATA}/{MODEL}/data/batch-dataset/mammo-batch-dataset.csv"
    )
    transform_type = ParameterString(name="TransformInstanceType", default_value="ml.m5.xlarge")
    names = ("model_artifact_uri", "image_uri", "s3_baseline_uri_statistics", "s3_baseline_uri_constraints")
    latest = LambdaStep(
        name="Mammo-LatestApprovedModel",
        lambda_func=Lambda(function_arn=FUNCTION, session=pipeline_session),
        inputs={},
        outputs=[LambdaOutput(output_name=name, output_type=LambdaOutputTypeEnum.String) for name in names],
    )
    found = latest.properties.Outputs
    model = Model(
        image_uri=found["image_uri"],
        model_data=found["model_artifact_uri"],
        role=ROLE,
        enable_network_isolation=True,
        sagemaker_session=pipeline_session,
    )
    create = ModelStep(name="Mammo", step_args=model.create(instance_type="ml.m5.xlarge"), retry_policies=CALL_RETRIES)
    transformer = Transformer(
        model_name=create.properties.ModelName,
        instance_type=transform_type,
        instance_count=1,
        accept="text/csv",
        assemble_with="Line",
        output_path=run_prefix(f"{DATA}/{MODEL}/inference", "predictions"),
        output_kms_key=KEY,
        volume_kms_key=VOLUME_KEY,
        sagemaker_session=pipeline_session,
    )
    monitor = MonitorBatchTransformStep(
        name="Mammo-Inference",
        transform_step_args=transformer.transform(data=transform_input, content_type="text/csv", split_type="Line"),
        monitor_configuration=DataQualityCheckConfig(
            baseline_dataset=transform_input,
            dataset_format=CSV,
            output_s3_uri=run_prefix(f"{DATA}/{MODEL}/inference", "monitoring"),
        ),
        check_job_configuration=check_job(pipeline_session, instance_type),
        monitor_before_transform=True,
        fail_on_violation=True,
        supplied_baseline_statistics=found["s3_baseline_uri_statistics"],
        supplied_baseline_constraints=found["s3_baseline_uri_constraints"],
    )
    # The composite has no way to say so.
    next(step for step in monitor.steps if isinstance(step, TransformStep)).retry_policies = JOB_RETRIES
    return Pipeline(
        name="mammo-severity-inference-pipeline",
        parameters=[instance_type, instance_count, transform_input, transform_type],
        steps=[latest, create, monitor],
        sagemaker_session=pipeline_session,
    )
