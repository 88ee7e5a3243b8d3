"""The scripts, run as SageMaker's jobs run them, on the data that scikit-learn ships."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).parents[1] / "scripts"))

import prepare_data
from script_runs import Job, job_in


@pytest.fixture(scope="session")
def data() -> Mapping[str, pd.DataFrame]:
    """The files' rows."""
    return prepare_data.prepare(prepare_data.shipped())


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    return job_in(tmp_path, monkeypatch)
