from __future__ import annotations

import gzip
import json
from typing import Any

import numpy as np
import pytest
from training_folder import TrainingFolder
from xgboost_image.channels import check_channels, read_channel
from xgboost_image.job import JobError
from xgboost_image.training import train

CSV = {"ContentType": "text/csv", "TrainingInputMode": "File"}


@pytest.mark.parametrize(
    "channels",
    [
        {"train": CSV},
        {"train": CSV, "validation": CSV},
        {"train": {"ContentType": "csv"}},
        {"train": {"ContentType": "text/csv; label_size=1", "TrainingInputMode": "FastFile"}},
        {"train": {"ContentType": "Text/CSV;charset=utf-8"}},
    ],
)
def test_csv_in_files_is_taken(channels: dict[str, Any]) -> None:
    check_channels(channels)


@pytest.mark.parametrize(
    ("channels", "problem"),
    [
        ({}, "channel train is required"),
        ({"validation": CSV}, "channel train is required"),
        ({"train": CSV, "test": CSV}, "channels are train and validation, got: test"),
        ({"train": {}}, "channel train: ContentType must be text/csv on this machine, got: None"),
        (
            {"train": {"ContentType": "text/libsvm"}},
            "channel train: ContentType must be text/csv on this machine, got: 'text/libsvm'",
        ),
        (
            {"train": {"ContentType": "text/csv;label_size=2"}},
            "channel train: ContentType must be text/csv on this machine, got: 'text/csv;label_size=2'",
        ),
        (
            {"train": CSV, "validation": {**CSV, "TrainingInputMode": "Pipe"}},
            "channel validation: TrainingInputMode must be File or FastFile on this machine, got: 'Pipe'",
        ),
    ],
)
def test_channels_that_the_algorithm_does_not_have_or_this_does_not_read_are_refused(
    channels: dict[str, Any], problem: str
) -> None:
    with pytest.raises(JobError) as error:
        check_channels(channels)
    assert str(error.value) == problem


def test_a_row_is_its_label_then_its_features_and_an_empty_cell_is_missing(job: TrainingFolder) -> None:
    job.write("some/a.csv", "1,0.5,\n0, 2 ,-3e2\n")
    rows = read_channel(job.root / "input/data/some", csv_weights=False)
    assert rows.labels.tolist() == [1, 0]
    np.testing.assert_array_equal(rows.features, [[0.5, np.nan], [2, -300]])
    assert rows.weights is None


def test_with_weights_the_second_column_is_no_feature(job: TrainingFolder) -> None:
    job.write("some/a.csv", "1,2,0.5\n0,4,0.25\n")
    rows = read_channel(job.root / "input/data/some", csv_weights=True)
    assert rows.weights is not None
    assert (rows.weights.tolist(), rows.features.tolist()) == ([2, 4], [[0.5], [0.25]])


@pytest.mark.parametrize(
    ("files", "weights", "problem"),
    [
        ({}, False, "channel train: no rows in "),
        ({"a.csv": "1,2\n", "b_$folder$": ""}, False, "train/b_$folder$ is empty: the image reads every file whose "),
        ({"a.csv": "\n\n"}, False, "train/a.csv is empty: "),
        ({"a.csv": '1,2\n0,"3"\n'}, False, "train/a.csv:2 column 2 must be a number (there is no header, a missing "),
        ({"a.csv": "1,2\n", "b.csv": "1;2\n"}, False, "train/b.csv:1 must have 2 columns, got: 1"),
        ({"_a.csv": "1,2\n"}, False, "channel train: no rows in "),
        ({"a.csv": "1\n0\n"}, False, "channel train: a row must hold a label and features, got: 1 columns"),
        ({"a.csv": "1,2\n"}, True, "channel train: a row must hold a label, a weight and features, got: 2 columns"),
        ({"a.csv": ",2\n1,3\n"}, False, "channel train: labels and weights must not be missing"),
        ({"a.csv": "1,,3\n"}, True, "channel train: labels and weights must not be missing"),
        ({"a.csv": "1,2,3\n", "b/c.csv": "1,2,3\n1,2\n"}, False, "train/b/c.csv:2 must have 3 columns, got: 2"),
        ({"a.csv": "1,2,3\n", "b.csv": "1,2\n"}, False, "train/b.csv:1 must have 3 columns, got: 2"),
        ({"a.csv": "Severity,Age\n1,2\n"}, False, "train/a.csv:1 column 1 must be a number (there is no header"),
    ],
)
def test_rows_that_cannot_be_trained_on_are_refused_with_their_place(
    job: TrainingFolder, files: dict[str, str], weights: bool, problem: str
) -> None:
    (job.root / "input/data/train/train.csv").unlink()
    for name, text in files.items():
        job.write(f"train/{name}", text)
    job.configure({"train": CSV}, csv_weights="1" if weights else "0")
    with pytest.raises(JobError) as error:
        train()
    assert str(error.value).startswith(problem)


def test_a_file_that_is_no_text_is_refused(job: TrainingFolder) -> None:
    (job.root / "input/data/train/train.csv").write_bytes(b"1,\xff\n")
    job.configure()
    with pytest.raises(
        JobError, match=r"^train/train\.csv:1 cannot be read as CSV, which is UTF-8: invalid start byte"
    ):
        train()


def test_a_compressed_file_is_refused_by_name(job: TrainingFolder) -> None:
    (job.root / "input/data/train/part.csv.gz").write_bytes(gzip.compress(b"1,2,3,4\n"))
    job.configure()
    with pytest.raises(JobError, match=r"^train/part\.csv\.gz is compressed \(gzip\): the algorithm reads plain text"):
        train()


def test_files_are_read_as_spark_and_people_write_them(job: TrainingFolder) -> None:
    for name, text in {
        "_SUCCESS": "",
        ".part-0.csv.crc": "crc",
        "_committed_1": "{}",
        "part-0 +%.csv": "1;0.5;\n",
    }.items():
        job.write(f"some/{name}", text)
    (job.root / "input/data/some/part-1.csv").write_bytes("\ufeff0;;2\r\n".encode())
    rows = read_channel(job.root / "input/data/some", csv_weights=False)
    np.testing.assert_array_equal(rows.features, [[0.5, np.nan], [np.nan, 2]])
    assert rows.labels.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [("[1]", r"must hold a JSON object, got: \[1\]"), ("{", "cannot be read as JSON: "), (None, "No such file")],
)
def test_a_configuration_that_is_no_object_is_refused(job: TrainingFolder, text: str | None, problem: str) -> None:
    job.configure()
    file = job.root / "input/config/inputdataconfig.json"
    file.unlink() if text is None else file.write_text(text)
    with pytest.raises(JobError, match=rf"inputdataconfig\.json .*{problem}"):
        train()
    assert json.loads((job.root / "input/config/hyperparameters.json").read_text())["num_round"] == "5"
