"""What the scripts around batch transform do."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import pytest
from script_runs import Job


@pytest.fixture
def batch(data: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    return data["diabetes-batch.csv"]


def test_the_model_gets_features_alone(job: Job, batch: pd.DataFrame) -> None:
    root = job("split_batch", {"input/batch/batch.csv": batch})
    features = pd.read_csv(root / "features/features.csv", header=None)
    assert features.to_numpy().tolist() == batch.drop(columns="id").to_numpy().tolist()


def test_a_batch_is_one_file(job: Job, batch: pd.DataFrame) -> None:
    with pytest.raises(SystemExit, match=r"a batch is one file, got a\.csv, b\.csv"):
        job("split_batch", {"input/batch/a.csv": batch, "input/batch/b.csv": batch})


def test_a_batch_with_a_label_is_refused(job: Job, data: Mapping[str, pd.DataFrame]) -> None:
    with pytest.raises(SystemExit, match=r"batch\.csv:1: the header must be id,age,sex,bmi,bp,s1,s2,s3,s4,s5,s6$"):
        job("split_batch", {"input/batch/batch.csv": data["diabetes-train-part1.csv"]})


def test_predictions_come_to_those_that_they_are_of(job: Job, batch: pd.DataFrame) -> None:
    files = {
        "input/batch/batch.csv": batch,
        "input/predicted/features.csv.out": "".join(f"{at}.5\n" for at in range(45)),
    }
    root = job("join_predictions", files, "--at", "2026-11-27T06:51:47.000Z")
    scored = pd.read_csv(root / "scored/scored.csv")
    assert list(scored["id"]) == list(batch["id"])
    assert list(scored["prediction"]) == [at + 0.5 for at in range(45)]
    assert set(scored["scored_at"]) == {"2026-11-27T06:51:47+00:00"}


@pytest.mark.parametrize(
    ("predicted", "message"),
    [("1.5\n", "must have a prediction for each of 45 rows, got 1"), ("secret\n" * 45, "must hold a number a line$")],
)
def test_predictions_that_do_not_belong_to_the_batch_are_refused(
    job: Job, batch: pd.DataFrame, predicted: str, message: str
) -> None:
    files = {"input/batch/batch.csv": batch, "input/predicted/features.csv.out": predicted}
    with pytest.raises(SystemExit, match=message):
        job("join_predictions", files, "--at", "2026-11-27T06:51:47.000Z")
