"""The training job as a process: exit codes, the failure file, and what is left of it when it is ended."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest
from training_folder import TrainingFolder, image_process, run_image


def test_a_job_leaves_a_model_and_no_failure_file(job: TrainingFolder) -> None:
    result = job.configure().run()
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("XGBoost 3.")
    assert "Train matrix has 300 rows and 3 features\nValidation matrix has 100 rows and 3 features\n" in result.stdout
    assert job.booster.num_boosted_rounds() == 5
    assert not (job.root / "output").exists()


def test_bad_data_ends_the_job_with_one_line_of_reason_and_no_model(job: TrainingFolder) -> None:
    job.write("train/part-2.csv", "1,0.5,0.5,0.5\n0,0.5,?,0.5\n")
    result = job.configure().run()
    reason = "ClientError: train/part-2.csv:2 column 3 must be a number (there is no header, a missing value is empty)"
    assert result.returncode == 1
    assert job.failure == reason
    assert result.stderr == f"error: {reason}\n"
    assert not job.model.exists()


def test_a_mistake_of_the_image_itself_is_an_algorithm_error_with_its_stack_in_the_log(job: TrainingFolder) -> None:
    job.configure()
    job.model.mkdir(parents=True)
    result = job.run()
    assert result.returncode == 1
    assert job.failure.startswith("AlgorithmError: IsADirectoryError: ")
    assert "Traceback" in result.stderr
    assert [path.name for path in job.model.parent.iterdir()] == ["xgboost-model"]


def test_the_reason_is_as_long_as_sagemaker_shows_it_at_most(job: TrainingFolder) -> None:
    assert job.configure(**{f"unknown_{number}": "1" for number in range(100)}).run().returncode == 1
    assert len(job.failure) == 1024
    assert "\n" not in job.failure


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "stopped"])
def test_a_job_ended_in_the_middle_leaves_no_model(job: TrainingFolder, number: signal.Signals) -> None:
    job.configure(num_round="1000000")
    arguments, environment = image_process("train", {"ML_ROOT": str(job.root)})
    with subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        while not process.stdout.readline().startswith("[3]"):
            assert process.poll() is None
        os.kill(process.pid, number)
    assert process.returncode == -number
    assert not (job.root / "model").exists()


def test_a_job_does_not_wait_for_libraries_it_does_without(job: TrainingFolder) -> None:
    job.configure()
    arguments, environment = image_process("train", {"ML_ROOT": str(job.root)})
    command = [arguments[0], "-X", "importtime", *arguments[1:]]
    imported = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stderr
    names = {line.rpartition("|")[2].strip() for line in imported.splitlines()}
    assert "xgboost.core" in names
    assert not names & {"pandas.core", "sklearn.base", "scipy.stats"}


@pytest.mark.parametrize("arguments", [[], ["predict"], ["train", "now"]])
def test_anything_but_a_job_of_the_image_is_answered_with_how_to_call_it(arguments: list[str], tmp_path: Path) -> None:
    command, environment = image_process("", {"ML_ROOT": str(tmp_path)})
    result = subprocess.run([*command[:-1], *arguments], env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr == "usage: python -m xgboost_image {train,transform,serve}\n"


@pytest.mark.parametrize("command", ["train", "transform"])
def test_an_empty_folder_fails_with_what_is_missing(command: str, tmp_path: Path) -> None:
    result = run_image(command, {"ML_ROOT": str(tmp_path)})
    assert result.returncode == 1
    missing = {
        "train": "hyperparameters.json cannot be read as JSON",
        "transform": "the variable MODEL_DATA is required",
    }
    assert missing[command] in (tmp_path / "output" / "failure").read_text()
