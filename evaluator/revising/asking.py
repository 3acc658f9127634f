"""Where a check stands whose changes are told, and what several kinds of check share."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from evaluator.checks import Check
from evaluator.errors import Words
from evaluator.revising.change import Change, Effect, both, changed
from evaluator.revising.sides import Two
from evaluator.revising.words import ATTACHMENT, aspect

Points = tuple[Fraction | None, Fraction | None]


class Asking(NamedTuple):
    """Where a check stands: both sides, the points of its criterion on each, and the words before what is said of it."""

    two: Two
    points: Points = (None, None)
    head: Words = Words("", "")

    def inside(self, old: Check) -> Asking:
        """The same for a member of a group, or a check in a line: steps are no points there."""
        return self._replace(points=(None, None), head=self.two.old.asks(old))


def item(old: Any, new: Any, field: str, at: Asking, what: str = "item") -> Iterator[Change]:
    """A change of the evidence that stands in ``field``."""
    before, after = getattr(old, field), getattr(new, field)
    if before != after:
        texts = at.two.old.label(before), at.two.new.label(after)
        yield changed(aspect(what), *texts, "evidence_changed", "depends")


def attachment(old: Any, new: Any) -> Iterator[Change]:
    """An attachment that is asked for, or no more."""
    if old.attachment != new.attachment:
        texts = both(lambda one: None if one.attachment is None else ATTACHMENT, old, new)
        effect: Effect = "looser" if new.attachment is None else "stricter"
        yield changed(aspect("attachment"), *texts, "changed", effect)


def sooner(old: str | None, new: str | None) -> Effect:
    """The effect of a deadline that moved; days of different forms cannot be compared."""
    if old is None or new is None:
        return "stricter" if old is None else "looser"
    if len(old) != len(new):
        return "depends"
    return "stricter" if new < old else "looser"


def narrowed(old: tuple[Any, ...], new: tuple[Any, ...]) -> Effect:
    """The effect on a list of what is allowed: fewer is stricter. An empty one allows everything."""
    before, after = frozenset(old), frozenset(new)
    if after and (not before or after < before):
        return "stricter"
    return "looser" if before and (not after or before < after) else "depends"
