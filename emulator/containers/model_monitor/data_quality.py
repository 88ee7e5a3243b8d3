"""Data quality: a data set's statistics, the constraints it suggests, and what it holds against a baseline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from model_monitor.baseline import Constraints, Distribution, no_constraints, read_constraints, read_distributions
from model_monitor.cloudwatch import Metric, data_metrics
from model_monitor.constraints import suggest_constraints
from model_monitor.dataset import read_dataset
from model_monitor.drift import categorical_distance, chi_squared_p_value, numeric_distance
from model_monitor.monitoring import Monitoring
from model_monitor.profile import Profile, dataset_statistics, profile_columns
from model_monitor.reports import Reports
from model_monitor.settings import Settings
from model_monitor.violations import column_violations, drift_violation, value_violations


def data_quality(settings: Settings) -> Reports:
    """Raises JobError for a data set or a baseline that cannot be read."""
    dataset = read_dataset(settings.source, settings.header)
    print(f"data set: {dataset.item_count} rows, {len(dataset.names)} columns")
    profiles = profile_columns(dataset)
    given = settings.baseline_constraints
    constraints = read_constraints(given) if given else no_constraints()
    baseline = read_distributions(settings.baseline_statistics) if settings.baseline_statistics else {}
    drift = _drift(profiles, baseline, constraints)
    violations = list(_violations(profiles, constraints, drift, given is not None))
    return Reports(
        statistics=dataset_statistics(profiles, dataset.item_count),
        constraints=suggest_constraints(profiles),
        violations=violations if given or settings.baseline_statistics else None,
        metrics=_metrics(profiles, constraints, drift),
    )


def _drift(
    profiles: Sequence[Profile], baseline: Mapping[str, Distribution], constraints: Constraints
) -> dict[str, float]:
    """Each comparable column's distance from the baseline, by name."""
    distances: dict[str, float] = {}
    for profile in profiles:
        name = profile.column.name
        monitoring = _monitoring(name, constraints)
        distance = _distance(profile, baseline.get(name), monitoring) if monitoring.compare else None
        if distance is not None:
            distances[name] = distance
    return distances


def _distance(profile: Profile, baseline: Distribution | None, monitoring: Monitoring) -> float | None:
    """None where there is nothing to compare with: numbers with texts, or texts too many to be categories."""
    if baseline is None or not profile.column.present:
        return None
    if profile.sketch:
        return numeric_distance(baseline.sketch, profile.sketch, monitoring.robust) if baseline.sketch else None
    if not baseline.categories:
        return None
    if monitoring.chi_squared:
        return chi_squared_p_value(baseline.categories, profile.column.counts)
    return categorical_distance(baseline.categories, profile.column.counts, monitoring.robust)


def _violations(
    profiles: Sequence[Profile], constraints: Constraints, drift: Mapping[str, float], constrained: bool
) -> Iterator[dict[str, Any]]:
    if constrained and constraints.monitoring.evaluate:
        yield from column_violations([profile.column for profile in profiles], constraints)
    for profile in profiles:
        column = profile.column
        feature = constraints.features.get(column.name)
        monitoring = _monitoring(column.name, constraints)
        if not monitoring.evaluate:
            continue
        if feature:
            yield from value_violations(column, feature)
        if column.name in drift:
            yield from drift_violation(column, drift[column.name], monitoring)


def _metrics(profiles: Sequence[Profile], constraints: Constraints, drift: Mapping[str, float]) -> list[Metric]:
    return [
        metric
        for profile in profiles
        if _monitoring(profile.column.name, constraints).emit_metrics
        for metric in data_metrics(profile.column, drift.get(profile.column.name))
    ]


def _monitoring(name: str, constraints: Constraints) -> Monitoring:
    feature = constraints.features.get(name)
    return feature.monitoring if feature else constraints.monitoring
