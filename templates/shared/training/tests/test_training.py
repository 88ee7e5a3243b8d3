from __future__ import annotations

import json
import runpy
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
import xgboost as xgb
from rendering import context_of, expect_keys_and_no_network, steps_of

from ci.build import read_minimum, registered
from ci.commands import InputError, RunError
from ci.project import Project
from pipelines.training import Prepared, minimum_auc, training_steps


def test_only_what_is_good_enough_becomes_a_version_and_a_person_approves_it(project: Project) -> None:
    from sagemaker.workflow.pipeline import Pipeline

    context, limit = context_of(project), minimum_auc(0.9)
    rows = Prepared("s3://b/train", "s3://b/validation", "s3://b/held-out")
    made = Pipeline(
        name="x", parameters=[limit], steps=training_steps(context, rows, limit), sagemaker_session=context.session
    )
    steps = steps_of(made)
    assert list(steps) == ["Train", "Evaluate", "CheckAuc", "Register-RegisterModel", "NotGoodEnough"]
    expect_keys_and_no_network(project, steps)
    register = steps["Register-RegisterModel"]["Arguments"]
    assert register["ModelApprovalStatus"] == "PendingManualApproval"
    assert register["CustomerMetadataProperties"]["HeldOutRows"] == "s3://b/held-out"
    assert register["ModelPackageGroupName"] == project.model_package_group
    (condition,) = steps["CheckAuc"]["Arguments"]["Conditions"]
    assert condition["Type"] == "GreaterThanOrEqualTo"


def test_defect_the_image_is_one_of_today(project: Project) -> None:
    """The peers train with XGBoost 1.0."""
    assert context_of(project).image.endswith("/sagemaker-xgboost:3.0-5")


def test_a_model_is_measured_on_the_rows_that_were_held_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the job's script, in this process."""
    random = np.random.default_rng(1)
    features = random.normal(size=(200, 2))
    truth = (features[:, 0] > 0).astype(int)
    booster = xgb.train({"objective": "binary:logistic"}, xgb.DMatrix(features, label=truth), 5)
    for folder in ("model", "held-out"):
        (tmp_path / "input" / folder).mkdir(parents=True)
    booster.save_model(tmp_path / "xgboost-model.ubj")
    with tarfile.open(tmp_path / "input/model/model.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "xgboost-model.ubj", "xgboost-model")
    np.savetxt(tmp_path / "input/held-out/features.csv", features, delimiter=",")
    np.savetxt(tmp_path / "input/held-out/truth.csv", truth, fmt="%d")
    monkeypatch.setattr(sys, "argv", ["evaluate.py", "--root", str(tmp_path)])
    runpy.run_path("scripts/evaluate.py", run_name="__main__")
    report = json.loads((tmp_path / "evaluation/evaluation.json").read_text())
    assert report["binary_classification_metrics"]["auc"]["value"] > 0.99


def test_a_build_registers_one_version_or_fails() -> None:
    with pytest.raises(RunError, match="registered 0"):
        registered(None, {"Train": {"Metadata": {"TrainingJob": {"Arn": "arn"}}}})  # type: ignore[arg-type]


def test_the_limit_is_a_number(tmp_path: Path) -> None:
    assert 0.5 <= read_minimum() <= 1
    path = tmp_path / "build.json"
    path.write_text('{"minimumAuc": "0.9"}')
    with pytest.raises(InputError, match=r'must be a number from 0\.5 to 1, got: "0\.9"'):
        read_minimum(path)
