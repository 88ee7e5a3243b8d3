"""Evaluation metrics: XGBoost's own, and those that the image adds to them (metrics/custom_metrics.py there).

The added ones are scikit-learn's of the same names, worked out with numpy: scikit-learn takes seconds to import.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

MAXIMISED_NAMES = (
    "accuracy auc aucpr balanced_accuracy f1 f1_binary f1_macro map ndcg precision precision_macro precision_micro "
    "r2 recall recall_macro recall_micro"
)
MINIMISED_NAMES = (
    "aft-nloglik cox-nloglik error gamma-deviance gamma-nloglik interval-regression-accuracy logloss mae mape merror "
    "mlogloss mphe mse poisson-nloglik rmse rmsle tweedie-nloglik"
)
MAXIMISED, MINIMISED = MAXIMISED_NAMES.split(), MINIMISED_NAMES.split()
WITH_THRESHOLD = ("error", "ndcg", "map")

Metric = Callable[[np.ndarray, np.ndarray], float]


def metric_rule(name: str) -> str:
    """A metric the image knows, or error@t, ndcg@t, map@t. Raises ValueError otherwise."""
    base, at, threshold = name.partition("@")
    if at and base not in WITH_THRESHOLD:
        raise ValueError(f"may have a threshold after {', '.join(WITH_THRESHOLD)} only")
    if at and not threshold.removesuffix("-").replace(".", "", 1).isdigit():
        raise ValueError("must have a number after @")
    if base not in MAXIMISED + MINIMISED:
        raise ValueError(f"must be one of {', '.join(sorted(MAXIMISED + MINIMISED))}")
    return name


def is_maximised(name: str) -> bool:
    return name.partition("@")[0] in MAXIMISED


def mse(labels: np.ndarray, predictions: np.ndarray) -> float:
    return float(np.mean((labels - predictions) ** 2))


def r2(labels: np.ndarray, predictions: np.ndarray) -> float:
    """The share of the labels' variance that is explained; with labels that do not vary 1 where exact, else 0."""
    rest, total = np.sum((labels - predictions) ** 2), np.sum((labels - labels.mean()) ** 2)
    return float(1 - rest / total) if total else float(rest == 0)


def accuracy(labels: np.ndarray, classes: np.ndarray) -> float:
    return float(np.mean(labels == classes))


def class_scores(labels: np.ndarray, classes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall and F1 of every class that occurs, in the order of the classes; 0 where there is none."""
    names = np.union1d(labels, classes)
    right = np.array([np.sum((labels == name) & (classes == name)) for name in names])
    predicted = np.array([np.sum(classes == name) for name in names])
    actual = np.array([np.sum(labels == name) for name in names])
    return _share(right, predicted), _share(right, actual), _share(2 * right, predicted + actual)


def _share(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.zeros(len(part)), where=whole > 0)


def balanced_accuracy(labels: np.ndarray, classes: np.ndarray) -> float:
    """The mean recall of the classes that the labels hold."""
    return float(np.mean([np.mean(classes[labels == name] == name) for name in np.unique(labels)]))


def _mean_of(score: int) -> Metric:
    return lambda labels, classes: float(np.mean(class_scores(labels, classes)[score]))


def _of_class_1(score: int) -> Metric:
    def metric(labels: np.ndarray, classes: np.ndarray) -> float:
        of_class_1 = class_scores(labels, classes)[score][np.union1d(labels, classes) == 1]
        return float(of_class_1[0]) if len(of_class_1) else 0.0

    return metric


ON_PREDICTIONS: dict[str, Metric] = {"mse": mse, "r2": r2}
PRECISION, RECALL, F1 = 0, 1, 2
ON_CLASSES: dict[str, Metric] = {
    "accuracy": accuracy,
    "balanced_accuracy": balanced_accuracy,
    "f1": _mean_of(F1),
    "f1_binary": _of_class_1(F1),
    "f1_macro": _mean_of(F1),
    "precision": _of_class_1(PRECISION),
    "precision_macro": _mean_of(PRECISION),
    "precision_micro": accuracy,
    "recall": _of_class_1(RECALL),
    "recall_macro": _mean_of(RECALL),
    "recall_micro": accuracy,
}


def added_metrics(names: Sequence[str]) -> list[str]:
    """Those of the metrics that XGBoost itself does not have, in the order given."""
    return [name for name in names if name in ON_CLASSES or name in ON_PREDICTIONS]


def evaluate_added(
    names: Sequence[str], objective: str, labels: np.ndarray, predictions: np.ndarray
) -> list[tuple[str, float]]:
    """Name and value of added metrics. Classes are the likeliest ones: above 0.5, or above 0 for log-odds."""
    if predictions.ndim == 2:
        classes = predictions.argmax(axis=1)
    elif objective.startswith("multi:"):
        classes = predictions
    else:
        classes = predictions > (0 if objective == "binary:logitraw" else 0.5)
    return [
        (name, ON_CLASSES[name](labels, classes))
        if name in ON_CLASSES
        else (name, ON_PREDICTIONS[name](labels, predictions))
        for name in names
    ]
