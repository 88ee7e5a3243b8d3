from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[3] / "emulator" / "containers"))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A container's /opt/ml."""
    monkeypatch.setenv("ML_ROOT", str(tmp_path))
    monkeypatch.setenv("FRAMEWORK", "sagemaker-scikit-learn")
    monkeypatch.delenv("SAGEMAKER_PROGRAM", raising=False)
    (tmp_path / "code").mkdir()
    return tmp_path


@pytest.fixture
def trained(root: Path) -> Callable[..., int]:
    """Trains in a container whose code lies in it, with hyperparameters as a request has them; its exit code."""
    from script_mode.training import train

    def run(**hyperparameters: str) -> int:
        host = "algo-1"
        files = {
            "hyperparameters": hyperparameters,
            "resourceconfig": {"current_host": host, "hosts": [host]},
            "inputdataconfig": {"train": {"TrainingInputMode": "File"}},
        }
        for name, content in files.items():
            path = root / "input/config" / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(content))
        return train()

    return run
