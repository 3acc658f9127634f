"""Exact numbers: the table of decision 3, and what holds of every number."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evaluator.exact import (
    ceil_div,
    over,
    parse_exact,
    parse_number,
    percent,
    plain,
    printed,
    rounded,
    summed,
    total,
)

FRACTIONS = st.fractions(0, 10_000, max_denominator=10_000_000)
WRITTEN = st.from_regex(r"(0|[1-9][0-9]{0,14})(\.[0-9]{0,11}[1-9])?%?", fullmatch=True)
GRADES = (Fraction(0), Fraction(60), Fraction(90), Fraction(100))


@pytest.mark.parametrize(
    ("value", "limit", "shown"),
    [
        ("1/20", "1/20", "5.00%"),
        ("1249/25000", "1/20", "4.996%"),
        ("49999/1000000", "1/20", "4.9999%"),
        ("1/3", "1/20", "33.33%"),
    ],
)
def test_the_percentages_of_decision_3(value: str, limit: str, shown: str) -> None:
    assert percent(Fraction(value), [Fraction(limit)]) == shown


@pytest.mark.parametrize(
    ("value", "limits", "shown"),
    [
        ("17999/200", (90,), "89.995"),
        ("250/3", (60, 90), "83.33"),
        ("165/2", (90,), "82.50"),
        ("90", (90,), "90.00"),
        ("899999999999999/10000000000000", (90,), "89.999999999999…"),
    ],
)
def test_the_scores_of_decision_3(value: str, limits: tuple[int, ...], shown: str) -> None:
    assert printed(Fraction(value), limits) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0.005", 2, "0.01"),
        ("0.0049", 2, "0.00"),
        ("2.5", 0, "3"),
        ("-0.005", 2, "-0.01"),
        ("-0.001", 2, "0.00"),
    ],
)
def test_halves_are_rounded_away_from_zero(value: str, places: int, shown: str) -> None:
    assert rounded(Fraction(value), places) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("2", "2"), ("1/2", "0.5"), ("100", "100"), ("1/4", "0.25"), ("0", "0")]
)
def test_points_and_counts_lose_their_trailing_zeros(value: str, shown: str) -> None:
    assert plain(Fraction(value)) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5 %",
        "-1",
        "+1",
        "1.",
        ".5",
        "1e3",
        "１",
        "٥",
        "5%%",
        "1/2",
        "NaN",
        "1,5",
        "1" * 16,
        "0." + "1" * 13,
        "5\n",
    ],
)
def test_what_is_no_exact_number(text: str) -> None:
    assert parse_exact(text) is None


@pytest.mark.parametrize("text", ["5%", "-1", "1e3", "", "1" * 16])
def test_what_is_no_submitted_number(text: str) -> None:
    assert parse_number(text) is None


def test_a_whole_number_is_read_as_one_however_it_is_written() -> None:
    assert [type(parse_number(text)) for text in ("40", "40.0", "040")] == [int, int, int]
    assert parse_number("40.5") == Fraction(81, 2)


@given(WRITTEN)
def test_an_exact_number_is_written_back_as_it_was_read(text: str) -> None:
    found = parse_exact(text)
    assert found is not None
    assert parse_exact(str(found)) == found
    assert str(found) == text


@given(FRACTIONS, st.lists(FRACTIONS, max_size=3))
def test_a_printed_number_compares_like_the_exact_one(value: Fraction, limits: list[Fraction]) -> None:
    shown = Fraction(printed(value, limits).rstrip("…"))
    for limit in limits:
        if not printed(value, limits).endswith("…"):
            assert ((shown > limit) - (shown < limit)) == ((value > limit) - (value < limit))


@given(st.integers(0, 10**14), st.sampled_from(GRADES))
def test_however_near_to_a_grade_the_print_never_crosses_it(distance: int, grade: Fraction) -> None:
    for value in (grade - Fraction(distance, 10**15), grade + Fraction(distance, 10**15)):
        assume(value >= 0)
        shown = Fraction(printed(value, GRADES).rstrip("…"))
        assert (shown >= grade) == (value >= grade) or printed(value, GRADES).endswith("…")
        assert not (value < grade and shown >= grade)


@given(FRACTIONS)
def test_a_print_without_limits_is_within_half_of_its_last_place(value: Fraction) -> None:
    assert abs(Fraction(printed(value)) - value) <= Fraction(1, 200)


@given(st.fractions(-1000, 1000), st.fractions(Fraction(1, 100), 1000))
def test_ceil_div_is_the_least_whole_number_not_below(numerator: Fraction, denominator: Fraction) -> None:
    found = ceil_div(numerator, denominator)
    assert found * denominator >= numerator
    assert (found - 1) * denominator < numerator


@pytest.mark.parametrize(
    ("value", "limit", "shown"), [("89.996", "89.998", "89.996"), ("90.004", "90.002", "90.004")]
)
def test_a_print_does_not_cross_a_limit_on_its_way_to_two_places(value: str, limit: str, shown: str) -> None:
    assert printed(Fraction(value), [Fraction(limit)]) == shown


NUMBERS = st.lists(st.integers(-50, 50) | st.fractions(-9, 9, max_denominator=30), max_size=9)


@given(NUMBERS)
def test_a_total_is_the_sum_of_its_numbers_whole_where_that_is_whole(numbers: list[int | Fraction]) -> None:
    found = total(numbers)
    assert found == sum(numbers)
    assert isinstance(found, int) == (Fraction(found).denominator == 1)


def test_a_sum_over_a_scale_is_reduced_once() -> None:
    assert summed(3, [(1, 2), (1, 3)], 10) == Fraction(23, 60)
    assert (summed(4, [], 2), over(5, 2), over(Fraction(3, 2), 3)) == (2, Fraction(5, 2), Fraction(1, 2))
