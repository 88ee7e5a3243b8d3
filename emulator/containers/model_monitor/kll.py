"""The KLL sketch of a column's distribution, as Deequ's QuantileNonSample keeps it.

A sketch holds levels of values; a value of level i stands for 2^i values of the column. Up to 2,050 values are all
kept in level 0; then every other value of a full level, in order, moves up. Nothing is random: the same values in the
same order give the same sketch. Deequ: https://github.com/awslabs/deequ; the paper: https://arxiv.org/abs/1603.05346.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

SKETCH_SIZE = 2048
SHRINKING_FACTOR = 0.64
BUCKETS = 10


@dataclass(frozen=True)
class KllSketch:
    levels: tuple[np.ndarray, ...]

    def ranks(self) -> tuple[np.ndarray, np.ndarray]:
        """The distinct values in order, and how many of the column's values are not above each."""
        values = np.concatenate(self.levels)
        weights = np.concatenate([np.full(len(level), 1 << height) for height, level in enumerate(self.levels)])
        keys, places = np.unique(values, return_inverse=True)
        return keys, np.cumsum(np.bincount(places, weights))

    def buckets(self, low: float, high: float) -> list[dict[str, float]]:
        """Counts in ten ranges of one width between the column's least and greatest value, which is in the last."""
        keys, ranks = self.ranks()
        bounds = [low + (high - low) * index / BUCKETS for index in range(BUCKETS)] + [high]
        below = np.concatenate([[0], ranks])[np.searchsorted(keys, bounds, side="left")]
        below[-1] = ranks[-1]
        return [
            {"lower_bound": bounds[index], "upper_bound": bounds[index + 1], "count": float(count)}
            for index, count in enumerate(np.diff(below))
        ]

    def as_json(self) -> dict[str, Any]:
        return {
            "parameters": {"c": SHRINKING_FACTOR, "k": float(SKETCH_SIZE)},
            "data": [level.tolist() for level in self.levels],
        }


def sketch_of(values: np.ndarray) -> KllSketch:
    """The sketch of a column's values, in their order."""
    levels = [_Level(0)]
    position = 0
    while position < len(values):
        room = sum(level.capacity - len(level.values) for level in levels) + 1
        levels[0].take(values[position : position + room])
        position += room
        if position <= len(values):
            _compact(levels)
    return KllSketch(tuple(level.values for level in levels))


def sketch_from_json(data: Sequence[Sequence[float]]) -> KllSketch:
    """A sketch of a statistics file. Raises ValueError where it holds no values or something else than numbers."""
    levels = tuple(np.array(level, dtype=np.float64) for level in data)
    if not any(level.size for level in levels) or any(level.ndim != 1 for level in levels):
        raise ValueError("a sketch has levels of numbers")
    if not all(np.isfinite(level).all() for level in levels):
        raise ValueError("a sketch has finite numbers")
    return KllSketch(levels)


class _Level:
    def __init__(self, height: int) -> None:
        self.capacity = 2 * (math.ceil(SKETCH_SIZE * SHRINKING_FACTOR**height / 2) + 1)
        self.values = np.empty(0)
        self._compactions = 0
        self._offset = 0

    def take(self, values: np.ndarray) -> None:
        self.values = np.concatenate([self.values, values])

    def give(self) -> np.ndarray:
        """Every other value, in order, beginning with the first or the second in turns; a last odd one stays."""
        self._offset ^= self._compactions % 2
        self._compactions += 1
        even = len(self.values) - len(self.values) % 2
        given, self.values = np.sort(self.values[:even])[self._offset :: 2], self.values[even:]
        return given


def _compact(levels: list[_Level]) -> None:
    """Halves the lowest full level of a full sketch."""
    height = next(height for height, level in enumerate(levels) if len(level.values) >= level.capacity)
    if height + 1 == len(levels):
        levels.append(_Level(height + 1))
    levels[height + 1].take(levels[height].give())
