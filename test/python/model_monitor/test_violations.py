"""Each documented kind of violation, what raises it, and its threshold."""

from __future__ import annotations

import pytest
from monitor_run import Monitor, column_of

NUMBERS = column_of(*(number / 2 for number in range(200)))
TEXTS = column_of(*(["a"] * 60 + ["b"] * 40))


def test_a_data_set_has_nothing_against_its_own_baseline(monitor: Monitor) -> None:
    rows = "".join(f"{n},{n / 2},{'ab'[n % 2]},{'' if n % 7 else 5},{n if n % 9 else 'x'},\n" for n in range(300))
    assert monitor.check(rows, rows) == []


def test_text_among_numbers_is_of_the_wrong_type(monitor: Monitor) -> None:
    current = column_of(*(number / 2 for number in range(0, 198)), "?", "n/a")
    assert monitor.full(NUMBERS, current, {}) == [
        {
            "feature_name": "_c0",
            "constraint_check_type": "data_type_check",
            "description": "Data type match requirement is not met. Expected data type: Fractional, "
            "Expected match: 100.0%. Observed: Only 99.0% of data is Fractional.",
        }
    ]


def test_whole_numbers_pass_for_fractions_and_fractions_do_not_pass_for_whole_numbers(monitor: Monitor) -> None:
    whole = column_of(*(number % 100 for number in range(200)))
    assert monitor.check(NUMBERS, whole) == []
    assert ("_c0", "data_type_check") in monitor.check(whole, NUMBERS)


def test_numbers_do_not_pass_for_text(monitor: Monitor) -> None:
    assert ("_c0", "data_type_check") in monitor.check(TEXTS, column_of(*range(100)))


def test_the_type_threshold_is_the_share_that_must_match(monitor: Monitor) -> None:
    current = column_of(*(number / 2 for number in range(198)), "?", "?")
    assert monitor.check(NUMBERS, current, datatype_check_threshold=0.99) == []
    assert monitor.check(NUMBERS, current, datatype_check_threshold=0.991) == [("_c0", "data_type_check")]


def test_more_missing_values_than_in_the_baseline_are_a_lack_of_completeness(monitor: Monitor) -> None:
    current = column_of(*(number / 2 if number % 4 else "" for number in range(200)))
    found = monitor.full(NUMBERS, current, {})
    assert [(each["feature_name"], each["constraint_check_type"]) for each in found] == [("_c0", "completeness_check")]
    assert "Expected completeness: 100.0%. Observed: Only 75.0% of data is present." in found[0]["description"]
    assert monitor.check(current, NUMBERS) == []


def test_a_column_that_lost_all_its_values_is_incomplete_and_nothing_else(monitor: Monitor) -> None:
    assert monitor.check(NUMBERS, column_of("", "")) == [("_c0", "completeness_check")]


def test_missing_and_extra_columns_are_counted_and_named(monitor: Monitor) -> None:
    three, four = "1,2,3\n" * 20, "1,2,3,4\n" * 20
    missing, extra = monitor.full(four, three, {}), monitor.full(three, four, {})
    assert [each["constraint_check_type"] for each in (*missing, *extra)] == [
        "missing_column_check",
        "extra_column_check",
    ]
    assert (missing[0]["feature_name"], extra[0]["feature_name"]) == ("Missing columns", "Extra columns")
    assert missing[0]["description"] == (
        "There are missing columns in current dataset. Number of columns in current dataset: 3, "
        "Number of columns in baseline constraints: 4. Missing: _c3"
    )
    assert extra[0]["description"].endswith(
        "current dataset: 4, Number of columns in baseline constraints: 3. Extra: _c3"
    )


def test_negative_numbers_where_there_were_none_are_counted(monitor: Monitor) -> None:
    current = column_of(*(number / 2 for number in range(198)), -1.5, -2)
    found = monitor.full(NUMBERS, current, {})
    assert [(each["feature_name"], each["constraint_check_type"]) for each in found] == [("_c0", "data_type_check")]
    assert (
        "Non-negative requirement is not met. Observed: 2 of 200 values are negative, the least is -2.0."
        in (found[0]["description"])
    )
    assert monitor.check(current, current) == []


def test_values_outside_the_domain_are_named(monitor: Monitor) -> None:
    current = column_of(*(["a"] * 58 + ["b"] * 38 + ["z"] * 4))
    found = monitor.full(TEXTS, current, {})
    assert [(each["feature_name"], each["constraint_check_type"]) for each in found] == [
        ("_c0", "categorical_values_check")
    ]
    assert "Only 96.0% of values are in the baseline's domain. Unknown: z" in found[0]["description"]
    assert monitor.check(TEXTS, current, domain_content_threshold=0.96) == []


def test_a_moved_distribution_of_numbers_has_drifted(monitor: Monitor) -> None:
    current = column_of(*(number / 2 + 40 for number in range(200)))
    found = monitor.full(NUMBERS, current, {})
    assert [(each["feature_name"], each["constraint_check_type"]) for each in found] == [
        ("_c0", "baseline_drift_check")
    ]
    assert found[0]["description"].startswith("Baseline drift distance: 0.22")
    assert found[0]["description"].endswith(" exceeds threshold: 0.1")


def test_other_shares_of_the_same_texts_have_drifted(monitor: Monitor) -> None:
    assert monitor.check(TEXTS, column_of(*(["a"] * 5 + ["b"] * 95))) == [("_c0", "baseline_drift_check")]


@pytest.mark.parametrize("robust", ["Robust", "linf_robust"])
@pytest.mark.parametrize("simple", ["Simple", "linf_simple"])
def test_the_comparison_method_decides_whether_chance_is_taken_off(monitor: Monitor, robust: str, simple: str) -> None:
    current = column_of(*(number / 2 + 15 for number in range(200)))
    drifted = [("_c0", "baseline_drift_check")]
    assert monitor.check(NUMBERS, current, distribution_constraints={"comparison_method": simple}) == drifted
    assert monitor.check(NUMBERS, current, distribution_constraints={"comparison_method": robust}) == []


def test_a_distance_may_be_as_great_as_the_threshold(monitor: Monitor) -> None:
    current = column_of(*(number / 2 for number in range(100)))
    simple = {"comparison_method": "Simple", "comparison_threshold": 0.5}
    assert monitor.check(NUMBERS, current, distribution_constraints=simple) == []
    assert monitor.check(NUMBERS, current, distribution_constraints={**simple, "comparison_threshold": 0.49}) == [
        ("_c0", "baseline_drift_check")
    ]


def test_thresholds_of_numbers_and_of_texts_are_their_own(monitor: Monitor) -> None:
    texts, numbers = column_of(*(["a"] * 5 + ["b"] * 95)), column_of(*(number / 2 + 40 for number in range(200)))
    loose = {"comparison_threshold": 1.0, "categorical_comparison_threshold": 0.1}
    assert monitor.check(NUMBERS, numbers, distribution_constraints=loose) == []
    assert monitor.check(TEXTS, texts, distribution_constraints=loose) == [("_c0", "baseline_drift_check")]
    assert monitor.check(TEXTS, texts, distribution_constraints={"categorical_comparison_threshold": 1.0}) == []


def test_the_chi_squared_method_flags_improbable_shares(monitor: Monitor) -> None:
    method = {"categorical_drift_method": "ChiSquared"}
    moved, alike = column_of(*(["a"] * 35 + ["b"] * 65)), column_of(*(["a"] * 57 + ["b"] * 43))
    assert monitor.check(TEXTS, moved, distribution_constraints=method) == [("_c0", "baseline_drift_check")]
    assert monitor.check(TEXTS, alike, distribution_constraints=method) == []


def test_statistics_alone_are_compared_and_constraints_alone_are_checked(monitor: Monitor) -> None:
    moved = column_of(*(number / 2 + 90 for number in range(199)), "")
    files = monitor.take_baseline(NUMBERS)
    kinds = {
        name: [each["constraint_check_type"] for each in monitor.analyze(moved, **{name: path}).violations or []]
        for name, path in files.items()
    }
    assert kinds == {
        "baseline_statistics": ["baseline_drift_check"],
        "baseline_constraints": ["completeness_check"],
    }


def test_without_a_baseline_there_are_no_violations_to_tell_of(monitor: Monitor) -> None:
    assert monitor.analyze(NUMBERS).violations is None


def test_long_lists_of_columns_and_texts_are_cut_short(monitor: Monitor) -> None:
    unknown = [f"{number}-{'z' * 60}" for number in range(8)]
    found = monitor.full(TEXTS, column_of(*(["a"] * 60 + ["b"] * 40 + unknown)), {})
    assert found[0]["description"].endswith("... and 3 more")
    assert len(found[0]["description"]) < 450
