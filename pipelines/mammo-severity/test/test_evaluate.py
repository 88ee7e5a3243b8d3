from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import xgboost as xgb
from evaluate import EvaluationError, auc_with_error, evaluation, load_model, load_test
from script_runs import run_script, write_artifact


def test_the_model_reaches_an_auc_of_0_85_on_the_shipped_data(
    processed: Path, booster: xgb.Booster, tmp_path: Path
) -> None:
    shutil.copytree(processed / "test", tmp_path / "test")
    write_artifact(bytes(booster.save_raw("ubj")), tmp_path / "model" / "model.tar.gz")
    result = run_script("evaluate.py", tmp_path)
    assert result.returncode == 0, result.stderr
    metrics = json.loads((tmp_path / "evaluation" / "evaluation.json").read_text())["classification_metrics"]
    auc, low, high = (metrics[name]["value"] for name in ("auc", "auc_low", "auc_high"))
    assert 0.85 <= auc <= 0.95
    assert 0.05 < high - low < 0.15
    assert low < auc < high
    assert f"AUC {auc:.4f}" in result.stdout


def test_auc_of_four_scores_and_its_error_are_as_worked_out_by_hand() -> None:
    auc, error = auc_with_error(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8]))
    assert auc == pytest.approx(3 / 4)
    assert error == pytest.approx(np.sqrt(0.125))


def test_equal_scores_count_half() -> None:
    auc, error = auc_with_error(np.array([0, 1, 0, 1]), np.array([0.5, 0.5, 0.5, 0.5]))
    assert (auc, error) == (0.5, 0)


def test_defect_auc_is_computed_on_scores_not_on_classes() -> None:
    """Every score is above 0.5, so classes alone would give 0.5."""
    report = evaluation(np.array([0, 0, 1, 1]), np.array([0.6, 0.7, 0.8, 0.9]))
    assert report["classification_metrics"]["auc"]["value"] == 1


def test_the_interval_stays_within_0_and_1() -> None:
    metrics = evaluation(np.array([0, 0, 1, 1]), np.array([0.1, 0.4, 0.35, 0.8]))["classification_metrics"]
    assert metrics["auc_high"]["value"] == 1
    assert metrics["auc_low"]["value"] == pytest.approx(0.75 - 1.959964 * np.sqrt(0.125))


def test_the_curve_runs_from_0_0_to_1_1() -> None:
    metrics = evaluation(np.array([0, 1, 0, 1]), np.array([0.2, 0.3, 0.6, 0.9]))["classification_metrics"]
    curve = metrics["receiver_operating_characteristic_curve"]
    assert curve["false_positive_rates"] == [0, 0, 0.5, 0.5, 1]
    assert curve["true_positive_rates"] == [0, 0.5, 0.5, 1, 1]


@pytest.mark.parametrize("encoding", ["ubj", "json"])
def test_a_model_file_in_either_of_xgboosts_encodings_is_read(
    tmp_path: Path, booster: xgb.Booster, encoding: str
) -> None:
    write_artifact(bytes(booster.save_raw(encoding)), tmp_path / "model.tar.gz")
    rows = xgb.DMatrix(np.array([[5, 67, 3, 5, 3], [4, 28, 1, 1, 3]]))
    assert load_model(tmp_path / "model.tar.gz").predict(rows).tolist() == booster.predict(rows).tolist()


@pytest.mark.parametrize(
    ("name", "model"), [("other-file", b"{}"), ("xgboost-model", b"not a model"), ("xgboost-model", b"")]
)
def test_an_archive_without_a_readable_model_is_refused(tmp_path: Path, name: str, model: bytes) -> None:
    write_artifact(model, tmp_path / "model.tar.gz", name)
    with pytest.raises(EvaluationError, match=r"model\.tar\.gz: holds no readable xgboost-model"):
        load_model(tmp_path / "model.tar.gz")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1,5,67,3,5,3\n1,4,43,1,1,3\n", "AUC needs labels 0 and 1, both of them and no other"),
        ("Severity,BIRADS\n1,5\n", "cannot be read as headerless CSV of numbers"),
        ("", "cannot be read as headerless CSV of numbers"),
    ],
)
def test_a_test_set_without_two_classes_of_numbers_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "test.csv").write_text(text)
    with pytest.raises(EvaluationError) as error:
        load_test(tmp_path / "test.csv")
    assert str(error.value).startswith(f"{tmp_path}/test.csv: {message}")


def test_a_missing_model_ends_the_job_with_one_line_and_no_report(tmp_path: Path) -> None:
    result = run_script("evaluate.py", tmp_path)
    assert result.returncode == 1
    assert result.stderr.startswith(f"error: {tmp_path}/model/model.tar.gz: holds no readable xgboost-model")
    assert len(result.stderr.splitlines()) == 1
    assert not (tmp_path / "evaluation").exists()
