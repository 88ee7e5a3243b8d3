from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
import xgboost as xgb
from batch import Transform, booster, settings_of, write_archive, write_input
from training_folder import run_image, sample_rows, to_csv
from xgboost_image.job import JobError
from xgboost_image.transform import transform

ROWS = sample_rows(40, seed=5)[:, 1:]


def test_every_row_gets_the_models_score_on_a_line_of_its_own(score: Transform) -> None:
    model = booster()
    text = score(to_csv(ROWS), model).read_text()
    expected = model.predict(xgb.DMatrix(ROWS)).tolist()
    assert text == "".join(f"{value}\n" for value in expected)
    assert [np.float32(line) for line in text.splitlines()] == model.predict(xgb.DMatrix(ROWS)).tolist()


@pytest.mark.parametrize(("split", "assemble"), [("None", "None"), ("", ""), ("Line", "None"), ("None", "Line")])
def test_the_file_is_the_same_whichever_way_it_is_split_and_assembled(
    score: Transform, split: str, assemble: str
) -> None:
    expected = score(to_csv(ROWS)).read_text()
    assert score(to_csv(ROWS), SPLIT_TYPE=split, ASSEMBLE_WITH=assemble).read_text() == expected


def test_an_empty_cell_is_a_missing_value(score: Transform) -> None:
    model = booster()
    rows = ROWS[:2].copy()
    rows[1, 1] = np.nan
    scores = score(to_csv(rows).replace("nan", ""), model).read_text().splitlines()
    assert [float(line) for line in scores] == model.predict(xgb.DMatrix(rows)).tolist()


def test_a_row_of_several_classes_gets_the_list_of_its_scores_as_the_image_writes_it(score: Transform) -> None:
    model = booster("multi:softprob", num_class=2)
    [line] = score("0.5,0.5,0.5\n", model).read_text().splitlines()
    assert line == str(model.predict(xgb.DMatrix([[0.5, 0.5, 0.5]])).tolist()[0])


def test_rows_are_filtered_for_the_model_and_joined_with_their_scores(score: Transform) -> None:
    model = booster()
    names = [f'"patient {at}, room 1"' for at in range(len(ROWS))]
    lines = to_csv(ROWS).splitlines()
    named = "".join(f"{name},{line}\n" for name, line in zip(names, lines, strict=True))
    text = score(named, model, INPUT_FILTER="$[1:]", JOIN_SOURCE="Input", OUTPUT_FILTER="$[0,-1]").read_text()
    scores = model.predict(xgb.DMatrix(ROWS)).tolist()
    assert text == "".join(f"{name},{value}\n" for name, value in zip(names, scores, strict=True))


def test_columns_that_a_file_does_not_have_fail_the_job_by_file_and_line(score: Transform) -> None:
    with pytest.raises(JobError, match=r"^batch\.csv:1 has 3 columns, and \$\[3\] takes others$"):
        score("1,2,3\n", INPUT_FILTER="$[3]")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1,2,3\n1,2\n", "batch.csv:2 must have 3 columns, got: 2"),
        ("1,2,3\n1,2,3,4\n", "batch.csv:2 must have 3 columns, got: 4"),
        ("BIRADS,Age,Shape\n1,2,3\n", "batch.csv:1 column 1 must be a number (there is no header, "),
        (
            "1,2,3\n1,?,3\n",
            "batch.csv:2 column 2 must be a number (there is no header, a missing value is empty)",
        ),
        ("1,2,3\n\n1,2,3\n", "batch.csv:2 is blank; blank lines may stand at the end only"),
        ("", "batch.csv holds no rows: batch transform takes every object of the prefix"),
        ("\n\n", "batch.csv holds no rows"),
        (
            '1,2,3\n"1",2,3\n',
            "batch.csv:2 column 1 must be a number (there is no header, a missing value is empty, a number",
        ),
        ('1,2,3\n"1,5",2,3\n', "batch.csv:2 must have 3 columns, got: 4"),
        ("1,2,3\n1, ,3\n", "batch.csv:2 column 2 must be a number (there is no header, a missing value is empty)"),
        ("1,2,\r\n1,2,3\r\n", "batch.csv:1 column 3 must be a number (there is no header, a missing value is empty)"),
        ("\ufeff1,2,3\n", "batch.csv:1 begins with a byte order mark"),
        (b"1,2,3\n1,2,\xff\n", "batch.csv:2 cannot be read as CSV, which is UTF-8: invalid start byte"),
        (gzip.compress(b"1,2,3\n"), "batch.csv is compressed (gzip), and the job's CompressionType is None"),
    ],
)
def test_a_row_that_the_model_is_not_for_fails_the_job_with_its_line(
    score: Transform, tmp_path: Path, text: str | bytes, problem: str
) -> None:
    with pytest.raises(JobError) as error:
        score(text)
    assert str(error.value).startswith(problem)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "text",
    [
        "1,2,3\r\n4,,6\r\n",
        "1,2,3\n4,,6",
        "1;2;3\n4;;6\n",
        "1\t2\t3\n4\t\t6\n\n",
        " 1, 2, 3\n4,,6\n",
        "1e0,2.0,+3\n4,nan,6\n",
    ],
)
def test_rows_are_read_as_people_write_them(score: Transform, text: str) -> None:
    expected = score("1,2,3\n4,,6\n").read_text()
    assert score(text).read_text() == expected


def test_compressed_files_are_unpacked_where_the_job_says_so(score: Transform, tmp_path: Path) -> None:
    expected = score(to_csv(ROWS)).read_text()
    assert score(gzip.compress(to_csv(ROWS).encode()), COMPRESSION_TYPE="Gzip").read_text() == expected
    with pytest.raises(JobError, match=r"^batch\.csv cannot be unpacked, and the job's CompressionType is Gzip: "):
        score(to_csv(ROWS), COMPRESSION_TYPE="Gzip")


def test_a_file_that_cannot_be_scored_fails_the_job_by_name_and_the_others_have_their_scores(
    score: Transform, tmp_path: Path
) -> None:
    write_input(tmp_path, "part-2.csv", "1,2\n")
    write_input(tmp_path, "_SUCCESS", "")
    write_input(tmp_path, "deep/ü +%41.csv", "1,2,3\n")
    with pytest.raises(JobError) as error:
        score("1,2,3\n")
    assert str(error.value) == (
        "_SUCCESS holds no rows: batch transform takes every object of the prefix; "
        "part-2.csv:1 must have 3 columns, got: 2"
    )
    out = tmp_path / "out"
    assert sorted(str(path.relative_to(out)) for path in out.rglob("*") if path.is_file()) == [
        "batch.csv.out",
        "deep/ü +%41.csv.out",
    ]


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("CONTENT_TYPE", "text/libsvm", "CONTENT_TYPE must be text/csv on this machine, got: 'text/libsvm'"),
        ("ACCEPT", "application/json", "ACCEPT must be text/csv on this machine, got: 'application/json'"),
        ("SPLIT_TYPE", "RecordIO", "SPLIT_TYPE must be None or Line, got: 'RecordIO'"),
        ("ASSEMBLE_WITH", "line", "ASSEMBLE_WITH must be None or Line, got: 'line'"),
        ("COMPRESSION_TYPE", "Zip", "COMPRESSION_TYPE must be None or Gzip, got: 'Zip'"),
        ("INPUT_FOLDER", "", "the variable INPUT_FOLDER is required"),
        ("MODEL_DATA", "/nowhere/model.tar.gz", "/nowhere/model.tar.gz: holds no readable xgboost-model: "),
    ],
)
def test_settings_that_cannot_be_met_are_refused(score: Transform, name: str, value: str, problem: str) -> None:
    with pytest.raises(JobError) as error:
        score(to_csv(ROWS), **{name: value})
    assert str(error.value).startswith(problem)


@pytest.mark.parametrize(
    ("name", "model", "problem"),
    [
        ("xgboost-model", b"not a model", "xgboost-model is no XGBoost model: "),
        ("other", b"", "holds no readable xgboost-model: "),
    ],
)
def test_an_archive_without_a_model_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, model: bytes, problem: str
) -> None:
    write_archive(tmp_path / "model.tar.gz", model, name)
    for variable, value in settings_of(tmp_path).items():
        monkeypatch.setenv(variable, value)
    with pytest.raises(JobError) as error:
        transform()
    assert str(error.value).startswith(f"{tmp_path}/model.tar.gz: {problem}")
    assert "\n" not in str(error.value)


def test_an_archive_cut_off_in_the_middle_is_refused(score: Transform, tmp_path: Path) -> None:
    score(to_csv(ROWS))
    whole = (tmp_path / "model.tar.gz").read_bytes()
    (tmp_path / "model.tar.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(JobError, match=r"model\.tar\.gz: holds no readable xgboost-model"):
        transform()


def test_the_job_as_a_process_writes_scores_or_its_reason(tmp_path: Path) -> None:
    write_archive(tmp_path / "model.tar.gz", bytes(booster().save_raw("ubj")))
    write_input(tmp_path, "batch.csv", to_csv(ROWS))
    result = run_image("transform", settings_of(tmp_path))
    assert (result.returncode, result.stdout, result.stderr) == (0, "batch.csv: 40 rows scored\n", "")
    assert len((tmp_path / "out" / "batch.csv.out").read_text().splitlines()) == 40
    write_input(tmp_path, "batch.csv", "1,2\n")
    assert run_image("transform", settings_of(tmp_path)).returncode == 1
    assert (tmp_path / "ml/output/failure").read_text() == "ClientError: batch.csv:1 must have 3 columns, got: 2"
