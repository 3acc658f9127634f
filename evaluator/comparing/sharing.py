"""Exact amounts as they are printed: rounded so that what stands on the page adds up on the page. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

from evaluator.exact import rounded

K = TypeVar("K")


def places_of(printed: str) -> int:
    """How many decimals a printed number has."""
    return len(printed.rstrip("…").partition(".")[2])


def shared(amounts: Sequence[Fraction], whole: Fraction, places: int) -> list[str]:
    """``amounts`` with ``places`` decimals, adding up to ``whole`` (their sum, rounded up or down to these places).

    Each is cut down to these places; the units that are left go to the largest remainders, the first of equal ones. None is moved
    by a whole unit, and what is nothing stays nothing.

    >>> shared([Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)], Fraction(1), 2)
    ['0.34', '0.33', '0.33']
    """
    unit = 10**places
    cut = [amount * unit // 1 for amount in amounts]
    left = int(whole * unit - sum(cut))
    order = sorted(range(len(amounts)), key=lambda n: (cut[n] - amounts[n] * unit, n))
    for n in order[:left]:
        cut[n] += 1
    return [rounded(Fraction(number, unit), places) for number in cut]


def shared_by_group(groups: Sequence[Mapping[K, Fraction]], whole: Fraction, places: int) -> dict[K, str]:
    """Every amount as it is printed: shared among the groups first, so that a group's sum is printed as exactly as one amount."""
    wholes = shared([sum(group.values(), Fraction(0)) for group in groups], whole, places)
    return {
        key: text
        for group, own in zip(groups, wholes, strict=True)
        for key, text in zip(group, shared(list(group.values()), Fraction(own), places), strict=True)
    }
