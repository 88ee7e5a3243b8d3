"""
What SageMaker expects of a container's program, whatever it does: where its folders are, how it ends, and where it says
why. https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

_REASON_LIMIT = 1024
"""Characters that SageMaker shows of a failure file."""

_TERMINATED = 128 + signal.SIGTERM


class InputError(Exception):
    """What the program was given is not what it takes; the message says where, the rule, and what was got."""


def ml_root() -> Path:
    """The folder that is /opt/ml in a container; the variable ML_ROOT moves it."""
    return Path(os.environ.get("ML_ROOT", "/opt/ml"))


def run(program: Callable[[], None]) -> int:
    """
    The exit code: 0, or 1 after the reason was written to `output/failure`. SIGTERM ends it, which nothing but a
    handler does for a container's first process.
    """
    signal.signal(signal.SIGTERM, _terminated)
    try:
        program()
    except InputError as error:
        return _failed(f"ClientError: {error}")
    except Exception as error:
        traceback.print_exc()
        return _failed(f"AlgorithmError: {type(error).__name__}: {error}")
    return 0


def write_whole(path: Path, text: str) -> None:
    """Whoever finds the file finds all of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.write_text(text)
    temporary.replace(path)


def _failed(reason: str) -> int:
    line = " ".join(reason.split())[:_REASON_LIMIT]
    print(f"error: {line}", file=sys.stderr)
    write_whole(ml_root() / "output" / "failure", line)
    return 1


def _terminated(*_: object) -> NoReturn:
    raise SystemExit(_TERMINATED)
