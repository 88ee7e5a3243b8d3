"""Model quality: metrics of predictions against the truth, as statistics, suggested thresholds and violations.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from model_monitor.cloudwatch import Metric
from model_monitor.dataset import read_dataset
from model_monitor.documents import read_document
from model_monitor.job import JobError
from model_monitor.predictions import Predictions
from model_monitor.problems import PROBLEMS, Problem
from model_monitor.reports import Reports
from model_monitor.settings import Settings

DEVIATION_ROWS = 200
"""Rows from which on a metric has a standard deviation: that of five random samples of 80 % of the rows."""
SAMPLES, SAMPLE_SHARE, SEED = 5, 0.8, 0

Metrics = Mapping[str, Mapping[str, Any]]
"""`value` and `standard_deviation` of each metric, the text NaN for what cannot be computed."""


def model_quality(settings: Settings) -> Reports:
    """Raises JobError for a data set or a baseline that cannot be read or does not fit the problem."""
    name = settings.variables.get("problem_type", "")
    if name not in PROBLEMS:
        raise JobError(f"problem_type must be {', '.join(PROBLEMS)}, got: {name!r}")
    problem = PROBLEMS[name]
    dataset = read_dataset(settings.source, settings.header)
    print(f"data set: {dataset.item_count} rows")
    values = problem.values(Predictions(dataset, settings.variables))
    metrics = _with_deviations(problem.metrics, values)
    given = settings.baseline_constraints
    section = {**metrics, **problem.extras(*values)}
    return Reports(
        statistics={
            "version": 0.0,
            "dataset": {"item_count": dataset.item_count},
            f"{problem.key}_metrics": section,
        },
        constraints={"version": 0.0, f"{problem.key}_constraints": _suggested(problem, metrics)},
        violations=_violations(problem, metrics, given) if given else [] if settings.baseline_statistics else None,
        metrics=_cloudwatch(metrics),
    )


def _with_deviations(
    compute: Callable[..., Mapping[str, float]], values: tuple[np.ndarray, ...]
) -> dict[str, dict[str, Any]]:
    rows = len(values[0])
    metrics = compute(*values)
    deviations = dict.fromkeys(metrics, math.nan)
    if rows >= DEVIATION_ROWS:
        random = np.random.default_rng(SEED)
        picks = [random.choice(rows, int(rows * SAMPLE_SHARE), replace=False) for _ in range(SAMPLES)]
        samples = [compute(*(value[pick] for value in values)) for pick in picks]
        deviations = {name: float(np.std([sample[name] for sample in samples])) for name in metrics}
    return {
        name: {"value": _number(value), "standard_deviation": _number(deviations[name])}
        for name, value in metrics.items()
    }


def _number(value: float) -> float | str:
    return value if math.isfinite(value) else "NaN"


def _suggested(problem: Problem, metrics: Metrics) -> dict[str, Any]:
    """Each metric's value as its threshold: no later data set may be worse."""
    return {
        name: {"threshold": metric["value"], "comparison_operator": operator, "additional_properties": None}
        for name, metric in metrics.items()
        if (operator := problem.constrained.get(name)) and metric["value"] != "NaN"
    }


def _violations(problem: Problem, metrics: Metrics, path: Path) -> list[dict[str, Any]]:
    constraints = read_document(path).node(f"{problem.key}_constraints")
    found: list[dict[str, Any]] = []
    for name in constraints.content:
        constraint = constraints.node(name)
        if name not in metrics:
            raise JobError(f"{constraint.place} must be one of {', '.join(metrics)}")
        threshold = constraint.get("threshold", float)
        operator = constraint.choice("comparison_operator", ("LessThanThreshold", "GreaterThanThreshold"))
        value, deviation = metrics[name]["value"], metrics[name]["standard_deviation"]
        if value == "NaN":
            print(f"{name}: cannot be computed of these rows, and is not checked")
        elif value < threshold if operator == "LessThanThreshold" else value > threshold:
            text = f"Metric {name} with {value} +/- {deviation} was {operator} '{threshold}'"
            found.append({"constraint_check_type": operator, "description": text, "metric_name": name})
    return found


def _cloudwatch(metrics: Metrics) -> list[Metric]:
    return [
        {"MetricName": name, "Value": metric["value"]} for name, metric in metrics.items() if metric["value"] != "NaN"
    ]
