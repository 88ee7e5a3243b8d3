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


SWITCH = ("Enabled", "Disabled")
SHARE = (0.0, 1.0)
DOCUMENTED: dict[str, Any] = {
    "evaluate_constraints": SWITCH,
    "emit_metrics": SWITCH,
    "datatype_check_threshold": SHARE,
    "domain_content_threshold": SHARE,
    "distribution_constraints": {
        "perform_comparison": SWITCH,
        "comparison_threshold": SHARE,
        "comparison_method": ("Simple", "Robust"),
        "categorical_comparison_threshold": SHARE,
        "categorical_drift_method": ("LInfinity", "ChiSquared"),
    },
}
"""Fields of `monitoring_config` and their values; of a share, its bounds.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
"""


def as_documented(content: Any, schema: Any) -> bool:
    if isinstance(schema, dict):
        return content.keys() == schema.keys() and all(as_documented(content[name], schema[name]) for name in schema)
    return bool(schema[0] <= content <= schema[1] if schema is SHARE else content in schema)


def test_the_settings_of_checks_have_the_documented_fields_and_values(monitor: Monitor) -> None:
    constraints = monitor.analyze("1\n").constraints
    assert constraints["version"] == 0
    assert as_documented(constraints["monitoring_config"], DOCUMENTED)


def test_every_check_is_suggested_and_distances_may_be_the_documented_default(monitor: Monitor) -> None:
    config = monitor.analyze("1\n").constraints["monitoring_config"]
    distances = config["distribution_constraints"]
    assert {config["evaluate_constraints"], config["emit_metrics"], distances["perform_comparison"]} == {"Enabled"}
    assert distances["comparison_threshold"] == distances["categorical_comparison_threshold"] == 0.1
    assert distances["categorical_drift_method"] == "LInfinity"
