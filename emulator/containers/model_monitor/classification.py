"""Metrics of classifiers from true and predicted labels.

https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-model-quality-metrics.html
"""

from __future__ import annotations

import math

import numpy as np

BETAS = {"f0_5": 0.5, "f1": 1.0, "f2": 2.0}


def binary_metrics(truth: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    """Of labels 0 and 1; NaN where a rate has nothing to be a rate of."""
    positives, negatives = int((truth == 1).sum()), int((truth == 0).sum())
    true_positives = int(((truth == 1) & (predicted == 1)).sum())
    false_positives = int(((truth == 0) & (predicted == 1)).sum())
    recall = _ratio(true_positives, positives)
    false_positive_rate = _ratio(false_positives, negatives)
    precision = true_positives / (true_positives + false_positives) if true_positives else 0.0
    return {
        "recall": recall,
        "precision": precision,
        "accuracy": float((truth == predicted).mean()),
        **_constant_binary(positives / len(truth)),
        "true_positive_rate": recall,
        "true_negative_rate": 1 - false_positive_rate,
        "false_positive_rate": false_positive_rate,
        "false_negative_rate": 1 - recall,
        **{name: f_score(precision, recall, beta) for name, beta in BETAS.items()},
    }


def _constant_binary(share: float) -> dict[str, float]:
    """The classifier that answers 1 to everything, which a share of the rows deserve."""
    scores = {name: f_score(share, 1.0, beta) for name, beta in BETAS.items()}
    metrics = {"recall": 1.0, "precision": share, "accuracy": share, **scores}
    return {f"{name}_best_constant_classifier": value for name, value in metrics.items()}


def multiclass_metrics(truth: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    """Each class's metrics, weighted with its share of the rows. The best constant answers the most frequent class."""
    classes, counts = np.unique(truth, return_counts=True)
    constant = np.full(len(truth), classes[counts.argmax()])
    best = {f"{name}_best_constant_classifier": value for name, value in _weighted(truth, constant).items()}
    return {**_weighted(truth, predicted), **best}


def _weighted(truth: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    sums = dict.fromkeys(["recall", "precision", *BETAS], 0.0)
    for label, support in zip(*np.unique(truth, return_counts=True), strict=True):
        hits = int(((truth == label) & (predicted == label)).sum())
        recall = hits / support
        precision = hits / int((predicted == label).sum()) if hits else 0.0
        scores = {name: f_score(precision, recall, beta) for name, beta in BETAS.items()}
        for name, value in {"recall": recall, "precision": precision, **scores}.items():
            sums[name] += value * support / len(truth)
    weighted = {f"weighted_{name}": float(value) for name, value in sums.items()}
    return {"accuracy": float((truth == predicted).mean()), **weighted}


def confusion_matrix(truth: np.ndarray, predicted: np.ndarray) -> dict[str, dict[str, int]]:
    """How many rows of each true label (outer) have each predicted label (inner)."""
    labels = np.unique(np.concatenate([truth, predicted]))
    return {
        str(actual): {str(label): int(((truth == actual) & (predicted == label)).sum()) for label in labels}
        for actual in labels
    }


def f_score(precision: float, recall: float, beta: float) -> float:
    weighted = beta * beta * precision + recall
    return (1 + beta * beta) * precision * recall / weighted if weighted else 0.0


def _ratio(count: int, total: int) -> float:
    return count / total if total else math.nan
