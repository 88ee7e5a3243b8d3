from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pandas as pd
import pytest
from preprocess import COLUMNS, DataError, impute, read_file, read_folder, split
from script_runs import RAW, read, run_script

GOOD = "5,67,3,5,3,1\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def frame(ages: list[float | None]) -> pd.DataFrame:
    return pd.DataFrame([[4, age, 1, 1, 3, 0] for age in ages], columns=COLUMNS).astype({"Age": float})


def test_961_rows_are_split_into_672_144_and_145(processed: Path) -> None:
    sizes = [len(read(processed / name / f"{name}.csv")) for name in ("train", "validation", "test")]
    assert sizes == [672, 144, 145]


@pytest.mark.parametrize("name", ["train", "validation", "test"])
def test_a_set_is_headerless_with_a_boolean_label_first_and_five_float_features(processed: Path, name: str) -> None:
    rows = read(processed / name / f"{name}.csv")
    assert rows.shape[1] == 6
    assert set(rows[0]) == {0, 1}
    assert [str(kind) for kind in rows.dtypes[1:]] == ["float64"] * 5
    assert not rows.isna().any(axis=None)


def test_every_complete_row_of_the_data_lands_in_exactly_one_set(processed: Path) -> None:
    sets = pd.concat(read(processed / name / f"{name}.csv") for name in ("train", "validation", "test"))
    raw = pd.read_csv(RAW, header=None, na_values="?").dropna()[[5, 0, 1, 2, 3, 4]]
    raw.columns = sets.columns
    counts = sets.astype(float).value_counts()
    assert len(sets) == 961
    assert all(counts[row] >= count for row, count in raw.astype(float).value_counts().items())


def test_the_baseline_holds_the_train_rows_features_without_label_and_header(processed: Path) -> None:
    train = read(processed / "train" / "train.csv").drop(columns=0)
    baseline = read(processed / "baseline" / "baseline_dataset.csv")
    assert baseline.shape == (672, 5)
    assert (baseline.to_numpy() == train.to_numpy()).all()


def test_defect_imputation_is_fitted_on_the_train_rows_alone() -> None:
    splits = {
        "train": frame([10, 20, 30, None]),
        "validation": frame([900, None]),
        "test": frame([None, 1000, 1000, 1000, 1000]),
    }
    filled = impute(splits)
    assert list(filled["train"]["Age"]) == [10, 20, 30, 20]
    assert list(filled["validation"]["Age"]) == [900, 20]
    assert list(filled["test"]["Age"]) == [20, 1000, 1000, 1000, 1000]


def test_defect_what_lies_in_the_test_set_changes_no_train_row() -> None:
    rows = frame([None if age % 4 == 0 else age for age in range(40)])
    before = impute(split(rows, seed=200))
    in_test = split(rows.reset_index(), seed=200)["test"]["index"]
    rows.loc[in_test, "Age"] = 1000
    after = impute(split(rows, seed=200))
    assert before["train"].equals(after["train"])
    assert not before["test"].equals(after["test"])


def test_defect_the_shuffle_is_seeded_so_that_a_second_run_gives_the_same_bytes(
    processed: Path, tmp_path: Path
) -> None:
    shutil.copytree(processed / "input", tmp_path / "input")
    assert run_script("preprocess.py", tmp_path).returncode == 0
    for name in ("train/train.csv", "validation/validation.csv", "test/test.csv"):
        assert (tmp_path / name).read_bytes() == (processed / name).read_bytes()
    assert run_script("preprocess.py", tmp_path, "--seed", "1").returncode == 0
    assert (tmp_path / "train/train.csv").read_bytes() != (processed / "train/train.csv").read_bytes()


def test_all_csv_files_below_the_input_prefix_are_concatenated_and_other_inputs_are_not(
    tmp_path: Path,
) -> None:
    data = tmp_path / "input" / "data"
    write(data, "part1.csv", GOOD * 30)
    write(data, "nested/part2.csv", GOOD * 10)
    write(data, "notes.txt", "not data")
    write(tmp_path / "input" / "code", "other.csv", "not data")
    result = run_script("preprocess.py", tmp_path)
    passed_over = "notes.txt: passed over, its name is no CSV file's"
    assert result.stdout.splitlines() == [passed_over, "train: 28 rows", "validation: 6 rows", "test: 6 rows"]


def test_files_are_read_as_spark_and_people_leave_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, text in {
        "part-00000-5e-c000.csv": GOOD,
        "part-00001-5e-c000.csv": "",  # of an empty partition
        "part-00002": GOOD,
        "deep/two words +%.CSV": '\ufeff"5","67","3",5,3,1\r\n',
        "_SUCCESS": "",
        "_metadata.csv": "not data",
        ".part-00000.csv.crc": "not data",
        "._rows.csv": "not data",
    }.items():
        write(tmp_path, name, text)
    (tmp_path / "part-00003.csv.gz").write_bytes(gzip.compress(GOOD.encode()))
    (tmp_path / "unpacked-name.csv").write_bytes(gzip.compress(GOOD.encode()))
    write(tmp_path, "data_$folder$", "")
    assert read_folder(tmp_path).to_numpy().tolist() == [[5, 67, 3, 5, 3, 1]] * 5
    assert capsys.readouterr().out == "data_$folder$: passed over, its name is no CSV file's\n"


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("part.csv.gz", gzip.compress(GOOD.encode())[:-9], "part.csv.gz: cannot be read: Compressed file ended"),
        (
            "rows.csv",
            GOOD.encode() + b"5,67,\xff,5,3,1\n",
            "rows.csv:2: cannot be read as CSV, which is UTF-8: invalid",
        ),
        ("rows.csv", GOOD.encode() + rb'"say \"no\"",67,3,5,3,1', "rows.csv:2: BIRADS must be a number"),
        ("rows.csv", b"", ": its CSV files hold no rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_named_with_its_line(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DataError) as error:
        read_folder(tmp_path)
    assert problem in str(error.value)


@pytest.mark.parametrize(
    "header",
    [
        "0,1,2,3,4,5\n",
        "BI-RADS,Age,Shape,Margin,Density,Severity\n",
        "\ufeffbirads,age,shape,margin,density,severity\r\n",
    ],
)
def test_a_header_row_of_column_names_or_numbers_is_dropped(tmp_path: Path, header: str) -> None:
    rows = read_file(write(tmp_path, "rows.csv", header + GOOD))
    assert rows.to_numpy().tolist() == [[5, 67, 3, 5, 3, 1]]


def test_question_marks_and_empty_cells_are_missing_values(tmp_path: Path) -> None:
    rows = read_file(write(tmp_path, "rows.csv", "5,?,3, ,NaN,0\n"))
    assert list(rows.isna().to_numpy()[0]) == [False, True, False, True, True, False]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            GOOD + "5,67,3,5,1\n",
            "rows.csv:2: a row has 6 columns (BIRADS, Age, Shape, Margin, Density, Severity), got 5",
        ),
        (GOOD * 2 + "5,old,3,5,3,1\n", "rows.csv:3: Age must be a number, or ? where missing"),
        ("5,67,3,5,inf,1\n", "rows.csv:1: Density must be a number, or ? where missing"),
        ("5,67,3,5,3,2\n", "rows.csv:1: Severity must be 0 or 1"),
        ("5,67,3,5,3,?\n", "rows.csv:1: Severity must be 0 or 1"),
        (
            "Age,BIRADS,Shape,Margin,Density,Severity\n",
            "rows.csv:1: BIRADS must be a number, or ? where missing",
        ),
        (GOOD + "0,1,2,3,4,5\n", "rows.csv:2: Severity must be 0 or 1"),
        ("\n\n", "rows.csv: holds no rows"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_by_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(DataError) as error:
        read_file(write(tmp_path, "rows.csv", text))
    assert str(error.value) == f"{tmp_path}/{message}"


def test_bytes_that_are_not_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(DataError, match=r"rows\.csv:1: cannot be read as CSV, which is UTF-8"):
        read_file(path)


def test_too_few_rows_for_three_sets_are_refused() -> None:
    with pytest.raises(DataError, match=r"^3 rows are too few to split into train, validation and test$"):
        split(frame([50, 51, 52]), seed=200)


def test_a_feature_without_any_value_in_the_train_rows_is_refused() -> None:
    with pytest.raises(DataError, match=r"^the train rows hold no value of Age$"):
        impute(split(frame([None] * 10), seed=200))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"holds no CSV file$"):
        read_folder(tmp_path)


def test_unusable_data_ends_the_job_with_one_line_and_no_output(tmp_path: Path) -> None:
    path = write(tmp_path / "input" / "data", "rows.csv", GOOD * 20 + "5\n")
    result = run_script("preprocess.py", tmp_path)
    columns = "BIRADS, Age, Shape, Margin, Density, Severity"
    assert result.stderr == f"error: {path}:21: a row has 6 columns ({columns}), got 1\n"
    assert result.returncode == 1
    assert not (tmp_path / "train").exists()
