"""Rows of CSV without a header: four measures in centimetres, in training behind the name of the species."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from pathlib import Path

from iris_container.job import InputError

FEATURES = ("sepal length", "sepal width", "petal length", "petal width")
SPECIES = ("setosa", "versicolor", "virginica")

Features = list[float]


def read_features(text: str, place: str) -> list[Features]:
    """raises InputError: naming the place and the line, where a row is no four numbers, or there is none"""
    rows = [_features(cells, f"{place}:{line}") for line, cells in _cells(text)]
    if not rows:
        raise InputError(f"{place} must have at least one row, got: none")
    return rows


def read_labelled(folder: Path) -> tuple[list[Features], list[str]]:
    """
    All files of a channel, in the order of their names, but for hidden ones and marks such as `_SUCCESS`.

    raises InputError: as `read_features` does, and where the label is no species
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name[0] not in "._")
    features, labels = [], []
    for path in files:
        for line, cells in _cells(path.read_text()):
            place = f"{path.relative_to(folder.parent)}:{line}"
            if cells[0] not in SPECIES:
                raise InputError(f"{place}: the first cell must be one of {', '.join(SPECIES)}, got: {cells[0]!r}")
            labels.append(cells[0])
            features.append(_features(cells[1:], place))
    if not features:
        raise InputError(f"channel {folder.name} must have at least one row, got: none")
    return features, labels


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """By number of line; empty lines are passed over."""
    reader = csv.reader(text.splitlines())
    return ((reader.line_num, [cell.strip() for cell in cells]) for cells in reader if cells)


def _features(cells: list[str], place: str) -> Features:
    if len(cells) != len(FEATURES):
        raise InputError(f"{place}: a row must have {len(FEATURES)} measures, got: {len(cells)}")
    return [_measure(cell, f"{place}: {name}") for name, cell in zip(FEATURES, cells, strict=True)]


def _measure(cell: str, place: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = math.nan
    if not 0 < value < 100:
        raise InputError(f"{place} must be a number of centimetres above 0 and below 100, got: {cell!r}")
    return value
