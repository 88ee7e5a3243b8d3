"""What the train pipeline's scripts do, from rows to bounds."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xgboost as xgb
from bounds import with_bounds
from evaluate import evaluation, load_model
from rows import DataError
from script_runs import Job

SUGGESTED = {"threshold": 1.0, "comparison_operator": "GreaterThanThreshold", "additional_properties": None}


def split(job: Job, data: Mapping[str, pd.DataFrame]) -> Path:
    return job("preprocess", {"input/data/part1.csv": data["diabetes-train-part1.csv"]})


def test_rows_are_split_60_15_25_label_first_and_each_once(job: Job, data: Mapping[str, pd.DataFrame]) -> None:
    root = split(job, data)
    sets = [pd.read_csv(root / name / f"{name}.csv", header=None) for name in ("train", "validation", "test")]
    assert [len(rows) for rows in sets] == [193, 48, 81]
    assert sorted(pd.concat(sets)[0]) == sorted(data["diabetes-train-part1.csv"]["progression"])


def test_both_training_files_are_read_and_nobody_may_be_in_both(job: Job, data: Mapping[str, pd.DataFrame]) -> None:
    part1, part2 = data["diabetes-train-part1.csv"], data["diabetes-train-part2.csv"]
    root = job("preprocess", {"input/data/1.csv": part1, "input/data/2.csv": part2})
    assert len((root / "train/train.csv").read_text().splitlines()) == 211
    with pytest.raises(SystemExit, match=r"30 ids are in more than one of 1\.csv, 2\.csv, 3\.csv"):
        job("preprocess", {"input/data/3.csv": part2})


def test_too_few_rows_are_refused(job: Job, data: Mapping[str, pd.DataFrame]) -> None:
    with pytest.raises(SystemExit, match="39 rows are too few to split"):
        job("preprocess", {"input/data/part1.csv": data["diabetes-train-part1.csv"][:39]})


def archive(model: bytes, name: str = "xgboost-model") -> bytes:
    """A model.tar.gz as SageMaker's XGBoost image writes it."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = len(model)
        tar.addfile(member, io.BytesIO(model))
    return packed.getvalue()


def test_a_model_is_better_than_the_mean_and_its_predictions_are_kept(
    job: Job, data: Mapping[str, pd.DataFrame]
) -> None:
    rows = pd.read_csv(split(job, data) / "train/train.csv", header=None).to_numpy()
    booster = xgb.train({"max_depth": 2, "eta": 0.1}, xgb.DMatrix(rows[:, 1:], label=rows[:, 0]), 60)
    root = job("evaluate", {"model/model.tar.gz": archive(bytes(booster.save_raw("ubj")))})
    metrics = json.loads((root / "evaluation/evaluation.json").read_text())["regression_metrics"]
    assert 0.25 < metrics["r2"]["value"] < 0.6
    kept = pd.read_csv(root / "predictions/predictions.csv")
    errors = kept["prediction"] - kept["ground_truth"]
    assert metrics["rmse"]["value"] == pytest.approx(np.sqrt((errors**2).mean()))
    assert len(kept) == 81


def test_metrics_are_as_worked_out_by_hand() -> None:
    metrics = evaluation(np.array([1.0, 2, 3]), np.array([1.0, 2, 6]))["regression_metrics"]
    values = {name: metric["value"] for name, metric in metrics.items()}
    assert values == pytest.approx({"mae": 1, "mse": 3, "rmse": np.sqrt(3), "r2": 1 - 9 / 2})


@pytest.mark.parametrize(("name", "model"), [("other", b"{}"), ("xgboost-model", b"no model")])
def test_an_archive_without_a_readable_model_is_refused(tmp_path: Path, name: str, model: bytes) -> None:
    (tmp_path / "model.tar.gz").write_bytes(archive(model, name))
    with pytest.raises(DataError, match=r"model\.tar\.gz: holds no readable xgboost-model"):
        load_model(tmp_path / "model.tar.gz")


def test_one_period_in_a_hundred_is_worse_than_its_bounds_by_chance() -> None:
    random = np.random.default_rng(1)
    truth = random.normal(150, 70, 5000)
    predicted = truth + random.normal(0, 50, 5000)
    lower = {**SUGGESTED, "comparison_operator": "LessThanThreshold"}
    given = {"version": 0.0, "regression_constraints": {"rmse": SUGGESTED, "r2": lower}}
    constraints = with_bounds(given, truth, predicted, 40)["regression_constraints"]
    errors = random.normal(0, 50, (20_000, 40))
    worse = (np.sqrt((errors**2).mean(axis=1)) > constraints["rmse"]["threshold"]).mean()
    assert 0.003 < worse < 0.03
    assert -0.3 < constraints["r2"]["threshold"] < 1 - 50**2 / 70**2


def test_bounds_keep_what_constraints_say_else_and_are_wider_for_shorter_periods(
    job: Job, data: Mapping[str, pd.DataFrame]
) -> None:
    truth = data["diabetes-truth.csv"]["value"]
    predictions = pd.DataFrame({"ground_truth": truth, "prediction": truth.mean()})
    constraints = json.dumps({"version": 0.0, "regression_constraints": {"mae": SUGGESTED}})
    files = {"input/predictions/predictions.csv": predictions, "input/constraints/constraints.json": constraints}
    thresholds = []
    for rows in ("40", "10"):
        root = job("bounds", files, "--rows", rows)
        bounded = json.loads((root / "bounds/constraints.json").read_text())["regression_constraints"]["mae"]
        assert bounded == {**SUGGESTED, "threshold": bounded["threshold"]}
        thresholds.append(bounded["threshold"])
    assert thresholds[0] < thresholds[1]


@pytest.mark.parametrize("text", ["", "[]", '{"regression_constraints": {"auc": {"threshold": 1}}}'])
def test_what_are_no_constraints_of_a_regression_is_refused(
    job: Job, data: Mapping[str, pd.DataFrame], text: str
) -> None:
    predictions = pd.DataFrame({"ground_truth": [1.0], "prediction": [1.0]})
    files = {"input/predictions/predictions.csv": predictions, "input/constraints/constraints.json": text}
    with pytest.raises(SystemExit, match="must hold Model Monitor's regression_constraints"):
        job("bounds", files, "--rows", "40")
