"""What a data set holds against its baseline's constraints and distributions: constraint_violations.json.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from model_monitor.baseline import Constraints, FeatureConstraints
from model_monitor.column import NUMERIC, Column, Type
from model_monitor.monitoring import Monitoring

ROUNDING = 1e-9
"""Shares that differ by less are equal: a file keeps fewer digits than the computation."""
NAMES_SHOWN = 5


def violation(feature: str, check: str, description: str) -> dict[str, Any]:
    return {"feature_name": feature, "constraint_check_type": check, "description": description}


def column_violations(columns: Sequence[Column], constraints: Constraints) -> Iterator[dict[str, Any]]:
    """Columns that the baseline has and the data set lacks, and the other way round."""
    names = [column.name for column in columns]
    missing = [name for name in constraints.features if name not in names]
    extra = [name for name in names if name not in constraints.features]
    for kind, found in (("missing", missing), ("extra", extra)):
        if found:
            yield violation(
                f"{kind.capitalize()} columns",
                f"{kind}_column_check",
                f"There are {kind} columns in current dataset. Number of columns in current dataset: {len(names)}, "
                f"Number of columns in baseline constraints: {len(constraints.features)}. "
                f"{kind.capitalize()}: {_listed(found)}",
            )


def value_violations(column: Column, constraints: FeatureConstraints) -> Iterator[dict[str, Any]]:
    """What a column's values hold against its constraints."""
    yield from _completeness(column, constraints)
    if column.present:
        yield from _type(column, constraints)
        yield from _sign(column, constraints)
        yield from _domain(column, constraints)


def _completeness(column: Column, constraints: FeatureConstraints) -> Iterator[dict[str, Any]]:
    expected = constraints.completeness
    if expected is not None and column.completeness < expected - ROUNDING:
        yield violation(
            column.name,
            "completeness_check",
            f"Data completeness requirement is not met. Expected completeness: {expected * 100}%. "
            f"Observed: Only {column.completeness * 100}% of data is present.",
        )


def _type(column: Column, constraints: FeatureConstraints) -> Iterator[dict[str, Any]]:
    """A whole number is a fraction too; any other type of column needs values of its own type."""
    expected, threshold = constraints.inferred_type, constraints.monitoring.type_threshold
    if expected in (Type.UNKNOWN, column.inferred_type):
        return
    share = column.share_of(*(NUMERIC if expected is Type.FRACTIONAL else (expected,)))
    if share < threshold - ROUNDING:
        yield violation(
            column.name,
            "data_type_check",
            f"Data type match requirement is not met. Expected data type: {expected.value}, "
            f"Expected match: {threshold * 100}%. Observed: Only {share * 100}% of data is {expected.value}.",
        )


def _sign(column: Column, constraints: FeatureConstraints) -> Iterator[dict[str, Any]]:
    """AWS documents the constraint is_non_negative and no check of its own for it; here it is one of the type."""
    negative = int((column.numbers < 0).sum())
    if constraints.non_negative and negative:
        yield violation(
            column.name,
            "data_type_check",
            f"Non-negative requirement is not met. Observed: {negative} of {column.present} values are negative, "
            f"the least is {column.numbers.min()}.",
        )


def _domain(column: Column, constraints: FeatureConstraints) -> Iterator[dict[str, Any]]:
    if constraints.domain is None:
        return
    unknown = {text: count for text, count in column.counts.items() if text not in constraints.domain}
    share, threshold = 1 - sum(unknown.values()) / column.present, constraints.monitoring.domain_threshold
    if share < threshold - ROUNDING:
        yield violation(
            column.name,
            "categorical_values_check",
            f"Categorical values requirement is not met. Expected match: {threshold * 100}%. "
            f"Observed: Only {share * 100}% of values are in the baseline's domain. Unknown: {_listed(unknown)}",
        )


def drift_violation(column: Column, distance: float, monitoring: Monitoring) -> Iterator[dict[str, Any]]:
    """For LInfinity, a distance above the threshold; for ChiSquared, a probability below it."""
    numeric = column.inferred_type in NUMERIC
    threshold = monitoring.numeric_threshold if numeric else monitoring.categorical_threshold
    if not numeric and monitoring.chi_squared:
        if distance < threshold:
            text = f"Baseline drift: p-value {distance} of the chi-squared test is below threshold: {threshold}"
            yield violation(column.name, "baseline_drift_check", text)
    elif distance > threshold:
        text = f"Baseline drift distance: {distance} exceeds threshold: {threshold}"
        yield violation(column.name, "baseline_drift_check", text)


def _listed(texts: Sequence[str] | Mapping[str, int]) -> str:
    shown = [text if len(text) <= 40 else f"{text[:37]}..." for text in list(texts)[:NAMES_SHOWN]]
    more = len(texts) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")
