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

_WHOLE, _YES_OR_NO = frozenset({int}), frozenset({bool})


class Entries:
    """The entries of one submission; ``strings`` counts the texts that were read beside those of ``texts``.

    ``keys`` counts the keys of events, documents and statements as far as they say anything: of one that says null, [] or {}
    nothing is left in an entry. All other keys are among ``strings``.
    """

    def __init__(self, permitted: Permitted, texts: Texts) -> None:
        self.permitted, self.texts = permitted, texts
        self.strings = self.keys = 0
        self._ids: list[frozenset[str]] = []
        # Of the events and documents.
        self.types: set[str] = set()

    def events(self, found: tuple[Event, ...]) -> tuple[Event, ...]:
        """The events of a list."""
        types = {one.type for one in found}
        surely(self.permitted.events.issuperset(types))
        self.types |= types
        titles = [one.title for one in found if one.title is not None]
        # Of each event the id, the type and the date.
        self.strings += 3 * len(found)
        self.keys += 3 * len(found) + len(titles)
        self.keys += len([1 for one in found if one.expected is not None])
        self.keys += len([1 for one in found if one.present is not None])
        self.keys += len([1 for one in found if one.files])
        self.texts.add(titles)
        self.texts.add([name for one in found for name in one.files], FILE_NAMES)
        return self._in_order(found)

    def documents(self, found: tuple[Document, ...]) -> tuple[Document, ...]:
        """The documents of a list, each with its parts in alphabetical order."""
        parts = self.permitted.parts
        ordered = [parts[one.type][one.contains] for one in found]
        self.types.update([one.type for one in found])
        titles = [one.title for one in found if one.title is not None]
        numbers = [one.number for one in found if one.number is not None]
        pages = [one.page for one in found if one.page is not None]
        contained = [len(one.contains) for one in found if one.contains]
        dates = len([1 for one in found if one.issued is not None])
        dates += len([1 for one in found if one.valid_to is not None])
        paged = [one for one in found if one.pages]
        # Of each document the id and the type.
        self.strings += 2 * len(found) + sum(contained) + dates
        self.keys += 2 * len(found) + len(titles) + len(numbers) + len(pages) + len(contained) + dates
        self.keys += len(paged) + len([1 for one in found if one.files])
        self._pages(paged)
        self.texts.add(titles)
        self.texts.add(numbers)
        self.texts.add(pages, MARKS)
        self.texts.add([name for one in found for name in one.files], FILE_NAMES)
        if any(ordered):
            found = tuple(
                one if names is None else msgspec.structs.replace(one, contains=names)
                for one, names in zip(found, ordered, strict=True)
            )
        return self._in_order(found)

    def _pages(self, papers: list[Document]) -> None:
        columns: dict[str, list[str]] = {}
        for one in papers:
            self.strings += len(one.pages)
            surely(set(one.contains).issuperset(one.pages))
            for part, page in one.pages.items():
                columns.setdefault(part, []).append(page)
        for column in columns.values():
            self.texts.add(column, MARKS)

    def statements(self, found: tuple[Statement, ...]) -> tuple[Statement, ...]:
        """The statements of a list, each of another type."""
        types = {one.type for one in found}
        surely(len(types) == len(found) and self.permitted.statements.issuperset(types))
        noted = [one for one in found if one.note is not None]
        public = self.permitted.telephones
        telephones = [n for n, one in enumerate(noted) if one.type in public] if public else []
        # Of each statement the id and the type.
        self.strings += 2 * len(found)
        self.keys += 3 * len(found) + len(noted) + len([1 for one in found if one.files])
        self.texts.add([one.note for one in noted if one.note is not None], telephones=telephones)
        self.texts.add([name for one in found for name in one.files], FILE_NAMES)
        return self._in_order(found)

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
        self.strings += len(found) + sum(map(len, listed))
        return self._in_order(found, apart=True)

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

    def _in_order(self, found: tuple[E, ...], *, apart: bool = False) -> tuple[E, ...]:
        # The ids of units are their own.
        ids = ids_of(tuple([one.id for one in found]))
        if not apart:
            surely(all(others.isdisjoint(ids.all) for others in self._ids))
            self._ids.append(ids.all)
        self.texts.guard(ids.looked_at)
        return found if ids.order is None else tuple([found[n] for n in ids.order])
