"""Model quality: metrics field by field as AWS documents them, with the figures of its examples."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from monitor_run import Monitor
from sklearn.metrics import precision_recall_fscore_support, roc_auc_score

TRUTH = {"analysis_type": "MODEL_QUALITY", "ground_truth_attribute": "label", "inference_attribute": "prediction"}
BINARY = {**TRUTH, "problem_type": "BinaryClassification"}
MULTICLASS = {**TRUTH, "problem_type": "MulticlassClassification"}
REGRESSION = {**TRUTH, "problem_type": "Regression"}
DOCUMENTED = "label,prediction\n0,0\n0,1\n0,1\n1,1\n"


def metrics(monitor: Monitor, rows: str, **variables: str) -> dict[str, Any]:
    statistics = monitor.analyze(rows, header=True, **variables).statistics
    (section,) = [statistics[key] for key in statistics if key.endswith("_metrics")]
    return dict(section)


def values(found: dict[str, Any]) -> dict[str, Any]:
    return {name: metric["value"] for name, metric in found.items() if "value" in metric}


def table(truth: list[int], predicted: list[int]) -> str:
    rows = zip(truth, predicted, strict=True)
    return "label,prediction\n" + "".join(f"{actual},{label}\n" for actual, label in rows)


def test_binary_metrics_are_those_of_awss_example(monitor: Monitor) -> None:
    found = metrics(monitor, DOCUMENTED, **BINARY)
    assert found["confusion_matrix"] == {"0": {"0": 1, "1": 2}, "1": {"0": 0, "1": 1}}
    assert found["recall"] == {"value": 1.0, "standard_deviation": "NaN"}
    expected = {
        "recall": 1.0,
        "precision": 1 / 3,
        "accuracy": 0.5,
        "recall_best_constant_classifier": 1.0,
        "precision_best_constant_classifier": 0.25,
        "accuracy_best_constant_classifier": 0.25,
        "true_positive_rate": 1.0,
        "true_negative_rate": 1 / 3,
        "false_positive_rate": 2 / 3,
        "false_negative_rate": 0.0,
        "f0_5": 0.3846153846153846,
        "f1": 0.5,
        "f2": 0.7142857142857143,
        "f0_5_best_constant_classifier": 0.29411764705882354,
        "f1_best_constant_classifier": 0.4,
        "f2_best_constant_classifier": 0.625,
    }
    assert values(found) == pytest.approx(expected)


def test_multiclass_metrics_are_those_of_awss_example(monitor: Monitor) -> None:
    counts = {(0, 0): 1180, (0, 1): 510, (1, 0): 268, (1, 1): 138}
    rows = "".join(f"{actual},{label}\n" * count for (actual, label), count in counts.items())
    found = metrics(monitor, f"label,prediction\n{rows}", **MULTICLASS)
    assert found["confusion_matrix"] == {"0": {"0": 1180, "1": 510}, "1": {"0": 268, "1": 138}}
    documented = {
        "accuracy": 0.6288167938931297,
        "weighted_recall": 0.6288167938931297,
        "weighted_precision": 0.6983172269629505,
        "weighted_f0_5": 0.6803947317178771,
        "weighted_f1": 0.6571162346664904,
        "weighted_f2": 0.6384024354394601,
    }
    constants = {f"{name}_best_constant_classifier" for name in documented}
    assert {name: value for name, value in values(found).items() if name in documented} == pytest.approx(documented)
    assert set(values(found)) == set(documented) | constants
    assert found["accuracy_best_constant_classifier"]["value"] == pytest.approx(1690 / 2096)


def test_multiclass_metrics_are_weighted_by_class(monitor: Monitor) -> None:
    random = np.random.default_rng(0)
    truth, predicted = random.integers(0, 4, 500), random.integers(0, 4, 500)
    found = values(metrics(monitor, table(truth.tolist(), predicted.tolist()), **MULTICLASS))
    for name, beta in {"weighted_f0_5": 0.5, "weighted_f1": 1.0, "weighted_f2": 2.0}.items():
        _, _, score, _ = precision_recall_fscore_support(truth, predicted, beta=beta, average="weighted")
        assert found[name] == pytest.approx(score)


def test_a_number_is_one_label_however_it_is_written(monitor: Monitor) -> None:
    written = "label,prediction\n0.0,false\n0,1.\n00,1\n1,true\n"
    assert metrics(monitor, written, **BINARY) == metrics(monitor, DOCUMENTED, **BINARY)
    classes = metrics(monitor, "label,prediction\n1,1.0\n2.50,2.5\n", **MULTICLASS)
    assert classes["confusion_matrix"] == {"1": {"1": 1, "2.5": 0}, "2.5": {"1": 0, "2.5": 1}}


def test_labels_of_classes_may_be_texts(monitor: Monitor) -> None:
    found = metrics(monitor, "label,prediction\ncat,cat\ncat,dog\ndog,dog\n", **MULTICLASS)
    assert found["confusion_matrix"] == {"cat": {"cat": 1, "dog": 1}, "dog": {"cat": 0, "dog": 1}}


def test_regression_metrics_are_of_the_errors(monitor: Monitor) -> None:
    found = metrics(monitor, "label,prediction\n1,2\n2,2\n3.0,1\n", **REGRESSION)
    assert values(found) == pytest.approx({"mae": 1.0, "mse": 5 / 3, "rmse": (5 / 3) ** 0.5, "r2": -1.5})


def test_scores_give_the_area_and_the_curves(monitor: Monitor) -> None:
    random = np.random.default_rng(0)
    truth = random.integers(0, 2, 300)
    scores = (random.random(300) * 0.6 + truth * 0.3).round(2)
    rows = "".join(f"{label},{score:.2f}\n" for label, score in zip(truth, scores, strict=True))
    attributes = {**BINARY, "inference_attribute": "", "probability_attribute": "score"}
    found = metrics(monitor, f"label,score\n{rows}", **attributes)
    assert found["auc"]["value"] == pytest.approx(roc_auc_score(truth, scores))
    roc = found["receiver_operating_characteristic_curve"]
    false_rates, true_rates = np.array(roc["false_positive_rates"]), np.array(roc["true_positive_rates"])
    assert (false_rates[0], true_rates[0], false_rates[-1], true_rates[-1]) == (0.0, 0.0, 1.0, 1.0)
    area = (np.diff(false_rates) * (true_rates[1:] + true_rates[:-1]) / 2).sum()
    assert area == pytest.approx(found["auc"]["value"])
    assert found["precision_recall_curve"]["recalls"][-1] == 1.0
    assert found["accuracy"]["value"] == pytest.approx(((scores > 0.5) == truth).mean())


def test_the_threshold_of_scores_may_be_given(monitor: Monitor) -> None:
    attributes = {**BINARY, "inference_attribute": "", "probability_attribute": "1"}
    rows = "label,score\n0,0.2\n1,0.4\n1,0.9\n"
    assert metrics(monitor, rows, **attributes)["recall"]["value"] == 0.5
    assert metrics(monitor, rows, **attributes, probability_threshold_attribute="0.3")["recall"]["value"] == 1.0


def test_metrics_of_200_rows_have_a_deviation_and_always_the_same(monitor: Monitor) -> None:
    random = np.random.default_rng(0)
    rows = table(random.integers(0, 2, 200).tolist(), random.integers(0, 2, 200).tolist())
    one, other = metrics(monitor, rows, **BINARY), metrics(monitor, rows, **BINARY)
    assert one == other
    assert 0 < one["accuracy"]["standard_deviation"] < 0.03


def test_what_cannot_be_computed_is_not_a_number_and_no_constraint(monitor: Monitor) -> None:
    reports = monitor.analyze("label,prediction\n0,0\n0,1\n", header=True, **BINARY)
    assert reports.statistics["binary_classification_metrics"]["recall"]["value"] == "NaN"
    assert "recall" not in reports.constraints["binary_classification_constraints"]
    json.dumps(reports.statistics, allow_nan=False)
