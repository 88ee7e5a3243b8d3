"""Runs one monitoring job: `python -m model_monitor`, everything else by environment variables."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Sequence

from model_monitor.job import JobError, record_failure

USAGE = "usage: python -m model_monitor (settings are environment variables, dataset_source and output_path at least)"


def main(arguments: Sequence[str]) -> int:
    """The job's exit code: 0 with violations too, 1 where the job failed, 2 where it was called wrongly."""
    if arguments:
        print(USAGE, file=sys.stderr)
        return 2
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True)
    try:
        run()
    except JobError as error:
        return fail(f"ClientError: {error}")
    except Exception as error:
        traceback.print_exc()
        return fail(f"AlgorithmError: {type(error).__name__}: {error}")
    return 0


def run() -> None:
    from model_monitor.analysis import analyze
    from model_monitor.reports import write_reports
    from model_monitor.settings import read_settings

    settings = read_settings(os.environ)
    write_reports(settings, analyze(settings))


def fail(reason: str) -> int:
    print(f"error: {record_failure(reason)}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
