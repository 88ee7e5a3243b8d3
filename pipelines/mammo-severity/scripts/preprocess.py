"""Turns raw mammographic mass rows into train, validation and test sets and the data quality baseline.

Runs in SageMaker's scikit-learn image as a Processing job (`Mammo-PreProcessing`). Reads every CSV file below
`<root>/input/data`, compressed ones too, six columns a row: BIRADS, Age, Shape, Margin, Density, Severity; `?` is a
missing value. CSV are `*.csv`, `*.data` and Spark's `part-…`; names that begin with `.` or `_` are Spark's marks.
Writes headerless CSV, label first, as SageMaker's XGBoost reads it:

    <root>/train/train.csv  <root>/validation/validation.csv  <root>/test/test.csv   70/15/15 % of the rows
    <root>/baseline/baseline_dataset.csv                                             the train rows' features
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import math
import os
import zlib
from pathlib import Path

import pandas as pd

FEATURES = ["BIRADS", "Age", "Shape", "Margin", "Density"]
LABEL = "Severity"
COLUMNS = [*FEATURES, LABEL]
MISSING = {"", "?", "nan"}
GZIP = b"\x1f\x8b"
SUFFIXES = (".csv", ".data")
DEFAULT_SEED = 200


class DataError(Exception):
    """The data cannot be used; the message says where (file:line) and the rule, never a value, which may be private."""


def main() -> None:
    arguments = parse_arguments()
    try:
        rows = read_folder(arguments.root / "input" / "data")
        splits = impute(split(rows, arguments.seed))
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    for name, rows in splits.items():
        print(f"{name}: {len(rows)} rows")
        write(rows[[LABEL, *FEATURES]], arguments.root / name / f"{name}.csv")
    write(splits["train"][FEATURES], arguments.root / "baseline" / "baseline_dataset.csv")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("PROCESSING_ROOT", "/opt/ml/processing")
    parser.add_argument("--root", type=Path, default=root, help="folder of inputs and outputs (%(default)s)")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="of the shuffle (%(default)s)")
    return parser.parse_args()


def read_folder(folder: Path) -> pd.DataFrame:
    """All rows of all CSV files below a folder, in the order of their paths. Some may be empty, as Spark's are."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith((".", "_")))
    files = [path for path in paths if is_csv(path.name)]
    for path in paths:
        if path not in files:
            print(f"{path.relative_to(folder)}: passed over, its name is no CSV file's")
    if not files:
        raise DataError(f"{folder}: holds no CSV file")
    rows = [row for path in files for row in read_rows(path)]
    if not rows:
        raise DataError(f"{folder}: its CSV files hold no rows")
    return to_frame(rows)


def is_csv(name: str) -> bool:
    plain = name.lower().removesuffix(".gz")
    return plain.endswith(SUFFIXES) or (plain.startswith("part-") and "." not in plain)


def read_file(path: Path) -> pd.DataFrame:
    """One file's rows: float features (NaN where missing) and a 0/1 label. A header row is dropped."""
    rows = read_rows(path)
    if not rows:
        raise DataError(f"{path}: holds no rows")
    return to_frame(rows)


def to_frame(rows: list[list[float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=COLUMNS).astype({LABEL: int})


def read_rows(path: Path) -> list[list[float]]:
    reader = csv.reader(io.StringIO(read_text(path), newline=""))
    rows = []
    try:
        for cells in reader:
            if cells and not (reader.line_num == 1 and is_header(cells)):
                rows.append(parse_row([cell.strip() for cell in cells], f"{path}:{reader.line_num}"))
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: cannot be read as CSV: {error}") from None
    return rows


def read_text(path: Path) -> str:
    """The text of a file, unpacked where it is compressed, whatever its name."""
    try:
        content = path.read_bytes()
        if content.startswith(GZIP):
            content = gzip.decompress(content)
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(f"{path}:{line}: cannot be read as CSV, which is UTF-8: {error.reason}") from None
    except (OSError, EOFError, zlib.error) as error:
        raise DataError(f"{path}: cannot be read: {error}") from None


def is_header(cells: list[str]) -> bool:
    """Column names, or the column numbers that pandas writes for a frame without names."""
    names = [cell.strip().replace("-", "").lower() for cell in cells]
    return names in ([name.lower() for name in COLUMNS], [str(index) for index in range(len(COLUMNS))])


def parse_row(cells: list[str], place: str) -> list[float]:
    if len(cells) != len(COLUMNS):
        raise DataError(f"{place}: a row has {len(COLUMNS)} columns ({', '.join(COLUMNS)}), got {len(cells)}")
    features = [parse_feature(cell, f"{place}: {name}") for name, cell in zip(FEATURES, cells[:-1], strict=True)]
    if cells[-1] not in ("0", "1"):
        raise DataError(f"{place}: {LABEL} must be 0 or 1")
    return [*features, float(cells[-1])]


def parse_feature(cell: str, place: str) -> float:
    if cell.lower() in MISSING:
        return math.nan
    try:
        value = float(cell)
    except ValueError:
        value = math.inf
    if not math.isfinite(value):
        raise DataError(f"{place} must be a number, or ? where missing")
    return value


def split(rows: pd.DataFrame, seed: int) -> dict[str, pd.DataFrame]:
    """Shuffles with a seed and cuts into 70/15/15 %: the same rows and seed give the same sets."""
    shuffled = rows.sample(frac=1, random_state=seed).reset_index(drop=True)
    train_end, validation_end = int(0.7 * len(rows)), int(0.85 * len(rows))
    splits = {
        "train": shuffled[:train_end],
        "validation": shuffled[train_end:validation_end],
        "test": shuffled[validation_end:],
    }
    if any(part.empty for part in splits.values()):
        raise DataError(f"{len(rows)} rows are too few to split into train, validation and test")
    return splits


def impute(splits: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Fills missing features with the train rows' medians: nothing of the other sets reaches training."""
    medians = splits["train"][FEATURES].median()
    unknown = [name for name in FEATURES if math.isnan(medians[name])]
    if unknown:
        raise DataError(f"the train rows hold no value of {', '.join(unknown)}")
    return {name: rows.fillna(medians) for name, rows in splits.items()}


def write(rows: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.to_csv(path, header=False, index=False)


if __name__ == "__main__":
    main()
