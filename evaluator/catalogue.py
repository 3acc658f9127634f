"""The catalogue of evidence items, declared once for all rulesets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from pydantic import Field

from evaluator.model import DutyHolder, Identifier, Line, Model, SubjectKind, Text, Title, Tuple

Kind = Literal["counts", "events", "documents", "statements", "units"]
KINDS: tuple[Kind, ...] = ("counts", "events", "documents", "statements", "units")
Validity = Literal["year", "until_replaced", "dated"]


class Item(Model):
    """What every evidence item says of itself; ``retired`` is the version from which it is no longer asked for."""

    label: Title
    help: Text
    retired: Line | None = None


class Action(Model):
    """What closes a shortfall, with ``{n}`` for the number."""

    zh: Line = Field(pattern=r"\{n\}")
    en: Line = Field(pattern=r"\{n\}")


class CountItem(Item):
    """A number; ``at_most`` names the wholes that it is a part of."""

    unit: Title
    subjects: Tuple[SubjectKind]
    action: Action | None = None
    at_most: Tuple[Identifier] = ()
    whole_number: bool = True


class EventItem(Item):
    """A type of dated events."""

    subjects: Tuple[SubjectKind]
    held_by: DutyHolder
    action: Action | None = None


class DocumentItem(Item):
    """A type of documents; ``parts`` are the contents that a check may ask for."""

    subjects: Tuple[SubjectKind]
    issued_by: DutyHolder
    valid: Validity
    parts: dict[Identifier, Title] = {}


class StatementItem(Item):
    """A yes or no about an institution; ``public_telephone`` allows a service number."""

    subjects: Tuple[SubjectKind]
    public_telephone: bool = False


class UnitItem(Item):
    """A kind of unit that a subject is made of."""


class CatalogueFile(Model):
    """One file of the catalogue."""

    catalogue: Literal[1]
    counts: dict[Identifier, CountItem] = {}
    events: dict[Identifier, EventItem] = {}
    documents: dict[Identifier, DocumentItem] = {}
    statements: dict[Identifier, StatementItem] = {}
    units: dict[Identifier, UnitItem] = {}


class Catalogue(CatalogueFile):
    """All items that are known to a ruleset, of all files together."""

    catalogue: Literal[1] = 1

    def items(self, kind: str) -> Mapping[str, Item]:
        """The items of ``kind``: counts, events, documents, statements or units."""
        found: Mapping[str, Item] = getattr(self, kind)
        return found

    def all(self) -> Iterator[tuple[Kind, str, Item]]:
        """Every item with its kind and identifier."""
        for kind in KINDS:
            for name, item in self.items(kind).items():
                yield kind, name, item

    def kind_of(self, name: str) -> Kind | None:
        """The kind that declares ``name``."""
        for kind in KINDS:
            if name in getattr(self, kind):
                return kind
        return None

    def clashes(self, other: Catalogue) -> Iterator[str]:
        """The items that ``other`` declares otherwise."""
        return (
            name
            for kind, name, item in other.all()
            if (known := self.kind_of(name)) is not None and (known != kind or self.items(kind)[name] != item)
        )

    def joined(self, other: Catalogue) -> Catalogue:
        """The items of both; those of ``other`` where both declare one."""
        if other is self:
            return self
        items = {kind: {**self.items(kind), **other.items(kind)} for kind in KINDS}
        return Catalogue.model_construct(None, catalogue=1, **items)  # type: ignore[arg-type]  # each kind has its own

    def label(self, name: str) -> Title:
        """The label of any item; the identifier itself where none declares it."""
        kind = self.kind_of(name)
        return self.items(kind)[name].label if kind else Title(zh=name, en=name)
