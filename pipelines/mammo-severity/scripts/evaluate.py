"""Measures a trained model on the test set.

Runs in SageMaker's XGBoost image as a Processing job (`Mammo-Eval`). Reads `<root>/model/model.tar.gz`
(holding `xgboost-model`, as the image's training writes it) and `<root>/test/test.csv` (headerless, label
first), writes `<root>/evaluation/evaluation.json`. Each metric is a value with its standard deviation, as in
Model Monitor's model quality report
(https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html):

    classification_metrics.auc                 area under the ROC curve of the scores, with its standard error
    classification_metrics.auc_low, .auc_high  its 95 % confidence interval
    classification_metrics.receiver_operating_characteristic_curve
"""

from __future__ import annotations

import argparse
import json
import os
import tarfile
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd
import xgboost as xgb
from scipy.stats import rankdata
from sklearn.metrics import roc_curve

MODEL_FILE = "xgboost-model"


class EvaluationError(Exception):
    """The model cannot be evaluated; the message says which file and why, and quotes no value of a row."""


def main() -> None:
    root = parse_arguments().root
    try:
        booster = load_model(root / "model" / "model.tar.gz")
        labels, features = load_test(root / "test" / "test.csv")
    except EvaluationError as error:
        raise SystemExit(f"error: {error}") from None
    report = evaluation(labels, booster.predict(xgb.DMatrix(features)))
    metrics = report["classification_metrics"]
    path = root / "evaluation" / "evaluation.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    auc, low, high = (metrics[name]["value"] for name in ("auc", "auc_low", "auc_high"))
    print(f"AUC {auc:.4f} (95 % interval {low:.4f} to {high:.4f}) on {len(labels)} rows")


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
                raise EvaluationError(f"{archive}: {MODEL_FILE} is not a file")
            return xgb.Booster(model_file=bytearray(member.read()))
    except (OSError, KeyError, tarfile.TarError, xgb.core.XGBoostError) as error:
        raise EvaluationError(f"{archive}: holds no readable {MODEL_FILE}: {error}") from None


def load_test(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Labels and features of a headerless CSV file, label first."""
    try:
        rows = pd.read_csv(path, header=None).to_numpy(dtype=float)
    except (OSError, pd.errors.ParserError) as error:
        raise EvaluationError(f"{path}: cannot be read as headerless CSV of numbers: {error}") from None
    except ValueError:  # whose message quotes the cell
        raise EvaluationError(f"{path}: cannot be read as headerless CSV of numbers") from None
    labels = rows[:, 0]
    if set(labels) != {0, 1}:
        raise EvaluationError(f"{path}: AUC needs labels 0 and 1, both of them and no other")
    return labels, rows[:, 1:]


def evaluation(labels: np.ndarray, scores: np.ndarray) -> dict[str, dict[str, dict]]:
    """The report of a binary classifier's scores (probabilities, not classes) against 0/1 labels."""
    auc, error = auc_with_error(labels, scores)
    margin = NormalDist().inv_cdf(0.975) * error
    false_positive_rates, true_positive_rates, _ = roc_curve(labels, scores)
    return {
        "classification_metrics": {
            "auc": {"value": auc, "standard_deviation": error},
            "auc_low": {"value": max(0.0, auc - margin), "standard_deviation": "NaN"},
            "auc_high": {"value": min(1.0, auc + margin), "standard_deviation": "NaN"},
            "receiver_operating_characteristic_curve": {
                "false_positive_rates": false_positive_rates.tolist(),
                "true_positive_rates": true_positive_rates.tolist(),
            },
        }
    }


def auc_with_error(labels: np.ndarray, scores: np.ndarray) -> tuple[float, float]:
    """Area under the ROC curve and its standard error, after DeLong, DeLong and Clarke-Pearson (1988).

    By midranks (Sun and Xu 2014), in O(n log n). The error is 0 with fewer than two rows of a label.
    """
    positive, negative = scores[labels == 1], scores[labels == 0]
    ranks = rankdata(np.concatenate([positive, negative]))
    above = (ranks[: len(positive)] - rankdata(positive)) / len(negative)
    below = 1 - (ranks[len(positive) :] - rankdata(negative)) / len(positive)
    variance = sum(part.var(ddof=1) / len(part) for part in (above, below) if len(part) > 1)
    return float(above.mean()), float(np.sqrt(variance))


if __name__ == "__main__":
    main()
