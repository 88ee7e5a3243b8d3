"""What the steps of several pipelines have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from sagemaker import image_uris
from sagemaker.lambda_helper import Lambda
from sagemaker.model_monitor.dataset_format import DatasetFormat
from sagemaker.network import NetworkConfig
from sagemaker.processing import ProcessingInput, ProcessingOutput, ScriptProcessor
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.functions import Join
from sagemaker.workflow.lambda_step import LambdaOutput, LambdaOutputTypeEnum, LambdaStep
from sagemaker.workflow.parameters import ParameterInteger, ParameterString
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.quality_check_step import ModelQualityCheckConfig
from sagemaker.workflow.retry import (
    SageMakerJobExceptionTypeEnum,
    SageMakerJobStepRetryPolicy,
    StepExceptionTypeEnum,
    StepRetryPolicy,
)
from sagemaker.workflow.steps import ProcessingStep

if TYPE_CHECKING:
    from mlops_render.context import Context

EXECUTION = ExecutionVariables.PIPELINE_EXECUTION_ID
STARTED = Join(on="", values=[ExecutionVariables.START_DATETIME])
CONTAINER = "/opt/ml/processing"
NO_NETWORK = NetworkConfig(enable_network_isolation=True, encrypt_inter_container_traffic=True)
CALL_RETRIES = [
    StepRetryPolicy(
        exception_types=[StepExceptionTypeEnum.SERVICE_FAULT, StepExceptionTypeEnum.THROTTLING],
        interval_seconds=10,
        backoff_rate=2.0,
        max_attempts=5,
    )
]
JOB_RETRIES = [
    *CALL_RETRIES,
    SageMakerJobStepRetryPolicy(
        failure_reason_types=[
            SageMakerJobExceptionTypeEnum.INTERNAL_ERROR,
            SageMakerJobExceptionTypeEnum.CAPACITY_ERROR,
        ],
        interval_seconds=60,
        backoff_rate=2.0,
        max_attempts=3,
    ),
]
# What AWS lends a new account without being asked (docs/quotas.md).
PROCESSING_TYPE = ParameterString(name="ProcessingInstanceType", default_value="ml.t3.large")
TRAINING_TYPE = ParameterString(name="TrainingInstanceType", default_value="ml.m5.xlarge")
TRANSFORM_TYPE = ParameterString(name="TransformInstanceType", default_value="ml.m5.xlarge")
# The bounds of a version are made for periods of so many rows.
PERIOD_ROWS = ParameterInteger(name="PeriodRows", default_value=40)


def run_prefix(base: str, *parts: str) -> Join:
    """A prefix of one execution: `base` / execution id / parts."""
    return Join(on="/", values=[base, EXECUTION, *parts])


def image(context: Context, framework: str) -> str:
    versions = {"sklearn": "1.4-2", "xgboost": "3.0-5"}
    return image_uris.retrieve(framework, context.region, version=versions[framework], instance_type="ml.m5.xlarge")


def script_step(
    context: Context,
    name: str,
    script: str,
    inputs: Mapping[str, object],
    outputs: Mapping[str, object],
    framework: str = "sklearn",
    arguments: Sequence[object] | None = None,
    property_files: Sequence[PropertyFile] = (),
) -> ProcessingStep:
    """Runs a file of `scripts/`, with `rows.py` beside it. Inputs and outputs are S3 URIs by the container's folder."""
    processor = ScriptProcessor(
        image_uri=image(context, framework),
        command=["python3"],
        role=context.execution_role_arn,
        instance_type=PROCESSING_TYPE,
        instance_count=1,
        env={"PYTHONPATH": f"{CONTAINER}/input/shared"},
        volume_kms_key=context.volume_key_arn,
        output_kms_key=context.kms_key_arn,
        network_config=NO_NETWORK,
        sagemaker_session=context.session,
    )
    sources = {**inputs, "input/shared": "scripts/rows.py"}
    return ProcessingStep(
        name=name,
        step_args=processor.run(
            code=f"scripts/{script}",
            arguments=arguments,
            inputs=[
                ProcessingInput(source=source, destination=f"{CONTAINER}/{folder}", input_name=folder.split("/")[-1])
                for folder, source in sources.items()
            ],
            outputs=[
                ProcessingOutput(output_name=folder, source=f"{CONTAINER}/{folder}", destination=destination)
                for folder, destination in outputs.items()
            ],
        ),
        property_files=list(property_files),
        retry_policies=JOB_RETRIES,
    )


def output_of(step: ProcessingStep, name: str) -> object:
    """S3 URI of a step's output."""
    return step.properties.ProcessingOutputConfig.Outputs[name].S3Output.S3Uri


def quality_check(dataset: object, output: object) -> ModelQualityCheckConfig:
    """Of a file with the columns ground_truth and prediction."""
    return ModelQualityCheckConfig(
        baseline_dataset=dataset,
        dataset_format=DatasetFormat.csv(header=True),
        output_s3_uri=output,
        problem_type="Regression",
        ground_truth_attribute="ground_truth",
        inference_attribute="prediction",
    )


def check_job(context: Context) -> CheckJobConfig:
    return CheckJobConfig(
        role=context.execution_role_arn,
        instance_count=1,
        instance_type=PROCESSING_TYPE,
        volume_size_in_gb=120,
        volume_kms_key=context.volume_key_arn,
        output_kms_key=context.kms_key_arn,
        network_config=NO_NETWORK,
        sagemaker_session=context.session,
    )


def call(
    context: Context, name: str, function: str, inputs: Mapping[str, object], outputs: Sequence[str]
) -> LambdaStep:
    return LambdaStep(
        name=name,
        lambda_func=Lambda(function_arn=function, session=context.session),
        inputs=dict(inputs),
        outputs=[LambdaOutput(output_name=each, output_type=LambdaOutputTypeEnum.String) for each in outputs],
    )


def latest_approved_model(context: Context) -> LambdaStep:
    """The version that runs, and what its predictions are held to."""
    return call(
        context,
        "Diabetes-LatestApprovedModel",
        context.latest_approved_model_function_arn,
        {},
        ["model_artifact_uri", "image_uri", "s3_quality_uri_statistics", "s3_quality_uri_constraints"],
    )
