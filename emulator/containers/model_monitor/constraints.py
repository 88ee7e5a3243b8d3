"""The constraints that a data set suggests for the data sets after it.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-byoc-constraints.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from model_monitor.column import Column
from model_monitor.profile import Profile

UNIQUE_SHARE_LIMIT = 0.1
"""Share of texts seen once up to which the texts count as a domain: Deequ's CategoricalRangeRule."""

SUGGESTED_MONITORING: dict[str, Any] = {
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


def suggest_constraints(profiles: Sequence[Profile]) -> dict[str, Any]:
    """The content of constraints.json."""
    return {
        "version": 0.0,
        "features": [_feature(profile) for profile in profiles],
        "monitoring_config": SUGGESTED_MONITORING,
    }


def _feature(profile: Profile) -> dict[str, Any]:
    column = profile.column
    feature = {
        "name": column.name,
        "inferred_type": column.inferred_type.value,
        "completeness": column.completeness,
    }
    if profile.sketch:
        return {**feature, "num_constraints": {"is_non_negative": bool(column.numbers.min() >= 0)}}
    if profile.is_categorical and _is_domain(column):
        return {**feature, "string_constraints": {"domains": sorted(column.counts)}}
    return feature


def _is_domain(column: Column) -> bool:
    once = sum(1 for count in column.counts.values() if count == 1)
    return once / len(column.counts) <= UNIQUE_SHARE_LIMIT
