"""Puts what the model predicted beside what became of it, of the truth that arrived in a period.

Runs in SageMaker's scikit-learn image as a Processing job (`Diabetes-MergeTruth`). Reads predictions, every
`<execution>/predictions/scored/scored.csv` below `<root>/input/scored`, and ground truth, the CSV files (id, value)
below `<root>/input/truth`, whose names begin with when `mlops data ground-truth` uploaded them. Writes
`<root>/merged/merged.csv` (id, ground_truth, prediction). Of a person predicted twice, the later prediction counts; of
a truth told twice, the one that arrived later.
"""

from __future__ import annotations

import argparse
import os
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pandas as pd
from rows import FEATURES, ID, DataError, csv_files, read_table, write_table

NAME_TIME = "%Y%m%dT%H%M%SZ"


def main() -> None:
    arguments = parse_arguments()
    inputs = arguments.root / "input"
    try:
        truth = read_truth(inputs / "truth", arguments.now - timedelta(days=arguments.days))
        merged = merge(truth, read_scored(inputs / "scored"))
        if len(merged) < arguments.rows:
            raise DataError(
                f"{len(merged)} predictions have a truth that arrived in {arguments.days} days: "
                f"{arguments.rows} are needed to tell worse from chance"
            )
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    write_table(merged, arguments.root / "merged" / "merged.csv")
    print(f"{len(merged)} of {len(truth)} truths have a prediction")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("PROCESSING_ROOT", "/opt/ml/processing")
    parser.add_argument("--root", type=Path, default=root, help="folder of inputs and outputs (%(default)s)")
    parser.add_argument("--now", type=moment, required=True, help="when the period ends")
    parser.add_argument("--days", type=int, required=True, help="length of the period")
    parser.add_argument("--rows", type=int, required=True, help="fewest rows")
    return parser.parse_args()


def moment(text: str) -> datetime:
    """A time that says nothing of its zone is in UTC."""
    time = pd.Timestamp(text).to_pydatetime()
    return time if time.tzinfo else time.replace(tzinfo=timezone.utc)


def read_truth(folder: Path, since: datetime) -> pd.DataFrame:
    """What arrived since then: id and ground_truth."""
    arrived = sorted((arrival(path), path) for path in csv_files(folder))
    tables = [read_table(path, ["value"]) for time, path in arrived if time >= since]
    if not tables:
        raise DataError(f"{folder}: no ground truth has arrived since {since.isoformat()}")
    truth = pd.concat(tables, ignore_index=True).rename(columns={"value": "ground_truth"})
    return truth.drop_duplicates(ID, keep="last")


def arrival(path: Path) -> datetime:
    try:
        return datetime.strptime(path.name[:16], NAME_TIME).replace(tzinfo=timezone.utc)
    except ValueError:
        raise DataError(
            f"{path}: its name must begin with when it arrived, as mlops data ground-truth names it: "
            "20261127T065147Z-….csv"
        ) from None


def read_scored(folder: Path) -> pd.DataFrame:
    """The latest prediction of each id."""
    paths = sorted(folder.glob("*/predictions/scored/scored.csv"))
    if not paths:
        raise DataError(f"{folder}: no inference has left predictions")
    tables = [scored_at(path) for path in paths]
    return pd.concat(tables, ignore_index=True).sort_values("scored_at").drop_duplicates(ID, keep="last")


def scored_at(path: Path) -> pd.DataFrame:
    try:
        rows = pd.read_csv(path, dtype={ID: str})
        read = rows[[ID, *FEATURES, "prediction"]].assign(scored_at=pd.to_datetime(rows["scored_at"], utc=True))
    except (OSError, ValueError, KeyError) as error:  # whose message may quote the cell
        raise DataError(f"{path}: must be what Diabetes-JoinPredictions writes: {type(error).__name__}") from None
    return read


def merge(truth: pd.DataFrame, scored: pd.DataFrame) -> pd.DataFrame:
    """What has both, by id."""
    return truth.merge(scored, on=ID, validate="one_to_one").sort_values(ID)[[ID, "ground_truth", "prediction"]]


if __name__ == "__main__":
    main()
