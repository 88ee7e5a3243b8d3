"""Metrics of a binary classifier's scores over all thresholds."""

from __future__ import annotations

import math

import numpy as np

POINTS_LIMIT = 200
"""Points that a curve is written with at most."""


def auc(truth: np.ndarray, scores: np.ndarray) -> float:
    """Area under the ROC curve: how often a positive row scores above a negative one, ties half. NaN for one class."""
    positives, negatives = int((truth == 1).sum()), int((truth == 0).sum())
    if not positives or not negatives:
        return math.nan
    _, places, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[places]
    return float((ranks[truth == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def curves(truth: np.ndarray, scores: np.ndarray) -> dict[str, dict[str, list[float]]]:
    """The ROC and precision-recall curves, at thresholds from the highest score down; none for one class."""
    order = np.argsort(-scores, kind="stable")
    last = np.flatnonzero(np.append(np.diff(scores[order]) != 0, True))
    true_positives = np.cumsum(truth[order] == 1)[last]
    positives = true_positives[-1]
    negatives = len(truth) - positives
    if not positives or not negatives:
        return {}
    picked = np.unique(np.linspace(0, len(last) - 1, min(len(last), POINTS_LIMIT)).round().astype(int))
    predicted, true_positives = last[picked] + 1, true_positives[picked]
    recalls, precisions = true_positives / positives, true_positives / predicted
    false_positive_rates = (predicted - true_positives) / negatives
    return {
        "receiver_operating_characteristic_curve": {
            "false_positive_rates": [0.0, *false_positive_rates.tolist(), 1.0],
            "true_positive_rates": [0.0, *recalls.tolist(), 1.0],
        },
        "precision_recall_curve": {
            "precisions": [float(precisions[0]), *precisions.tolist()],
            "recalls": [0.0, *recalls.tolist()],
        },
    }
