"""What both renderings share: names of the dev account, the session, and jobs with keys."""

from __future__ import annotations

import os

os.environ.setdefault("SAGEMAKER_SUPPRESS_V2_WARNING", "1")

import boto3
from sagemaker.model_monitor.dataset_format import DatasetFormat
from sagemaker.network import NetworkConfig
from sagemaker.processing import ProcessingOutput, ScriptProcessor
from sagemaker.workflow.check_job_config import CheckJobConfig
from sagemaker.workflow.execution_variables import ExecutionVariables
from sagemaker.workflow.functions import Join
from sagemaker.workflow.pipeline_context import PipelineSession
from sagemaker.workflow.retry import (
    SageMakerJobExceptionTypeEnum,
    SageMakerJobStepRetryPolicy,
    StepExceptionTypeEnum,
    StepRetryPolicy,
)

REGION = "us-east-1"
ACCOUNT = "111111111111"
MODEL = "mammo-severity"
DATA = "s3://mlops-dev-sagemaker-data-111111111111"
ARTIFACTS = "s3://mlops-sagemaker-artifacts-333333333333"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/mlops-dev"
VOLUME_KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
GROUP = f"arn:aws:sagemaker:{REGION}:333333333333:model-package-group/mammo-severity-model-package"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/sagemaker-execution-role"
RUNS = f"{ARTIFACTS}/dev/{MODEL}/runs"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:mammo-severity-latest-approved-model"
SEAL_FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:mammo-severity-seal-version"
EXECUTION = ExecutionVariables.PIPELINE_EXECUTION_ID
NO_NETWORK = NetworkConfig(enable_network_isolation=True, encrypt_inter_container_traffic=True)
CSV = DatasetFormat.csv(header=False)
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


def session() -> PipelineSession:
    boto_session = boto3.Session("dummy", "dummy", region_name=REGION)
    return PipelineSession(boto_session=boto_session, default_bucket="unused")


def run_prefix(base: str, *parts: str) -> Join:
    """A prefix of one execution: `base` / execution id / parts."""
    return Join(on="/", values=[base, EXECUTION, *parts])


def scripts(name: str) -> str:
    """Script names carry a content hash; the comparison knows."""
    return f"{DATA}/{MODEL}/scripts/HASH/{name}"


def check_job(pipeline_session: PipelineSession, instance_type: object = "ml.c5.xlarge") -> CheckJobConfig:
    return CheckJobConfig(
        role=ROLE,
        instance_count=1,
        instance_type=instance_type,
        volume_size_in_gb=120,
        volume_kms_key=VOLUME_KEY,
        output_kms_key=KEY,
        network_config=NO_NETWORK,
        sagemaker_session=pipeline_session,
    )


def script_processor(
    pipeline_session: PipelineSession, image: str, instance_type: object, count: object
) -> ScriptProcessor:
    return ScriptProcessor(
        image_uri=image,
        command=["python3"],
        role=ROLE,
        instance_type=instance_type,
        instance_count=count,
        volume_kms_key=VOLUME_KEY,
        output_kms_key=KEY,
        network_config=NO_NETWORK,
        sagemaker_session=pipeline_session,
    )


def output(name: str, destination: object) -> ProcessingOutput:
    return ProcessingOutput(output_name=name, source=f"/opt/ml/processing/{name}", destination=destination)
