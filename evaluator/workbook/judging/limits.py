"""Thresholds, steps and scales as formulas: compared by cross-multiplication of whole numbers, so that no rounding decides."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from evaluator.crediting import COMPARISONS, Graded, Scale, Step, Thresholds
from evaluator.exact import Exact
from evaluator.workbook.judging.cells import day as day_of

_OPERATORS = {"at_least": ">=", "at_most": "<=", "above": ">", "below": "<", "equals": "="}
# Products of numbers that are not whole are rounded to so many places before they are compared.
_PLACES = 6


class Limit(NamedTuple):
    """A comparison with ``top`` ÷ ``bottom``; ``top`` is a formula where the threshold depends on the date."""

    name: str
    top: str
    bottom: int


class Number(NamedTuple):
    """A measured number as references to its numerator and denominator (``1`` for a plain number)."""

    top: str
    bottom: str = "1"
    whole: bool = True

    def less(self, limit: Limit) -> str:
        """How far the number lies above ``limit``, in numerators over one denominator."""
        times = "" if limit.bottom == 1 else f"*{limit.bottom}"
        over = "" if self.bottom == "1" else f"*{self.bottom}"
        difference = f"{self.top}{times}-{limit.top}{over}"
        return difference if self.whole else f"ROUND({difference},{_PLACES})"

    @property
    def value(self) -> str:
        """The quotient."""
        return self.top if self.bottom == "1" else f"{self.top}/{self.bottom}"


class Short(NamedTuple):
    """How much is wanting: ``amount`` of it, and whether that is less than there is (``1`` or ``0``)."""

    amount: str
    fewer: str


def limit_of(name: str, threshold: Exact | dict[date, Exact], day: str) -> Limit:
    """A threshold, dated ones as they are in force on the day in the cell ``day``."""
    if isinstance(threshold, Exact):
        return Limit(name, str(threshold.value.numerator), threshold.value.denominator)
    bottom = lcm(*(one.value.denominator for one in threshold.values()))
    tops = [(start, int(one.value * bottom)) for start, one in sorted(threshold.items())]
    text = str(tops[0][1])
    for start, top in tops[1:]:
        text = f"IF({day}>={day_of(start.year, start.month, start.day)},{top},{text})"
    return Limit(name, text, bottom)


def limits_of(thresholds: Thresholds | Step, day: str) -> tuple[Limit, ...]:
    """The comparisons in the order in which the engine names them."""
    stated = ((name, getattr(thresholds, name)) for name in COMPARISONS)
    return tuple(limit_of(name, value, day) for name, value in stated if value is not None)


def holds(number: Number, limit: Limit) -> str:
    """Whether ``number`` meets ``limit``."""
    return f"{number.less(limit)}{_OPERATORS[limit.name]}0"


def credit(thresholds: Thresholds, number: Number, day: str, points: Fraction | None) -> str:
    """The credit that a decided number earns."""
    if thresholds.steps is not None:
        text = "0"
        for step in reversed(thresholds.steps):
            text = f"IF({holds(number, limits_of(step, day)[0])},{step.share(points)},{text})"
        return text
    if thresholds.scale is not None:
        return _scaled(thresholds.scale, number)
    limits = limits_of(thresholds, day)
    if thresholds.credit == "proportional":
        limit = limits[0]
        times, over = f"{number.top}*{limit.bottom}", f"({limit.top})*{number.bottom}"
        return f"IF({holds(number, limit)},1,{times}/({over}))"
    return f"IF(AND({','.join(holds(number, limit) for limit in limits)}),1,0)"


def _scaled(scale: Scale, number: Number) -> str:
    start, end = scale.from_.value, scale.to.value
    ends = Limit("at_least" if end > start else "at_most", str(end.numerator), end.denominator)
    return f"IF({holds(number, ends)},1,MAX(0,MIN(1,({number.value}-({start}))/({end - start}))))"


def shortfall(
    thresholds: Thresholds, number: Number, day: str, points: Fraction | None, *, whole: bool
) -> Short:
    """What a number lacks that does not earn full credit: ``whole`` where it is counted whole."""
    limits = _targets(thresholds, day, points)
    amount, fewer = _wanting(limits[-1], number, whole=whole)
    for limit in reversed(limits[:-1]):
        one = _wanting(limit, number, whole=whole)
        amount = f"IF({holds(number, limit)},{amount},{one.amount})"
        fewer = f"IF({holds(number, limit)},{fewer},{one.fewer})"
    return Short(amount, fewer)


def _targets(graded: Graded, day: str, points: Fraction | None) -> tuple[Limit, ...]:
    if graded.steps is not None:
        best = max(graded.steps, key=lambda step: step.share(points))
        return limits_of(best, day)
    if graded.scale is not None:
        start, end = graded.scale.from_.value, graded.scale.to.value
        return (Limit("at_least" if end > start else "at_most", str(end.numerator), end.denominator),)
    assert isinstance(graded, Thresholds)
    return limits_of(graded, day)


def _wanting(limit: Limit, number: Number, *, whole: bool) -> Short:
    above = number.less(limit)
    gap, share = f"ABS({above})", limit.bottom
    fewer = {"at_most": "1", "below": "1", "equals": f"IF({above}>0,1,0)"}.get(limit.name, "0")
    if not whole:
        return Short(f"{gap}/{share}", fewer)
    rounded = gap if share == 1 else f"INT(({gap}+{share - 1})/{share})"
    if limit.name in ("above", "below"):
        # One beyond the limit itself.
        beyond = f"{gap}+1" if share == 1 else f"INT({gap}/{share})+1"
        return Short(beyond, fewer)
    return Short(rounded, fewer)
