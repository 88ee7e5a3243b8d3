"""A training job: reads the channels, trains, writes the model."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import xgboost as xgb

from xgboost_image.channels import CHANNELS, Rows, check_channels, read_channel
from xgboost_image.hyperparameters import Hyperparameters, parse_hyperparameters
from xgboost_image.job import JobError, first_line, ml_root, write_whole
from xgboost_image.metrics import added_metrics, evaluate_added
from xgboost_image.model_file import MODEL_FILE, image_version, model_bytes
from xgboost_image.rounds import round_callback

ROWS_FOR_THREADS = 10_000
"""Below so many rows threads wait for each other longer than they work; one thread also gives the same model twice."""


def train() -> None:
    """Runs the job in the folders of a training container below /opt/ml.
    https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-training-algo-running-container.html
    """
    root = ml_root()
    version = image_version()
    hyperparameters = parse_hyperparameters(read_json(root / "input" / "config" / "hyperparameters.json"), version)
    channels = read_json(root / "input" / "config" / "inputdataconfig.json")
    check_channels(channels)
    rows = {
        name: read_channel(root / "input" / "data" / name, hyperparameters.csv_weights)
        for name in CHANNELS
        if name in channels
    }
    check_rows(rows, hyperparameters.booster)
    describe(rows, hyperparameters)
    booster = fit(rows, hyperparameters)
    write_whole(root / "model" / MODEL_FILE, model_bytes(booster, version))


def read_json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise JobError(f"{path} cannot be read as JSON: {error}") from None
    if not isinstance(content, dict):
        raise JobError(f"{path} must hold a JSON object, got: {content!r}")
    return content


def objective_of(settings: Mapping[str, Any]) -> str:
    return str(settings.get("objective", "reg:squarederror"))


def check_rows(rows: Mapping[str, Rows], settings: Mapping[str, Any]) -> None:
    """Raises JobError where channels have different columns, or labels are not what the objective is for."""
    widths = {name: channel.features.shape[1] for name, channel in rows.items()}
    if len(set(widths.values())) > 1:
        raise JobError(f"channels must have the same number of features, got: {widths}")
    for name, channel in rows.items():
        rule, wrong = wrong_labels(channel.labels, objective_of(settings), settings.get("num_class", 0))
        if wrong.any():
            raise JobError(f"channel {name}: a label of {objective_of(settings)} must be {rule}")


def wrong_labels(labels: np.ndarray, objective: str, classes: int) -> tuple[str, np.ndarray]:
    """An objective's rule for labels, and which labels break it; XGBoost says what other objectives refuse."""
    if objective.startswith("binary:") or objective == "reg:logistic":
        return "in [0, 1]", (labels < 0) | (labels > 1)
    if objective.startswith("multi:"):
        wrong = (labels < 0) | (labels >= classes) | (labels != np.floor(labels))
        return f"an integer in [0, {classes - 1}]", wrong
    return "a number", np.isnan(labels)


def describe(rows: Mapping[str, Rows], hyperparameters: Hyperparameters) -> None:
    print(f"XGBoost {xgb.__version__}")
    for name, channel in rows.items():
        count, features = channel.features.shape
        print(f"{name.capitalize()} matrix has {count} rows and {features} features")
    for name in hyperparameters.without_effect:
        print(f"Hyperparameter {name} has no effect")


def fit(rows: Mapping[str, Rows], hyperparameters: Hyperparameters) -> xgb.Booster:
    """Trains, with a line of every metric on every channel a round: `[0]\\ttrain-auc:0.90000\\t…`."""
    matrices = [(to_matrix(channel), name) for name, channel in rows.items()]
    added = added_metrics(hyperparameters.eval_metric)
    settings = dict(hyperparameters.booster)
    if len(rows["train"].labels) < ROWS_FOR_THREADS:
        settings.setdefault("nthread", 1)
    own_metrics = [metric for metric in hyperparameters.eval_metric if metric not in added]
    if own_metrics:
        settings["eval_metric"] = own_metrics

    def evaluate(predictions: np.ndarray, matrix: xgb.DMatrix) -> list[tuple[str, float]]:
        return evaluate_added(added, objective_of(settings), matrix.get_label(), predictions)

    try:
        return xgb.train(
            settings,
            matrices[0][0],
            num_boost_round=hyperparameters.num_round,
            evals=matrices,
            custom_metric=evaluate if added else None,
            callbacks=[round_callback(hyperparameters, "validation" in rows)],
            verbose_eval=False,
        )
    except xgb.core.XGBoostError as error:
        raise JobError(f"XGBoost: {first_line(error)}") from error


def to_matrix(rows: Rows) -> xgb.DMatrix:
    return xgb.DMatrix(rows.features, label=rows.labels, weight=rows.weights)
