"""The metrics that the image adds are scikit-learn's."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from sklearn import metrics as sk
from xgboost_image.metrics import MAXIMISED, MINIMISED, added_metrics, evaluate_added, is_maximised, metric_rule

ON_CLASSES: dict[str, Callable] = {
    "accuracy": sk.accuracy_score,
    "balanced_accuracy": sk.balanced_accuracy_score,
    "f1": lambda y, p: sk.f1_score(y, p, average="macro"),
    "f1_macro": lambda y, p: sk.f1_score(y, p, average="macro"),
    "precision_macro": lambda y, p: sk.precision_score(y, p, average="macro", zero_division=0),
    "precision_micro": lambda y, p: sk.precision_score(y, p, average="micro"),
    "recall_macro": lambda y, p: sk.recall_score(y, p, average="macro", zero_division=0),
    "recall_micro": lambda y, p: sk.recall_score(y, p, average="micro"),
}
OF_TWO_CLASSES: dict[str, Callable] = {
    "f1_binary": sk.f1_score,
    "precision": lambda y, p: sk.precision_score(y, p, zero_division=0),
    "recall": sk.recall_score,
}
ON_PREDICTIONS: dict[str, Callable] = {"mse": sk.mean_squared_error, "r2": sk.r2_score}

RANDOM = np.random.default_rng(3)


@pytest.mark.parametrize("name", [*ON_CLASSES, *OF_TWO_CLASSES])
@pytest.mark.parametrize("threshold", [0.5, 0.9, 2], ids=["both classes", "few positives", "no positives"])
def test_metrics_of_two_classes_are_scikit_learns(name: str, threshold: float) -> None:
    labels = RANDOM.integers(0, 2, 200).astype(float)
    scores = np.clip(RANDOM.random(200) * 0.5 / threshold + 0.2 * labels, 0, 1)
    expected = {**ON_CLASSES, **OF_TWO_CLASSES}[name](labels, (scores > 0.5).astype(float))
    assert evaluate_added([name], "binary:logistic", labels, scores) == [(name, pytest.approx(expected))]


@pytest.mark.filterwarnings("ignore:y_pred contains classes not in y_true")
@pytest.mark.parametrize("name", ON_CLASSES)
def test_metrics_of_several_classes_are_scikit_learns(name: str) -> None:
    labels = RANDOM.integers(0, 3, 300).astype(float)
    scores = RANDOM.random((300, 4)) * [1, 1, 1, 0.7]
    expected = ON_CLASSES[name](labels, scores.argmax(axis=1))
    assert evaluate_added([name], "multi:softprob", labels, scores) == [(name, pytest.approx(expected))]


@pytest.mark.parametrize("name", ON_PREDICTIONS)
def test_metrics_of_a_regression_are_scikit_learns(name: str) -> None:
    labels, predictions = RANDOM.normal(size=50), RANDOM.normal(size=50)
    expected = ON_PREDICTIONS[name](labels, predictions)
    assert evaluate_added([name], "reg:squarederror", labels, predictions) == [(name, pytest.approx(expected))]


def test_labels_that_do_not_vary_have_no_variance_to_explain() -> None:
    labels = np.ones(3)
    assert evaluate_added(["r2"], "reg:squarederror", labels, labels) == [("r2", 1)]
    assert evaluate_added(["r2"], "reg:squarederror", labels, labels + 1) == [("r2", 0)]


@pytest.mark.parametrize(
    ("objective", "predictions"),
    [("binary:logitraw", [-0.1, 0.1, 3]), ("binary:hinge", [0, 1, 1]), ("multi:softmax", [0, 1, 1])],
)
def test_a_prediction_becomes_a_class_after_its_objective(objective: str, predictions: list[float]) -> None:
    labels = np.array([0.0, 1.0, 1.0])
    assert evaluate_added(["accuracy"], objective, labels, np.array(predictions)) == [("accuracy", 1)]


def test_only_metrics_that_xgboost_lacks_are_added_in_the_order_given() -> None:
    assert added_metrics(["recall", "auc", "mse", "rmse", "accuracy"]) == ["recall", "mse", "accuracy"]


@pytest.mark.parametrize("name", [*MAXIMISED, *MINIMISED, "error@0.7", "ndcg@5", "map@2-"])
def test_a_metric_of_the_image_is_taken(name: str) -> None:
    assert metric_rule(name) == name


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("AUC", "must be one of accuracy, aft-nloglik"),
        ("auc@2", "may have a threshold"),
        ("error@x", "a number after @"),
    ],
)
def test_any_other_metric_is_refused(name: str, rule: str) -> None:
    with pytest.raises(ValueError, match=rule):
        metric_rule(name)


def test_a_metric_with_a_threshold_is_better_in_the_direction_of_its_own() -> None:
    assert is_maximised("ndcg@5")
    assert not is_maximised("error@0.7")
