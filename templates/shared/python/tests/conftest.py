"""A project of the tests' own: project.json of this repository names real places."""

from __future__ import annotations

from pathlib import Path

import pytest

from ci.project import Project


@pytest.fixture
def project() -> Project:
    account, name = "111111111111", "churn-p-abcdefghijkl"
    return Project(
        project_name="churn",
        project_id="p-abcdefghijkl",
        project_arn=f"arn:aws:sagemaker:us-east-1:{account}:project/churn",
        region="us-east-1",
        account=account,
        partition="aws",
        bucket="projects-111111111111",
        prefix="p-abcdefghijkl",
        key_arn=f"arn:aws:kms:us-east-1:{account}:key/11111111-2222-3333-4444-555555555555",
        execution_role_arn=f"arn:aws:iam::{account}:role/execution",
        ci_role_arn=f"arn:aws:iam::{account}:role/ci",
        model_package_group=name,
        repository="acme/churn",
        branch="main",
    )


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test asks AWS, whoever runs it."""
    for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ID_TOKEN", "AWS_SESSION_TOKEN"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")


@pytest.fixture
def release_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder in which commands may write."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "release"
