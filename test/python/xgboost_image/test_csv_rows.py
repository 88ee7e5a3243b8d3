from __future__ import annotations

import numpy as np
import pytest
from xgboost_image.csv_rows import read_rows
from xgboost_image.job import JobError


def test_cells_are_numbers_as_csv_writes_them() -> None:
    rows = read_rows(['1,-2.5,"3"\r\n', "1e3, 4 ,nan\n", "\n"], "f.csv")
    np.testing.assert_array_equal(rows, [[1, -2.5, 3], [1000, 4, np.nan]])


def test_no_lines_are_no_rows_of_the_columns_asked_for() -> None:
    assert read_rows([], "f.csv", 5).shape == (0, 5)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["1,2\n", "1,2,3\n"], "f.csv:2 must have 2 columns, got: 3"),
        (["1\t2\n"], "f.csv:1 must have 2 columns, got: 1"),
        (["1,2\n", "\n", "3,4\n"], "f.csv:2 is blank; blank lines may stand at the end only"),
        (["\n", "3,4\n"], "f.csv:1 is blank; blank lines may stand at the end only"),
        (["1,2\n", "1,inf\n"], "f.csv:2 column 2 must be a number (there is no header, a missing value is empty)"),
        (["a,b\n"], "f.csv:1 column 1 must be a number (there is no header, a missing value is empty), got: 'a'"),
    ],
)
def test_a_line_that_is_no_row_of_numbers_is_named(lines: list[str], problem: str) -> None:
    with pytest.raises(JobError) as error:
        read_rows(lines, "f.csv", 2)
    assert str(error.value).startswith(problem)
