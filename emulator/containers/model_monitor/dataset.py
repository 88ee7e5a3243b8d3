"""The rows of a monitoring job's data set, column by column."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from model_monitor.job import JobError


@dataclass(frozen=True)
class Dataset:
    """Cells as they stand in the files; an empty cell is a missing value."""

    names: tuple[str, ...]
    columns: tuple[Sequence[str], ...]
    item_count: int


def read_dataset(source: Path, header: bool) -> Dataset:
    """All rows of all files below a folder (or of one file), in the order of their paths.

    Columns have the header's names, or `_c0`, `_c1`, … as Spark names them. As in Spark, compressed files are unpacked,
    files whose names begin with "." or "_" and blank lines are passed over, and a backslash escapes in quoted cells:
    https://spark.apache.org/docs/latest/sql-data-sources-csv.html
    Raises JobError, with file and line, for rows of unequal length, which Spark would fill up or cut off.
    """
    names: tuple[str, ...] | None = None
    rows: list[list[str]] = []
    for path in _files(source):
        lines = _rows(path)
        if header:
            names = _header(path, next(lines, None), names)
        width = len(names) if names else len(rows[0]) if rows else None
        for line, cells in lines:
            width = len(cells) if width is None else width
            if len(cells) != width:
                raise JobError(f"{path.name}:{line} must have {width} columns, got: {len(cells)}")
            rows.append(cells)
    if not rows:
        raise JobError(f"{source}: the data set holds no rows")
    names = names or tuple(f"_c{index}" for index in range(len(rows[0])))
    return Dataset(names, tuple(zip(*rows, strict=True)), len(rows))


def _files(source: Path) -> list[Path]:
    if source.is_file():
        return [source]
    if not source.is_dir():
        raise JobError(f"dataset_source must be a folder, got: {source}")
    return [path for path in sorted(source.rglob("*")) if path.is_file() and not path.name.startswith((".", "_"))]


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(_unescaped(_text(path)), newline=""), strict=True)
    try:
        for cells in reader:
            if cells:
                yield reader.line_num, cells
    except csv.Error as error:
        raise JobError(f"{path.name}:{reader.line_num} cannot be read as CSV: {error}") from None


def _text(path: Path) -> str:
    try:
        content = path.read_bytes()
        if content.startswith(b"\x1f\x8b"):
            content = gzip.decompress(content)
    except (OSError, EOFError, zlib.error) as error:
        raise JobError(f"{path.name} cannot be read: {error}") from None
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise JobError(f"{path.name}:{line} cannot be read as CSV, which is UTF-8: {error.reason}") from None


_QUOTED = re.compile(r'(?:^|(?<=,))"((?:[^"\\]|\\.|"")*)"(?=[,\r\n]|\Z)', re.DOTALL | re.MULTILINE)


def _unescaped(text: str) -> str:
    """The same cells as Python's reader knows them: in quotes, a quote stands twice, and a backslash for itself."""
    if "\\" not in text:
        return text

    def cell(found: re.Match[str]) -> str:
        inner = re.sub(r'\\(["\\])', lambda escaped: '""' if escaped[1] == '"' else escaped[1], found[1])
        return f'"{inner}"'

    return _QUOTED.sub(cell, text)


def _header(
    path: Path, first: tuple[int, list[str]] | None, expected: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """The names of a file's header row, which is the same in every file; of an empty file, what was expected."""
    if first is None:
        return expected
    line, cells = first
    names = tuple(cell.strip() for cell in cells)
    if len(set(names)) < len(names) or "" in names:
        raise JobError(f"{path.name}:{line} must name every column, each differently")
    if expected not in (None, names):
        raise JobError(f"{path.name}:{line} must have the other files' header")
    return names
