"""The rows that scikit-learn ships, what is held out of them, and the loss that training tells."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from iris_container.metrics import log_loss
from sklearn.datasets import load_iris
from sklearn.metrics import log_loss as their_log_loss

IRIS = Path(__file__).parents[1]


def lines(path: Path) -> list[str]:
    return (path / "iris.csv").read_text().splitlines()


def test_every_row_is_in_one_set_and_ten_of_each_species_are_held_out(data: Path) -> None:
    labels = lines(data / "held-out-labels")
    apart = [f"{label},{row}" for label, row in zip(labels, lines(data / "held-out"), strict=True)]
    shipped = load_iris()
    names = [shipped.target_names[target] for target in shipped.target]
    rows = [",".join([name, *map(str, row)]) for name, row in zip(names, shipped.data, strict=True)]
    assert sorted(lines(data / "train") + apart) == sorted(rows)
    assert [labels.count(name) for name in shipped.target_names] == [10, 10, 10]


def test_the_loss_is_scikit_learn_s() -> None:
    expected = their_log_loss(["a", "b"], [[0.9, 0.1], [0.6, 0.4]], labels=["a", "b"])
    assert log_loss([0.9, 0.4]) == pytest.approx(expected)


def test_the_image_is_made_of_what_is_there_and_of_locked_packages() -> None:
    container = IRIS / "container"
    copied = [
        name
        for line in (container / "Dockerfile").read_text().splitlines()
        if line.startswith("COPY ")
        for name in line.split()[1:-1]
    ]
    assert copied == ["requirements.txt", "iris_container", "train", "serve"]
    assert all((container / name).exists() for name in copied)
    assert all(os.access(container / name, os.X_OK) for name in ("train", "serve"))
    wanted = [
        line.split("==")[0] for line in (container / "requirements.in").read_text().splitlines() if line[0] != "#"
    ]
    locked = (container / "requirements.txt").read_text()
    assert all(f"{name}==" in locked for name in wanted)
