"""The dev account that everything here is rendered for."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path

os.environ.setdefault("SAGEMAKER_SUPPRESS_V2_WARNING", "1")
os.environ.setdefault("AWS_ACCESS_KEY_ID", "dummy")
os.environ.setdefault("AWS_SECRET_ACCESS_KEY", "dummy")
repository = Path(__file__).parents[2]
sys.path += [
    str(repository / "tools/sagemaker-sdk"),
    str(repository / "test/fixtures/models-in-python/mammo-severity"),
]

import boto3  # noqa: E402
import jobs  # noqa: E402
from jobs import CSV, NO_NETWORK, output, run_prefix  # noqa: E402
from mlops_render.context import Context  # noqa: E402
from sagemaker.workflow.pipeline_context import PipelineSession  # noqa: E402

__all__ = ["CSV", "NO_NETWORK", "output", "run_prefix"]

REGION = "us-east-1"
ACCOUNT = "111111111111"
MODEL = "mammo-severity"
DATA = "s3://mlops-dev-sagemaker-data-111111111111"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:alias/mlops-dev"
VOLUME_KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/1234abcd-12ab-34cd-56ef-1234567890ab"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/sagemaker-execution-role"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:mammo-severity-latest-approved-model"

DEV = Context(
    model=MODEL,
    region=REGION,
    account=ACCOUNT,
    data_bucket="mlops-dev-sagemaker-data-111111111111",
    data_uri=f"{DATA}/{MODEL}",
    artifacts_uri=f"s3://mlops-sagemaker-artifacts-333333333333/dev/{MODEL}/runs",
    kms_key_arn=KEY,
    volume_key_arn=VOLUME_KEY,
    model_package_group_arn=f"arn:aws:sagemaker:{REGION}:333333333333:model-package-group/mammo-severity-model-package",
    execution_role_arn=ROLE,
    latest_approved_model_function_arn=FUNCTION,
    seal_version_function_arn=f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:mammo-severity-seal-version",
)
check_job = partial(jobs.check_job, DEV)
script_processor = partial(jobs.script_processor, DEV)


def session() -> PipelineSession:
    boto_session = boto3.Session(region_name=REGION)
    return PipelineSession(boto_session=boto_session, default_bucket="unused")


def scripts(name: str) -> str:
    """Script names carry a content hash; the comparison knows."""
    return f"{DATA}/{MODEL}/scripts/HASH/{name}"
