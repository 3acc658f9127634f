"""A submission: what a community or city sends. Work, never persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import lt
from typing import Any, Literal, Self

from pydantic import Field, model_validator

from evaluator.entries import Document, Event, Statement, Unit
from evaluator.entry_forms import FileName
from evaluator.model import (
    Identifier,
    IsoDate,
    Line,
    Model,
    PeriodDate,
    Quantity,
    SubjectKind,
    Tuple,
    refusal,
)
from evaluator.windows import Span


class Subject(Model):
    """Who is judged: an institution's identifier, name, kind, region and attributes."""

    id: Identifier
    name: Line
    kind: SubjectKind
    region: Tuple[Line] = ()
    attributes: dict[Identifier, Identifier] = {}


class Period(Model):
    """The days that are judged, both inclusive."""

    from_: PeriodDate = Field(alias="from")
    to: PeriodDate

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.to < self.from_:
            raise refusal(
                "reversed_period",
                "评估期的止日早于起日",
                "the period ends before it begins",
                mend_zh="对调 from 与 to",
                mend_en="exchange from and to",
            )
        return self

    @property
    def span(self) -> Span:
        """The period as a span."""
        return Span(self.from_, self.to)


class Previous(Model):
    """Figures of the period before, for comparison."""

    counts: dict[Identifier, Quantity] = {}


class SelfRating(Model):
    """A level that the subject gives itself: printed, never decides."""

    criterion: Identifier
    level: int
    reason: Line


class Evidence(Model):
    """What can be submitted, by a subject itself or by its street for all its communities.

    ``sources`` names the document that a count was taken from.
    """

    counts: dict[Identifier, Quantity] = {}
    sources: dict[Identifier, Line] = {}
    previous: Previous = Previous()
    events: Tuple[Event] = ()
    documents: Tuple[Document] = ()
    statements: Tuple[Statement] = ()
    none: Tuple[Identifier] = ()
    units: dict[Identifier, Tuple[Unit]] = {}

    def entries(self) -> Iterator[tuple[str, int, Event | Document | Statement]]:
        """Every entry with an id: its list's name, its position, itself."""
        for name in ("events", "documents", "statements"):
            for position, entry in enumerate(getattr(self, name)):
                yield name, position, entry


class Submission(Evidence):
    """One subject's submission for one period."""

    submission: Literal[1]
    subject: Subject
    period: Period
    as_of: IsoDate | None = None
    includes: Tuple[FileName] = ()
    ratings: Tuple[SelfRating] = ()


@lru_cache(maxsize=8192)
def natural(name: str) -> tuple[tuple[int, int | str], ...]:
    """The key by which ids are put in order as people count: E2 before E10."""
    parts = re.split(r"(\d+)", name)
    return tuple((0, int(part)) if part.isdecimal() else (1, part) for part in parts if part)


def in_order(submission: Submission) -> Submission:
    """``submission`` with its entries in the order of their ids: the rows of a form may have been moved.

    What is a set is in alphabetical order: the parts of a document, the types of which there is none. A kind of unit without
    a unit is one of these.
    """
    if _is_in_order(submission):
        return submission
    without = {kind for kind, units in submission.units.items() if not units}
    return submission.model_copy(
        update={
            "events": tuple(sorted(submission.events, key=by_id)),
            "documents": tuple(sorted(map(_parts_in_order, submission.documents), key=by_id)),
            "statements": tuple(sorted(submission.statements, key=by_id)),
            "none": tuple(sorted({*submission.none, *without})),
            "units": {
                kind: tuple(sorted(units, key=by_id)) for kind, units in submission.units.items() if units
            },
            "ratings": tuple(sorted(submission.ratings, key=lambda one: natural(one.criterion))),
        }
    )


def _is_in_order(submission: Submission) -> bool:
    """Whether that is certain; where ids count alike it is not."""
    listed = (submission.events, submission.documents, submission.statements, *submission.units.values())
    return (
        all(submission.units.values())
        and all(_count_up(tuple([one.id for one in entries])) for entries in listed)
        and all(map(_rises, {one.contains for one in submission.documents}))
        and _rises(submission.none)
        and _count_up(tuple([one.criterion for one in submission.ratings]))
    )


# Most submissions number their entries alike.
@lru_cache(maxsize=1024)
def _count_up(ids: tuple[str, ...]) -> bool:
    return _rises([natural(one) for one in ids])


def _rises(keys: Sequence[Any]) -> bool:
    return len(keys) < 2 or all(map(lt, keys, keys[1:]))


def _parts_in_order(paper: Document) -> Document:
    parts = tuple(sorted(set(paper.contains)))
    return paper if parts == paper.contains else paper.model_copy(update={"contains": parts})


def by_id(entry: Event | Document | Statement | Unit) -> tuple[tuple[tuple[int, int | str], ...], str]:
    """The key by which entries are put in order."""
    # E1 and E01 count alike: the text decides between them.
    return natural(entry.id), entry.id
