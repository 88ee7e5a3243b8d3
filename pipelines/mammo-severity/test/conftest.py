"""The shipped data, run through the scripts once a session as SageMaker's jobs do."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest
import xgboost as xgb

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).parents[1] / "scripts"))

from script_runs import RAW, run_script, train


@pytest.fixture(scope="session")
def processed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A processing folder after `preprocess.py` ran on the shipped data."""
    root = tmp_path_factory.mktemp("processed")
    (root / "input" / "data").mkdir(parents=True)
    shutil.copy(RAW, root / "input" / "data")
    result = run_script("preprocess.py", root)
    assert result.returncode == 0, result.stderr
    return root


@pytest.fixture(scope="session")
def booster(processed: Path) -> xgb.Booster:
    return train(processed)
