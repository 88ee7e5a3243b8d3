from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from model_monitor.kll import sketch_from_json, sketch_of


def values(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=count)


@pytest.mark.parametrize("count", [1, 7, 2049, 2050])
def test_a_sketch_of_few_values_keeps_them_all_in_their_order(count: int) -> None:
    numbers = values(count)
    assert [level.tolist() for level in sketch_of(numbers).levels] == [numbers.tolist()]


def test_one_value_more_halves_the_first_level() -> None:
    numbers = np.arange(2051.0)
    low, high = sketch_of(numbers).levels
    assert low.tolist() == [2050.0]
    assert high.tolist() == list(range(0, 2050, 2))


def test_a_level_gives_the_first_and_the_second_of_each_pair_in_turns() -> None:
    low, middle = sketch_of(np.arange(2050.0 + 2339 + 1)).levels
    first, second = middle[:1025], middle[1025:]
    assert first.tolist() == list(range(0, 2050, 2))
    assert second.tolist() == list(range(2051, 4390, 2))
    assert low.tolist() == []


@pytest.mark.parametrize("count", [2051, 3365, 10_000, 100_000])
def test_the_weights_of_a_sketch_are_the_number_of_values(count: int) -> None:
    sketch = sketch_of(values(count))
    assert sketch.ranks()[1][-1] == count
    assert sum(len(level) for level in sketch.levels) < 6000


@pytest.mark.parametrize("order", ["random", "ascending", "descending"])
def test_ranks_are_right_within_a_hundredth_for_many_values(order: str) -> None:
    numbers = values(100_000)
    ordered = {"random": numbers, "ascending": np.sort(numbers), "descending": -np.sort(-numbers)}[order]
    keys, ranks = sketch_of(ordered).ranks()
    true_ranks = np.searchsorted(np.sort(numbers), keys, side="right")
    assert np.abs(ranks - true_ranks).max() / len(numbers) < 0.01


def test_equal_values_share_a_rank() -> None:
    keys, ranks = sketch_of(np.array([2.0, 1.0, 2.0, 5.0])).ranks()
    assert (keys.tolist(), ranks.tolist()) == ([1.0, 2.0, 5.0], [1.0, 3.0, 4.0])


def test_ten_buckets_of_one_width_hold_all_values_the_greatest_in_the_last() -> None:
    numbers = np.arange(0.0, 21.0)
    buckets = sketch_of(numbers).buckets(0.0, 20.0)
    assert [bucket["count"] for bucket in buckets] == [2.0] * 9 + [3.0]
    assert [bucket["lower_bound"] for bucket in buckets] == list(range(0, 20, 2))
    assert [bucket["upper_bound"] for bucket in buckets] == list(range(2, 22, 2))


@pytest.mark.parametrize("count", [1, 100, 2051, 50_000])
def test_buckets_count_every_value_once(count: int) -> None:
    numbers = values(count)
    buckets = sketch_of(numbers).buckets(numbers.min(), numbers.max())
    assert sum(bucket["count"] for bucket in buckets) == count
    assert min(bucket["count"] for bucket in buckets) >= 0


def test_a_column_of_one_value_has_it_in_its_last_bucket() -> None:
    buckets = sketch_of(np.full(5, 3.0)).buckets(3.0, 3.0)
    assert [bucket["count"] for bucket in buckets] == [0.0] * 9 + [5.0]


def test_a_sketch_survives_its_file() -> None:
    sketch = sketch_of(values(10_000))
    content = sketch.as_json()
    assert content["parameters"] == {"c": 0.64, "k": 2048.0}
    again = sketch_from_json(content["data"])
    assert [level.tolist() for level in again.levels] == content["data"]


@pytest.mark.parametrize("data", [[], [[]], [["a"]], [1.0], [[1.0], 2.0], [[[1.0]]], [[None]], [[float("inf")]]])
def test_levels_of_anything_but_numbers_are_refused(data: Any) -> None:
    with pytest.raises((TypeError, ValueError)):
        sketch_from_json(data)
