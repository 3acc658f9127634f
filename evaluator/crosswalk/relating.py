"""How two demands on one piece of evidence stand to each other: the same, stricter, looser, or not to be compared."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from evaluator.canonical import plain_data
from evaluator.checks.base import BaseCheck
from evaluator.checks.cadence import Cadence
from evaluator.checks.change import Change
from evaluator.checks.document import DocumentCheck
from evaluator.checks.quantity import Quantity
from evaluator.checks.statement import StatementCheck
from evaluator.crediting import COMPARISONS, Comparisons, Graded, Step
from evaluator.crosswalk.demands import Demand, Frame
from evaluator.exact import Exact
from evaluator.model import at_date

# Of the second demand, seen from the first; the best there is of several is told.
Relation = Literal["same", "looser", "stricter", "differs", "other"]
BEST_FIRST: tuple[Relation, ...] = ("same", "looser", "stricter", "differs", "other")
_CREDITING = {*COMPARISONS, "steps", "scale", "credit", "minimum_sample", "when_zero"}
_WINDOWS = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class Bounds(NamedTuple):
    """The numbers that earn full credit; None is no bound, and an open one is not reached."""

    low: Fraction | None = None
    low_open: bool = False
    high: Fraction | None = None
    high_open: bool = False

    def within(self, other: Bounds) -> bool:
        """Whether every number within these bounds is within ``other``."""
        return _from(self.low, self.low_open) >= _from(other.low, other.low_open) and _upto(
            self.high, self.high_open
        ) <= _upto(other.high, other.high_open)


def _from(bound: Fraction | None, is_open: bool) -> tuple[Any, ...]:
    return (0,) if bound is None else (1, bound, is_open)


def _upto(bound: Fraction | None, is_open: bool) -> tuple[Any, ...]:
    return (1,) if bound is None else (0, bound, not is_open)


def relation(first: Demand, second: Demand, one: Frame, other: Frame) -> Relation:
    """How ``second`` (of ``other``) stands to ``first`` (of ``one``), both of the same item."""
    if (first.role == "condition") != (second.role == "condition"):
        return "other"
    a, b = first.check, second.check
    # One count may be a part here and a whole there; an event, a document, a statement is wanted for itself.
    unlike: Relation = "other" if first.kind == "counts" else "differs"
    if a is None or b is None:
        return "differs" if a is b else unlike
    if _spelled(a) == _spelled(b):
        return "same"
    events = _rhythm(a, one), _rhythm(b, other)
    if events[0] is not None and events[1] is not None:
        found = _told(_implies(events[1], events[0]), _implies(events[0], events[1]))
        return "differs" if found == "same" and _graded(a) != _graded(b) else found
    if type(a) is not type(b):
        return unlike
    if isinstance(a, DocumentCheck) and isinstance(b, DocumentCheck):
        return _told(_documents(b, a), _documents(a, b))
    if isinstance(a, StatementCheck) and isinstance(b, StatementCheck):
        return _told(b.attachment is not None, a.attachment is not None)
    if isinstance(a, Change) and isinstance(b, Change):
        return "differs"
    return _measured(a, b, one.day, other.day, unlike)


def _told(second_implies_first: bool, first_implies_second: bool) -> Relation:
    if second_implies_first and first_implies_second:
        return "same"
    if second_implies_first:
        return "stricter"
    return "looser" if first_implies_second else "differs"


def _spelled(check: BaseCheck) -> Any:
    return plain_data(check)


def _measured(a: BaseCheck, b: BaseCheck, day: date, other: date, unlike: Relation) -> Relation:
    left, right = _spelled(a), _spelled(b)
    rest = [{key: value for key, value in one.items() if key not in _CREDITING} for one in (left, right)]
    if rest[0] != rest[1]:
        return unlike
    bounds = _bounds(a, day), _bounds(b, other)
    if bounds[0] is None or bounds[1] is None:
        return "differs"
    found = _told(bounds[1].within(bounds[0]), bounds[0].within(bounds[1]))
    # The same number may earn its points by another way on the way up.
    return "differs" if found == "same" and _graded(a) != _graded(b) else found


def _graded(check: BaseCheck) -> Any:
    return {key: value for key, value in _spelled(check).items() if key in ("steps", "scale", "credit")}


def _bounds(check: Any, day: date) -> Bounds | None:
    """The numbers that earn full credit on ``day``; None where the check compares none."""
    if isinstance(check, Graded) and check.steps:
        return _compared(max(check.steps, key=_worth), day)
    if isinstance(check, Graded) and check.scale is not None:
        start, end = check.scale.from_.value, check.scale.to.value
        return Bounds(low=end) if start < end else Bounds(high=end)
    return _compared(check, day) if isinstance(check, Comparisons) else None


def _worth(step: Step) -> Fraction:
    stated = step.credit if step.credit is not None else step.points
    return stated.value if stated is not None else Fraction(0)


def _compared(stated: Comparisons, day: date) -> Bounds | None:
    limits = dict(stated.limits(day))
    if not limits:
        return None
    if "equals" in limits:
        return Bounds(limits["equals"].value, False, limits["equals"].value, False)
    low = _tighter(limits.get("at_least"), limits.get("above"), least=True)
    high = _tighter(limits.get("at_most"), limits.get("below"), least=False)
    return Bounds(*low, *high)


def _tighter(closed: Exact | None, opened: Exact | None, *, least: bool) -> tuple[Fraction | None, bool]:
    if closed is None or opened is None:
        only = closed or opened
        return (only.value if only is not None else None), closed is None and opened is not None
    strict = opened.value >= closed.value if least else opened.value <= closed.value
    return (opened.value, True) if strict else (closed.value, False)


class _Rhythm(NamedTuple):
    """So many events in each window of so many months; which ``months`` count, and where windows begin."""

    months: int
    number: int
    only: tuple[int, ...]
    starts: int | None


def _rhythm(check: BaseCheck, of: Frame) -> _Rhythm | None:
    whole = of.ruleset.period.months
    if isinstance(check, Cadence) and not check.steps and check.scale is None:
        number = int(at_date(check.at_least, of.day).value)
        return _Rhythm(_WINDOWS.get(check.every, whole), number, check.months, check.starts)
    if isinstance(check, Quantity) and check.events is not None:
        limits = dict(check.limits(of.day))
        if set(limits) == {"at_least"}:
            return _Rhythm(whole, int(-(-limits["at_least"].value // 1)), (), None)
    return None


def _implies(one: _Rhythm, other: _Rhythm) -> bool:
    """Whether whoever keeps the rhythm ``one`` keeps ``other``."""
    if (one.starts or other.starts) != (other.starts or one.starts):
        return False
    # Whoever holds one in September holds one in the year; of shorter windows those without a September drop out.
    if one.only != other.only and (other.only or one.months < 12 or one.months != other.months):
        return False
    return other.months % one.months == 0 and one.number * (other.months // one.months) >= other.number


def _documents(one: DocumentCheck, other: DocumentCheck) -> bool:
    """Whether a document that ``one`` accepts is one that ``other`` accepts."""
    return (
        (one.state or "in_force") == (other.state or "in_force")
        and set(other.contains) <= set(one.contains)
        and (other.attachment is None or one.attachment is not None)
        and _in_time(one.issued_by, other.issued_by)
    )


def _in_time(one: str | None, other: str | None) -> bool:
    if other is None:
        return True
    # A day of the period and a day of one year are not compared.
    return one is not None and len(one) == len(other) and one <= other
