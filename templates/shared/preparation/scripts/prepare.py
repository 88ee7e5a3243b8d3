"""Parts rows into those that train, those that say when to stop, and those that are held out to test versions.

Runs in SageMaker's XGBoost image as a Processing job. Reads the one CSV file below `<root>/input/rows`: a header,
columns of numbers, a label of 0 and 1. Writes, without headers, as XGBoost's algorithm takes it:

    <root>/train/train.csv, <root>/validation/validation.csv    label first
    <root>/held-out/features.csv, <root>/held-out/truth.csv     features, and their labels, line by line
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pandas as pd
from sklearn.model_selection import train_test_split

SEED = 200
# Of all rows, in the order in which they are parted off.
HELD_OUT, VALIDATION = 0.2, 0.2
# Fewest rows of each label: below that, neither part says anything.
FEWEST = 25


class DataError(Exception):
    """Rows that cannot be trained with. Never quotes a value: rows may be people's."""


def main() -> None:
    arguments = parse_arguments()
    root = arguments.root
    try:
        labels, features = read_rows(root / "input" / "rows", arguments.label)
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    rest, held_out = train_test_split(labels.index, test_size=HELD_OUT, stratify=labels, random_state=SEED)
    train, validation = train_test_split(
        rest, test_size=VALIDATION / (1 - HELD_OUT), stratify=labels[rest], random_state=SEED
    )
    labelled = pd.concat([labels, features], axis=1)
    write(labelled.loc[train], root / "train" / "train.csv")
    write(labelled.loc[validation], root / "validation" / "validation.csv")
    write(features.loc[held_out], root / "held-out" / "features.csv")
    write(labels.loc[held_out].to_frame(), root / "held-out" / "truth.csv")
    print(f"{len(train)} rows train, {len(validation)} validate, {len(held_out)} are held out")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("PROCESSING_ROOT", "/opt/ml/processing")
    parser.add_argument("--root", type=Path, default=root, help="folder of inputs and outputs (%(default)s)")
    parser.add_argument("--label", required=True, help="column that is to be predicted")
    return parser.parse_args()


def read_rows(folder: Path, label: str) -> tuple[pd.Series, pd.DataFrame]:
    """Labels and features.

    Raises:
        DataError: with what is wrong
    """
    files = sorted(folder.glob("*.csv"))
    if len(files) != 1:
        raise DataError(f"{folder} must hold one CSV file, got {len(files)}")
    rows = pd.read_csv(files[0])
    if label not in rows.columns:
        raise DataError(f"{files[0].name} has no column {label!r}")
    features = rows.drop(columns=label)
    wrong = [name for name in features.columns if not pd.api.types.is_numeric_dtype(features[name])]
    if wrong or features.empty:
        raise DataError(f"{files[0].name} must have columns of numbers beside {label!r}, not so: {wrong}")
    if not rows[label].isin([0, 1]).all():
        raise DataError(f"{files[0].name}: {label!r} must be 0 or 1 in every row")
    counts = rows[label].value_counts().reindex([0, 1], fill_value=0)
    if counts.min() < FEWEST:
        raise DataError(f"{files[0].name} must have {FEWEST} rows of each label, got {counts[0]} and {counts[1]}")
    return rows[label].astype(int), features.astype(float)


def write(rows: pd.DataFrame, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    rows.to_csv(path, index=False, header=False)


if __name__ == "__main__":
    main()
