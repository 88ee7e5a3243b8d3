"""constraints.json, field by field as AWS documents it."""

from __future__ import annotations

from typing import Any

import pytest
from monitor_run import Monitor


def feature(monitor: Monitor, *cells: str) -> dict[str, Any]:
    rows = "".join(f"{cell},x\n" for cell in cells)
    found: dict[str, Any] = monitor.analyze(rows).constraints["features"][0]
    return found


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (
            ["1", "0"],
            {"inferred_type": "Integral", "completeness": 1.0, "num_constraints": {"is_non_negative": True}},
        ),
        (
            ["1.5", "-1", "", ""],
            {"inferred_type": "Fractional", "completeness": 0.5, "num_constraints": {"is_non_negative": False}},
        ),
        (
            ["b", "b", "a", "a", ""],
            {"inferred_type": "String", "completeness": 0.8, "string_constraints": {"domains": ["a", "b"]}},
        ),
        (["", ""], {"inferred_type": "Unknown", "completeness": 0.0}),
    ],
    ids=["integral", "fractional", "string", "unknown"],
)
def test_a_feature_has_the_documented_fields(monitor: Monitor, cells: list[str], expected: dict[str, Any]) -> None:
    assert feature(monitor, *cells) == {"name": "_c0", **expected}


@pytest.mark.parametrize(
    "cells",
    [[f"id-{number}" for number in range(20)], [f"{number % 121}-" for number in range(242)]],
    ids=["most are seen once", "more than 120"],
)
def test_texts_that_are_no_categories_have_no_domain(monitor: Monitor, cells: list[str]) -> None:
    assert feature(monitor, *cells) == {"name": "_c0", "inferred_type": "String", "completeness": 1.0}


def test_the_settings_of_checks_are_as_the_analyzer_suggests_them(monitor: Monitor) -> None:
    constraints = monitor.analyze("1\n").constraints
    assert constraints["version"] == 0.0
    assert constraints["monitoring_config"] == {
        "evaluate_constraints": "Enabled",
        "emit_metrics": "Enabled",
        "datatype_check_threshold": 1.0,
        "domain_content_threshold": 1.0,
        "distribution_constraints": {
            "perform_comparison": "Enabled",
            "comparison_threshold": 0.1,
            "comparison_method": "Robust",
            "categorical_comparison_threshold": 0.1,
            "categorical_drift_method": "LInfinity",
        },
    }
