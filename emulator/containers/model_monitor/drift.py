"""Distances between a column's distribution in the baseline and in the current data set, as in Deequ's Distance.

A distance is the greatest difference between the cumulative shares (numbers) or the shares (texts) of the two: the
statistic of the two-sample Kolmogorov-Smirnov test, 0 to 1. `Robust` takes off what chance explains in samples of n and
m values: 1.8 * sqrt((n + m) / (n * m)). Two samples of one distribution differ by more than that in 0.3 % of cases at
most (Knuth, The Art of Computer Programming, volume 2, section 3.3.1), so that a small batch is not called drifted.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from model_monitor.kll import KllSketch

CRITICAL_VALUE = 1.8


def numeric_distance(baseline: KllSketch, current: KllSketch, robust: bool) -> float:
    (keys, ranks), (other_keys, other_ranks) = baseline.ranks(), current.ranks()
    every = np.union1d(keys, other_keys)
    difference = _cumulative_shares(keys, ranks, every) - _cumulative_shares(other_keys, other_ranks, every)
    return _corrected(float(np.abs(difference).max()), float(ranks[-1]), float(other_ranks[-1]), robust)


def _cumulative_shares(keys: np.ndarray, ranks: np.ndarray, at: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], ranks])[np.searchsorted(keys, at, side="right")] / ranks[-1]


def categorical_distance(baseline: Mapping[str, float], current: Mapping[str, float], robust: bool) -> float:
    n, m = sum(baseline.values()), sum(current.values())
    shares = [abs(baseline.get(text, 0) / n - current.get(text, 0) / m) for text in {*baseline, *current}]
    return _corrected(max(shares), n, m, robust)


def _corrected(distance: float, n: float, m: float, robust: bool) -> float:
    return max(0.0, distance - CRITICAL_VALUE * math.sqrt((n + m) / (n * m))) if robust else distance


def chi_squared_p_value(baseline: Mapping[str, float], current: Mapping[str, float]) -> float:
    """Probability of a sample this different from the baseline's shares, or more, without drift.

    Texts that the baseline does not have are left to the check of domains. Texts too rare for the test are put
    together, as in Deequ; 1 where fewer than two groups are left.
    """
    observed = {text: current.get(text, 0.0) for text in baseline}
    n, m = sum(baseline.values()), sum(observed.values())
    groups = _grouped([(count / n * m, observed[text]) for text, count in baseline.items()])
    if len(groups) < 2:
        return 1.0
    from scipy.special import chdtrc  # takes a quarter of a second to import, and few baselines ask for it

    return float(chdtrc(len(groups) - 1, sum((count - expected) ** 2 / expected for expected, count in groups)))


def _grouped(groups: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Pairs of expected and observed counts, the rarest joined until the test holds.

    Of two groups both must expect 10 (Cochran, 1952), of more four in five must expect 5 (Yates et al., 1999).
    """
    groups = sorted(groups)
    while len(groups) >= 2:
        least, rare_limit = (10, 0) if len(groups) == 2 else (5, int(0.2 * len(groups)))
        if sum(1 for expected, _ in groups if expected < least) <= rare_limit:
            break
        (expected, observed), (next_expected, next_observed) = groups[:2]
        groups = sorted([(expected + next_expected, observed + next_observed), *groups[2:]])
    return groups
