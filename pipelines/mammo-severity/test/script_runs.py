"""Runs the model's scripts as SageMaker's jobs do."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pandas as pd
import xgboost as xgb

MODEL = Path(__file__).parents[1]
RAW = MODEL / "data" / "mammographic_masses.data"

# The train pipeline's settings (facts of the source document's reference implementation).
HYPERPARAMETERS = {
    "objective": "binary:logistic",
    "eval_metric": "auc",
    "max_depth": 5,
    "eta": 0.2,
    "gamma": 4,
    "min_child_weight": 6,
    "subsample": 0.7,
}
ROUNDS = 50


def run_script(name: str, root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a script of the model with `root` in the place of /opt/ml/processing."""
    return subprocess.run(
        [sys.executable, str(MODEL / "scripts" / name), *arguments],
        env={**os.environ, "PROCESSING_ROOT": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, header=None)


def write_artifact(model: bytes, path: Path, name: str = "xgboost-model") -> None:
    """A model.tar.gz as SageMaker's XGBoost image writes it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.size = len(model)
        tar.addfile(member, io.BytesIO(model))


def train(root: Path) -> xgb.Booster:
    rows = read(root / "train" / "train.csv").to_numpy()
    return xgb.train(HYPERPARAMETERS, xgb.DMatrix(rows[:, 1:], label=rows[:, 0]), ROUNDS)
