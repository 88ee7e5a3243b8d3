"""Runs one job, or serves a model: `python -m xgboost_image train`, `transform` or `serve`."""

from __future__ import annotations

import io
import sys
import traceback
from collections.abc import Sequence

from xgboost_image.job import JobError, record_failure

USAGE = "usage: python -m xgboost_image {train,transform,serve}"


def main(arguments: Sequence[str]) -> int:
    """The job's exit code: 0, 1 where it failed (the reason is in output/failure), 2 where it was called wrongly."""
    if len(arguments) != 1 or arguments[0] not in ("train", "transform", "serve"):
        print(USAGE, file=sys.stderr)
        return 2
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True)
    try:
        run(arguments[0])
    except JobError as error:
        return fail(f"ClientError: {error}")
    except Exception as error:
        traceback.print_exc()
        return fail(f"AlgorithmError: {type(error).__name__}: {error}")
    return 0


def run(command: str) -> None:
    hide("pandas", "sklearn")
    if command == "train":
        from xgboost_image.training import train

        train()
    elif command == "transform":
        from xgboost_image.transform import transform

        transform()
    else:
        from xgboost_image.serving import serve

        serve()


def hide(*modules: str) -> None:
    """Makes XGBoost do without optional libraries: importing them takes four fifths of a small job's time."""
    for module in modules:
        sys.modules[module] = None  # type: ignore[assignment]


def fail(reason: str) -> int:
    print(f"error: {record_failure(reason)}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
