"""Facts: a submission indexed once, so that each check reads what it needs without scanning the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from evaluator.entries import Document, Event, Statement, Unit
from evaluator.exact import Number
from evaluator.submission import Submission
from evaluator.windows import Span, month_number

Stage = Literal["self_check", "preliminary", "inspection", "final"]
STAGES: tuple[Stage, ...] = ("self_check", "preliminary", "inspection", "final")


class Events(NamedTuple):
    """The events of one type that count: inside the period and not after ``as_of``."""

    ids: tuple[str, ...]
    by_month: Mapping[int, tuple[str, ...]]


class Paper(NamedTuple):
    """One document as checks see it."""

    id: str
    issued: date | None
    valid_to: date | None
    contains: frozenset[str]
    attached: bool


class Said(NamedTuple):
    """One statement as checks see it; ``id`` is empty inside a unit."""

    id: str
    value: bool
    attached: bool


NO_EVENTS = Events((), {})
NOTHING_SEEN: Mapping[str, bool] = {}


class Facts:
    """What is known of one subject for one period.

    ``closing`` is true at the stages where what was not submitted is closed at zero (decision 1); ``leniently`` is the same
    facts without closing, for conditions. ``complete`` names the types of which everything is known; ``rejected`` the items of
    which an inspector accepted nothing that was submitted: a check that wanted them fails, a condition stays undecided.
    """

    __slots__ = (
        "as_of",
        "attributes",
        "closing",
        "complete",
        "counts",
        "documents",
        "events",
        "leniently",
        "over",
        "previous",
        "ratings",
        "rejected",
        "span",
        "statements",
        "units",
    )

    def __init__(
        self,
        *,
        span: Span,
        as_of: date,
        closing: bool,
        counts: Mapping[str, Number],
        previous: Mapping[str, Number],
        events: Mapping[str, Events],
        documents: Mapping[str, tuple[Paper, ...]],
        statements: Mapping[str, Said],
        complete: frozenset[str],
        units: Mapping[str, tuple[tuple[str, Facts], ...]],
        ratings: Mapping[str, int],
        attributes: Mapping[str, str],
        rejected: frozenset[str] = frozenset(),
    ) -> None:
        self.span, self.as_of, self.closing = span, as_of, closing
        self.counts, self.previous = counts, previous
        self.events, self.documents, self.statements = events, documents, statements
        self.complete, self.units, self.ratings, self.attributes = complete, units, ratings, attributes
        self.rejected = rejected
        self.over = as_of >= span.end
        self.leniently: Facts = self if not closing else self._without_closing()

    def _without_closing(self) -> Facts:
        units = {
            kind: tuple((name, unit.leniently) for name, unit in units) for kind, units in self.units.items()
        }
        # To reject what a condition rests on removes no requirement.
        return self.replaced(closing=False, complete=self.complete - self.rejected, units=units)

    def replaced(self, **fields: Any) -> Facts:
        """These facts with some fields replaced, as the constructor names them."""
        return Facts(**{name: fields.get(name, getattr(self, name)) for name in _GIVEN})


_GIVEN = (
    "span",
    "as_of",
    "closing",
    "counts",
    "previous",
    "events",
    "documents",
    "statements",
    "complete",
    "units",
    "ratings",
    "attributes",
    "rejected",
)


def facts_of(
    submission: Submission,
    as_of: date,
    stage: Stage = "self_check",
    ratings: Mapping[str, int] | None = None,
    *,
    rejected: frozenset[str] = frozenset(),
    seen: Mapping[str, bool] = NOTHING_SEEN,
) -> Facts:
    """Index ``submission`` as it stood on ``as_of`` at ``stage``.

    ``ratings`` are an inspector's levels by criterion; the submission's own ratings never decide. ``rejected`` names items of
    which nothing submitted was accepted, ``seen`` says of entries whether an inspector had them before her, whatever is attached.
    """
    span, closing = submission.period.span, stage != "self_check"
    events = events_of(submission.events, span, as_of)
    documents = documents_of(submission.documents, seen)
    return Facts(
        span=span,
        as_of=as_of,
        closing=closing,
        counts=submission.counts,
        previous=submission.previous.counts,
        events=events,
        documents=documents,
        statements={one.type: said_of(one, seen) for one in submission.statements},
        # Whoever submitted entries of a type submitted all of them: without those rejected there is none.
        complete=frozenset(events) | frozenset(documents) | frozenset(submission.none) | rejected,
        units={
            kind: tuple((unit.id, _unit(unit, span, as_of, closing)) for unit in units)
            for kind, units in submission.units.items()
        },
        ratings=ratings or {},
        attributes={"kind": submission.subject.kind, **submission.subject.attributes},
        rejected=rejected,
    )


def events_of(events: Iterable[Event], span: Span, as_of: date) -> dict[str, Events]:
    """Events by type, those that count by month."""
    months: dict[str, dict[int, tuple[str, ...]]] = {}
    for event in sorted(events, key=lambda one: (one.date, one.id)):
        by_month = months.setdefault(event.type, {})
        if event.date in span and event.date <= as_of:
            month = month_number(event.date)
            by_month[month] = (*by_month.get(month, ()), event.id)
    return {
        name: Events(tuple(one for ids in by_month.values() for one in ids), by_month)
        for name, by_month in months.items()
    }


def documents_of(documents: Iterable[Document], seen: Mapping[str, bool]) -> dict[str, tuple[Paper, ...]]:
    """Documents by type, the earliest first; ``seen`` as for ``facts_of``."""
    found: dict[str, list[Paper]] = {}
    for one in documents:
        paper = Paper(one.id, one.issued, one.valid_to, frozenset(one.contains), _attached(one, seen))
        found.setdefault(one.type, []).append(paper)
    return {
        name: tuple(sorted(papers, key=lambda p: (p.issued or date.min, p.id)))
        for name, papers in found.items()
    }


def said_of(one: Statement, seen: Mapping[str, bool]) -> Said:
    """A statement as checks see it; ``seen`` as for ``facts_of``."""
    return Said(one.id, one.value, _attached(one, seen))


def _attached(one: Document | Statement, seen: Mapping[str, bool]) -> bool:
    return seen.get(one.id, bool(one.files))


def no_facts(span: Span) -> Facts:
    """Nothing submitted, on the last day of ``span``: what every check asks for stands out."""
    return _only(span, span.end, closing=False)


def _unit(unit: Unit, span: Span, as_of: date, closing: bool) -> Facts:
    statements = {name: Said("", value, True) for name, value in unit.statements.items()}
    return _only(span, as_of, closing=closing, counts=unit.counts, statements=statements)


def _only(
    span: Span,
    as_of: date,
    *,
    closing: bool,
    counts: Mapping[str, Number] | None = None,
    statements: Mapping[str, Said] | None = None,
) -> Facts:
    return Facts(
        span=span,
        as_of=as_of,
        closing=closing,
        counts=counts or {},
        previous={},
        events={},
        documents={},
        statements=statements or {},
        complete=frozenset(),
        units={},
        ratings={},
        attributes={},
    )
