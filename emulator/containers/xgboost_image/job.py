"""What every job of the image has: its folders, its failure file, files that appear whole or not at all."""

from __future__ import annotations

import os
import re
from pathlib import Path

FAILURE_REASON_LIMIT = 1024
"""Characters that SageMaker shows of a failure file (DescribeTrainingJob's FailureReason)."""


class JobError(Exception):
    """The job cannot be done as asked; the message says where, the rule, and what was got."""


def ml_root() -> Path:
    """The folder that is /opt/ml in a container; the variable ML_ROOT moves it."""
    return Path(os.environ.get("ML_ROOT", "/opt/ml"))


def record_failure(reason: str) -> str:
    """Writes the reason, as one line, to where SageMaker takes a job's FailureReason from; returns that line."""
    line = " ".join(reason.split())[:FAILURE_REASON_LIMIT]
    write_whole(ml_root() / "output" / "failure", line.encode())
    return line


def write_whole(path: Path, content: bytes) -> None:
    """Writes under a temporary name and renames: whoever finds the file finds all of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def first_line(error: Exception) -> str:
    """XGBoost's message without the time and source line before it and the stack after it."""
    return re.sub(r"^\[[\d:]+\] \S+?:\d+: ", "", str(error).strip().split("\n")[0])
