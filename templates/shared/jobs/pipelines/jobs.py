"""What the steps of this project's pipelines have alike: image, keys, no network, places of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import boto3
from sagemaker import image_uris, utils
from sagemaker.network import NetworkConfig
from sagemaker.processing import ProcessingInput, ProcessingOutput, ScriptProcessor
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.functions import Join
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.properties import PropertyFile
from sagemaker.workflow.retry import (
    SageMakerJobExceptionTypeEnum,
    SageMakerJobStepRetryPolicy,
    StepExceptionTypeEnum,
    StepRetryPolicy,
)
from sagemaker.workflow.steps import ProcessingStep

from ci.project import Project
from ci.storage import place

EXECUTION = ExecutionVariables.PIPELINE_EXECUTION_ID
CONTAINER = "/opt/ml/processing"
# Instances that AWS lends a new account without being asked.
PROCESSING_TYPE, TRAINING_TYPE, TRANSFORM_TYPE = "ml.t3.large", "ml.m5.xlarge", "ml.m5.xlarge"
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


@dataclass(frozen=True)
class Context:
    """What a pipeline is rendered for."""

    project: Project
    # URIs of this repository's scripts by their names.
    scripts: Mapping[str, str]
    session: PipelineSession

    @property
    def image(self) -> str:
        """XGBoost's image, which has pandas and scikit-learn as well."""
        return image_uris.retrieve("xgboost", self.project.region, version="3.0-5")

    def of_execution(self, *parts: str) -> Join:
        """A place of each execution's own: what one leaves, no other overwrites."""
        return Join(on="/", values=[place(self.project, "runs"), EXECUTION, *parts])


def open_context(project: Project, scripts: Mapping[str, str], session: boto3.Session) -> Context:
    # A bucket that is named is not made, a configuration that is given is not looked for, and nothing is told to AWS.
    quiet = {"SchemaVersion": "1.0", "SageMaker": {"PythonSDK": {"Modules": {"TelemetryOptOut": True}}}}
    # The session checks this configuration. The SDK would again for each of a hundred values, half a second each.
    utils.validate_sagemaker_config = lambda _: None
    pipelines = PipelineSession(session, default_bucket=project.bucket, sagemaker_config=quiet)
    return Context(project, scripts, pipelines)


def script_step(
    context: Context,
    name: str,
    script: str,
    inputs: Mapping[str, object],
    outputs: Sequence[str],
    arguments: Sequence[str] | None = None,
    property_files: Sequence[PropertyFile] = (),
) -> ProcessingStep:
    """Runs a file of `scripts/`. Inputs are URIs by the container's folder; outputs are folders."""
    project = context.project
    processor = ScriptProcessor(
        image_uri=context.image,
        command=["python3"],
        role=project.execution_role_arn,
        instance_type=PROCESSING_TYPE,
        instance_count=1,
        volume_kms_key=project.key_arn,
        output_kms_key=project.key_arn,
        network_config=NetworkConfig(enable_network_isolation=True, encrypt_inter_container_traffic=True),
        sagemaker_session=context.session,
    )
    return ProcessingStep(
        name=name,
        step_args=processor.run(
            code=context.scripts[script],
            arguments=list(arguments) if arguments else None,
            inputs=[
                ProcessingInput(source=source, destination=f"{CONTAINER}/{folder}", input_name=folder.split("/")[-1])
                for folder, source in inputs.items()
            ],
            outputs=[
                ProcessingOutput(
                    output_name=folder, source=f"{CONTAINER}/{folder}", destination=context.of_execution(folder)
                )
                for folder in outputs
            ],
        ),
        property_files=list(property_files),
        retry_policies=JOB_RETRIES,
    )


def output_of(step: ProcessingStep, name: str) -> object:
    """URI of a step's output."""
    return step.properties.ProcessingOutputConfig.Outputs[name].S3Output.S3Uri
