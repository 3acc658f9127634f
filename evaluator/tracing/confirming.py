"""Confirming: the pins as they are after somebody compared text and criteria on a stated day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import NamedTuple, TypeVar

from evaluator.tracing.fingerprints import criterion_fingerprint
from evaluator.tracing.pins import ClausePin, CriterionPin, TextPin, Trace
from evaluator.tracing.plain import plain
from evaluator.tracing.traced import Traced

T = TypeVar("T")


class Confirmation(NamedTuple):
    """The new pins, what was confirmed or struck out, and what errors kept from being confirmed."""

    trace: Trace
    confirmed: tuple[str, ...]
    struck: tuple[str, ...]
    refused: tuple[str, ...]
    whole_text: bool


def confirmable(traced: Traced) -> tuple[str, ...]:
    """What ``--confirm`` can name: criteria, clauses that no criterion cites, and what is left over of either."""
    pins = traced.pins
    return tuple(dict.fromkeys((*traced.statuses, *traced.uncited, *pins.criteria, *pins.clauses)))


def named(name: str, traced: Traced) -> str | None:
    """The one of ``confirmable`` that ``name`` means, blanks and full-width forms apart."""
    return next((one for one in confirmable(traced) if plain(one) == plain(name)), None)


def confirm(traced: Traced, names: Collection[str] | None, day: date) -> Confirmation:
    """Confirms ``names`` of ``confirmable`` on ``day``; None is all, where what had not changed keeps its day.

    The whole text is pinned with the last of them: when nothing is left to confirm or to mend.
    """
    pins = traced.pins
    wanted = set(confirmable(traced) if names is None else names)
    refused = tuple(name for name, status in traced.statuses.items() if status == "fault" and name in wanted)
    criteria, clauses = dict(pins.criteria), dict(pins.clauses)
    confirmed: list[str] = []
    for _, _, criterion in traced.given.ruleset.criteria():
        part, status = traced.parts[criterion.id], traced.statuses[criterion.id]
        if criterion.id not in wanted or criterion.id in refused or part is None:
            continue
        if names is None and status == "confirmed":
            continue
        criteria[criterion.id] = CriterionPin(
            clause=part.fingerprint, criterion=criterion_fingerprint(criterion), confirmed=day
        )
        confirmed.append(criterion.id)
    for name, part in traced.uncited.items():
        pin = clauses.get(name)
        if name in wanted and (names is not None or pin is None or pin.clause != part.fingerprint):
            clauses[name] = ClausePin(clause=part.fingerprint, confirmed=day)
            confirmed.append(name)
    struck = [name for name in criteria if name not in traced.statuses and name in wanted]
    gone = [name for name in clauses if name not in traced.uncited]
    struck += [name for name in gone if name in wanted]
    # What has a criterion now is pinned with that.
    cited = {part.name for part in traced.parts.values() if part is not None}
    for name in (*struck, *(one for one in gone if one in cited)):
        criteria.pop(name, None) if name not in traced.statuses else None
        clauses.pop(name, None)
    made = Trace(
        trace=1,
        text=pins.text,
        corrections=traced.corrections,
        criteria=_in_order(criteria, traced.statuses),
        clauses=_in_order(clauses, traced.uncited),
    )
    whole = _complete(traced, made)
    if whole:
        made = made.model_copy(update={"text": TextPin(file=traced.given.file, digest=traced.digest)})
    return Confirmation(made, tuple(confirmed), tuple(dict.fromkeys(struck)), refused, whole)


def _in_order(pins: dict[str, T], order: Collection[str]) -> dict[str, T]:
    return {name: pins[name] for name in (*order, *(one for one in pins if one not in order)) if name in pins}


def _complete(traced: Traced, made: Trace) -> bool:
    if traced.of_level("error"):
        return False
    if set(made.criteria) != set(traced.statuses) or set(made.clauses) != set(traced.uncited):
        return False
    parts = traced.parts
    return all(
        (part := parts[criterion.id]) is not None
        and made.criteria[criterion.id].clause == part.fingerprint
        and made.criteria[criterion.id].criterion == criterion_fingerprint(criterion)
        for _, _, criterion in traced.given.ruleset.criteria()
    ) and all(made.clauses[name].clause == part.fingerprint for name, part in traced.uncited.items())
