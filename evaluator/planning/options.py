"""Options: the ways in which one piece of work on one evidence item can be done, and which of them are worth choosing from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from evaluator.exact import Number
from evaluator.planning.change import Change
from evaluator.planning.world import Key, Leaf, World

Code = Literal["hold", "issue", "renew", "complete", "put", "raise", "lower", "report"]


class Visit(NamedTuple):
    """So many events to be held between two days, both inclusive."""

    start: date
    end: date
    times: int


class Option(NamedTuple):
    """One way to do a piece of work.

    ``due`` is the last day for it, ``units`` how much it is (events, documents, units of the subject), ``amount`` the number
    that is held, issued, added or taken away, ``to`` what a count comes to. ``document`` is the one that is completed;
    ``assumed`` says that a figure was taken to be as required because it is not reported yet.
    """

    code: Code
    change: Change
    due: date
    units: int
    amount: Number = 1
    to: Number | None = None
    visits: tuple[Visit, ...] = ()
    parts: tuple[str, ...] = ()
    attached: bool = False
    document: str = ""
    assumed: bool = False

    @property
    def begins(self) -> date:
        """The last day for the first part of it."""
        return self.visits[0].end if self.visits else self.due


Floors = Mapping[Key, tuple[Number | None, bool]]


def floors_of(leaves: Mapping[Key, Leaf]) -> Floors:
    """The sure credit of each leaf, and whether it is a condition."""
    return {key: (leaf.floor, leaf.condition) for key, leaf in leaves.items()}


def gaps(leaves: Iterable[Leaf], unit: str = "") -> list[Leaf]:
    """The leaves (of a kind of unit, or of the subject itself) that fall short and wait for no person."""
    return [
        leaf
        for leaf in leaves
        if not leaf.condition
        and leaf.unit == unit
        and leaf.floor is not None
        and leaf.floor < 1
        and leaf.finding.waits != "person"
    ]


def worth_choosing(
    options: Sequence[Option], item: str, world: World, beside: tuple[Change, ...] = ()
) -> tuple[Option, ...]:
    """The options of which none is at least as good in every leaf that reads ``item``; those that better no leaf are left out.

    Of options that come to the same, the first with the fewest units stays. ``beside`` are changes that hold in any case.
    """
    before = floors_of(world.leaves(item, beside))
    tried: list[tuple[Option, Floors]] = []
    for option in sorted(options, key=lambda one: one.units):
        after = floors_of(world.leaves(item, (*beside, option.change)))
        if _betters(after, before) and not any(_covers(other, after) for _, other in tried):
            tried = [(one, floors) for one, floors in tried if not _covers(after, floors)]
            tried.append((option, after))
    return tuple(option for option, _ in tried)


def _betters(after: Floors, before: Floors) -> bool:
    # What applies from now on, or no longer, is for the whole score to judge.
    if after.keys() != before.keys():
        return True
    return any(
        (floor is None) != (old is None) or (floor is not None and old is not None and floor > old)
        for (floor, _), (old, condition) in ((after[key], before[key]) for key in after)
        if not condition
    )


def _covers(one: Floors, other: Floors) -> bool:
    if one.keys() != other.keys():
        return False
    for key, (floor, condition) in one.items():
        least = other[key][0]
        if floor is None or least is None or condition:
            if floor != least:
                return False
        elif floor < least:
            return False
    return True
