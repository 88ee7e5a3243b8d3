"""Splits the rows that a model is trained of into train, validation and test sets.

Runs in SageMaker's scikit-learn image as a Processing job (`Diabetes-Preprocess`). Reads every CSV file below
`<root>/input/data`, each with a header: id, ten features, progression. Writes headerless CSV, label first, as
SageMaker's XGBoost reads it:

    <root>/train/train.csv  <root>/validation/validation.csv  <root>/test/test.csv   60/15/25 % of the rows
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pandas as pd
from rows import FEATURES, ID, LABEL, DataError, csv_files, read_table, write_table

DEFAULT_SEED = 200
FEWEST = 40
"""Rows below which no set is large enough to say anything."""


def main() -> None:
    arguments = parse_arguments()
    try:
        sets = split(read_folder(arguments.root / "input" / "data"), arguments.seed)
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    for name, rows in sets.items():
        print(f"{name}: {len(rows)} rows")
        write_table(rows[[LABEL, *FEATURES]], arguments.root / name / f"{name}.csv", header=False)


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("PROCESSING_ROOT", "/opt/ml/processing")
    parser.add_argument("--root", type=Path, default=root, help="folder of inputs and outputs (%(default)s)")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="of the shuffle (%(default)s)")
    return parser.parse_args()


def read_folder(folder: Path) -> pd.DataFrame:
    """All rows of all files. A person is in one set alone: none may be in two files."""
    files = csv_files(folder)
    rows = pd.concat([read_table(path, [*FEATURES, LABEL]) for path in files], ignore_index=True)
    twice = int(rows[ID].duplicated().sum())
    if twice:
        raise DataError(f"{folder}: {twice} ids are in more than one of {', '.join(path.name for path in files)}")
    return rows


def split(rows: pd.DataFrame, seed: int) -> dict[str, pd.DataFrame]:
    """Shuffles with a seed and cuts into 60/15/25 %: the same rows and seed give the same sets."""
    if len(rows) < FEWEST:
        raise DataError(f"{len(rows)} rows are too few to split into train, validation and test: {FEWEST} are needed")
    shuffled = rows.sample(frac=1, random_state=seed).reset_index(drop=True)
    train_end, validation_end = int(0.6 * len(rows)), int(0.75 * len(rows))
    return {
        "train": shuffled[:train_end],
        "validation": shuffled[train_end:validation_end],
        "test": shuffled[validation_end:],
    }


if __name__ == "__main__":
    main()
