"""Baseline files that are not as the schema has them are refused, with the field's place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from model_monitor.baseline import read_constraints, read_distributions
from model_monitor.job import JobError
from monitor_run import Monitor, column_of

FEATURE = {"name": "_c0", "inferred_type": "Integral", "completeness": 1.0}


def constraints(**monitoring: Any) -> dict[str, Any]:
    return {"version": 0.0, "features": [FEATURE], "monitoring_config": monitoring}


def feature(**changes: Any) -> dict[str, Any]:
    return {"features": [{**FEATURE, **changes}]}


def written(tmp_path: Path, content: Any) -> Path:
    path = tmp_path / "file.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "cannot be read as JSON"),
        ([], r"^file\.json must be an object, got: \[\]"),
        ({}, r"^file\.json\.features must be a list, got: null"),
        ({"features": ["x"]}, r'^file\.json\.features\[0\] must be an object, got: "x"'),
        ({"features": [{}]}, r"^file\.json\.features\[0\]\.name must be a text, got: null"),
        (feature(inferred_type="Date"), r"inferred_type must be Integral or Fractional or String or Unknown, got: "),
        (feature(completeness=1.5), r"completeness must be between 0 and 1, got: 1\.5"),
        (feature(completeness=True), r"completeness must be a number, got: true"),
        (feature(num_constraints={"is_non_negative": 1}), r"is_non_negative must be true or false, got: 1"),
        (feature(num_constraints=[]), r"features\[0\]\.num_constraints must be an object, got: \[\]"),
        (feature(string_constraints={"domains": ["a", 5]}), r"domains must be a list of texts, got: \[\"a\", 5\]"),
        (feature(monitoringConfigOverrides={"emit_metrics": "no"}), r"emit_metrics must be Enabled or Disabled"),
        (constraints(evaluate_constraints=True), r"evaluate_constraints must be a text, got: true"),
        (constraints(datatype_check_threshold=2), r"datatype_check_threshold must be between 0 and 1, got: 2\.0"),
        (constraints(domain_content_threshold="1"), r"domain_content_threshold must be a number"),
        (constraints(distribution_constraints=[]), r"distribution_constraints must be an object"),
        (constraints(distribution_constraints={"comparison_method": "KS"}), r"comparison_method must be Robust or"),
        (constraints(distribution_constraints={"comparison_threshold": -1}), r"comparison_threshold must be between"),
        (constraints(distribution_constraints={"categorical_drift_method": 1}), r"categorical_drift_method must be"),
    ],
)
def test_malformed_constraints_are_refused(tmp_path: Path, content: Any, message: str) -> None:
    with pytest.raises(JobError, match=message):
        read_constraints(written(tmp_path, content))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"features": [{"name": 5}]}, r"features\[0\]\.name must be a text, got: 5"),
        (
            {"features": [{"name": "x", "numerical_statistics": {"distribution": {"kll": {"sketch": {"data": 5}}}}}]},
            r"kll\.sketch\.data must be a list, got: 5",
        ),
        (
            {"features": [{"name": "x", "numerical_statistics": {"distribution": {"kll": {"sketch": {"data": [1]}}}}}]},
            r"kll\.sketch\.data must be levels of numbers, got: \[1\]",
        ),
        (
            {"features": [{"name": "x", "string_statistics": {"distribution": {"categorical": {"buckets": [{}]}}}}]},
            r"categorical\.buckets\[0\]\.value must be a text, got: null",
        ),
        (
            {
                "features": [
                    {
                        "name": "x",
                        "string_statistics": {
                            "distribution": {"categorical": {"buckets": [{"value": "a", "count": -1}]}}
                        },
                    }
                ]
            },
            "buckets must be counts of 0 or more",
        ),
    ],
)
def test_malformed_statistics_are_refused(tmp_path: Path, content: Any, message: str) -> None:
    with pytest.raises(JobError, match=message):
        read_distributions(written(tmp_path, content))


def test_what_a_constraints_file_leaves_out_is_as_the_analyzer_suggests_it(tmp_path: Path) -> None:
    content = {"features": [{"name": "x", "inferred_type": "String"}], "monitoring_config": {"note": "ours"}}
    found = read_constraints(written(tmp_path, content))
    suggested = read_constraints(written(tmp_path, constraints()))
    assert found.monitoring == suggested.monitoring
    assert (found.features["x"].completeness, found.features["x"].domain) == (None, None)
    assert (found.monitoring.robust, found.monitoring.type_threshold, found.monitoring.numeric_threshold) == (
        True,
        1.0,
        0.1,
    )


def test_the_threshold_of_texts_is_that_of_numbers_unless_it_is_given(tmp_path: Path) -> None:
    content = constraints(distribution_constraints={"comparison_threshold": 0.3})
    assert read_constraints(written(tmp_path, content)).monitoring.categorical_threshold == 0.3


def test_categories_that_count_nothing_are_no_distribution(tmp_path: Path) -> None:
    buckets = {"categorical": {"buckets": [{"value": "a", "count": 0}]}}
    content = {"features": [{"name": "x", "string_statistics": {"distribution": buckets}}]}
    assert read_distributions(written(tmp_path, content))["x"].categories is None


def test_a_baseline_without_distributions_is_compared_with_nothing(monitor: Monitor) -> None:
    files = monitor.take_baseline(column_of(*range(100)))
    statistics = json.loads(files["baseline_statistics"].read_text())
    for each in statistics["features"]:
        each.get("numerical_statistics", {}).pop("distribution", None)
    files["baseline_statistics"].write_text(json.dumps(statistics))
    assert monitor.analyze(column_of(*range(500, 600)), **files).violations == []


def test_a_baseline_file_that_is_missing_fails_by_its_path(monitor: Monitor) -> None:
    with pytest.raises(JobError, match=r"none\.json cannot be read as JSON: .*No such file"):
        monitor.analyze("1\n", baseline_constraints=monitor.root / "none.json")
