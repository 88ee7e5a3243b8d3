"""The kinds of problem that a model quality job knows: which values each takes, its metrics, and what is too bad."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from model_monitor.classification import binary_metrics, confusion_matrix, multiclass_metrics
from model_monitor.curves import auc, curves
from model_monitor.predictions import Predictions
from model_monitor.regression import regression_metrics

Values = tuple[np.ndarray, ...]


@dataclass(frozen=True)
class Problem:
    key: str
    """Begins the names of the files' sections: `regression_metrics`, `regression_constraints`."""
    values: Callable[[Predictions], Values]
    """True values first, then predicted ones."""
    metrics: Callable[..., Mapping[str, float]]
    extras: Callable[..., Mapping[str, Any]]
    """Statistics that are no single number."""
    constrained: Mapping[str, str]
    """The metrics with a suggested threshold, and on which side of it they are too bad."""


def _regression_values(predictions: Predictions) -> Values:
    return predictions.numbers("ground_truth_attribute"), predictions.numbers("inference_attribute")


def _multiclass_values(predictions: Predictions) -> Values:
    return predictions.labels("ground_truth_attribute"), predictions.labels("inference_attribute")


def _binary_values(predictions: Predictions) -> Values:
    """Truth, predicted labels, and scores where there are any; a score above the threshold counts as 1."""
    truth = predictions.binary("ground_truth_attribute")
    if "probability_attribute" not in predictions:
        return truth, predictions.binary("inference_attribute")
    scores = predictions.numbers("probability_attribute")
    if "inference_attribute" in predictions:
        return truth, predictions.binary("inference_attribute"), scores
    threshold = predictions.share("probability_threshold_attribute", default=0.5)
    return truth, (scores > threshold).astype(int), scores


def _binary_metrics(truth: np.ndarray, predicted: np.ndarray, *scores: np.ndarray) -> dict[str, float]:
    area = {"auc": auc(truth, scores[0])} if scores else {}
    return {**binary_metrics(truth, predicted), **area}


def _binary_extras(truth: np.ndarray, predicted: np.ndarray, *scores: np.ndarray) -> dict[str, Any]:
    found: dict[str, Any] = {"confusion_matrix": confusion_matrix(truth, predicted)}
    for column in scores:
        found.update(curves(truth, column))
    return found


def _sides(less: str, greater: str = "") -> dict[str, str]:
    return {
        **dict.fromkeys(less.split(), "LessThanThreshold"),
        **dict.fromkeys(greater.split(), "GreaterThanThreshold"),
    }


PROBLEMS: Mapping[str, Problem] = {
    "Regression": Problem(
        "regression", _regression_values, regression_metrics, lambda *_: {}, _sides("r2", "mae mse rmse")
    ),
    "BinaryClassification": Problem(
        "binary_classification",
        _binary_values,
        _binary_metrics,
        _binary_extras,
        _sides(
            "recall precision accuracy true_positive_rate true_negative_rate auc f0_5 f1 f2",
            "false_positive_rate false_negative_rate",
        ),
    ),
    "MulticlassClassification": Problem(
        "multiclass_classification",
        _multiclass_values,
        multiclass_metrics,
        lambda truth, predicted: {"confusion_matrix": confusion_matrix(truth, predicted)},
        _sides("accuracy weighted_recall weighted_precision weighted_f0_5 weighted_f1 weighted_f2"),
    ),
}
