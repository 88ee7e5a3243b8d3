"""Renders a pipeline that is not ours, of the steps our two do without, with AWS's own SageMaker Python SDK.

The local runner runs it (test/runner/sdk-definitions.test.ts), for it is SageMaker's format that is run. What the SDK
would upload to S3 goes to files instead. Runs offline with dummy credentials:

    python render_other_steps.py OUTPUT_DIRECTORY
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from dev_account import session
from other_steps import other_steps
from sagemaker.s3 import S3Uploader


def main() -> None:
    directory = Path(sys.argv[1])
    directory.mkdir(parents=True, exist_ok=True)

    def keep(body: str, desired_s3_uri: str, **_: Any) -> str:
        (directory / f"other-steps.{desired_s3_uri.rsplit('/', 1)[-1]}").write_text(body)
        return desired_s3_uri

    S3Uploader.upload_string_as_file_body = staticmethod(keep)
    pipeline_session = session()
    pipeline_session._default_bucket = "sdk-uploads"
    definition = json.loads(other_steps(pipeline_session).definition())
    (directory / "other-steps.json").write_text(json.dumps(definition, indent=2) + "\n")


if __name__ == "__main__":
    main()
