"""JSONPath over rows of CSV: which of a row's cells a filter takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from batch_records.record_error import RecordError

Row = Sequence[str]
_PATH = re.compile(r"\$(?:\[ *(?P<columns>\*|[-:\d, ]+) *\])?")
_INDEX = re.compile(r"-?\d+")
_SLICE = re.compile(r"(\d*):(\d*)")


class Columns:
    """
    A filter: `$`, `$[*]`, or indexes and one slice at most, such as `$[0,5:]`. `-1` is the last column. AWS's page
    counts the end of a slice in: "`$[1:4]` specifies the second through fifth columns".

    raises RecordError: for a path that is none of CSV's
    """

    def __init__(self, path: str) -> None:
        self.path = path
        found = _PATH.fullmatch(path)
        if not found:
            raise self._refused()
        columns = found["columns"] or "*"
        parts = [] if columns.strip() == "*" else [part.strip() for part in columns.split(",")]
        self._parts = [self._part(part) for part in parts]
        if sum(":" in part for part in parts) > 1:
            raise self._refused()

    @property
    def takes_all(self) -> bool:
        return not self._parts

    def of(self, row: Row, place: str) -> Row:
        """raises RecordError: with the place of the row, where it has not the columns"""
        if self.takes_all:
            return row
        try:
            return [row[index] for part in self._parts for index in part(len(row))]
        except IndexError:
            raise RecordError(f"{place} has {len(row)} columns, and {self.path} takes others") from None

    def _part(self, text: str) -> Callable[[int], Sequence[int]]:
        """The indexes that a part of the path stands for in a row of so many columns."""
        if _INDEX.fullmatch(text):
            return lambda _: [int(text)]
        found = _SLICE.fullmatch(text)
        if not found:
            raise self._refused()
        start, end = found.groups()
        return lambda width: _within(width, int(start or 0), int(end) if end else width - 1)

    def _refused(self) -> RecordError:
        return RecordError(f"a filter of CSV must be $, $[*] or columns such as $[0,2] and $[1:], got: {self.path}")


def _within(width: int, start: int, end: int) -> Sequence[int]:
    """raises IndexError: where one of them is no column"""
    if not start <= end < width:
        raise IndexError
    return range(start, end + 1)
