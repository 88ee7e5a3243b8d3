from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2] / "emulator" / "containers")]

from training_folder import TrainingFolder, sample_rows  # noqa: E402 (found by the path above)


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainingFolder:
    """A training container's /opt/ml with rows of two classes in both channels."""
    monkeypatch.setenv("ML_ROOT", str(tmp_path))
    folder = TrainingFolder(tmp_path)
    folder.write_rows("train", sample_rows(300, seed=1))
    folder.write_rows("validation", sample_rows(100, seed=2))
    return folder
