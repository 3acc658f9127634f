"""The values of a number at which what it earns changes."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evaluator.exact import Exact, Number, ceil_div
from evaluator.exact import whole as whole_number
from evaluator.finding import Requirement

# Above a limit of a number that is not counted in wholes: the next value that people write.
_JUST = Fraction(1, 100)


def ascending(requirement: Requirement, denominator: Number, *, whole: bool) -> Iterator[Number]:
    """The least values that reach each step from below (of a ratio: numerators over ``denominator``)."""
    for name, limit in _limits(requirement):
        edge = limit.value * denominator
        if name == "at_least" or (name == "equals" and (not whole or edge.denominator == 1)):
            yield _upwards(edge, whole)
        elif name == "above":
            yield edge.numerator // edge.denominator + 1 if whole else whole_number(edge + _JUST)


def descending(requirement: Requirement, denominator: Number, *, whole: bool) -> Iterator[Number]:
    """The greatest values that reach each step from above."""
    for name, limit in _limits(requirement):
        edge = limit.value * denominator
        if name == "at_most" or (name == "equals" and (not whole or edge.denominator == 1)):
            yield edge.numerator // edge.denominator if whole else whole_number(edge)
        elif name == "below" and edge > 0:
            yield ceil_div(edge.numerator, edge.denominator) - 1 if whole else max(edge - _JUST, Fraction(0))


def _upwards(edge: Fraction, whole: bool) -> Number:
    return ceil_div(edge.numerator, edge.denominator) if whole else whole_number(edge)


def _limits(requirement: Requirement) -> Iterator[tuple[str, Exact]]:
    yield from requirement.limits
    yield from ((name, limit) for name, limit, _ in requirement.steps)
    if requirement.scale is not None:
        start, end = requirement.scale
        yield ("at_least" if end.value > start.value else "at_most"), end
