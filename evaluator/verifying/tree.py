"""The findings of a criterion, which an assessment lists flat, as the tree that they were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from evaluator.errors import Words
from evaluator.exact import whole
from evaluator.finding import FULL, NONE, UNDECIDED, Finding, Interval
from evaluator.verifying.contradiction import Contradiction, Json, Path, shown


class Node(NamedTuple):
    """One finding: its position in the list, what is said of it, its members, and the same as the engine had it.

    ``finding`` has what credit and outcome follow from; a leaf that a stage closed is told by its outcome.
    """

    position: int
    said: Json
    members: tuple[Node, ...]
    finding: Finding


def credit_of(said: Json | None) -> Interval | None:
    """A credit as an interval; None where it does not apply."""
    if said is None:
        return None
    floor, ceiling = Fraction(said["floor"]), Fraction(said["ceiling"])
    for known in (FULL, NONE, UNDECIDED):
        if (floor, ceiling) == (known.floor, known.ceiling):
            return known
    least, most = whole(floor), whole(ceiling)
    return Interval(least, least if floor == ceiling else most)


def parents_amiss(listed: Sequence[Json], path: Path, place: Words) -> Iterator[Contradiction]:
    """Where a list of findings is no tree: each parent stands before its members and has their role."""
    for n, one in enumerate(listed):
        parent = one["parent"]
        sound = parent is None or (0 <= parent < n and listed[parent]["role"] == one["role"])
        if not sound:
            where = Words(
                f"{place.zh}的第 {n + 1} 项检查所属的组合", f"{place.en}: the group of finding {n + 1}"
            )
            yield Contradiction((*path, n, "parent"), where, shown(parent), "—")


def grown(listed: Sequence[Json]) -> tuple[Node, ...]:
    """The top findings of ``listed`` (whose parents are sound) with their members."""
    below: dict[int | None, list[int]] = {}
    for n, one in enumerate(listed):
        below.setdefault(one["parent"], []).append(n)
    made: dict[int, Node] = {}
    # Members stand behind their group: from the last to the first, each finds its own made. No recursion, however deep it goes.
    for n in range(len(listed) - 1, -1, -1):
        made[n] = _node(n, listed[n], tuple(made[m] for m in below.get(n, ())))
    return tuple(made[n] for n in below.get(None, ()))


def every(nodes: Sequence[Node]) -> Iterator[Node]:
    """``nodes`` and all below them."""
    queue = list(nodes)
    while queue:
        one = queue.pop()
        yield one
        queue.extend(one.members)


def _node(position: int, said: Json, members: tuple[Node, ...]) -> Node:
    credit = credit_of(said["credit"])
    finding = Finding(
        said["kind"],
        tuple(said["of"]),
        credit,
        "",
        members=tuple(one.finding for one in members),
        waits=said["waits"],
        closed=not members and credit == NONE and said["outcome"] == "no_evidence",
    )
    return Node(position, said, members, finding)
