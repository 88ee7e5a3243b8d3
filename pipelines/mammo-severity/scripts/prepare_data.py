"""Makes the model's training and batch files from the Mammographic Mass data (or a file of the same columns).

mammo-train-dataset-part1.csv     trains the first model version; headerless, `?` where missing
mammo-train-dataset-part2.csv     10 % of what the batch leaves; joins part 1 when drift starts a retraining
mammo-batch-dataset.csv           5 % of the rows without label, imputed: the data quality monitor passes it
mammo-batch-dataset-outliers.csv  the same rows with a header and missing values: the monitor must fail it
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
from preprocess import FEATURES, DataError, read_file

SEED = 200
SHIPPED_DATA = Path(__file__).parent.parent / "data" / "mammographic_masses.data"


def main() -> None:
    arguments = parse_arguments()
    try:
        datasets = prepare(read_file(arguments.data))
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    write_all(datasets, arguments.out)
    for name, rows in datasets.items():
        print(f"{arguments.out / name}: {len(rows)} rows")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=SHIPPED_DATA, help="source file (default: the shipped)")
    parser.add_argument("--out", type=Path, required=True, help="folder to write the four files to")
    return parser.parse_args()


def prepare(rows: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The four files' rows. Seeded: the same source gives the same files."""
    batch = rows.sample(frac=0.05, random_state=SEED)
    rest = rows.drop(batch.index)
    part2 = rest.sample(frac=0.1, random_state=SEED)
    part1 = rest.drop(part2.index)
    if batch.empty or part2.empty:
        raise DataError(f"{len(rows)} rows are too few for a batch of 5 % and a second training part of 10 %")
    features = batch[FEATURES]
    return {
        "mammo-train-dataset-part1.csv": part1,
        "mammo-train-dataset-part2.csv": part2,
        "mammo-batch-dataset.csv": features.fillna(part1[FEATURES].median()),
        "mammo-batch-dataset-outliers.csv": features,
    }


def write_all(datasets: Mapping[str, pd.DataFrame], folder: Path) -> None:
    """Writes every file under a temporary name first, so that a failure leaves no half-written file."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = {name: folder / f".{name}.{os.getpid()}" for name in datasets}
    try:
        for name, rows in datasets.items():
            WRITERS[name](rows, temporary[name])
        for name, path in temporary.items():
            path.replace(folder / name)
    finally:
        for path in temporary.values():
            path.unlink(missing_ok=True)


def write_train(rows: pd.DataFrame, path: Path) -> None:
    rows.to_csv(path, header=False, index=False, float_format="%g", na_rep="?")


def write_batch(rows: pd.DataFrame, path: Path) -> None:
    rows.to_csv(path, header=False, index=False)


def write_outliers(rows: pd.DataFrame, path: Path) -> None:
    rows.to_csv(path, header=True, index=False)


WRITERS: dict[str, Callable[[pd.DataFrame, Path], None]] = {
    "mammo-train-dataset-part1.csv": write_train,
    "mammo-train-dataset-part2.csv": write_train,
    "mammo-batch-dataset.csv": write_batch,
    "mammo-batch-dataset-outliers.csv": write_outliers,
}


if __name__ == "__main__":
    main()
