"""A column with its distribution, and what statistics.json says of it.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-statistics.html
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from model_monitor.column import Column, Type, read_column
from model_monitor.dataset import Dataset
from model_monitor.job import JobError
from model_monitor.kll import KllSketch, sketch_of

CATEGORIES_LIMIT = 120
"""Distinct texts up to which a column counts as categorical: Deequ's limit for histograms (ColumnProfiler)."""


@dataclass(frozen=True)
class Profile:
    """A numeric column has a sketch."""

    column: Column
    sketch: KllSketch | None

    @property
    def is_categorical(self) -> bool:
        return self.column.inferred_type is Type.STRING and len(self.column.counts) <= CATEGORIES_LIMIT


def profile_columns(dataset: Dataset) -> list[Profile]:
    return [_profile(read_column(name, cells)) for name, cells in zip(dataset.names, dataset.columns, strict=True)]


def _profile(column: Column) -> Profile:
    return Profile(column, sketch_of(column.numbers) if len(column.numbers) else None)


def dataset_statistics(profiles: Sequence[Profile], item_count: int) -> dict[str, Any]:
    """The content of statistics.json."""
    return {
        "version": 0.0,
        "dataset": {"item_count": item_count},
        "features": [_feature(profile) for profile in profiles],
    }


def _feature(profile: Profile) -> dict[str, Any]:
    column = profile.column
    kind = "numerical_statistics" if profile.sketch else "string_statistics"
    return {
        "name": column.name,
        "inferred_type": column.inferred_type.value,
        kind: {
            "common": {"num_present": column.present, "num_missing": column.item_count - column.present},
            **(_numerical(column, profile.sketch) if profile.sketch else _textual(profile)),
        },
    }


def _numerical(column: Column, sketch: KllSketch) -> dict[str, Any]:
    """`std_dev` is the population's, as Deequ's."""
    low, high = column.numbers.min(), column.numbers.max()
    with np.errstate(over="ignore", invalid="ignore"):
        numbers = {
            "mean": column.numbers.mean(),
            "sum": column.numbers.sum(),
            "std_dev": column.numbers.std(),
            "min": low,
            "max": high,
        }
    if not np.isfinite([*numbers.values(), high - low]).all():
        raise JobError(f"column {column.name}: values are too large to sum up, {low} to {high}")
    kll = {"buckets": sketch.buckets(float(low), float(high)), "sketch": sketch.as_json()}
    return {**{name: float(value) for name, value in numbers.items()}, "distribution": {"kll": kll}}


def _textual(profile: Profile) -> dict[str, Any]:
    """Buckets by count, then by text; none where there are too many different texts to be categories."""
    counts = profile.column.counts
    values = sorted(counts, key=lambda text: (-counts[text], text)) if profile.is_categorical else []
    buckets = [{"value": text, "count": counts[text]} for text in values]
    return {"distinct_count": float(len(counts)), "distribution": {"categorical": {"buckets": buckets}}}
