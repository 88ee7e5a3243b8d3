"""SageMaker's contract for training: folders, hyperparameters, exit codes, the failure file, SIGTERM."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from container_runs import CONTAINER, Trained, train
from iris_container.model import Model
from iris_container.rows import read_features

ROW = "setosa,5.1,3.5,1.4,0.2\n"


def test_the_model_and_metrics_are_where_sagemaker_takes_them_from(trained: Trained) -> None:
    assert [path.name for path in (trained.root / "model").iterdir()] == ["model.json"]
    assert trained.failure is None
    metrics = json.loads((trained.root / "output" / "data" / "metrics.json").read_text())
    assert metrics["training"] == metrics["validation"]
    assert metrics["training"]["accuracy"] > 0.95
    assert 0 < metrics["training"]["log_loss"] < 0.2


def test_metrics_are_printed_as_a_metric_definition_finds_them(trained: Trained) -> None:
    names = [line.split("=")[0] for line in trained.output.splitlines()]
    assert names == ["training:accuracy", "training:log_loss", "validation:accuracy", "validation:log_loss"]


def test_the_model_knows_rows_that_it_has_not_seen(trained: Trained, data: Path) -> None:
    rows = read_features((data / "held-out" / "iris.csv").read_text(), "held-out")
    labels = (data / "held-out-labels" / "iris.csv").read_text().split()
    predicted = [species for species, _ in Model.load(trained.root / "model").predict(rows)]
    right = sum(label == guess for label, guess in zip(labels, predicted, strict=True))
    assert (len(labels), right >= 27) == (30, True)


def test_the_model_is_scikit_learn_s_own(trained: Trained, data: Path) -> None:
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    lines = [line.split(",") for line in (data / "train" / "iris.csv").read_text().splitlines()]
    features = [[float(cell) for cell in cells] for _, *cells in lines]
    theirs = make_pipeline(StandardScaler(), LogisticRegression(C=10, max_iter=200))
    expected = theirs.fit(features, [label for label, *_ in lines]).predict_proba(features)
    assert Model.load(trained.root / "model").probabilities(features) == pytest.approx(expected, abs=1e-9)


REFUSED = {
    "no channel": ({}, {}, "there must be a channel training, got: none of that name"),
    "no rows": ({"training": "\n"}, {}, "channel training must have at least one row, got: none"),
    "no species": (
        {"training": "rosa,5,3,1,1\n"},
        {},
        "training/rows.csv:1: the first cell must be one of setosa, versicolor, virginica, got: 'rosa'",
    ),
    "too few measures": (
        {"training": ROW + "setosa,5\n"},
        {},
        "training/rows.csv:2: a row must have 4 measures, got: 1",
    ),
    "no number": (
        {"training": "setosa,5,nan,1,1\n"},
        {},
        "training/rows.csv:1: sepal width must be a number of centimetres above 0 and below 100, got: 'nan'",
    ),
    "one species": (
        {"training": ROW},
        {},
        "channel training must have rows of every species, got: none of versicolor, virginica",
    ),
    "unknown hyperparameter": (
        {"training": ROW},
        {"depth": "3"},
        "hyperparameter depth must be one of regularization, max_iterations",
    ),
    "hyperparameter of no sense": (
        {"training": ROW},
        {"regularization": "0"},
        "hyperparameter regularization must be a number above 0, got: '0'",
    ),
}


@pytest.mark.parametrize(("channels", "settings", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_it_does_not_take_ends_it_with_1_and_the_reason_in_the_failure_file(
    tmp_path: Path, channels: dict[str, str], settings: dict[str, str], reason: str
) -> None:
    run = train(tmp_path, channels, settings)
    assert (run.code, run.failure) == (1, f"ClientError: {reason}")
    assert list((tmp_path / "model").iterdir()) == []


def test_sagemaker_shows_1024_characters_of_a_failure(tmp_path: Path) -> None:
    run = train(tmp_path, {"training": f"{'x' * 2000},1,1,1,1\n"})
    assert (run.code, len(run.failure or "")) == (1, 1024)


def test_defect_of_containers_sigterm_ends_the_first_process_too() -> None:
    """The kernel lets nothing end a container's first process by a signal that it has no handler for."""
    program = "from iris_container.job import run; import os, signal; run(lambda: os.kill(os.getpid(), signal.SIGTERM))"
    ran = subprocess.run([sys.executable, "-c", program], env={"PYTHONPATH": str(CONTAINER)}, check=False)
    assert ran.returncode == 128 + signal.SIGTERM
