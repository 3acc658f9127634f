"""Facts: a submission indexed once, so that each check reads what it needs without scanning the evidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from evaluator.entries import Document, Event, Statement, Unit
from evaluator.exact import Number
from evaluator.submission import Submission
from evaluator.windows import Span

Stage = Literal["self_check", "preliminary", "inspection", "final"]
STAGES: tuple[Stage, ...] = ("self_check", "preliminary", "inspection", "final")


class Said(NamedTuple):
    """One statement as checks see it; ``id`` is empty inside a unit."""

    id: str
    value: bool
    attached: bool


NOTHING: Mapping[str, Any] = MappingProxyType({})
NOTHING_SEEN: Mapping[str, bool] = NOTHING


class Facts:
    """What is known of one subject for one period.

    ``events`` are those that count, inside the period and not after ``as_of``, in order of day and id; ``documents`` all of a
    type, the earliest first. ``closing`` is true at the stages where what was not submitted is closed at zero (decision 1);
    ``leniently`` is the same facts without closing, for conditions. ``complete`` names the types of which everything is known;
    ``rejected`` the items of which an inspector accepted nothing that was submitted: a check that wanted them fails, a condition
    stays undecided. ``seen`` says of entries whether an inspector had them before her, whatever is attached.
    """

    __slots__ = (
        "_leniently",
        "as_of",
        "attributes",
        "closing",
        "complete",
        "counts",
        "documents",
        "events",
        "over",
        "previous",
        "ratings",
        "rejected",
        "seen",
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
        counts: Mapping[str, Number] = NOTHING,
        previous: Mapping[str, Number] = NOTHING,
        events: Mapping[str, Sequence[Event]] = NOTHING,
        documents: Mapping[str, Sequence[Document]] = NOTHING,
        statements: Mapping[str, Said] = NOTHING,
        complete: frozenset[str] = frozenset(),
        units: Mapping[str, tuple[tuple[str, Facts], ...]] = NOTHING,
        ratings: Mapping[str, int] = NOTHING,
        attributes: Mapping[str, str] = NOTHING,
        rejected: frozenset[str] = frozenset(),
        seen: Mapping[str, bool] = NOTHING_SEEN,
    ) -> None:
        self.span, self.as_of, self.closing = span, as_of, closing
        self.counts, self.previous = counts, previous
        self.events, self.documents, self.statements = events, documents, statements
        self.complete, self.units, self.ratings, self.attributes = complete, units, ratings, attributes
        self.rejected, self.seen = rejected, seen
        self.over = as_of >= span.end
        self._leniently: Facts | None = None

    @property
    def leniently(self) -> Facts:
        """These facts without closing; made when a condition first asks for them."""
        if not self.closing:
            return self
        if self._leniently is None:
            self._leniently = self._without_closing()
        return self._leniently

    def _without_closing(self) -> Facts:
        units = {
            kind: tuple([(name, unit.leniently) for name, unit in units])
            for kind, units in self.units.items()
        }
        # To reject what a condition rests on removes no requirement.
        return self.replaced(closing=False, complete=self.complete - self.rejected, units=units)

    def attached(self, entry: Document | Statement) -> bool:
        """Whether something is attached to ``entry``, or an inspector had it before her."""
        return self.seen.get(entry.id, bool(entry.files)) if self.seen else bool(entry.files)

    def replaced(self, **fields: Any) -> Facts:
        """These facts with some fields replaced, as the constructor names them."""
        return Facts(**dict(zip(_GIVEN, _ALL_GIVEN(self), strict=True)) | fields)


_GIVEN = tuple(name for name in Facts.__slots__ if name not in ("_leniently", "over"))
_ALL_GIVEN = attrgetter(*_GIVEN)


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
    which nothing submitted was accepted; ``seen`` as for ``Facts``.
    """
    span, closing = submission.period.span, stage != "self_check"
    events = events_of(submission.events, span, as_of)
    documents = documents_of(submission.documents)
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
        complete=rejected.union(events, documents, submission.none),
        units={
            kind: tuple([(unit.id, _unit(unit, span, as_of, closing)) for unit in units])
            for kind, units in submission.units.items()
        },
        ratings=ratings or {},
        attributes={"kind": submission.subject.kind, **submission.subject.attributes},
        rejected=rejected,
        seen=seen,
    )


def events_of(events: Iterable[Event], span: Span, as_of: date) -> dict[str, Sequence[Event]]:
    """Events by type, of each those that count, in order of day and id."""
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[event.type].append(event)
    first, last = span.start, min(span.end, as_of)
    counting: dict[str, Sequence[Event]] = {}
    for name, held in found.items():
        if len(held) > 1:
            held.sort(key=_DAY_AND_ID)
        inside = first <= held[0].date and held[-1].date <= last
        counting[name] = held if inside else [one for one in held if first <= one.date <= last]
    return counting


_DAY_AND_ID = attrgetter("date", "id")


def documents_of(documents: Iterable[Document]) -> dict[str, Sequence[Document]]:
    """Documents by type, the earliest first."""
    found: defaultdict[str, list[Document]] = defaultdict(list)
    for one in documents:
        found[one.type].append(one)
    for papers in found.values():
        if len(papers) > 1:
            papers.sort(key=_issued_and_id)
    return dict(found)


def _issued_and_id(paper: Document) -> tuple[date, str]:
    return paper.issued or date.min, paper.id


def said_of(one: Statement, seen: Mapping[str, bool]) -> Said:
    """A statement as checks see it; ``seen`` as for ``facts_of``."""
    return Said(one.id, one.value, seen.get(one.id, bool(one.files)))


def no_facts(span: Span) -> Facts:
    """Nothing submitted, on the last day of ``span``: what every check asks for stands out."""
    return Facts(span=span, as_of=span.end, closing=False)


def _unit(unit: Unit, span: Span, as_of: date, closing: bool) -> Facts:
    statements = {name: Said("", value, True) for name, value in unit.statements.items()}
    return Facts(span=span, as_of=as_of, closing=closing, counts=unit.counts, statements=statements)
