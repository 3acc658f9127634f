"""What a form is made from: what rulesets ask, the items that it speaks of, and what is filled in already. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from evaluator.catalogue import Catalogue, CountItem, DocumentItem, EventItem
from evaluator.model import SubjectKind
from evaluator.submission import Evidence, SelfRating, Submission
from evaluator.workbook.asked import Asked, Key, Serving
from evaluator.workbook.form import Choices, Item, circled


class Filled(NamedTuple):
    """What stands in a form when it is made: nothing, or a submission's content. ``name`` and the period may still be missing."""

    kind: SubjectKind
    id: str | None = None
    name: str | None = None
    region: tuple[str, ...] = ()
    attributes: Mapping[str, str] = {}
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    includes: tuple[str, ...] = ()
    evidence: Evidence = Evidence()
    ratings: tuple[SelfRating, ...] = ()

    def types(self, kind: str) -> Iterator[str]:
        """The items of ``kind`` that are filled in."""
        evidence = self.evidence
        if kind == "counts":
            yield from (*evidence.counts, *evidence.previous.counts, *evidence.sources)
        elif kind == "units":
            yield from evidence.units
        else:
            yield from (entry.type for name, _, entry in evidence.entries() if name == kind)


def filled_by(submission: Submission) -> Filled:
    """The content of ``submission``."""
    subject, period = submission.subject, submission.period
    return Filled(
        subject.kind,
        subject.id,
        subject.name,
        subject.region,
        subject.attributes,
        period.from_,
        period.to,
        submission.as_of,
        submission.includes,
        submission,
        submission.ratings,
    )


class Making(NamedTuple):
    """What every sheet is planned from."""

    asked: Asked
    catalogue: Catalogue
    filled: Filled
    items: tuple[Item, ...]
    several: bool
    states: bool = False  # a street's form, for its communities

    @property
    def kind(self) -> SubjectKind:
        """The kind of subject that fills the form."""
        return self.filled.kind

    def of(self, kind: str, *, street: bool = False) -> Iterator[Item]:
        """The items of ``kind``; those of the street's sheet apart."""
        return (item for item in self.items if item.kind == kind and item.street == street)

    def label(self, kind: str, name: str) -> str:
        """How the form calls the item."""
        return next(item.label for item in self.items if (item.kind, item.id) == (kind, name))

    def choices(self, kind: str) -> Choices:
        """The labels of the subject's own items of ``kind`` as a list to choose from."""
        return self._listed(item.kind == kind and not item.street for item in self.items)

    def street_choices(self) -> Choices:
        """The labels of the street's events and documents."""
        return self._listed(item.street for item in self.items)

    @staticmethod
    def _listed(chosen: Iterable[bool]) -> Choices:
        places = [n for n, one in enumerate(chosen) if one]
        return Choices(first=places[0], last=places[-1]) if places else Choices()

    def servings(self, kind: str, name: str) -> list[Serving]:
        """The criteria that an item serves."""
        return self.asked.items.get((kind, name), [])

    def serves(self, servings: Iterable[Serving]) -> str:
        """The criteria that an item serves in words: a line for each standard where there are several."""
        by_standard: dict[str, dict[str, None]] = {}
        for one in servings:
            by_standard.setdefault(one.standard, {})[one.clause] = None
        if not self.several:
            return "；".join(clause for clauses in by_standard.values() for clause in clauses)
        return "\n".join(f"【{standard}】{'；'.join(clauses)}" for standard, clauses in by_standard.items())


def asks(servings: Iterable[Serving]) -> str:
    """What the criteria say of an item, each thing once."""
    return "；".join(dict.fromkeys(one.asks for one in servings if one.asks))


def items_of(asked: Asked, catalogue: Catalogue, filled: Filled, *, parted: bool) -> tuple[Item, ...]:
    """The items of the form in the order of its lists; ``parted``: what the street holds or issues stands together."""
    found = {
        kind: _used(kind, asked, catalogue, filled)
        for kind in ("counts", "events", "documents", "statements", "units")
    }
    items = [
        _item(kind, name, asked, catalogue, filled, parted=parted)
        for kind, names in found.items()
        for name in names
    ]
    items += [
        _item(kind, name, asked, catalogue, filled, parted=parted)._replace(kind=f"unit.{kind}")
        for kind, name in _unit_fields(asked, filled)
    ]
    order = {"counts": 0, "events": 1, "documents": 3, "statements": 4, "units": 5}
    listed = sorted(items, key=lambda one: 2 if one.street else order.get(one.kind, 6))
    return tuple(_distinct(listed))


def _used(kind: str, asked: Asked, catalogue: Catalogue, filled: Filled) -> Iterable[str]:
    names: dict[str, None] = {}

    def add(name: str) -> None:
        item = catalogue.items(kind).get(name)
        for whole in item.at_most if isinstance(item, CountItem) else ():
            if whole not in names:
                add(whole)
        names.setdefault(name)

    known: list[Key] = [key for key in asked.items if key[0] == kind]
    for _, name in known:
        if catalogue.items(kind)[name].retired is None:
            add(name)
    none = [name for name in filled.evidence.none if name in catalogue.items(kind)]
    for name in (*filled.types(kind), *none):
        add(name)
    return names


def _unit_fields(asked: Asked, filled: Filled) -> Iterable[Key]:
    fields: dict[Key, None] = {key: None for served in asked.units.values() for key in served}
    for units in filled.evidence.units.values():
        for unit in units:
            fields.update({("counts", name): None for name in unit.counts})
            fields.update({("statements", name): None for name in unit.statements})
    return fields


def _item(kind: str, name: str, asked: Asked, catalogue: Catalogue, filled: Filled, *, parted: bool) -> Item:
    item = catalogue.items(kind)[name]
    servings = asked.items.get((kind, name), [])
    rulesets = tuple(dict.fromkeys(one.ruleset for one in servings))
    parts: tuple[str, ...] = ()
    label, unit, contents, holder = item.label.zh, "", "", ""
    if isinstance(item, CountItem):
        unit = item.unit.zh
    if isinstance(item, EventItem):
        holder = item.held_by
    if isinstance(item, DocumentItem):
        holder = item.issued_by
        wanted = {part for one in servings for part in one.parts}
        wanted.update(
            part for paper in filled.evidence.documents if paper.type == name for part in paper.contains
        )
        parts = tuple(part for part in item.parts if part in wanted)
        contents = " ".join(f"{circled(n)}{item.parts[part].zh}" for n, part in enumerate(parts, 1))
    street = parted and holder not in ("", "community")
    return Item(kind, name, label, unit, parts, contents, rulesets, street)


def _distinct(items: Iterable[Item]) -> Iterator[Item]:
    # A label is what people choose: two items of one list never bear the same.
    seen: set[tuple[str, str]] = set()
    for item in items:
        group = "entries" if item.kind in ("events", "documents") else item.kind
        label = item.label if (group, item.label) not in seen else f"{item.label}（{item.id}）"
        seen.add((group, label))
        yield item._replace(label=label)


def most_parts(items: Iterable[Item]) -> int:
    """How many columns the contents of documents take."""
    return max((len(item.parts) for item in items), default=0)


def holder(catalogue: Catalogue, item: Item) -> str:
    """Who holds the events or issues the documents of a type."""
    found = catalogue.items(item.kind)[item.id]
    if isinstance(found, EventItem):
        return found.held_by
    return found.issued_by if isinstance(found, DocumentItem) else ""
