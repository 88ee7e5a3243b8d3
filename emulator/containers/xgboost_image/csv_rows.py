"""Rows of numbers from CSV without a header, as XGBoost's image takes them."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator

import numpy as np

from xgboost_image.job import JobError


def read_rows(lines: Iterable[str], place: str, columns: int | None = None) -> np.ndarray:
    """A matrix of the lines' numbers, NaN where a cell is empty (a missing value).

    Every row has `columns` cells, or as many as the first. Raises JobError with `place` and the line's number where
    a row has another number of cells or a cell is no finite number; blank lines are let pass at the end only.
    """
    rows: list[list[float]] = []
    for line, cells in _filled_lines(lines, place):
        columns = len(cells) if columns is None else columns
        if len(cells) != columns:
            raise JobError(f"{place}:{line} must have {columns} columns, got: {len(cells)}")
        rows.append([_number(cell, f"{place}:{line} column {index}") for index, cell in enumerate(cells, 1)])
    return np.array(rows, dtype=np.float64).reshape(len(rows), columns or 0)


def _filled_lines(lines: Iterable[str], place: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines)
    blank: int | None = None
    try:
        for cells in reader:
            if not cells:
                blank = blank or reader.line_num
            elif blank:
                raise JobError(f"{place}:{blank} is blank; blank lines may stand at the end only")
            else:
                yield reader.line_num, cells
    except (UnicodeDecodeError, csv.Error) as error:
        raise JobError(f"{place} cannot be read as CSV: {error}") from None


def _number(cell: str, place: str) -> float:
    text = cell.strip()
    if not text:
        return math.nan
    try:
        value = float(text)
    except ValueError:
        value = math.inf
    if math.isinf(value):
        raise JobError(f"{place} must be a number (there is no header, a missing value is empty), got: {cell!r}")
    return value
