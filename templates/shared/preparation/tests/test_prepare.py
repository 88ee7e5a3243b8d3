from __future__ import annotations

import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from fakes import Fakes

from ci.commands import InputError
from ci.data import SAMPLE, Rows, bring, read_settings, sample
from ci.project import Project

Prepare = Callable[[pd.DataFrame], None]


@pytest.fixture
def prepare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Prepare:
    """Runs the job's script as SageMaker does, in this process."""

    def run(rows: pd.DataFrame) -> None:
        (tmp_path / "input/rows").mkdir(parents=True)
        rows.to_csv(tmp_path / "input/rows/rows.csv", index=False)
        monkeypatch.setattr(sys, "argv", ["prepare.py", "--root", str(tmp_path), "--label", "malignant"])
        runpy.run_path("scripts/prepare.py", run_name="__main__")

    return run


def read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, header=None)


def test_every_row_is_in_one_part_and_labels_are_as_frequent_in_each(
    tmp_path: Path, prepare: Prepare, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = sample()
    prepare(rows)
    assert capsys.readouterr().out == "341 rows train, 114 validate, 114 are held out\n"
    train, validation = read(tmp_path / "train/train.csv"), read(tmp_path / "validation/validation.csv")
    truth, features = read(tmp_path / "held-out/truth.csv"), read(tmp_path / "held-out/features.csv")
    assert (train.shape[1], features.shape) == (31, (114, 30))
    parts = pd.concat([train, validation, pd.concat([truth, features], axis=1, ignore_index=True)])
    given = rows[["malignant", *rows.columns.drop("malignant")]]
    both = [sorted(map(tuple, each.to_numpy(dtype=float))) for each in (parts, given)]
    np.testing.assert_allclose(*both)
    assert [part[0].mean() for part in (train, validation, truth)] == pytest.approx([0.373] * 3, abs=0.01)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (sample().drop(columns="malignant"), "rows.csv has no column 'malignant'"),
        (sample().assign(malignant=lambda rows: rows["malignant"] + 1), "must be 0 or 1 in every row"),
        (sample().assign(name="secret of a person"), "must have columns of numbers"),
        (sample().head(30), "must have 25 rows of each label"),
    ],
)
def test_rows_that_cannot_be_trained_with_are_refused_and_never_quoted(
    prepare: Prepare, capsys: pytest.CaptureFixture[str], rows: pd.DataFrame, said: str
) -> None:
    with pytest.raises(SystemExit) as ended:
        prepare(rows)
    # Text that a program ends with is an error, with exit code 1.
    assert said in str(ended.value.code)
    assert "secret" not in f"{ended.value.code} {capsys.readouterr()}"


def test_the_settings_of_this_repository_are_read() -> None:
    assert read_settings().label


def test_the_sample_is_brought_where_nobody_has_brought_rows(project: Project) -> None:
    fakes = Fakes()
    fakes.refuse("s3", "head_object", "404", "Not Found", 404)
    fakes.answer("s3", "put_object", {})
    assert bring(fakes, project, Rows(SAMPLE, "malignant")) == f"s3://{project.bucket}/{project.prefix}/{SAMPLE}"
    fakes.expect_all_asked()


def test_ones_own_rows_are_never_replaced_by_the_sample(project: Project) -> None:
    fakes = Fakes()
    fakes.answer("s3", "head_object", {})
    bring(fakes, project, Rows(SAMPLE, "malignant"))
    fakes.refuse("s3", "head_object", "404", "Not Found", 404)
    with pytest.raises(InputError, match="Remedy: upload your rows to s3://"):
        bring(fakes, project, Rows("data/ours.csv", "malignant"))
    fakes.expect_all_asked()
