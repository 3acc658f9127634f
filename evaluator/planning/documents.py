"""Documents that can still be issued, or completed; never dated back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from evaluator.entries import Document
from evaluator.finding import Requirement
from evaluator.planning.change import Change, planned_id
from evaluator.planning.options import Option, gaps, worth_choosing
from evaluator.planning.thresholds import ascending
from evaluator.planning.world import Leaf, World

_FILE = "plan"


class _Wanted(NamedTuple):
    """What one leaf asks of a document: its parts, an attachment, the last day for it (None: it is over)."""

    leaf: Leaf
    parts: frozenset[str]
    attached: bool
    last: date | None

    @property
    def nearest(self) -> str:
        return self.leaf.finding.evidence[0] if self.leaf.finding.evidence else ""


def document_options(name: str, world: World) -> tuple[Option, ...]:
    """The ways to issue or complete documents of the type ``name``."""
    if not world.open:
        return ()
    there = tuple(one for one in world.submission.documents if one.type == name)
    leaves = world.leaves(name, () if name in world.facts.complete else (Change("documents", name, there),))
    short = gaps(leaves.values())
    wanted = [_wanted(leaf, world) for leaf in short if leaf.finding.kind == "document"]
    awaited = [_awaited(leaf, world) for leaf in short if leaf.finding.kind == "lateness"]
    numbers = [leaf for leaf in short if leaf.finding.kind == "quantity"]
    options = [
        *_completed(name, there, wanted, world),
        *_issued(name, there, [*wanted, *(one for one in awaited if one is not None)], numbers, world),
    ]
    return worth_choosing(options, name, world)


def _wanted(leaf: Leaf, world: World) -> _Wanted:
    required = leaf.finding.required
    assert required is not None
    _, deadline, attachment, *parts = required.details
    last = world.last
    if deadline:
        last = min(last, date.fromisoformat(deadline))
    over = last < world.first
    return _Wanted(
        leaf,
        frozenset(part.split(".", 1)[1] for part in parts),
        bool(attachment),
        None if over else last,
    )


def _awaited(leaf: Leaf, world: World) -> _Wanted | None:
    """A document that was not delivered: by the due day, or at once where that is over; None where one came late."""
    if leaf.finding.measured is not None or leaf.finding.required is None:
        return None
    due = leaf.finding.required.details[0]
    last = min(world.last, max(world.first, date.fromisoformat(due)))
    return _Wanted(leaf, frozenset(), False, last)


def _completed(
    name: str, there: tuple[Document, ...], wanted: list[_Wanted], world: World
) -> Iterator[Option]:
    """The document that all leaves find nearest, with what it lacks: where no deadline that it is to meet is over."""
    if not wanted or len({one.nearest for one in wanted}) != 1:
        return
    lacking = [one for one in wanted if one.leaf.finding.reason == "parts_missing"]
    reasons = {one.leaf.finding.reason for one in wanted}
    if reasons - {"parts_missing", "not_attached"} or any(one.last is None for one in lacking):
        return
    found = next(one for one in there if one.id == wanted[0].nearest)
    parts = _in_order(frozenset().union(*(one.parts for one in lacking)) - set(found.contains), name, world)
    attached = any(one.attached for one in wanted) and not found.files
    whole = found.model_copy(
        update={
            "contains": (*found.contains, *parts),
            "files": found.files or ((_FILE,) if attached else ()),
        }
    )
    others = tuple(one for one in there if one.id != found.id)
    yield Option(
        "complete",
        Change("documents", name, (*others, whole)),
        min([world.last, *(one.last for one in wanted if one.last is not None)]),
        1,
        parts=parts,
        attached=attached,
        document=found.id,
    )


def _issued(
    name: str,
    there: tuple[Document, ...],
    wanted: list[_Wanted],
    numbers: list[Leaf],
    world: World,
) -> Iterator[Option]:
    possible = [one for one in wanted if one.last is not None]
    most = max([1 if possible else 0, *(_lacking(leaf) for leaf in numbers)])
    parts = _in_order(frozenset().union(*(one.parts for one in possible)), name, world)
    attached = any(one.attached for one in possible)
    due = min([world.last, *(one.last for one in possible if one.last is not None)])
    item = world.catalogue.documents.get(name)
    until = world.facts.as_of if item is not None and item.valid == "dated" else None
    expiring = bool(possible) and all(one.leaf.finding.reason == "expired" for one in possible)
    for number in range(1, most + 1):
        new = tuple(
            Document(
                id=planned_id(name, n),
                type=name,
                issued=due,
                valid_to=until,
                contains=parts,
                files=(_FILE,) if attached else (),
            )
            for n in range(1, number + 1)
        )
        yield Option(
            "renew" if expiring else "issue",
            Change("documents", name, (*there, *new)),
            due,
            number,
            number,
            parts=parts,
            attached=attached,
        )


def _in_order(parts: frozenset[str], name: str, world: World) -> tuple[str, ...]:
    """Parts in the order in which the catalogue names them."""
    item = world.catalogue.documents.get(name)
    known = list(item.parts) if item is not None else []
    return tuple(sorted(parts, key=lambda part: (known.index(part) if part in known else len(known), part)))


def _lacking(leaf: Leaf) -> int:
    required, measured = leaf.finding.required, leaf.finding.measured
    if measured is None or not isinstance(required, Requirement) or required.code == "each":
        return 0
    return max((int(value) for value in ascending(required, 1, whole=True)), default=0) - int(
        measured.numerator
    )
