"""Models in the format of the image's version."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
import xgboost as xgb
from batch import Transform, booster, settings_of, write_archive
from training_folder import TrainingFolder, sample_rows, to_csv
from xgboost_image.job import JobError
from xgboost_image.training import train
from xgboost_image.transform import transform

ROWS = sample_rows(5, seed=7)[:, 1:]


@pytest.mark.parametrize("version", ["0.90-2", "1.0-1", "1.2-2"])
def test_an_image_before_1_3_pickles_its_model_as_awss_abalone_example_reads_it(
    job: TrainingFolder, monkeypatch: pytest.MonkeyPatch, version: str
) -> None:
    """https://github.com/aws/amazon-sagemaker-examples, sagemaker-pipelines/tabular/abalone_build_train_deploy."""
    monkeypatch.setenv("IMAGE_VERSION", version)
    job.configure(objective="reg:linear", eval_metric=None)
    train()
    with job.model.open("rb") as file:
        model = pickle.load(file)
    assert len(model.predict(xgb.DMatrix(ROWS))) == len(ROWS)


@pytest.mark.parametrize(
    ("version", "start"), [("1.3-1", b"binf"), ("1.7-1", b"binf"), ("3.0-5", b"{L"), ("3.2-0", b"{L"), (None, b"{L")]
)
def test_a_later_image_saves_it_as_its_xgboost_does(
    job: TrainingFolder, monkeypatch: pytest.MonkeyPatch, version: str | None, start: bytes
) -> None:
    if version:
        monkeypatch.setenv("IMAGE_VERSION", version)
    job.configure()
    train()
    assert job.model.read_bytes().startswith(start)
    model = xgb.Booster()
    model.load_model(job.model)  # as its users load it
    assert len(model.predict(xgb.DMatrix(ROWS))) == len(ROWS)


@pytest.mark.parametrize("version", ["1.0-1", "1.7-1", "3.0-5"])
def test_every_image_scores_with_a_pickled_model(score: Transform, tmp_path: Path, version: str) -> None:
    model = booster()
    score(to_csv(ROWS), model)
    write_archive(tmp_path / "model.tar.gz", pickle.dumps(model))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IMAGE_VERSION", version)
        transform()
    scores = (tmp_path / "out" / "batch.csv.out").read_text().split()
    assert [float(line) for line in scores] == model.predict(xgb.DMatrix(ROWS)).tolist()


class Other:
    """Something else that can be pickled."""


@pytest.mark.parametrize(
    ("version", "content", "problem"),
    [
        ("1.0-1", bytes(booster().save_raw("ubj")), "is of XGBoost 2.1 or later, which the image 1.0-1 cannot load"),
        ("1.7-1", bytes(booster().save_raw("json")), "is of XGBoost 2.1 or later, which the image 1.7-1 cannot load"),
        ("3.2-0", bytes(booster().save_raw("deprecated")), "in the binary format, which the image 3.2-0 cannot load"),
        ("1.0-1", pickle.dumps(Other()), "must be a pickled Booster, got: Other"),
        ("3.0-5", pickle.dumps(booster())[:99], "cannot be unpickled: "),
        ("latest", b"", "the image's version must be one of 0.90-1, "),
    ],
)
def test_what_the_image_cannot_load_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, content: bytes, problem: str
) -> None:
    write_archive(tmp_path / "model.tar.gz", content)
    for name, value in {**settings_of(tmp_path), "IMAGE_VERSION": version}.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(JobError) as error:
        transform()
    assert problem in str(error.value)


def test_silent_is_a_hyperparameter_of_the_first_images_only(
    job: TrainingFolder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    job.configure(silent="0")
    monkeypatch.setenv("IMAGE_VERSION", "1.0-1")
    train()
    assert "Hyperparameter silent has no effect" in capsys.readouterr().out
    monkeypatch.setenv("IMAGE_VERSION", "1.2-1")
    with pytest.raises(JobError) as error:
        train()
    assert str(error.value) == "hyperparameters: silent is unknown"
