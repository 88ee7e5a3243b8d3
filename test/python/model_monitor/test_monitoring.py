"""What a baseline's settings switch off, for all features or for one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from monitor_run import Monitor, column_of

NUMBERS = column_of(*(number / 2 for number in range(200)))


@pytest.mark.parametrize(
    "settings",
    [{"evaluate_constraints": "Disabled"}, {"distribution_constraints": {"perform_comparison": "Disabled"}}],
)
def test_what_is_disabled_is_not_checked(monitor: Monitor, settings: dict[str, Any]) -> None:
    assert monitor.check(NUMBERS, column_of(*(number / 2 + 90 for number in range(200))), **settings) == []


@pytest.mark.parametrize(
    "overrides",
    [
        {"monitoringConfigOverrides": {"evaluate_constraints": "Disabled"}},
        {"monitoring_config_overrides": {"evaluate_constraints": "Disabled"}},
        {"num_constraints": {"monitoring_config_overrides": {"evaluate_constraints": "Disabled"}}},
        {"monitoringConfigOverrides": {"distribution_constraints": {"comparison_threshold": 1.0}}},
    ],
)
def test_a_feature_overrides_the_settings_for_itself_only(monitor: Monitor, overrides: dict[str, Any]) -> None:
    rows = "".join(f"{number},{number}\n" for number in range(200))
    moved = "".join(f"{number + 150},{number + 150}\n" for number in range(200))
    files = monitor.take_baseline(rows)
    edit(files["baseline_constraints"], overrides)
    found = monitor.analyze(moved, **files).violations or []
    assert [(each["feature_name"], each["constraint_check_type"]) for each in found] == [
        ("_c1", "baseline_drift_check")
    ]


def edit(path: Path, overrides: dict[str, Any]) -> None:
    content = json.loads(path.read_text())
    content["features"][0].update(overrides)
    path.write_text(json.dumps(content))
