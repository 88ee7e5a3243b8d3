"""statistics.json, field by field as AWS documents it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from model_monitor.job import JobError
from monitor_run import Monitor


def feature(monitor: Monitor, *cells: str) -> dict[str, Any]:
    rows = "".join(f"{cell},x\n" for cell in cells)
    found: dict[str, Any] = monitor.analyze(rows).statistics["features"][0]
    return found


def test_a_numeric_feature_has_the_documented_fields(monitor: Monitor) -> None:
    found = feature(monitor, "1", "2", "", "4", "5")
    kll = found["numerical_statistics"]["distribution"].pop("kll")
    assert found == {
        "name": "_c0",
        "inferred_type": "Integral",
        "numerical_statistics": {
            "common": {"num_present": 4, "num_missing": 1},
            "mean": 3.0,
            "sum": 12.0,
            "std_dev": pytest.approx(2.5**0.5),
            "min": 1.0,
            "max": 5.0,
            "distribution": {},
        },
    }
    assert kll["sketch"] == {"parameters": {"c": 0.64, "k": 2048.0}, "data": [[1.0, 2.0, 4.0, 5.0]]}
    assert kll["buckets"][0] == {"lower_bound": 1.0, "upper_bound": 1.4, "count": 1.0}
    assert len(kll["buckets"]) == 10


def test_a_text_feature_has_the_documented_fields(monitor: Monitor) -> None:
    assert feature(monitor, "b", "a", "", "b") == {
        "name": "_c0",
        "inferred_type": "String",
        "string_statistics": {
            "common": {"num_present": 3, "num_missing": 1},
            "distinct_count": 2.0,
            "distribution": {"categorical": {"buckets": [{"value": "b", "count": 2}, {"value": "a", "count": 1}]}},
        },
    }


def test_texts_too_many_to_be_categories_are_counted_and_not_listed(monitor: Monitor) -> None:
    texts = feature(monitor, *(f"id-{number}" for number in range(121)))["string_statistics"]
    assert texts["distinct_count"] == 121.0
    assert texts["distribution"] == {"categorical": {"buckets": []}}


def test_120_texts_are_categories(monitor: Monitor) -> None:
    texts = feature(monitor, *(f"id-{number}" for number in range(120)))["string_statistics"]
    assert len(texts["distribution"]["categorical"]["buckets"]) == 120


def test_a_column_without_values_is_of_unknown_type(monitor: Monitor) -> None:
    found = feature(monitor, "", "")
    assert found["inferred_type"] == "Unknown"
    assert found["string_statistics"]["common"] == {"num_present": 0, "num_missing": 2}


def test_the_data_set_has_its_number_of_rows_and_features_in_their_order(monitor: Monitor) -> None:
    statistics = monitor.analyze("Age,Shape\n1,a\n2,b\n", header=True).statistics
    assert (statistics["version"], statistics["dataset"]) == (0.0, {"item_count": 2})
    assert [each["name"] for each in statistics["features"]] == ["Age", "Shape"]


def test_values_too_large_to_sum_up_are_refused_by_column(monitor: Monitor) -> None:
    large = "9" * 308
    with pytest.raises(JobError, match="column _c0: values are too large to sum up"):
        monitor.analyze(f"{large},1\n{large},1\n")


def test_the_same_data_gives_the_same_statistics(monitor: Monitor) -> None:
    rows = "".join(f"{number * 7919 % 10007},{number % 3}\n" for number in range(10_000))
    assert json.dumps(monitor.analyze(rows).statistics) == json.dumps(monitor.analyze(rows).statistics)
