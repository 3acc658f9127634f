"""From a measured number to how far it falls short of what is required; exactly."""

from __future__ import annotations

from typing import Protocol

from evaluator.crediting import test_of
from evaluator.exact import Exact, Number, ceil_div, quotient
from evaluator.finding import Requirement, Shortfall


class ShortfallAt(Protocol):
    """How far a number given as numerator and denominator falls short; ``most`` bounds what is possible."""

    def __call__(self, numerator: Number, denominator: Number, most: Number | None = None) -> Shortfall: ...


def shortfall_of(requirement: Requirement, of: str, *, whole: bool, mendable: bool = True) -> ShortfallAt:
    """How much more (or less) of ``of`` meets ``requirement`` in full; of several limits, the first that fails.

    Unless ``mendable``, nothing can make it up.
    """
    if len(requirement.limits) < 2:
        return _shortfall_of(*_target(requirement), of, whole, mendable)
    parts = [
        (test_of(name, limit, tally=False), _shortfall_of(name, limit, of, whole, mendable))
        for name, limit in requirement.limits
    ]

    def shortfall(numerator: Number, denominator: Number, most: Number | None = None) -> Shortfall:
        failing = next((one for holds, one in parts if not holds(numerator, denominator)), parts[0][1])
        return failing(numerator, denominator, most)

    return shortfall


def _shortfall_of(name: str, limit: Exact, of: str, whole: bool, mendable: bool) -> ShortfallAt:
    top, bottom = limit.value.as_integer_ratio()
    strict = name in ("above", "below")
    details = ("beyond",) if strict and not whole else ()

    def shortfall(numerator: Number, denominator: Number, most: Number | None = None) -> Shortfall:
        # In numerators over one denominator: whole numbers stay whole, and no fraction is made on the way.
        beyond = numerator * bottom - top * denominator
        less = name in ("at_most", "below") or (name == "equals" and beyond > 0)
        gap = beyond if less else -beyond
        amount: Number
        if whole:
            amount = ceil_div(gap, bottom)
            if strict and amount * bottom == gap:
                amount += 1
        else:
            amount = quotient(gap, bottom)
        possible = mendable and (less or most is None or numerator + amount <= most)
        return Shortfall("fewer" if less else "more", amount, of, possible, details)

    return shortfall


def _target(requirement: Requirement) -> tuple[str, Exact]:
    if requirement.steps:
        name, limit, _ = max(requirement.steps, key=lambda step: step[2])
        return name, limit
    if requirement.scale is not None:
        start, end = requirement.scale
        return ("at_least" if end.value > start.value else "at_most"), end
    return requirement.limits[0]
