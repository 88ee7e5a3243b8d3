from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from model_monitor.dataset import read_dataset
from model_monitor.job import JobError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def test_columns_without_a_header_are_named_and_counted_from_zero(folder: Path) -> None:
    write(folder, a="1,x\n2,y\n")
    dataset = read_dataset(folder, header=False)
    assert dataset.names == ("_c0", "_c1")
    assert dataset.columns == (("1", "2"), ("x", "y"))
    assert dataset.item_count == 2


def test_a_header_names_the_columns_and_is_no_row(folder: Path) -> None:
    write(folder, a="\ufeffAge, Shape\n1,2\n")
    dataset = read_dataset(folder, header=True)
    assert (dataset.names, dataset.columns) == (("Age", "Shape"), (("1",), ("2",)))


def test_all_files_below_the_folder_are_read_in_the_order_of_their_paths(folder: Path) -> None:
    (folder / "sub").mkdir()
    write(folder, b="2\n", a="1\n")
    write(folder / "sub", c="3\n")
    assert read_dataset(folder, header=False).columns == (("1", "2", "3"),)


def test_one_file_is_a_data_set_too(folder: Path) -> None:
    write(folder, a="1\n", b="2\n")
    assert read_dataset(folder / "b.csv", header=False).columns == (("2",),)


def test_hidden_files_empty_files_and_blank_lines_are_passed_over(folder: Path) -> None:
    write(folder, _SUCCESS="no data\nat,all\n", a="", b="\n1,2\n\n\n3,4\n\n")
    (folder / ".hidden").write_text("5,6,7\n")
    assert read_dataset(folder, header=False).columns == (("1", "3"), ("2", "4"))


def test_quoted_cells_may_hold_commas_quotes_and_line_ends(folder: Path) -> None:
    write(folder, a='"a,b","say ""no""","two\nlines"\r\n')
    assert read_dataset(folder, header=False).columns == (("a,b",), ('say "no"',), ("two\nlines",))


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        (r'"say \"no\"",1', ('say "no"', "1")),
        (r'"C:\\dir\\",1', ("C:\\dir\\", "1")),
        (r'"a\\",",b"', ("a\\", ",b")),
        (r"C:\dir,1", ("C:\\dir", "1")),
        (r'"as \n it is",1', (r"as \n it is", "1")),
        (r'"say ""no""",\N', ('say "no"', r"\N")),
        (r'"two",a\"b', ("two", 'a\\"b')),
    ],
)
def test_a_backslash_escapes_in_quoted_cells_as_spark_writes_them(
    folder: Path, text: str, cells: tuple[str, str]
) -> None:
    write(folder, a=f"{text}\r\n")
    assert read_dataset(folder, header=False).columns == ((cells[0],), (cells[1],))


def test_compressed_files_are_unpacked_whatever_their_names(folder: Path) -> None:
    (folder / "part-0.csv.gz").write_bytes(gzip.compress(b"1\n"))
    (folder / "part-1.csv").write_bytes(gzip.compress(b"2\n"))
    (folder / "part-2 +%.csv").write_text("3\n")
    (folder / "_SUCCESS").write_text("")
    (folder / "data_$folder$").write_text("")
    assert sorted(read_dataset(folder, header=False).columns[0]) == ["1", "2", "3"]
    (folder / "part-3.csv.gz").write_bytes(gzip.compress(b"4\n")[:-9])
    with pytest.raises(JobError, match=r"^part-3\.csv\.gz cannot be read: "):
        read_dataset(folder, header=False)


@pytest.mark.parametrize(
    ("files", "header", "message"),
    [
        ({"a": "1,2\n3\n"}, False, r"a\.csv:2 must have 2 columns, got: 1"),
        ({"a": "1,2\n", "b": "1,2,3\n"}, False, r"b\.csv:1 must have 2 columns, got: 3"),
        ({"a": "x,y\n1\n"}, True, r"a\.csv:2 must have 2 columns, got: 1"),
        ({"a": "x,y\n1,2\n", "b": "y,x\n1,2\n"}, True, r"b\.csv:1 must have the other files' header"),
        ({"a": "x,x\n1,2\n"}, True, r"a\.csv:1 must name every column, each differently"),
        ({"a": "x,\n1,2\n"}, True, r"a\.csv:1 must name every column"),
        ({"a": '1\n"open\n'}, False, r"a\.csv:2 cannot be read as CSV"),
        ({"a": "x,y\n"}, True, "the data set holds no rows"),
        ({"a": "\n"}, False, "the data set holds no rows"),
        ({}, False, "the data set holds no rows"),
    ],
)
def test_a_malformed_data_set_is_refused_with_its_place(
    folder: Path, files: dict[str, str], header: bool, message: str
) -> None:
    write(folder, **files)
    with pytest.raises(JobError, match=message):
        read_dataset(folder, header)


def test_a_file_that_is_no_text_is_refused_by_name(folder: Path) -> None:
    (folder / "model.bin").write_bytes(b"\xff\xfe\x00\x80")
    with pytest.raises(JobError, match=r"model\.bin:1 cannot be read as CSV, which is UTF-8: invalid start byte"):
        read_dataset(folder, header=False)


def test_a_missing_folder_is_refused(folder: Path) -> None:
    with pytest.raises(JobError, match="dataset_source must be a folder"):
        read_dataset(folder / "none", header=False)
