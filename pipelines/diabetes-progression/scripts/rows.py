"""Reads the model's CSV files. The scripts beside it import it: each job gets it as an input, on Python's path."""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

ID = "id"
FEATURES = ["age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6"]
LABEL = "progression"
SHOWN = 20
"""Problems that a message lists."""


class DataError(Exception):
    """The data cannot be used; the message says where (file:line) and the rule, never a value, which may be private."""


def read_table(path: Path, numbers: Sequence[str], texts: Sequence[str] = (ID,)) -> pd.DataFrame:
    """A file whose header is `texts` and then `numbers`, with an id once at most and no cell empty."""
    columns = [*texts, *numbers]
    (_, header), *lines = _lines(path) or [(1, [])]
    if header != columns:
        raise DataError(f"{path}:1: the header must be {','.join(columns)}")
    read = [(line, *_row(cells, columns, len(texts))) for line, cells in lines]
    problems = [f"{path}:{line}: {problem}" for line, _, wrong in read for problem in wrong]
    table = pd.DataFrame([row for _, row, _ in read], columns=columns)
    if ID in texts:
        problems += [f"{path}:{read[at][0]}: the id was there before" for at in _repeated(table[ID])]
    if problems:
        raise DataError("\n".join([*problems[:SHOWN], *_more(len(problems) - SHOWN)]))
    if table.empty:
        raise DataError(f"{path}: holds no rows")
    return table.astype(dict.fromkeys(numbers, float))


def csv_files(folder: Path) -> list[Path]:
    """The CSV files below a folder, in the order of their paths. Raises DataError where there is none."""
    files = sorted(path for path in folder.rglob("*.csv") if path.is_file() and not path.name.startswith((".", "_")))
    if not files:
        raise DataError(f"{folder}: holds no CSV file")
    return files


def write_table(table: pd.DataFrame, path: Path, header: bool = True) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    table.to_csv(path, header=header, index=False)


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            return [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader if cells]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"{path}: cannot be read as CSV, which is UTF-8: {type(error).__name__}") from None


def _row(cells: list[str], columns: Sequence[str], texts: int) -> tuple[list[str | float], list[str]]:
    """The row's values, and what is wrong with it."""
    if len(cells) != len(columns):
        return [math.nan] * len(columns), [f"a row has {len(columns)} columns, got {len(cells)}"]
    values = [*cells[:texts], *(_number(cell) for cell in cells[texts:])]
    wrong = [f"{name} must not be empty" for name, cell in zip(columns, cells[:texts], strict=False) if not cell]
    wrong += [
        f"{name} must be a number"
        for name, value in zip(columns[texts:], values[texts:], strict=True)
        if not math.isfinite(value)
    ]
    return values, wrong


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan


def _repeated(ids: pd.Series) -> list[int]:
    return [at for at, again in enumerate(ids.duplicated() & ids.notna()) if again]


def _more(count: int) -> list[str]:
    return [f"and {count} more"] if count > 0 else []
