"""The folders of a container, whose image it is, and what it fails of."""

from __future__ import annotations

import os
from pathlib import Path


class ScriptError(Exception):
    """It cannot be done with this code; the message says why."""


def ml_root() -> Path:
    """The folder that is /opt/ml in a container; the variable ML_ROOT moves it."""
    return Path(os.environ.get("ML_ROOT", "/opt/ml"))


def code_folder() -> Path:
    return ml_root() / "code"


def is_xgboost() -> bool:
    """Else it is scikit-learn's."""
    return os.environ.get("FRAMEWORK") == "sagemaker-xgboost"
