"""Numbers that a measure can come to: what comparisons leave of them is what meets them, one by one."""

from __future__ import annotations

import operator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.checking.numbers import Numbers
from evaluator.crediting import COMPARISONS
from evaluator.exact import Exact

HOLDS = {
    "at_least": operator.ge,
    "at_most": operator.le,
    "above": operator.gt,
    "below": operator.lt,
    "equals": operator.eq,
}
HALVES = st.integers(0, 12).map(lambda number: Fraction(number, 2))
LIMITS = st.lists(st.tuples(st.sampled_from(COMPARISONS), HALVES.map(Exact)), max_size=3)
DOMAINS = st.sampled_from(
    [Numbers(), Numbers(whole=True), Numbers(high=Fraction(1)), Numbers(high=Fraction(4), whole=True)]
)
# Between and on all the limits that are drawn.
GRID = [Fraction(number, 4) for number in range(30)]


def possible(numbers: Numbers, value: Fraction) -> bool:
    """Whether ``value`` is one of ``numbers``, looked at plainly."""
    if numbers.whole and value.denominator != 1:
        return False
    above = value > numbers.low or (value == numbers.low and not numbers.low_open)
    below = numbers.high is None or value < numbers.high or (value == numbers.high and not numbers.high_open)
    return above and below


@given(DOMAINS, LIMITS)
def test_what_is_left_is_what_meets_every_comparison(
    domain: Numbers, limits: list[tuple[str, Exact]]
) -> None:
    left = domain.that(limits)
    for value in GRID:
        meets = all(HOLDS[name](value, limit.value) for name, limit in limits)
        assert possible(left, value) == (possible(domain, value) and meets), value


@given(DOMAINS, LIMITS)
def test_empty_is_what_holds_no_number(domain: Numbers, limits: list[tuple[str, Exact]]) -> None:
    left = domain.that(limits)
    assert left.empty == (not any(possible(left, value) for value in GRID))


@given(DOMAINS, LIMITS, LIMITS)
def test_within_is_said_only_of_numbers_that_are_all_there(
    domain: Numbers, some: list[tuple[str, Exact]], others: list[tuple[str, Exact]]
) -> None:
    left, right = domain.that(some), domain.that(others)
    if left.within(right):
        assert all(possible(right, value) for value in GRID if possible(left, value))


@pytest.mark.parametrize(
    ("domain", "limits", "left"),
    [
        (Numbers(whole=True), [("above", "2.5")], Numbers(Fraction(3), whole=True)),
        (Numbers(whole=True), [("below", "3")], Numbers(high=Fraction(2), whole=True)),
        (Numbers(), [("above", "2")], Numbers(Fraction(2), low_open=True)),
        (Numbers(high=Fraction(1)), [("at_most", "1")], Numbers(high=Fraction(1))),
    ],
)
def test_whole_numbers_close_the_ends_that_are_open(
    domain: Numbers, limits: list[tuple[str, str]], left: Numbers
) -> None:
    assert domain.that((name, Exact(Fraction(limit))) for name, limit in limits) == left
