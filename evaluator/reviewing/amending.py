"""A submission as an inspector corrected it: numbers, answers and dates replaced, rejected evidence left out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import NamedTuple, TypeVar

from evaluator.entries import Document, Event, Statement, Unit
from evaluator.review_entries import (
    AnyCorrection,
    CountCorrection,
    DocumentCopyCorrection,
    DocumentDateCorrection,
    DocumentPartsCorrection,
    EventCorrection,
    PreviousCorrection,
    StatementCorrection,
)
from evaluator.submission import Previous, Submission

Dated = TypeVar("Dated", Event, Document, Statement)


class Amended(NamedTuple):
    """A submission after a review.

    ``rejected`` are the items of which nothing that was submitted is left; ``seen`` says of entries whether the inspector
    had them before her, whatever is attached.
    """

    submission: Submission
    rejected: frozenset[str]
    seen: Mapping[str, bool]


def amended(submission: Submission, corrections: Iterable[AnyCorrection], rejected: Set[str]) -> Amended:
    """``submission`` with ``corrections``, and without the evidence whose ids are ``rejected``."""
    found, seen = submission, dict[str, bool]()
    for one in corrections:
        found = _corrected(found, one, seen)
    kept = found.model_copy(
        update={
            "counts": {name: number for name, number in found.counts.items() if name not in rejected},
            "events": _without(found.events, rejected),
            "documents": _without(found.documents, rejected),
            "statements": _without(found.statements, rejected),
        }
    )
    return Amended(kept, _items(submission) - _items(kept), seen)


def with_additions(submission: Submission, found: Amended) -> Submission:
    """``submission`` as it was sent, and with what an inspector found that nobody had submitted."""
    statements = {one.type for one in submission.statements}
    return submission.model_copy(
        update={
            "counts": {**found.submission.counts, **submission.counts},
            "statements": (
                *submission.statements,
                *(one for one in found.submission.statements if one.type not in statements),
            ),
        }
    )


def _items(submission: Submission) -> frozenset[str]:
    return frozenset(submission.counts) | frozenset(entry.type for _, _, entry in submission.entries())


def _without(entries: tuple[Dated, ...], rejected: Set[str]) -> tuple[Dated, ...]:
    return tuple(one for one in entries if one.id not in rejected)


def _corrected(submission: Submission, one: AnyCorrection, seen: dict[str, bool]) -> Submission:
    match one:
        case CountCorrection(unit=str()) | StatementCorrection(unit=str()):
            return submission.model_copy(update={"units": _units(submission, one)})
        case CountCorrection():
            return submission.model_copy(update={"counts": {**submission.counts, one.count: one.verified}})
        case PreviousCorrection():
            counts = {**submission.previous.counts, one.previous: one.verified}
            return submission.model_copy(update={"previous": Previous(counts=counts)})
        case StatementCorrection():
            return submission.model_copy(update={"statements": _statements(submission, one, seen)})
        case EventCorrection():
            return submission.model_copy(
                update={
                    "events": tuple(
                        event.model_copy(update={"date": one.verified}) if event.id == one.event else event
                        for event in submission.events
                    )
                }
            )
        case DocumentCopyCorrection():
            seen[one.document] = one.verified
            return submission
        case _:
            return submission.model_copy(update={"documents": _documents(submission, one)})


def _documents(
    submission: Submission, one: DocumentDateCorrection | DocumentPartsCorrection
) -> tuple[Document, ...]:
    # The pages of a part that is not there would point at nothing.
    return tuple(
        paper.model_copy(
            update={one.field: one.verified, **({"pages": {}} if one.field == "contains" else {})}
        )
        if paper.id == one.document
        else paper
        for paper in submission.documents
    )


def _statements(
    submission: Submission, one: StatementCorrection, seen: dict[str, bool]
) -> tuple[Statement, ...]:
    known = next((said for said in submission.statements if said.type == one.statement), None)
    if known is None:
        taken = {entry.id for _, _, entry in submission.entries()}
        name = next(name for name in (one.statement, f"{one.statement}.verified") if name not in taken)
        known = Statement(id=name, type=one.statement, value=one.verified)
    if one.verified and not one.claimed:
        seen[known.id] = True
    said = known.model_copy(update={"value": one.verified})
    return (*(other for other in submission.statements if other.type != one.statement), said)


def _units(submission: Submission, one: CountCorrection | StatementCorrection) -> dict[str, tuple[Unit, ...]]:
    return {
        kind: tuple(_unit(unit, one) if unit.id == one.unit else unit for unit in units)
        for kind, units in submission.units.items()
    }


def _unit(unit: Unit, one: CountCorrection | StatementCorrection) -> Unit:
    if isinstance(one, CountCorrection):
        return unit.model_copy(update={"counts": {**unit.counts, one.count: one.verified}})
    return unit.model_copy(update={"statements": {**unit.statements, one.statement: one.verified}})
