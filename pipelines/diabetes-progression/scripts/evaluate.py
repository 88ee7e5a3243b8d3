"""Measures a trained model on the test set, and keeps what it predicted there for the model quality baseline.

Runs in SageMaker's XGBoost image as a Processing job (`Diabetes-Evaluate`). Reads `<root>/model/model.tar.gz` (holding
`xgboost-model`) and `<root>/test/test.csv` (headerless, label first). Writes `<root>/predictions/predictions.csv`
(ground_truth, prediction) and `<root>/evaluation/evaluation.json`, as Model Monitor's model quality report has it
(https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html):

    regression_metrics.mae  .mse  .rmse  .r2
"""

from __future__ import annotations

import argparse
import json
import os
import tarfile
from pathlib import Path

import numpy as np
import pandas as pd
import xgboost as xgb
from rows import DataError, write_table
from sklearn.metrics import mean_absolute_error, mean_squared_error, r2_score

MODEL_FILE = "xgboost-model"


def main() -> None:
    root = parse_arguments().root
    try:
        booster = load_model(root / "model" / "model.tar.gz")
        truth, features = load_test(root / "test" / "test.csv")
    except DataError as error:
        raise SystemExit(f"error: {error}") from None
    predicted = booster.predict(xgb.DMatrix(features))
    write_table(pd.DataFrame({"ground_truth": truth, "prediction": predicted}), root / "predictions/predictions.csv")
    report = evaluation(truth, predicted)
    path = root / "evaluation" / "evaluation.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    rmse, r2 = (report["regression_metrics"][name]["value"] for name in ("rmse", "r2"))
    print(f"RMSE {rmse:.2f}, R² {r2:.3f} on {len(truth)} rows")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("PROCESSING_ROOT", "/opt/ml/processing")
    parser.add_argument("--root", type=Path, default=root, help="folder of inputs and outputs (%(default)s)")
    return parser.parse_args()


def load_model(archive: Path) -> xgb.Booster:
    """The booster in a training job's artifact, read from memory: XGBoost then tells JSON from UBJSON."""
    try:
        with tarfile.open(archive) as tar:
            member = tar.extractfile(MODEL_FILE)
            if member is None:
                raise DataError(f"{archive}: {MODEL_FILE} is not a file")
            return xgb.Booster(model_file=bytearray(member.read()))
    except (OSError, KeyError, tarfile.TarError, xgb.core.XGBoostError) as error:
        raise DataError(f"{archive}: holds no readable {MODEL_FILE}: {error}") from None


def load_test(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Labels and features of a headerless CSV file, label first."""
    try:
        rows = pd.read_csv(path, header=None).to_numpy(dtype=float)
    except (OSError, ValueError) as error:  # whose message may quote the cell
        raise DataError(f"{path}: cannot be read as headerless CSV of numbers: {type(error).__name__}") from None
    if np.ptp(rows[:, 0]) == 0:
        raise DataError(f"{path}: R² needs labels that differ")
    return rows[:, 0], rows[:, 1:]


def evaluation(truth: np.ndarray, predicted: np.ndarray) -> dict[str, dict[str, dict[str, float | str]]]:
    mse = mean_squared_error(truth, predicted)
    metrics = {
        "mae": mean_absolute_error(truth, predicted),
        "mse": mse,
        "rmse": np.sqrt(mse),
        "r2": r2_score(truth, predicted),
    }
    return {
        "regression_metrics": {
            name: {"value": float(value), "standard_deviation": "NaN"} for name, value in metrics.items()
        }
    }


if __name__ == "__main__":
    main()
