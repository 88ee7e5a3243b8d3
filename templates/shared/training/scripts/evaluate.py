"""Measures a trained model on the rows that were held out.

Runs in SageMaker's XGBoost image as a Processing job. Reads `<root>/input/model/model.tar.gz` (holding `xgboost-model`)
and `<root>/input/held-out/` (features.csv and truth.csv, headerless). Writes `<root>/evaluation/evaluation.json`, as
Model Monitor's model quality report has it
(https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html):

    binary_classification_metrics.auc  .accuracy
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
from sklearn.metrics import accuracy_score, roc_auc_score

MODEL_FILE = "xgboost-model"


def main() -> None:
    root = parse_arguments().root
    rows = root / "input" / "held-out"
    truth = read_numbers(rows / "truth.csv")[:, 0]
    predicted = load_model(root / "input/model/model.tar.gz").predict(xgb.DMatrix(read_numbers(rows / "features.csv")))
    report = evaluation(truth, predicted)
    path = root / "evaluation" / "evaluation.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    metrics = report["binary_classification_metrics"]
    print(f"AUC {metrics['auc']['value']:.4f}, accuracy {metrics['accuracy']['value']:.4f} on {len(truth)} rows")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    root = os.environ.get("PROCESSING_ROOT", "/opt/ml/processing")
    parser.add_argument("--root", type=Path, default=root, help="folder of inputs and outputs (%(default)s)")
    return parser.parse_args()


def load_model(archive: Path) -> xgb.Booster:
    """The booster of a training job's artifact, read from memory: XGBoost then tells JSON from UBJSON."""
    with tarfile.open(archive) as tar:
        member = tar.extractfile(MODEL_FILE)
        if member is None:
            raise SystemExit(f"error: {archive}: {MODEL_FILE} is no file")
        return xgb.Booster(model_file=bytearray(member.read()))


def read_numbers(path: Path) -> np.ndarray:
    return pd.read_csv(path, header=None).to_numpy(dtype=float)


def evaluation(truth: np.ndarray, predicted: np.ndarray) -> dict[str, dict[str, dict[str, float | str]]]:
    metrics = {"auc": roc_auc_score(truth, predicted), "accuracy": accuracy_score(truth, predicted >= 0.5)}
    return {
        "binary_classification_metrics": {
            name: {"value": float(value), "standard_deviation": "NaN"} for name, value in metrics.items()
        }
    }


if __name__ == "__main__":
    main()
