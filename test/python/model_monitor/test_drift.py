from __future__ import annotations

import math
from collections import Counter

import numpy as np
import pytest
from model_monitor.drift import categorical_distance, chi_squared_p_value, numeric_distance
from model_monitor.kll import KllSketch, sketch_of
from scipy.stats import chisquare, ks_2samp


def sample(count: int, seed: int, shift: float = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(shift, 1, count)


def sketch(count: int, seed: int, shift: float = 0) -> KllSketch:
    return sketch_of(sample(count, seed, shift))


@pytest.mark.parametrize("seed", range(5))
def test_the_simple_distance_is_the_kolmogorov_smirnov_statistic(seed: int) -> None:
    one, other = sample(500, seed).round(1), sample(60, seed + 100, shift=0.5).round(1)
    distance = numeric_distance(sketch_of(one), sketch_of(other), robust=False)
    assert distance == pytest.approx(ks_2samp(one, other).statistic)


def test_the_robust_distance_takes_off_what_chance_explains() -> None:
    one, other = sketch(500, 1), sketch(60, 2, shift=2)
    simple = numeric_distance(one, other, robust=False)
    noise = 1.8 * math.sqrt((500 + 60) / (500 * 60))
    assert numeric_distance(one, other, robust=True) == pytest.approx(simple - noise)
    assert numeric_distance(one, one, robust=True) == 0


def test_small_samples_of_one_distribution_are_not_called_drifted() -> None:
    baseline = sketch(575, 0)
    distances = [numeric_distance(baseline, sketch(48, seed), robust=True) for seed in range(1, 501)]
    simple = [numeric_distance(baseline, sketch(48, seed), robust=False) for seed in range(1, 501)]
    assert max(distances) <= 0.1
    assert sum(distance > 0.1 for distance in simple) > 250


@pytest.mark.parametrize("count", [48, 500, 5000])
def test_samples_moved_by_two_deviations_are_called_drifted(count: int) -> None:
    assert all(numeric_distance(sketch(575, 0), sketch(count, seed, shift=2), True) > 0.1 for seed in range(1, 21))


def test_a_distance_is_the_same_both_ways() -> None:
    one, other = sketch(3000, 1), sketch(70, 2, shift=1)
    assert numeric_distance(one, other, True) == numeric_distance(other, one, True)


def test_sketches_of_many_values_are_as_far_apart_as_the_values() -> None:
    one, other = sample(200_000, 1), sample(50_000, 2, shift=0.3)
    distance = numeric_distance(sketch_of(one), sketch_of(other), robust=False)
    assert distance == pytest.approx(ks_2samp(one, other).statistic, abs=0.02)


def test_texts_differ_by_the_greatest_difference_of_their_shares() -> None:
    baseline, current = {"a": 50.0, "b": 50.0}, {"a": 20.0, "b": 60.0, "c": 20.0}
    assert categorical_distance(baseline, current, robust=False) == pytest.approx(0.3)
    noise = 1.8 * math.sqrt(200 / 10_000)
    assert categorical_distance(baseline, current, robust=True) == pytest.approx(0.3 - noise)


def test_small_samples_of_the_same_categories_are_not_called_drifted() -> None:
    baseline = {"a": 300.0, "b": 200.0, "c": 75.0}
    random = np.random.default_rng(0)
    samples = [Counter(random.choice(["a", "b", "c"], 48, p=[0.52, 0.35, 0.13]).tolist()) for _ in range(500)]
    assert max(categorical_distance(baseline, current, robust=True) for current in samples) <= 0.1


def test_the_chi_squared_probability_is_that_of_the_test_against_the_baselines_shares() -> None:
    baseline, current = {"a": 500.0, "b": 300.0, "c": 200.0}, {"a": 40.0, "b": 30.0, "c": 30.0}
    expected = chisquare([40, 30, 30], [50, 30, 20]).pvalue
    assert chi_squared_p_value(baseline, current) == pytest.approx(expected)


def test_rare_texts_are_put_together_for_the_chi_squared_test() -> None:
    baseline = {"a": 600.0, "b": 360.0, "c": 20.0, "d": 20.0}
    current = {"a": 50.0, "b": 40.0, "c": 10.0, "unknown": 99.0}
    expected = chisquare([50, 50], [60, 40]).pvalue
    assert chi_squared_p_value(baseline, current) == pytest.approx(expected)


@pytest.mark.parametrize("current", [{"a": 5.0}, {"b": 3.0}, {"unknown": 100.0}])
def test_a_chi_squared_test_of_one_group_says_nothing(current: dict[str, float]) -> None:
    assert chi_squared_p_value({"a": 90.0, "b": 10.0}, current) == 1.0
