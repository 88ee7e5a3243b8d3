"""CloudWatch metrics of a monitoring job, which SageMaker takes from /opt/ml/output/metrics/cloudwatch.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-cloudwatch.html
https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-cloudwatch.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timezone
from typing import Any

from model_monitor.column import Column
from model_monitor.job import ml_root, write_whole

Metric = dict[str, Any]
"""A metric's name, and its Value or StatisticValues."""

DIMENSIONS = {
    "Endpoint": "sagemaker_endpoint_name",
    "MonitoringSchedule": "sagemaker_monitoring_schedule_name",
}


def data_metrics(column: Column, drift: float | None) -> Iterator[Metric]:
    """A column's numbers, its completeness (0 to 1), and its distance from the baseline where there is one."""
    numbers = column.numbers
    if len(numbers):
        yield {
            "MetricName": f"feature_data_{column.name}",
            "StatisticValues": {
                "SampleCount": float(len(numbers)),
                "Sum": float(numbers.sum()),
                "Minimum": float(numbers.min()),
                "Maximum": float(numbers.max()),
            },
        }
    yield {"MetricName": f"feature_non_null_{column.name}", "Value": column.completeness}
    if drift is not None:
        yield {"MetricName": f"feature_baseline_drift_{column.name}", "Value": drift}


def write_metrics(metrics: Iterable[Metric], variables: Mapping[str, str]) -> None:
    """One metric a line, at the end of the monitored period or now, with the endpoint and schedule as dimensions."""
    time = variables.get("end_time") or datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    common = {
        "Timestamp": time,
        "Dimensions": [
            {"Name": name, "Value": variables[variable]}
            for name, variable in DIMENSIONS.items()
            if variable in variables
        ],
    }
    lines = [json.dumps({**metric, **common}) + "\n" for metric in metrics]
    write_whole(ml_root() / "output" / "metrics" / "cloudwatch" / "cloudwatch_metrics.jsonl", "".join(lines))
