from __future__ import annotations

import numpy as np
import pytest
from xgboost_image.csv_rows import delimiter_of, read_rows
from xgboost_image.job import JobError


def test_cells_are_numbers_as_csv_writes_them() -> None:
    rows = read_rows("1,-2.5,3\n1e3, 4 ,nan\n7,,9\n\n", "f.csv")
    np.testing.assert_array_equal(rows, [[1, -2.5, 3], [1000, 4, np.nan], [7, np.nan, 9]])


def test_no_lines_are_no_rows_of_the_columns_asked_for() -> None:
    assert read_rows("", "f.csv", 5).shape == (0, 5)


@pytest.mark.parametrize(
    ("line", "delimiter"), [("1,2;3", ","), ("1;2 3", ";"), ("1\t2", "\t"), ("1 2", " "), ("1|2", "|"), ("1", ",")]
)
def test_the_first_line_tells_the_delimiter(line: str, delimiter: str) -> None:
    assert delimiter_of(f"{line}\n1,2\n") == delimiter


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("1,2\n1,2,3\n", "f.csv:2 must have 2 columns, got: 3"),
        ("1,2\n1\n", "f.csv:2 must have 2 columns, got: 1"),
        ("1\t2\n", "f.csv:1 must have 2 columns, got: 1"),
        ("1,2\n\n3,4\n", "f.csv:2 is blank; blank lines may stand at the end only"),
        ("\n3,4\n", "f.csv:1 is blank; blank lines may stand at the end only"),
        ("1,2\n1,inf\n", "f.csv:2 column 2 must be a number (there is no header, a missing value is empty"),
        (
            "a,b\n",
            "f.csv:1 column 1 must be a number (there is no header, a missing value is empty)",
        ),
        (
            '1,"2"\n',
            "f.csv:1 column 2 must be a number (there is no header, a missing value is empty, a number stands w",
        ),
        ("1,\\N\n", "f.csv:1 column 2 must be a number (there is no header, a missing value is empty)"),
        ("1,1_0\n", "f.csv:1 column 2 must be a number"),
    ],
)
def test_a_line_that_is_no_row_of_numbers_is_named(text: str, problem: str) -> None:
    with pytest.raises(JobError) as error:
        read_rows(text, "f.csv", 2)
    assert str(error.value).startswith(problem)
