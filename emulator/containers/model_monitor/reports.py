"""What an analysis found, and the files it is written to.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-contract-outputs.html
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from model_monitor.cloudwatch import Metric, write_metrics
from model_monitor.job import record_message, write_whole
from model_monitor.settings import Settings


@dataclass(frozen=True)
class Reports:
    """`violations` is None where there was no baseline to check against."""

    statistics: dict[str, Any]
    constraints: dict[str, Any]
    violations: list[dict[str, Any]] | None
    metrics: Sequence[Metric]


def write_reports(settings: Settings, reports: Reports) -> None:
    """Writes the files, prints each violation, and, as the last line, the result as JSON."""
    contents: dict[str, Any] = {"statistics": reports.statistics, "constraints": reports.constraints}
    if reports.violations is not None:
        contents["constraint_violations"] = {"violations": reports.violations}
    texts = {name: json.dumps(content, indent=2, allow_nan=False) + "\n" for name, content in contents.items()}
    for name, text in texts.items():
        write_whole(settings.output / f"{name}.json", text)
    if settings.publish_metrics:
        write_metrics(reports.metrics, settings.variables)
    violations = reports.violations or []
    for found in violations:
        subject = found.get("feature_name", found.get("metric_name"))
        print(f"{subject}: {found['constraint_check_type']}: {found['description']}")
    message = exit_message(len(violations))
    record_message(message)
    print(json.dumps({"violations": len(violations), "exit_message": message}))


def exit_message(violations: int) -> str:
    """The words that a monitoring execution's status is taken from."""
    if violations:
        return f"CompletedWithViolations: Job completed successfully with {violations} violations."
    return "Completed: Job completed successfully with no violations."
