"""A submission: what a community or city sends. Work, never persons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from evaluator.model import Identifier, IsoDate, Line, Model, Quantity, SubjectKind, Tuple, refusal
from evaluator.windows import Span

EvidenceId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
FileName = Annotated[str, Field(min_length=1, max_length=255, pattern=r"^[^\x00-\x1f\\]+$")]


class Subject(Model):
    """Who is judged: an institution's identifier, name, kind, region and attributes."""

    id: Identifier
    name: Line
    kind: SubjectKind
    region: Tuple[Line] = ()
    attributes: dict[Identifier, Identifier] = {}


class Period(Model):
    """The days that are judged, both inclusive."""

    from_: IsoDate = Field(alias="from")
    to: IsoDate

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


class Event(Model):
    """One dated event."""

    id: EvidenceId
    type: Identifier
    date: IsoDate
    title: Line | None = None
    files: Tuple[FileName] = ()


class Document(Model):
    """One document's metadata: never its content about persons."""

    id: EvidenceId
    type: Identifier
    title: Line | None = None
    number: Line | None = None
    issued: IsoDate | None = None
    valid_to: IsoDate | None = None
    contains: Tuple[Identifier] = ()
    files: Tuple[FileName] = ()


class Statement(Model):
    """One yes or no about the institution."""

    id: EvidenceId
    type: Identifier
    value: bool
    note: Line | None = None
    files: Tuple[FileName] = ()


class Unit(Model):
    """One unit of the subject (a residential quarter, a street) with its own counts and statements."""

    id: EvidenceId
    name: Line | None = None
    counts: dict[Identifier, Quantity] = {}
    statements: dict[Identifier, bool] = {}


class SelfRating(Model):
    """A level that the subject gives itself: printed, never decides."""

    criterion: Identifier
    level: int
    reason: Line


class Evidence(Model):
    """What can be submitted, by a subject itself or by its street for all its communities."""

    counts: dict[Identifier, Quantity] = {}
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
