"""Expected values are those of AWS's page on associating predictions with records, or RFC 4180's."""

from __future__ import annotations

import pytest
from batch_records import DataProcessing, RecordError, Records


def records(text: str, **settings: str) -> Records:
    return Records(text, "b.csv", DataProcessing.told_in(settings))


def filtered(row: str, path: str) -> str:
    return records(f"{row}\n", INPUT_FILTER=path).for_model().rstrip("\n")


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("$", "0,1,2,3,4,5"),
        ("$[*]", "0,1,2,3,4,5"),
        ("$[1:]", "1,2,3,4,5"),
        ("$[1:4]", "1,2,3,4"),
        ("$[:5]", "0,1,2,3,4,5"),
        ("$[5:]", "5"),
        ("$[-1]", "5"),
        ("$[1,3,5]", "1,3,5"),
        ("$[5, 0]", "5,0"),
        ("$[0,4:]", "0,4,5"),
        ("$[:]", "0,1,2,3,4,5"),
    ],
)
def test_a_filter_takes_the_columns_that_aws_says_it_takes(path: str, expected: str) -> None:
    assert filtered("0,1,2,3,4,5", path) == expected


@pytest.mark.parametrize(
    "path",
    ["", "1", "$.a", "$['a','b']", "$..*", "$.*", "$[?(@>1)]", "$[0:2,3:]", "$[-2:]", "$[0,]", "$[]", "$[0:2:1]", "$$"],
)
def test_a_path_that_is_none_of_csv_is_refused(path: str) -> None:
    if path:
        with pytest.raises(RecordError, match=r"^a filter of CSV must be \$, .*, got: "):
            DataProcessing.told_in({"OUTPUT_FILTER": path})
    else:
        assert DataProcessing.told_in({"OUTPUT_FILTER": path}).changes_nothing


@pytest.mark.parametrize("path", ["$[3]", "$[-4]", "$[0,3]", "$[1:3]", "$[3:]", "$[2:1]"])
def test_columns_that_a_row_does_not_have_are_an_error_with_its_line(path: str) -> None:
    with pytest.raises(RecordError) as error:
        records("0,1,2,3\n0,1,2\n", INPUT_FILTER=path).for_model()
    place = "b.csv:1" if path in ("$[2:1]",) else "b.csv:2"
    width = 4 if place.endswith("1") else 3
    assert str(error.value) == f"{place} has {width} columns, and {path} takes others"


def test_an_output_is_the_row_followed_by_its_prediction() -> None:
    assert records("1,2,3\n4,5,6\n", JOIN_SOURCE="Input").output("1\n0\n") == "1,2,3,1\n4,5,6,0\n"


def test_the_output_filter_acts_on_the_joined_record_and_the_input_filter_on_what_the_model_gets() -> None:
    joined = records("id-1,2,3\nid-2,5,6\n", INPUT_FILTER="$[1:]", JOIN_SOURCE="Input", OUTPUT_FILTER="$[0,-1]")
    assert joined.for_model() == "2,3\n5,6\n"
    assert joined.output("0.25,no\n0.75,yes\n") == "id-1,no\nid-2,yes\n"


def test_without_a_join_the_output_filter_acts_on_the_prediction_alone() -> None:
    assert records("1,2\n", OUTPUT_FILTER="$[1]").output("0.25,no\n") == "no\n"


def test_quoted_cells_stay_one_cell_and_keep_their_quotes_where_they_need_them() -> None:
    row = '"Doe, ""Jo""",2,"plain",ü'
    joined = records(f"{row}\r\n", INPUT_FILTER="$[1]", JOIN_SOURCE="Input")
    assert joined.for_model() == "2\n"
    assert joined.output('"a, b"\n') == '"Doe, ""Jo""",2,plain,ü,"a, b"\n'


@pytest.mark.parametrize("empty", ["", '""'])
def test_empty_cells_stay_empty(empty: str) -> None:
    assert records(f"{empty},1,\n", JOIN_SOURCE="Input").output("2\n") == ",1,,2\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [('1,"a\nb"\n', 1), ('1,2\n1,"open\n', 2), ("1,2\n\n3,4\n", 2), ('1,2\n1,"a"b\n', 2)],
)
def test_what_is_no_row_on_a_line_of_its_own_is_refused_with_the_line(text: str, line: int) -> None:
    with pytest.raises(RecordError, match=rf"^b\.csv:{line} is no row of CSV: "):
        records(text, JOIN_SOURCE="Input")


@pytest.mark.parametrize("answer", ["", "1\n", "1\n2\n3\n"])
def test_rows_and_predictions_that_are_not_as_many_are_an_error(answer: str) -> None:
    with pytest.raises(RecordError, match=r"^b\.csv must have a prediction for each of its 2 rows, got: \d$"):
        records("1\n2\n", JOIN_SOURCE="Input").output(answer)


def test_another_source_to_join_is_refused() -> None:
    with pytest.raises(RecordError, match=r"^JOIN_SOURCE must be None or Input, got: 'Output'$"):
        DataProcessing.told_in({"JOIN_SOURCE": "Output"})


@pytest.mark.parametrize(
    ("settings", "nothing"),
    [
        ({}, True),
        ({"INPUT_FILTER": "$", "OUTPUT_FILTER": "$[*]", "JOIN_SOURCE": "None"}, True),
        ({"INPUT_FILTER": "$[0]"}, False),
        ({"JOIN_SOURCE": "Input"}, False),
    ],
)
def test_a_job_that_says_nothing_of_records_changes_none(settings: dict[str, str], nothing: bool) -> None:
    assert DataProcessing.told_in(settings).changes_nothing is nothing
