"""
Writes the iris data that scikit-learn ships (Fisher 1936; Anderson; public domain) as the container takes it: rows to
train on, and rows held out of training, their labels in a file of their own.

    python prepare_data.py FOLDER    # train/iris.csv, held-out/iris.csv, held-out-labels/iris.csv
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from sklearn.datasets import load_iris

_HELD_OUT = 10
"""Rows of each species, of fifty."""

_SEED = 20


def main(folder: Path) -> None:
    data = load_iris()
    names = [str(name) for name in data.target_names]
    rows = [(names[target], [str(each) for each in row]) for row, target in zip(data.data, data.target, strict=True)]
    chance = random.Random(_SEED)
    held_out = {
        at
        for name in names
        for at in chance.sample([at for at, (label, _) in enumerate(rows) if label == name], _HELD_OUT)
    }
    rest = [",".join([label, *row]) for at, (label, row) in enumerate(rows) if at not in held_out]
    apart = [rows[at] for at in sorted(held_out)]
    _write(folder / "train" / "iris.csv", rest)
    _write(folder / "held-out" / "iris.csv", [",".join(row) for _, row in apart])
    _write(folder / "held-out-labels" / "iris.csv", [label for label, _ in apart])


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("usage: prepare_data.py FOLDER")
    main(Path(sys.argv[1]))
