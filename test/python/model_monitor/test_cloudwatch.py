from __future__ import annotations

import json
from typing import Any

from model_monitor.reports import write_reports
from model_monitor.settings import read_settings
from monitor_run import Monitor


def published(monitor: Monitor, data: str, **variables: Any) -> list[dict[str, Any]]:
    settings = read_settings(monitor.environment(data, publish_cloudwatch_metrics="Enabled", **variables))
    write_reports(settings, monitor.analyze(data, **variables))
    lines = (monitor.ml / "output/metrics/cloudwatch/cloudwatch_metrics.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def test_every_column_has_its_documented_metrics(monitor: Monitor) -> None:
    files = monitor.take_baseline("1,a\n2,b\n" * 50)
    names = {
        "end_time": "2026-01-02T03:00:00Z",
        "sagemaker_endpoint_name": "endpoint",
        "sagemaker_monitoring_schedule_name": "nightly",
    }
    common = {
        "Timestamp": "2026-01-02T03:00:00Z",
        "Dimensions": [{"Name": "Endpoint", "Value": "endpoint"}, {"Name": "MonitoringSchedule", "Value": "nightly"}],
    }
    statistics = {"SampleCount": 2.0, "Sum": 4.0, "Minimum": 1.0, "Maximum": 3.0}
    assert published(monitor, "1,a\n3,\n", **files, **names) == [
        {"MetricName": "feature_data__c0", "StatisticValues": statistics, **common},
        {"MetricName": "feature_non_null__c0", "Value": 1.0, **common},
        {"MetricName": "feature_baseline_drift__c0", "Value": 0.0, **common},
        {"MetricName": "feature_non_null__c1", "Value": 0.5, **common},
        {"MetricName": "feature_baseline_drift__c1", "Value": 0.0, **common},
    ]


def test_metrics_have_a_time_and_may_have_no_dimensions(monitor: Monitor) -> None:
    metric = published(monitor, "1\n")[0]
    assert metric["Dimensions"] == []
    assert metric["Timestamp"].endswith("Z")


def test_a_constraints_file_turns_the_metrics_of_a_feature_off(monitor: Monitor) -> None:
    files = monitor.take_baseline("1,a\n2,b\n" * 50)
    constraints = json.loads(files["baseline_constraints"].read_text())
    constraints["features"][0]["monitoringConfigOverrides"] = {"emit_metrics": "Disabled"}
    files["baseline_constraints"].write_text(json.dumps(constraints))
    metrics = published(monitor, "1,a\n3,b\n", **files)
    assert [metric["MetricName"] for metric in metrics] == ["feature_non_null__c1", "feature_baseline_drift__c1"]


def test_without_being_asked_no_metrics_are_written(monitor: Monitor) -> None:
    monitor.take_baseline("1\n2\n")
    assert not (monitor.ml / "output" / "metrics").exists()
