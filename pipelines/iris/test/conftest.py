"""The container's programs, run as SageMaker runs them, with /opt/ml in a folder of the test's."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).parents[1] / "container"))
sys.path.insert(2, str(Path(__file__).parents[1] / "scripts"))

from container_runs import Trained, train
from prepare_data import main as prepare


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped rows: train, held-out, held-out-labels."""
    folder = tmp_path_factory.mktemp("data")
    prepare(folder)
    return folder


@pytest.fixture(scope="session")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """After `train` has run on the shipped rows."""
    rows = (data / "train" / "iris.csv").read_text()
    settings = {"regularization": "10", "sagemaker_region": '"us-east-1"'}
    run = train(tmp_path_factory.mktemp("trained"), {"training": rows, "validation": rows}, settings)
    assert run.code == 0, run.error
    return run
