"""The train pipeline's jobs, run once a session in their containers' folders, one after the other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(1, str(Path(__file__).parents[3] / "pipelines" / "mammo-severity" / "scripts"))

from container import Container, why_there_are_no_namespaces
from pipeline_jobs import PipelineRun, run_pipeline


@pytest.fixture(scope="session")
def container(tmp_path_factory: pytest.TempPathFactory) -> Container:
    reason = why_there_are_no_namespaces(tmp_path_factory.mktemp("namespace"))
    if reason:
        pytest.skip(f"this machine gives no mount namespaces, which put a job's folder at /opt/ml: {reason}")
    return Container(tmp_path_factory.mktemp("container"))


@pytest.fixture(scope="session")
def pipeline(container: Container, tmp_path_factory: pytest.TempPathFactory) -> PipelineRun:
    return run_pipeline(container, tmp_path_factory.mktemp("objects"))
