"""A batch transform job: scores one CSV file with a trained model."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import xgboost as xgb

from xgboost_image.channels import check_csv
from xgboost_image.csv_rows import read_rows
from xgboost_image.job import JobError, first_line, write_whole
from xgboost_image.model_file import image_version, load_model


def transform() -> None:
    """Scores the rows of INPUT_FILE with the model in MODEL_DATA into OUTPUT_FILE, one prediction a line.

    Environment: MODEL_DATA, a model.tar.gz; INPUT_FILE, OUTPUT_FILE; and what CreateTransformJob says of them:
    CONTENT_TYPE and ACCEPT (text/csv), SPLIT_TYPE and ASSEMBLE_WITH (None or Line). In a batch job the image ends
    every prediction with a line end itself, so that the file is the same whichever way it is split and assembled.
    """
    environment = os.environ
    check_settings(environment)
    booster = load_model(Path(required(environment, "MODEL_DATA")), image_version())
    rows = read_input(Path(required(environment, "INPUT_FILE")), booster.num_features())
    scores = predict(booster, rows)
    text = "".join(f"{score}\n" for score in scores.tolist())
    write_whole(Path(required(environment, "OUTPUT_FILE")), text.encode())
    print(f"{len(scores)} rows scored")


def check_settings(environment: Mapping[str, str]) -> None:
    for name in ("CONTENT_TYPE", "ACCEPT"):
        check_csv(name, environment.get(name) or "text/csv")
    for name in ("SPLIT_TYPE", "ASSEMBLE_WITH"):
        if (environment.get(name) or "None") not in ("None", "Line"):
            raise JobError(f"{name} must be None or Line, got: {environment[name]!r}")


def required(environment: Mapping[str, str], name: str) -> str:
    value = environment.get(name)
    if not value:
        raise JobError(f"the variable {name} is required")
    return value


def read_input(path: Path, features: int) -> np.ndarray:
    """Rows of as many columns as the model has features. The image checks that there are not more of them."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as lines:
            rows = read_rows(lines, path.name, features)
    except OSError as error:
        raise JobError(f"{path.name} cannot be read: {error}") from None
    if not len(rows):
        raise JobError(f"{path.name} holds no rows")
    return rows


def predict(booster: xgb.Booster, rows: np.ndarray) -> np.ndarray:
    try:
        return booster.predict(xgb.DMatrix(rows), validate_features=False)
    except xgb.core.XGBoostError as error:
        raise JobError(f"XGBoost: {first_line(error)}") from error
