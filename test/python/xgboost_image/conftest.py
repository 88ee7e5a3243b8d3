from __future__ import annotations

import sys
from pathlib import Path

import pytest
import xgboost as xgb

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parents[2] / "emulator" / "containers")]

from batch import Transform, booster, settings_of, write_archive, write_input  # noqa: E402 (found by the path above)
from training_folder import TrainingFolder, sample_rows  # noqa: E402 (found by the path above)


@pytest.fixture
def job(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> TrainingFolder:
    """A training container's /opt/ml with rows of two classes in both channels."""
    monkeypatch.setenv("ML_ROOT", str(tmp_path))
    folder = TrainingFolder(tmp_path)
    folder.write_rows("train", sample_rows(300, seed=1))
    folder.write_rows("validation", sample_rows(100, seed=2))
    return folder


@pytest.fixture
def score(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Transform:
    """Scores a text with a model; other settings by name."""

    from xgboost_image.transform import transform

    def run(text: str | bytes, model: xgb.Booster | None = None, **settings: str) -> Path:
        write_archive(tmp_path / "model.tar.gz", bytes((model or booster()).save_raw("ubj")))
        write_input(tmp_path, "batch.csv", text)
        for name, value in {**settings_of(tmp_path), **settings}.items():
            monkeypatch.setenv(name, value)
        transform()
        return tmp_path / "out" / "batch.csv.out"

    return run
