from __future__ import annotations

import pytest
from model_monitor.column import Type, read_column, type_of


@pytest.mark.parametrize("text", ["0", "12", "-3", "+4", "- 5", " 6", "007"])
def test_whole_numbers_are_integral(text: str) -> None:
    assert type_of(text) is Type.INTEGRAL


@pytest.mark.parametrize("text", ["0.5", "-1.25", "3.", ".5", "+ 2.5", "55.0"])
def test_numbers_with_a_point_are_fractional(text: str) -> None:
    assert type_of(text) is Type.FRACTIONAL


@pytest.mark.parametrize(
    "text",
    ["?", "NaN", "nan", "inf", "null", "1e5", "1.5E-3", ".", "-", " ", "1,5", "0x1", "true", "1_0", "٣", "٣.٣", "5 "],
)
def test_anything_else_is_text_scientific_notation_too(text: str) -> None:
    assert type_of(text) is Type.STRING


def test_a_number_too_large_for_a_double_is_text() -> None:
    assert type_of("9" * 400) is Type.STRING


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["1", "2"], Type.INTEGRAL),
        (["1", "2.0"], Type.FRACTIONAL),
        (["1", "2.0", "?"], Type.STRING),
        (["true", "false"], Type.STRING),
        (["1", ""], Type.INTEGRAL),
        (["", ""], Type.UNKNOWN),
    ],
)
def test_one_text_makes_a_column_text_and_one_fraction_makes_numbers_fractional(
    cells: list[str], expected: Type
) -> None:
    assert read_column("x", cells).inferred_type is expected


def test_numbers_keep_their_order_and_leave_out_missing_values() -> None:
    column = read_column("x", ["3", "", "1.5", "3", "- 2"])
    assert column.numbers.tolist() == [3.0, 1.5, 3.0, -2.0]
    assert (column.present, column.item_count, column.completeness) == (4, 5, 0.8)


def test_a_column_of_text_has_no_numbers() -> None:
    assert read_column("x", ["3", "?"]).numbers.tolist() == []


def test_shares_are_of_the_present_values() -> None:
    column = read_column("x", ["1", "2.0", "?", "3", ""])
    assert column.share_of(Type.INTEGRAL) == 0.5
    assert column.share_of(Type.INTEGRAL, Type.FRACTIONAL) == 0.75
