"""Which numbers a measure can come to, and what comparisons leave of them. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from evaluator.exact import Exact


class Numbers(NamedTuple):
    """The numbers from ``low`` to ``high`` (None: without end), less the ends that are open; all, or ``whole`` ones only."""

    low: Fraction = Fraction(0)
    high: Fraction | None = None
    whole: bool = False
    low_open: bool = False
    high_open: bool = False

    @property
    def empty(self) -> bool:
        """Whether no number is left."""
        if self.high is None:
            return False
        return self.low > self.high or (self.low == self.high and (self.low_open or self.high_open))

    def within(self, other: Numbers) -> bool:
        """Whether each of these numbers is one of ``other``."""
        low = (self.low, self.low_open) >= (other.low, other.low_open)
        if other.high is None:
            return low
        return (
            low and self.high is not None and (-self.high, self.high_open) >= (-other.high, other.high_open)
        )

    def that(self, limits: Iterable[tuple[str, Exact]]) -> Numbers:
        """Those of the numbers that meet every comparison."""
        left = self
        for name, limit in limits:
            if name in ("at_least", "above", "equals"):
                left = _from(left, limit.value, is_open=name == "above")
            if name in ("at_most", "below", "equals"):
                left = _to(left, limit.value, is_open=name == "below")
        return left


def _from(numbers: Numbers, low: Fraction, *, is_open: bool) -> Numbers:
    if numbers.whole:
        least = -(-low.numerator // low.denominator)
        low, is_open = Fraction(least + (is_open and least == low)), False
    if (low, is_open) <= (numbers.low, numbers.low_open):
        return numbers
    return numbers._replace(low=low, low_open=is_open)


def _to(numbers: Numbers, high: Fraction, *, is_open: bool) -> Numbers:
    if numbers.whole:
        most = high.numerator // high.denominator
        high, is_open = Fraction(most - (is_open and most == high)), False
    if numbers.high is not None and (-high, is_open) <= (-numbers.high, numbers.high_open):
        return numbers
    return numbers._replace(high=high, high_open=is_open)
