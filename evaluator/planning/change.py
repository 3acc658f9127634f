"""Changes to a submission's evidence: the same change to the facts that checks read, and to the submission itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Literal, NamedTuple

from evaluator.entries import Unit
from evaluator.facts import Facts, Said, documents_of, events_of, said_of
from evaluator.submission import Submission

Kind = Literal["counts", "events", "documents", "statements", "units"]


def planned_id(name: str, n: int) -> str:
    """The id of the ``n``-th entry that is planned for the item ``name``."""
    return f"plan-{n}-{name}"[:64]


class Change(NamedTuple):
    """What one item holds afterwards.

    ``entries`` are the number of a count; all events or documents of the type (none at all: said to be none); the statement; for
    units of a kind ``(unit, "counts" or "statements", item, value)``, beside which all else stays.
    """

    kind: Kind
    item: str
    entries: tuple[Any, ...]


def without_later(submission: Submission, as_of: date) -> Submission:
    """``submission`` without what is dated after ``as_of``: announced is not done. A type stays known as it was."""
    events = tuple(one for one in submission.events if one.date <= as_of)
    documents = tuple(one for one in submission.documents if one.issued is None or one.issued <= as_of)
    gone = {one.type for one in submission.events} - {one.type for one in events}
    gone |= {one.type for one in submission.documents} - {one.type for one in documents}
    return submission.model_copy(
        update={
            "events": events,
            "documents": documents,
            "none": tuple(sorted({*submission.none, *gone})),
        }
    )


def changed_facts(facts: Facts, changes: Iterable[Change], seen: Mapping[str, bool]) -> Facts:
    """``facts`` after ``changes``; ``seen`` as for ``facts_of``. Of an item that changes no longer all was rejected."""
    fields: dict[str, Any] = {}

    def field(name: str) -> dict[str, Any]:
        if name not in fields:
            fields[name] = dict(getattr(facts, name))
        found: dict[str, Any] = fields[name]
        return found

    complete, rejected = set(facts.complete), set(facts.rejected)
    for kind, item, entries in changes:
        rejected.discard(item)
        if kind == "counts":
            field("counts")[item] = entries[0]
        elif kind == "statements":
            field("statements")[item] = said_of(entries[0], seen)
        elif kind == "units":
            units = field("units")
            units[item] = tuple((name, _changed_unit(name, unit, entries)) for name, unit in units[item])
        else:
            indexed: dict[str, Any] = (
                events_of(entries, facts.span, facts.as_of) if kind == "events" else documents_of(entries)
            )
            field(kind).pop(item, None)
            field(kind).update(indexed)
            complete.add(item)
    if not fields:
        return facts
    return facts.replaced(**fields, complete=frozenset(complete), rejected=frozenset(rejected))


def _changed_unit(name: str, unit: Facts, entries: tuple[Any, ...]) -> Facts:
    own = [(what, item, value) for one, what, item, value in entries if one == name]
    if not own:
        return unit
    counts, statements = dict(unit.counts), dict(unit.statements)
    for what, item, value in own:
        if what == "counts":
            counts[item] = value
        else:
            statements[item] = Said("", value, True)
    return unit.replaced(counts=counts, statements=statements)


def changed_submission(submission: Submission, changes: Iterable[Change]) -> Submission:
    """``submission`` after ``changes``."""
    for kind, item, entries in changes:
        update: dict[str, Any]
        if kind == "counts":
            update = {"counts": {**submission.counts, item: entries[0]}}
        elif kind == "units":
            units = tuple(_with_entries(unit, entries) for unit in submission.units[item])
            update = {"units": {**submission.units, item: units}}
        else:
            kept = tuple(one for one in getattr(submission, kind) if one.type != item)
            none = {*submission.none} - {item} if entries else {*submission.none, item}
            update = {kind: (*kept, *entries), "none": tuple(sorted(none))}
        submission = submission.model_copy(update=update)
    return submission


def _with_entries(unit: Unit, entries: tuple[Any, ...]) -> Unit:
    own = [(what, item, value) for one, what, item, value in entries if one == unit.id]
    update = {
        what: {**getattr(unit, what), **{item: value for kind, item, value in own if kind == what}}
        for what in ("counts", "statements")
    }
    return unit.model_copy(update=update)
