"""Plain lists of events, documents, statements and units → typed entries in their order. Pure."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from evaluator.entries import Document, Entry, Event, Statement, Unit
from evaluator.fast_lane.doubt import Doubt, surely
from evaluator.fast_lane.ids import ids_of
from evaluator.fast_lane.permitted import Permitted
from evaluator.fast_lane.texts import FILE_NAMES, MARKS, Texts
from evaluator.guarding import SMALLEST_NUMBER

E = TypeVar("E", bound=Entry)
Json = dict[str, Any]

_EVENTS, _DOCUMENTS, _STATEMENTS = tuple[Event, ...], tuple[Document, ...], tuple[Statement, ...]
_WHOLE, _YES_OR_NO = frozenset({int}), frozenset({bool})


class Entries:
    """The entries of one submission; ``strings`` counts the keys and texts that were read beside those of ``texts``.

    Their shape, the types of their values and their days are checked by msgspec, which is as strict as the forms of entries.
    """

    def __init__(self, permitted: Permitted, texts: Texts) -> None:
        self.permitted, self.texts = permitted, texts
        self.strings = 0
        self.ids: frozenset[str] = frozenset()
        # Of the events and documents.
        self.types: set[str] = set()

    def events(self, listed: list[Json]) -> tuple[Event, ...]:
        """The events of a list."""
        found = msgspec.convert(listed, _EVENTS)
        types = {one.type for one in found}
        surely(self.permitted.events.issuperset(types))
        self.types |= types
        self.strings += 2 * len(found)
        self.texts.add([one.title for one in found if one.title is not None])
        self.texts.add([name for one in found for name in one.files], FILE_NAMES)
        return self._in_order(found, listed)

    def documents(self, listed: list[Json]) -> tuple[Document, ...]:
        """The documents of a list, each with its parts in alphabetical order."""
        found = msgspec.convert(listed, _DOCUMENTS)
        parts = self.permitted.parts
        ordered = [parts[one.type][one.contains] for one in found]
        self.strings += len(found) + sum(map(len, [one.contains for one in found]))
        self.strings += len([1 for one in found if one.issued is not None])
        self.strings += len([1 for one in found if one.valid_to is not None])
        self.types.update([one.type for one in found])
        self._pages([one for one in found if one.pages])
        self.texts.add([one.title for one in found if one.title is not None])
        self.texts.add([one.number for one in found if one.number is not None])
        self.texts.add([one.page for one in found if one.page is not None], MARKS)
        self.texts.add([name for one in found for name in one.files], FILE_NAMES)
        if any(ordered):
            found = tuple(
                one if names is None else msgspec.structs.replace(one, contains=names)
                for one, names in zip(found, ordered, strict=True)
            )
        return self._in_order(found, listed)

    def _pages(self, papers: list[Document]) -> None:
        columns: dict[str, list[str]] = {}
        for one in papers:
            self.strings += len(one.pages)
            surely(set(one.contains).issuperset(one.pages))
            for part, page in one.pages.items():
                columns.setdefault(part, []).append(page)
        for column in columns.values():
            self.texts.add(column, MARKS)

    def statements(self, listed: list[Json]) -> tuple[Statement, ...]:
        """The statements of a list, each of another type."""
        found = msgspec.convert(listed, _STATEMENTS)
        types = {one.type for one in found}
        surely(len(types) == len(found) and self.permitted.statements.issuperset(types))
        noted = [one for one in found if one.note is not None]
        public = self.permitted.telephones
        telephones = [n for n, one in enumerate(noted) if one.type in public] if public else []
        self.strings += len(found)
        self.texts.add([one.note for one in noted if one.note is not None], telephones=telephones)
        self.texts.add([name for one in found for name in one.files], FILE_NAMES)
        return self._in_order(found, listed)

    def units(self, kinds: dict[str, list[Json]]) -> dict[str, tuple[Unit, ...]]:
        """The units of each kind, without the kinds that have none."""
        surely(self.permitted.units.issuperset(kinds))
        self.strings += len(kinds)
        found = {kind: self._units(listed) for kind, listed in kinds.items()}
        return {kind: units for kind, units in found.items() if units}

    def _units(self, listed: list[Json]) -> tuple[Unit, ...]:
        surely(type(listed) is list)
        # Numbers that are not whole are of no type that msgspec knows.
        found = tuple([Unit(**one) for one in listed])
        for one in found:
            surely(type(one.counts) is dict and type(one.statements) is dict)
            self.counts(one.counts, self.permitted.all_counts)
            surely(self.permitted.all_statements.issuperset(one.statements))
            surely(_YES_OR_NO.issuperset(map(type, one.statements.values())))
            self.strings += len(one.statements)
        self.texts.add([one.name for one in found if one.name is not None])
        ids, self.ids = self.ids, frozenset()
        ordered = self._in_order(found, listed)
        self.ids = ids
        return ordered

    def counts(self, counts: Json, names: frozenset[str]) -> dict[str, int]:
        """Whole counts of ``names``, no part above its whole."""
        surely(names.issuperset(counts) and _WHOLE.issuperset(map(type, counts.values())))
        if counts:
            surely(min(counts.values()) >= 0 and max(counts.values()) < SMALLEST_NUMBER)
            for part, whole in self.permitted.at_most:
                if part in counts and whole in counts and counts[part] > counts[whole]:
                    raise Doubt
        self.strings += len(counts)
        return counts

    def _in_order(self, found: tuple[E, ...], listed: list[Json]) -> tuple[E, ...]:
        ids = ids_of(tuple([one.id for one in found]))
        surely(self.ids.isdisjoint(ids.all))
        self.ids |= ids.all
        self.strings += len(found) + sum(map(len, listed))
        self.texts.guard(ids.looked_at)
        return found if ids.order is None else tuple([found[n] for n in ids.order])
