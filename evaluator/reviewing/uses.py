"""What a criterion reads, and whether of the subject itself or of each of its units. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from evaluator.checks import Check
from evaluator.checks.group import Group
from evaluator.model import Use
from evaluator.ruleset import Criterion


class Read(NamedTuple):
    """One item that is read: of a unit or not, its kind, its identifier."""

    of_unit: bool
    kind: str
    id: str


def reads(criterion: Criterion) -> set[Read]:
    """Everything that ``criterion`` reads."""
    found = {
        Read(inside, use.kind, use.id)
        for _, check in criterion.checks()
        for inside, use in _uses(check, inside=False)
    }
    own = (use for _, line in criterion.lines() for use in line.own_uses())
    return found | {Read(False, use.kind, use.id) for use in own}


def _uses(check: Check, *, inside: bool) -> Iterator[tuple[bool, Use]]:
    if isinstance(check, Group):
        for _, member in check.members():
            yield from _uses(member, inside=inside or check.each is not None)
    else:
        yield from ((inside, use) for use in check.uses())
