"""The rows of a monitoring job's data set, column by column."""

from __future__ import annotations

import csv
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

    Columns have the header's names, or `_c0`, `_c1`, … as Spark names them. Files whose names begin with "." or "_"
    and blank lines are passed over, as Spark does. Raises JobError, with file and line, for rows of unequal length.
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
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.reader(file, strict=True)
            for cells in reader:
                if cells:
                    yield reader.line_num, cells
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise JobError(f"{path.name} cannot be read as CSV: {error}") from None


def _header(
    path: Path, first: tuple[int, list[str]] | None, expected: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """The names of a file's header row, which is the same in every file; of an empty file, what was expected."""
    if first is None:
        return expected
    line, cells = first
    names = tuple(cell.strip() for cell in cells)
    if len(set(names)) < len(names) or "" in names:
        raise JobError(f"{path.name}:{line} must name every column, each differently, got: {', '.join(names)}")
    if expected not in (None, names):
        raise JobError(f"{path.name}:{line} must have the other files' header, got: {', '.join(names)}")
    return names
