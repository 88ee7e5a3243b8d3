"""Thresholds that a model quality baseline suggests, what is worse than them, and jobs that cannot be done."""

from __future__ import annotations

import json
from typing import Any

import pytest
from model_monitor.job import JobError
from monitor_run import Monitor

TRUTH = {"analysis_type": "MODEL_QUALITY", "ground_truth_attribute": "label", "inference_attribute": "prediction"}
BINARY = {**TRUTH, "problem_type": "BinaryClassification"}
REGRESSION = {**TRUTH, "problem_type": "Regression"}
DOCUMENTED = "label,prediction\n0,0\n0,1\n0,1\n1,1\n"


def test_constraints_ask_for_metrics_as_good_as_the_baselines(monitor: Monitor) -> None:
    constraints = monitor.analyze(DOCUMENTED, header=True, **BINARY).constraints
    section = constraints["binary_classification_constraints"]
    assert constraints["version"] == 0.0
    assert section["f1"] == {
        "threshold": 0.5,
        "comparison_operator": "LessThanThreshold",
        "additional_properties": None,
    }
    assert section["false_positive_rate"]["comparison_operator"] == "GreaterThanThreshold"
    assert not any(name.endswith("best_constant_classifier") for name in section)


def test_worse_metrics_are_violations_and_equal_ones_are_not(monitor: Monitor) -> None:
    baseline = monitor.take_baseline("label,prediction\n1,2\n2,2\n3,1\n", header=True, **REGRESSION)
    assert monitor.analyze("label,prediction\n1,2\n2,2\n3,1\n", header=True, **REGRESSION, **baseline).violations == []
    worse = monitor.analyze("label,prediction\n1,3\n2,2\n3,1\n", header=True, **REGRESSION, **baseline)
    assert worse.violations
    assert [found["metric_name"] for found in worse.violations] == ["mae", "mse", "rmse", "r2"]
    assert worse.violations[0] == {
        "constraint_check_type": "GreaterThanThreshold",
        "description": "Metric mae with 1.3333333333333333 +/- NaN was GreaterThanThreshold '1.0'",
        "metric_name": "mae",
    }


@pytest.mark.parametrize(
    ("rows", "variables", "message"),
    [
        (DOCUMENTED, {"problem_type": "Ranking"}, "problem_type must be Regression, BinaryClassification, Multiclass"),
        (DOCUMENTED, {"ground_truth_attribute": "truth"}, "must be one of the columns label, prediction, got: 'truth'"),
        (DOCUMENTED, {"ground_truth_attribute": "2"}, "must be one of the columns label, prediction, got: '2'"),
        (DOCUMENTED, {"ground_truth_attribute": ""}, "the variable ground_truth_attribute is required"),
        ("label,prediction\n0,0\n1,\n", {}, "inference_attribute prediction must have a value in every row, 1 are"),
        ("label,prediction\n0,0\n1,0.7\n", {}, "inference_attribute prediction must hold 0 and 1"),
        (DOCUMENTED.replace("1,1", "1,x"), {"problem_type": "Regression"}, "prediction must hold numbers"),
        (
            DOCUMENTED,
            {"inference_attribute": "", "probability_attribute": "1", "probability_threshold_attribute": "5"},
            "probability_threshold_attribute must be between 0 and 1, got: '5'",
        ),
    ],
)
def test_what_does_not_fit_the_problem_is_refused(
    monitor: Monitor, rows: str, variables: dict[str, str], message: str
) -> None:
    with pytest.raises(JobError, match=message):
        monitor.analyze(rows, header=True, **{**BINARY, **variables})


@pytest.mark.parametrize(
    ("constraint", "message"),
    [
        ({"speed": {"threshold": 1, "comparison_operator": "LessThanThreshold"}}, r"constraints\.speed must be one of"),
        ({"f1": {"threshold": "x", "comparison_operator": "LessThanThreshold"}}, r"f1\.threshold must be a number"),
        ({"f1": {"threshold": 1, "comparison_operator": "Less"}}, r"f1\.comparison_operator must be LessThan"),
        ({"f1": 0.5}, r"constraints\.f1 must be an object, got: 0\.5"),
    ],
)
def test_malformed_thresholds_are_refused(monitor: Monitor, constraint: dict[str, Any], message: str) -> None:
    path = monitor.root / "constraints.json"
    path.write_text(json.dumps({"binary_classification_constraints": constraint}))
    with pytest.raises(JobError, match=message):
        monitor.analyze(DOCUMENTED, header=True, **BINARY, baseline_constraints=path)
