"""Makes the model's files from the diabetes data that scikit-learn ships (or a file of the same columns).

diabetes-train-part1.csv     trains the first model version
diabetes-train-part2.csv     joins part 1 when worse quality starts a retraining: people of the shifted population
diabetes-batch.csv           people as the model knows them, without what became of them
diabetes-batch-shifted.csv   people whose disease progresses fast: of the model's quarter of highest progression alone
diabetes-truth.csv           what became of those of the first batch (id, value), for `mlops data ground-truth`
diabetes-truth-shifted.csv   what became of those of the second: the model predicted them worse
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from rows import FEATURES, ID, LABEL, DataError, read_table

SEED = 200
COUNT = 45
"""Rows of each batch."""
LATER = 30
"""Rows of the second training file."""


def main() -> None:
    arguments = parse_arguments()
    try:
        datasets = prepare(shipped() if arguments.data is None else read_table(arguments.data, [*FEATURES, LABEL]))
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    write_all(datasets, arguments.out)
    for name, rows in datasets.items():
        print(f"{arguments.out / name}: {len(rows)} rows")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="source file: id, features, progression (default: scikit-learn's)")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the six files to")
    return parser.parse_args()


def shipped() -> pd.DataFrame:
    from sklearn.datasets import load_diabetes

    data = load_diabetes(as_frame=True, scaled=False)
    ids = [f"patient-{number:03}" for number in range(1, len(data.target) + 1)]
    return data.data[FEATURES].assign(**{ID: ids, LABEL: data.target})[[ID, *FEATURES, LABEL]]


def prepare(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The six files' rows. Seeded: the same source gives the same files."""
    fast = rows[rows[LABEL] > rows[LABEL].quantile(0.75)]
    if len(fast) < COUNT + LATER or len(rows) < 3 * (COUNT + LATER):
        raise DataError(f"{len(rows)} rows are too few: the quarter of highest progression must have {COUNT + LATER}")
    drawn = fast.sample(COUNT + LATER, random_state=SEED)
    shifted, part2 = drawn[:COUNT], drawn[COUNT:]
    rest = rows.drop(drawn.index)
    batch = rest.sample(COUNT, random_state=SEED)
    return {
        "diabetes-train-part1.csv": rest.drop(batch.index),
        "diabetes-train-part2.csv": part2,
        "diabetes-batch.csv": batch[[ID, *FEATURES]],
        "diabetes-batch-shifted.csv": shifted[[ID, *FEATURES]],
        "diabetes-truth.csv": truth(batch),
        "diabetes-truth-shifted.csv": truth(shifted),
    }


def truth(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[[ID, LABEL]].rename(columns={LABEL: "value"})


def write_all(datasets: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Writes every file under a temporary name first, so that a failure leaves no half-written file."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = {name: folder / f".{name}.{os.getpid()}" for name in datasets}
    try:
        for name, rows in datasets.items():
            rows.to_csv(temporary[name], index=False, float_format="%g")
        for name, path in temporary.items():
            path.replace(folder / name)
    finally:
        for path in temporary.values():
            path.unlink(missing_ok=True)


if __name__ == "__main__":
    main()
