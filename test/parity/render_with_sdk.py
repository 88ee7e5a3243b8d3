"""Renders the two mammo-severity pipelines, and two of further step kinds, with AWS's own SageMaker Python SDK.

The output is the golden files that our TypeScript definitions are compared with (test/unit/pipelines/parity.test.ts).
Runs offline with dummy credentials:

    python render_with_sdk.py OUTPUT_DIRECTORY
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dev_account import DEV, scripts, session
from inference_pipeline import inference_pipeline
from more_kinds import more_kinds
from sagemaker.s3 import S3Uploader
from step_kinds import step_kinds
from train_pipeline import train_pipeline


def upload(local_path: str, desired_s3_uri: str, **_: Any) -> str:
    return f"{desired_s3_uri}/{Path(local_path).name}"


def upload_text(body: str, desired_s3_uri: str, **_: Any) -> str:
    return desired_s3_uri


def main() -> None:
    directory = Path(sys.argv[1])
    S3Uploader.upload = staticmethod(upload)
    S3Uploader.upload_string_as_file_body = staticmethod(upload_text)
    DEV.session._default_bucket = "sdk-uploads"
    directory.mkdir(parents=True, exist_ok=True)
    pipelines = {
        "train": train_pipeline(DEV, scripts("preprocess.py"), scripts("evaluate.py")),
        "inference": inference_pipeline(DEV),
        "step-kinds": step_kinds(session()),
        "more-kinds": more_kinds(session()),
    }
    for name, pipeline in pipelines.items():
        definition = json.loads(pipeline.definition())
        (directory / f"{name}.json").write_text(json.dumps(definition, indent=2) + "\n")


if __name__ == "__main__":
    main()
