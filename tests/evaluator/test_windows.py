"""The calendar of a cadence: the table of decision 2, and what holds of every period."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.windows import Span, first_day, last_day, month_number, slots, whole_months

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 1000)).map(lambda one: Span(one[0], one[0] + timedelta(days=one[1])))
EVERY = st.sampled_from(["month", "quarter", "half_year", "year", "period"])


def span(text: str) -> Span:
    start, end = text.split(" … ")
    return Span(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    ("period", "every", "more", "expected"),
    [
        pytest.param("2025-01-01 … 2025-12-31", "quarter", {}, [
            "2025-01-01 … 2025-03-31", "2025-04-01 … 2025-06-30", "2025-07-01 … 2025-09-30", "2025-10-01 … 2025-12-31",
        ], id="a calendar year has its four quarters"),
        pytest.param("2024-07-01 … 2025-06-30", "half_year", {}, [
            "2024-07-01 … 2024-12-31", "2025-01-01 … 2025-06-30",
        ], id="a period from July to June has two half-years"),
        pytest.param("2024-07-01 … 2025-06-30", "year", {}, ["2024-07-01 … 2025-06-30"],
                     id="a period from July to June has its year"),
        pytest.param("2025-01-15 … 2025-12-31", "quarter", {}, [
            "cut 2025-01-15 … 2025-01-31", "2025-02-01 … 2025-04-30", "2025-05-01 … 2025-07-31",
            "2025-08-01 … 2025-10-31", "cut 2025-11-01 … 2025-12-31",
        ], id="a start in mid-month cuts the first and the last quarter"),
        pytest.param("2025-01-15 … 2025-12-31", "quarter", {"starts": 1}, [
            "cut 2025-01-15 … 2025-03-31", "2025-04-01 … 2025-06-30", "2025-07-01 … 2025-09-30", "2025-10-01 … 2025-12-31",
        ], id="quarters can be aligned to January"),
        pytest.param("2013-03-01 … 2014-12-31", "year", {"months": [9], "starts": 1}, [
            "2013-09-01 … 2013-09-30", "2014-09-01 … 2014-09-30",
        ], id="each September of two calendar years, although the period cuts the first year"),
        pytest.param("2025-01-01 … 2025-03-31", "year", {}, ["cut 2025-01-01 … 2025-03-31"],
                     id="a year of which the period holds a quarter is cut"),
        pytest.param("2025-01-15 … 2025-03-20", "period", {}, ["2025-01-15 … 2025-03-20"], id="the whole period is never cut"),
        pytest.param("2025-01-01 … 2025-12-31", "half_year", {"months": [2, 3]}, ["2025-02-01 … 2025-03-31"],
                     id="a window without one of the months drops out"),
        pytest.param("2025-01-10 … 2025-12-31", "year", {"months": [1], "starts": 1}, ["cut 2025-01-10 … 2025-01-31"],
                     id="a named month that the edge cuts is cut"),
        pytest.param("2025-02-28 … 2025-02-28", "month", {}, ["cut 2025-02-28 … 2025-02-28"], id="a period of one day"),
    ],
)  # fmt: skip
def test_the_windows_of_decision_2(period: str, every: str, more: dict, expected: list[str]) -> None:
    found = [
        f"{'cut ' if one.cut else ''}{one.start} … {one.end}" for one in slots(span(period), every, **more)
    ]
    assert found == expected


@given(SPANS, EVERY, st.none() | st.integers(1, 12))
def test_the_windows_of_a_period_partition_its_days(period: Span, every: str, starts: int | None) -> None:
    found = slots(period, every, starts=starts)
    assert found[0].start == period.start
    assert found[-1].end == period.end
    for before, after in pairwise(found):
        assert after.start == before.end + timedelta(days=1)


@given(
    SPANS,
    st.sampled_from([("month", 1), ("quarter", 3), ("half_year", 6), ("year", 12)]),
    st.none() | st.integers(1, 12),
)
def test_a_window_is_whole_months_and_only_the_edges_are_cut(
    period: Span, every: tuple[str, int], starts: int | None
) -> None:
    found = slots(period, every[0], starts=starts)  # type: ignore[arg-type]
    for one in found:
        assert len(one.months) == every[1]
        assert one.cut == ((one.start, one.end) != (first_day(one.months[0]), last_day(one.months[-1])))
    assert not any(one.cut for one in found[1:-1])


@given(SPANS, EVERY, st.sets(st.integers(1, 12), min_size=1))
def test_named_months_only_ever_narrow(period: Span, every: str, months: set[int]) -> None:
    for one in slots(period, every, months):
        assert period.start <= one.start <= one.end <= period.end
        assert {month % 12 + 1 for month in one.months} <= months


@given(DAYS)
def test_a_months_first_and_last_day_are_in_it(day: date) -> None:
    number = month_number(day)
    assert first_day(number) <= day <= last_day(number)
    assert month_number(last_day(number) + timedelta(days=1)) == number + 1


@pytest.mark.parametrize(
    ("period", "months"),
    [
        ("2025-01-01 … 2025-12-31", 12),
        ("2024-07-01 … 2025-06-30", 12),
        ("2025-01-15 … 2026-01-14", 12),
        ("2013-03-01 … 2014-12-31", 22),
        ("2025-01-15 … 2025-12-31", None),
        ("2025-01-01 … 2025-12-30", None),
    ],
)
def test_a_period_is_so_many_whole_months_or_none(period: str, months: int | None) -> None:
    assert whole_months(span(period)) == months
