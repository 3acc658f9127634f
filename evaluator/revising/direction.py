"""Whether a number earns less than before: credit compared over everything that can be measured, exactly.

Credit is linear between the numbers that thresholds, steps and scales name, so that both ends of each stretch decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction

from evaluator.catalogue import Catalogue
from evaluator.crediting import (
    Context,
    Graded,
    Thresholds,
    credit_at,
    requirement_of,
)
from evaluator.exact import Exact, Number
from evaluator.finding import Requirement
from evaluator.model import at_date
from evaluator.revising.change import Effect, joined
from evaluator.windows import Span

_NEVER = Span(date.min, date.min)
_NOTHING = Catalogue()
# So many of so many: windows of a period, members of a group.
_TALLIES = (1, 2, 3, 4, 5, 6, 8, 12, 24)
_QUARTER, _THREE = Fraction(1, 4), Fraction(3, 4)


def dates_of(*graded: Graded) -> tuple[date, ...]:
    """The days on which a dated threshold of any of these begins, the beginning of time first."""
    found = {date.min}
    for one in graded:
        for part in (one, *(one.steps or ())):
            for field in type(part).model_fields:
                value = getattr(part, field)
                if isinstance(value, dict):
                    found.update(day for day in value if isinstance(day, date))
    return tuple(sorted(found))


def in_force(graded: Graded, day: date, points: Fraction | None) -> Requirement:
    """What is asked on ``day``; steps as shares of ``points``."""
    context = Context(_NEVER, day, _NOTHING, points)
    limits = graded.limits(day) if isinstance(graded, Thresholds) else ()
    return requirement_of(graded, context, "", limits)


def measured_effect(
    old: Thresholds, new: Thresholds, points: tuple[Fraction | None, Fraction | None]
) -> Effect:
    """Whether ``new`` earns less than ``old`` on the same number, on any day."""
    return joined(_on(old, new, day, points) for day in dates_of(old, new))


def _on(
    old: Thresholds, new: Thresholds, day: date, points: tuple[Fraction | None, Fraction | None]
) -> Effect:
    asked = in_force(old, day, points[0]), in_force(new, day, points[1])
    before, after = (
        credit_at(one, proportional=graded.credit == "proportional")
        for one, graded in zip(asked, (old, new), strict=True)
    )
    marks = sorted({Fraction(0), *asked[0].values(), *asked[1].values()})
    lost = [_difference(before(x, 1), after(x, 1)) for x in marks]
    for low, high in zip(marks, [*marks[1:], marks[-1] * 2 + 1], strict=True):
        at = [low + (high - low) * share for share in (_QUARTER, _THREE)]
        first, second = (_difference(before(x, 1), after(x, 1)) for x in at)
        slope = (second - first) / 2
        lost.extend((first, second, first - slope, second + slope))
    return effect_of(lost)


def tallied_effect(
    old: Graded, new: Graded, points: tuple[Fraction | None, Fraction | None], wholes: Iterable[int] = ()
) -> Effect:
    """The same where so many of so many are measured: windows, or members of a group."""
    found = []
    for day in dates_of(old, new):
        asked = in_force(old, day, points[0]), in_force(new, day, points[1])
        for whole in tuple(wholes) or _TALLIES:
            shares = [
                tuple(_tallied(graded, one, whole)) for graded, one in zip((old, new), asked, strict=True)
            ]
            found.append(effect_of(_difference(a, b) for a, b in zip(*shares, strict=True)))
    return joined(found)


def _tallied(graded: Graded, requirement: Requirement, whole: int) -> Iterator[Number]:
    strict = getattr(graded, "credit", None) == "all_or_nothing"
    at = credit_at(requirement, tally=True) if graded.steps or graded.scale else None
    for n in range(whole + 1):
        yield at(n, whole) if at else int(n == whole) if strict else Fraction(n, whole)


def _difference(before: Number, after: Number) -> Fraction:
    return Fraction(before) - after


def effect_of(lost: Iterable[Number]) -> Effect:
    """Stricter where something is lost and nothing gained; and so on."""
    signs = {(one > 0) - (one < 0) for one in lost} - {0}
    if len(signs) > 1:
        return "depends"
    return "neutral" if not signs else "stricter" if 1 in signs else "looser"


def of_dated(old: Exact | dict[date, Exact], new: Exact | dict[date, Exact]) -> Sequence[tuple[Exact, Exact]]:
    """The values of two perhaps dated numbers on each day on which either changes."""
    days = {date.min, *(old if isinstance(old, dict) else ()), *(new if isinstance(new, dict) else ())}
    return [(at_date(old, day), at_date(new, day)) for day in sorted(days)]
