from __future__ import annotations

from pathlib import Path

import pytest
from rows import DataError, csv_files, read_table


def table(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "rows.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_rows_are_read_as_they_are_written_also_by_excel(tmp_path: Path) -> None:
    rows = read_table(table(tmp_path, "\ufeffid,value\r\n007, 1.5\r\n\r\n008,2e1\r\n"), ["value"])
    assert rows.to_dict("list") == {"id": ["007", "008"], "value": [1.5, 20]}


def test_all_that_is_wrong_is_told_by_line_and_no_value_is_quoted(tmp_path: Path) -> None:
    path = table(tmp_path, "id,value\na,secret\n,2\na,3\nb\nc,inf\n")
    with pytest.raises(DataError) as error:
        read_table(path, ["value"])
    assert str(error.value).splitlines() == [
        f"{path}:2: value must be a number",
        f"{path}:3: id must not be empty",
        f"{path}:5: a row has 2 columns, got 1",
        f"{path}:6: value must be a number",
        f"{path}:4: the id was there before",
    ]


def test_no_more_than_twenty_problems_are_listed(tmp_path: Path) -> None:
    path = table(tmp_path, "id,value\n" + "".join(f"{at},x\n" for at in range(30)))
    with pytest.raises(DataError, match="and 10 more"):
        read_table(path, ["value"])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "rows.csv:1: the header must be id,value"),
        ("id,other\na,1\n", "rows.csv:1: the header must be id,value"),
        ("id,value\n", "rows.csv: holds no rows"),
        (b"id,value\n\xff,1\n", "rows.csv: cannot be read as CSV, which is UTF-8: UnicodeDecodeError"),
        ('id,value\n"a,1\n', "rows.csv: cannot be read as CSV, which is UTF-8: Error"),
    ],
)
def test_a_file_that_is_none_of_this_is_refused(tmp_path: Path, text: str | bytes, message: str) -> None:
    with pytest.raises(DataError) as error:
        read_table(table(tmp_path, text), ["value"])
    assert str(error.value).endswith(message)


def test_a_folder_without_csv_is_refused(tmp_path: Path) -> None:
    (tmp_path / "_SUCCESS.csv").touch()
    with pytest.raises(DataError, match="holds no CSV file"):
        csv_files(tmp_path)
