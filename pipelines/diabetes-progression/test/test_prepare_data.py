from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import prepare_data
import pytest
from script_runs import Job

NAMES = ["train-part1", "train-part2", "batch", "batch-shifted", "truth", "truth-shifted"]


def test_six_files_are_written_and_nobody_is_in_two_of_training_and_batches(job: Job, tmp_path: Path) -> None:
    out = tmp_path / "new"
    job("prepare_data", {}, "--out", str(out))
    rows = {name: pd.read_csv(out / f"diabetes-{name}.csv") for name in NAMES}
    assert {name: len(table) for name, table in rows.items()} == dict(
        zip(NAMES, [322, 30, 45, 45, 45, 45], strict=True)
    )
    ids = pd.concat([rows[name]["id"] for name in NAMES[:4]])
    assert len(ids) == ids.nunique() == 442


def test_values_are_those_that_were_measured(data: Mapping[str, pd.DataFrame]) -> None:
    """The first line of the source: 59 2 32.1 101 157 93.2 38 4 4.8598 87 151."""
    part1 = data["diabetes-train-part1.csv"].set_index("id")
    assert part1.loc["patient-001"].tolist() == [59, 2, 32.1, 101, 157, 93.2, 38, 4, 4.8598, 87, 151]


def test_a_batch_says_nothing_of_what_became_of_people_and_its_truth_nothing_else(
    data: Mapping[str, pd.DataFrame],
) -> None:
    for kind in ("", "-shifted"):
        batch, truth = data[f"diabetes-batch{kind}.csv"], data[f"diabetes-truth{kind}.csv"]
        assert "progression" not in batch
        assert list(truth) == ["id", "value"]
        assert list(truth["id"]) == list(batch["id"])


def test_the_shifted_population_progresses_faster_than_three_quarters_of_all(data: Mapping[str, pd.DataFrame]) -> None:
    assert data["diabetes-truth-shifted.csv"]["value"].min() > 211
    assert data["diabetes-truth.csv"]["value"].mean() < 150


def test_a_file_of_the_same_columns_is_taken_and_one_that_is_wrong_writes_nothing(job: Job, tmp_path: Path) -> None:
    source = prepare_data.shipped()
    job("prepare_data", {"own.csv": source}, "--data", str(tmp_path / "own.csv"), "--out", str(tmp_path / "out"))
    assert len(list((tmp_path / "out").iterdir())) == 6
    with pytest.raises(SystemExit, match="100 rows are too few"):
        job(
            "prepare_data", {"own.csv": source[:100]}, "--data", str(tmp_path / "own.csv"), "--out", str(tmp_path / "x")
        )
    assert not (tmp_path / "x").exists()


def test_a_failed_write_leaves_the_files_of_the_run_before(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("of the run before")
    with pytest.raises(AttributeError):
        prepare_data.write_all({"a.csv": pd.DataFrame(), "b.csv": None}, tmp_path)  # type: ignore[dict-item]
    assert (tmp_path / "a.csv").read_text() == "of the run before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv"]
