from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[2]
SCRIPTS = REPOSITORY / "pipelines" / "mammo-severity" / "scripts"
sys.path[:0] = [str(HERE), str(REPOSITORY / "emulator" / "containers"), str(SCRIPTS)]

from monitor_run import Monitor  # noqa: E402 (found by the path above)


@pytest.fixture
def monitor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Monitor:
    """Monitoring jobs in a folder that stands for /opt/ml."""
    monkeypatch.setenv("ML_ROOT", str(tmp_path / "ml"))
    return Monitor(tmp_path)
