"""Loads the model; the rest is the image's."""

from pathlib import Path
from typing import Any

import joblib


def model_fn(model_dir: str) -> Any:
    return joblib.load(Path(model_dir) / "forest.joblib")
