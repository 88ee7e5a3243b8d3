"""Puts a batch and what the model predicted of it together again, row by row.

Runs in SageMaker's scikit-learn image as a Processing job (`Diabetes-JoinPredictions`). Reads the batch below
`<root>/input/batch` and what batch transform left of its features below `<root>/input/predicted` (`features.csv.out`,
a prediction a line), writes `<root>/scored/scored.csv`: id, ten features, prediction, and when the execution began.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pandas as pd
from rows import FEATURES, DataError, csv_files, read_table, write_table


def main() -> None:
    arguments = parse_arguments()
    inputs = arguments.root / "input"
    try:
        batch = read_table(csv_files(inputs / "batch")[0], FEATURES)
        predictions = read_predictions(inputs / "predicted" / "features.csv.out", len(batch))
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    scored = batch.assign(prediction=predictions, scored_at=arguments.at.isoformat())
    write_table(scored, arguments.root / "scored" / "scored.csv")
    print(f"{len(scored)} predictions")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("PROCESSING_ROOT", "/opt/ml/processing")
    parser.add_argument("--root", type=Path, default=root, help="folder of inputs and outputs (%(default)s)")
    parser.add_argument("--at", type=pd.Timestamp, required=True, help="when the execution began")
    return parser.parse_args()


def read_predictions(path: Path, rows: int) -> list[float]:
    try:
        predictions = [float(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        raise DataError(f"{path}: must hold a number a line") from None
    if len(predictions) != rows:
        raise DataError(f"{path}: must have a prediction for each of {rows} rows, got {len(predictions)}")
    return predictions


if __name__ == "__main__":
    main()
