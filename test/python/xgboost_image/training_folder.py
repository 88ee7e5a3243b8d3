"""Training containers' folders, and rows to train on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import xgboost as xgb

CONTAINERS = Path(__file__).parents[3] / "emulator" / "containers"
SETTINGS = {"objective": "binary:logistic", "eval_metric": "auc", "num_round": "5", "max_depth": "3", "eta": "0.3"}


def sample_rows(count: int, seed: int) -> np.ndarray:
    """A label of 0 or 1, and three features that tell something of it."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(count, 3)).round(3)
    labels = (features[:, 0] + features[:, 1] + random.normal(size=count) > 0).astype(float)
    return np.column_stack([labels, features])


def to_csv(rows: np.ndarray) -> str:
    return "".join(",".join(f"{cell:g}" for cell in row) + "\n" for row in rows)


def image_process(command: str, environment: Mapping[str, str]) -> list[object]:
    """Arguments and environment for subprocess."""
    inherited = {**os.environ, "PYTHONPATH": str(CONTAINERS), "PYTHONDONTWRITEBYTECODE": "1"}
    return [[sys.executable, "-m", "xgboost_image", command], {**inherited, **environment}]


def run_image(command: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    arguments, variables = image_process(command, environment)
    return subprocess.run(arguments, env=variables, capture_output=True, text=True, check=False)


@dataclass(frozen=True)
class TrainingFolder:
    """What SageMaker puts into /opt/ml before a training container starts, and what it finds there after."""

    root: Path

    def write(self, path: str, text: str) -> None:
        """A file of a channel: "train/part.csv"."""
        file = self.root / "input" / "data" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def write_rows(self, channel: str, rows: np.ndarray) -> None:
        self.write(f"{channel}/{channel}.csv", to_csv(rows))

    def configure(
        self, channels: Mapping[str, Mapping[str, str]] | None = None, **hyperparameters: str | None
    ) -> TrainingFolder:
        """The job's configuration; a hyperparameter of None is left out."""
        values = {name: value for name, value in {**SETTINGS, **hyperparameters}.items() if value is not None}
        csv = {"ContentType": "text/csv", "TrainingInputMode": "File", "S3DistributionType": "FullyReplicated"}
        config = self.root / "input" / "config"
        config.mkdir(parents=True, exist_ok=True)
        (config / "hyperparameters.json").write_text(json.dumps(values))
        (config / "inputdataconfig.json").write_text(
            json.dumps({"train": csv, "validation": csv} if channels is None else channels)
        )
        return self

    def run(self) -> subprocess.CompletedProcess[str]:
        return run_image("train", {"ML_ROOT": str(self.root)})

    @property
    def model(self) -> Path:
        return self.root / "model" / "xgboost-model"

    @property
    def booster(self) -> xgb.Booster:
        return xgb.Booster(model_file=bytearray(self.model.read_bytes()))

    @property
    def failure(self) -> str:
        return (self.root / "output" / "failure").read_text()
