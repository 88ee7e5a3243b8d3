from __future__ import annotations

from pathlib import Path

import pandas as pd
import prepare_data
import pytest
from script_runs import RAW, read, run_script

PART1 = "mammo-train-dataset-part1.csv"
PART2 = "mammo-train-dataset-part2.csv"
BATCH = "mammo-batch-dataset.csv"
OUTLIERS = "mammo-batch-dataset-outliers.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("data") / "new"
    result = run_script("prepare_data.py", out, "--out", str(out))
    assert result.returncode == 0, result.stderr
    return out


def test_four_files_hold_822_91_48_and_48_rows_and_the_outliers_a_header(folder: Path) -> None:
    lines = {path.name: len(path.read_text().splitlines()) for path in folder.iterdir()}
    assert lines == {PART1: 822, PART2: 91, BATCH: 48, OUTLIERS: 49}


def test_the_rows_are_those_the_source_document_draws(folder: Path) -> None:
    raw = pd.read_csv(RAW, header=None, dtype=str)
    batch = raw.sample(frac=0.05, random_state=200)
    rest = raw.drop(batch.index)
    part2 = rest.sample(frac=0.1, random_state=200)
    part1 = rest.drop(part2.index)
    for name, rows in ((PART1, part1), (PART2, part2)):
        assert (folder / name).read_text().splitlines() == [",".join(row) for row in rows.to_numpy()]
    outliers = pd.read_csv(folder / OUTLIERS)
    assert list(outliers.columns) == ["BIRADS", "Age", "Shape", "Margin", "Density"]
    expected = batch[[0, 1, 2, 3, 4]].replace("?", "nan").astype(float).to_numpy()
    assert str(outliers.to_numpy().tolist()) == str(expected.tolist())


def test_the_batch_is_complete_where_the_outliers_are_not(folder: Path) -> None:
    batch, outliers = read(folder / BATCH), pd.read_csv(folder / OUTLIERS)
    assert batch.shape == (48, 5)
    assert not batch.isna().any(axis=None)
    missing = outliers.isna().to_numpy()
    assert missing.sum() > 0
    assert (batch.to_numpy()[~missing] == outliers.to_numpy()[~missing]).all()


def test_a_second_run_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    assert run_script("prepare_data.py", tmp_path, "--out", str(tmp_path)).returncode == 0
    for name in (PART1, PART2, BATCH, OUTLIERS):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


def test_another_file_of_the_same_columns_is_taken(tmp_path: Path) -> None:
    source = tmp_path / "own.csv"
    source.write_text("5,67,3,5,3,1\n4,43,1,1,?,0\n" * 50)
    out = tmp_path / "out"
    result = run_script("prepare_data.py", out, "--data", str(source), "--out", str(out))
    assert result.stdout.splitlines()[0] == f"{out / PART1}: 85 rows"


def test_a_bad_row_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    source = tmp_path / "own.csv"
    source.write_text("5,67,3,5,3,1\n" * 40 + "5,67,3,5,3,malignant\n")
    out = tmp_path / "out"
    result = run_script("prepare_data.py", out, "--data", str(source), "--out", str(out))
    assert result.returncode == 1
    assert result.stderr == f"error: {source}:41: Severity must be 0 or 1\n"
    assert not out.exists()


def test_too_few_rows_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "own.csv"
    source.write_text("5,67,3,5,3,1\n" * 9)
    result = run_script("prepare_data.py", tmp_path, "--data", str(source), "--out", str(tmp_path / "out"))
    assert "9 rows are too few" in result.stderr


def test_a_failed_write_leaves_the_files_of_the_run_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / PART1).write_text("of the run before")

    def fail(rows: pd.DataFrame, path: Path) -> None:
        path.write_text("half")
        raise OSError("no space left on device")

    monkeypatch.setitem(prepare_data.WRITERS, OUTLIERS, fail)
    with pytest.raises(OSError, match="no space left"):
        prepare_data.write_all(prepare_data.prepare(prepare_data.read_file(RAW)), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [PART1]
    assert (tmp_path / PART1).read_text() == "of the run before"
