"""Says how much worse than on the test set a period may be, before it is more than chance.

Model Monitor suggests the value of each metric on the test set as its threshold, which about every second period is
worse than by chance alone. This draws periods of as few rows as the monitor takes from the test set's own predictions,
and puts the threshold where one in a hundred of them is worse.

Runs in SageMaker's scikit-learn image as a Processing job (`Diabetes-Bounds`). Reads
`<root>/input/predictions/predictions.csv` (ground_truth, prediction) and `<root>/input/constraints/constraints.json`,
writes `<root>/bounds/constraints.json`.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from rows import DataError, read_table

SEED, PERIODS, CHANCE = 200, 2000, 0.01


def main() -> None:
    arguments = parse_arguments()
    root = arguments.root
    try:
        rows = read_table(root / "input/predictions/predictions.csv", ["ground_truth", "prediction"], ())
        constraints = read_constraints(root / "input/constraints/constraints.json")
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    worse = with_bounds(constraints, rows["ground_truth"].to_numpy(), rows["prediction"].to_numpy(), arguments.rows)
    path = root / "bounds" / "constraints.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(worse, indent=2) + "\n", encoding="utf-8")
    for name, constraint in worse["regression_constraints"].items():
        suggested = constraints["regression_constraints"][name]["threshold"]
        print(f"{name}: {constraint['threshold']:.3f} instead of {suggested:.3f}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("PROCESSING_ROOT", "/opt/ml/processing")
    parser.add_argument("--root", type=Path, default=root, help="folder of inputs and outputs (%(default)s)")
    parser.add_argument("--rows", type=int, required=True, help="fewest rows of a period")
    return parser.parse_args()


def read_constraints(path: Path) -> dict[str, Any]:
    try:
        constraints = json.loads(path.read_text(encoding="utf-8"))
        given = constraints["regression_constraints"]
        if any(name not in METRICS or not isinstance(given[name]["threshold"], float | int) for name in given):
            raise KeyError(path.name)
    except (OSError, ValueError, KeyError, TypeError):
        raise DataError(f"{path}: must hold Model Monitor's regression_constraints") from None
    return constraints


def with_bounds(constraints: dict[str, Any], truth: np.ndarray, predicted: np.ndarray, rows: int) -> dict[str, Any]:
    """The constraints, with thresholds that one in a hundred periods of so many rows passes by chance alone."""
    random = np.random.default_rng(SEED)
    picks = random.integers(0, len(truth), (PERIODS, rows))
    given = constraints["regression_constraints"]
    bounded = {}
    for name, constraint in given.items():
        values = [METRICS[name](truth[pick], predicted[pick]) for pick in picks]
        above = constraint["comparison_operator"] == "GreaterThanThreshold"
        threshold = float(np.nanquantile(values, 1 - CHANCE if above else CHANCE))
        bounded[name] = {**constraint, "threshold": threshold}
    return {**constraints, "regression_constraints": bounded}


def _mse(truth: np.ndarray, predicted: np.ndarray) -> float:
    return float(((predicted - truth) ** 2).mean())


METRICS = {
    "mae": lambda truth, predicted: float(np.abs(predicted - truth).mean()),
    "mse": _mse,
    "rmse": lambda truth, predicted: float(np.sqrt(_mse(truth, predicted))),
    "r2": lambda truth, predicted: 1 - _mse(truth, predicted) / truth.var() if truth.var() else np.nan,
}


if __name__ == "__main__":
    main()
