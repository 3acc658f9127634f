"""The credit of what combines other findings: groups, alternatives, earnings and deductions line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from evaluator.errors import Words
from evaluator.exact import Number
from evaluator.finding import FULL, NONE, Interval
from evaluator.verifying.asked import Form, alternatives, form
from evaluator.verifying.contradiction import Contradiction, Json, Path, named, one_of
from evaluator.verifying.tree import Node

_COMBINING = ("group", "best_of", "earn", "deduct")


def of_combination(node: Node, path: Path, place: Words, worth: Fraction | None) -> Iterator[Contradiction]:
    """Whether the credit of ``node`` follows from its members; ``worth``: the criterion's points, where they are told."""
    said = node.said
    if said["kind"] not in _COMBINING or not node.members:
        return
    credits = [one.finding.credit for one in node.members if one.finding.credit is not None]
    where = named(place, "的得分率", "credit")
    at = (*path, node.position, "credit")
    yield from one_of(at, where, _said(said["credit"]), _possible(said, node.members, credits, worth))


def _possible(
    said: Json, members: Sequence[Node], credits: list[Interval], worth: Fraction | None
) -> list[object]:
    """Every credit that these members can come to; empty where the assessment does not tell how they combine."""
    if not credits:
        return [None]
    text = "" if said["required"] is None else said["required"]["text"]["en"]
    if said["kind"] == "group":
        found = form(text)
        return [] if found is None else [_said_as(one) for one in _combined(found, credits)]
    if said["kind"] == "best_of":
        points = alternatives(text)
        if worth is None or len(points) != len(members):
            return []
        earned = [
            (one.finding.credit.floor * own / worth, one.finding.credit.ceiling * own / worth)
            for one, own in zip(members, points, strict=True)
            if one.finding.credit is not None
        ]
        return [_said_as(Interval(max(low for low, _ in earned), max(high for _, high in earned)))]
    # How much a line weighs is not told; but lines that all earn nothing earn nothing, and from which nothing is taken leave all.
    if said["kind"] == "earn":
        return [_said_as(NONE)] if all(one == NONE for one in credits) else []
    return [_said_as(FULL)] if all(one == FULL for one in credits) else []


def _combined(found: Form, credits: list[Interval]) -> Iterator[Interval]:
    floors, ceilings = [one.floor for one in credits], [one.ceiling for one in credits]
    size = len(credits)
    if found.name == "any":
        yield Interval(max(floors), max(ceilings))
        return
    need = min(found.wanted, size) if found.name == "of" else size
    yield Interval(_best(floors, need), _best(ceilings, need))
    # All or nothing: the rules may say so, the finding does not.
    yield Interval(int(floors.count(1) >= need), int(ceilings.count(1) >= need))


def _best(credits: list[Number], number: int) -> Fraction:
    return Fraction(sum(sorted(credits, reverse=True)[:number], Fraction(0)), number)


def _said_as(credit: Interval) -> object:
    return {"floor": str(credit.floor), "ceiling": str(credit.ceiling)}


def _said(credit: Json | None) -> object:
    return None if credit is None else {"floor": credit["floor"], "ceiling": credit["ceiling"]}
