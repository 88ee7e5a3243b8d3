"""Rows of numbers from CSV without a header, as XGBoost's image takes them.

It splits lines at a delimiter that it takes from the first of them, and knows no quotes: to its training a quoted
number is a missing value, to its serving an error (data_utils.py and encoder.py of the image).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import numpy as np

from xgboost_image.job import JobError

GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = "\ufeff"
DELIMITERS = ",\t; :|"
"""In the order in which Python's csv.Sniffer prefers them, which the image asks."""


def decode(content: bytes, place: str) -> str:
    """A file's text. Raises JobError with `place`, and the line where it is no UTF-8."""
    if content.startswith(GZIP):
        raise JobError(f"{place} is compressed (gzip): the algorithm reads plain text, so unpack it before")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise JobError(f"{place}:{line} cannot be read as CSV, which is UTF-8: {error.reason}") from None


def delimiter_of(text: str) -> str:
    """What parts the cells of the first line; a comma where nothing does."""
    first = text.split("\n", 1)[0]
    return next((delimiter for delimiter in DELIMITERS if delimiter in first), ",")


def read_rows(text: str, place: str, columns: int | None = None, delimiter: str = ",") -> np.ndarray:
    """A matrix of the lines' numbers, NaN where a cell is empty (a missing value).

    Every row has `columns` cells, or as many as the first. Raises JobError with `place` and the line's number where
    a row has another number of cells or a cell is no finite number; blank lines are let pass at the end only.
    """
    rows: list[list[float]] = []
    for line, cells in _filled_lines(text, place, delimiter):
        columns = len(cells) if columns is None else columns
        if len(cells) != columns:
            raise JobError(f"{place}:{line} must have {columns} columns, got: {len(cells)}")
        rows.append([_number(cell, f"{place}:{line} column {index}") for index, cell in enumerate(cells, 1)])
    return np.array(rows, dtype=np.float64).reshape(len(rows), columns or 0)


def _filled_lines(text: str, place: str, delimiter: str) -> Iterator[tuple[int, Sequence[str]]]:
    for number, line in enumerate(text.rstrip("\r\n").split("\n"), 1):
        if line.strip():
            yield number, line.split(delimiter)
        elif text.strip():
            raise JobError(f"{place}:{number} is blank; blank lines may stand at the end only")


def _number(cell: str, place: str) -> float:
    if not cell:
        return math.nan
    try:
        value = float(cell) if "_" not in cell else math.inf
    except ValueError:
        value = math.inf
    if math.isinf(value):
        quotes = ", a number stands without quotes" if '"' in cell else ""
        raise JobError(f"{place} must be a number (there is no header, a missing value is empty{quotes})")
    return value
