"""Plain lists of events, documents, statements and units → typed entries in their order. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, TypeVar

from evaluator.fast_lane.building import build_all
from evaluator.fast_lane.doubt import Doubt, surely
from evaluator.fast_lane.ids import ids_of
from evaluator.fast_lane.permitted import Permitted
from evaluator.fast_lane.texts import FILE_NAMES, MARKS, Texts
from evaluator.guarding import SMALLEST_NUMBER
from evaluator.model import Model
from evaluator.submission import MOST_PRESENT, Document, Event, Statement, Unit

M = TypeVar("M", bound=Model)
Json = dict[str, Any]

_INTEGERS = frozenset({int})
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DAYS = 50_000


class _Days(dict[str, date]):
    # The dates of the texts that were read: a few thousand days are written over and over.
    def __missing__(self, text: str) -> date:
        surely(_ISO_DATE.fullmatch(text) is not None)
        if len(self) > _MOST_DAYS:
            self.clear()
        found = self[text] = date.fromisoformat(text)
        return found


DAYS = _Days()
# Every field in its order, as it is where it is not written; None, which passes for nothing below, where it has to be.
_EVENT: Json = {
    "id": None,
    "type": None,
    "date": None,
    "title": None,
    "expected": None,
    "present": None,
    "files": (),
}
_DOCUMENT: Json = {
    "id": None,
    "type": None,
    "title": None,
    "number": None,
    "issued": None,
    "valid_to": None,
    "contains": (),
    "page": None,
    "pages": (),
    "files": (),
}
_STATEMENT: Json = {"id": None, "type": None, "value": None, "note": None, "files": ()}
_UNIT: Json = {"id": None, "name": None, "counts": (), "statements": ()}


class Entries:
    """The entries of one submission; ``strings`` counts the keys and texts that were read beside those of ``texts``."""

    def __init__(self, permitted: Permitted, texts: Texts) -> None:
        self.permitted, self.texts = permitted, texts
        self.strings = 0
        self.ids: frozenset[str] = frozenset()
        # Of the events and documents.
        self.types: set[str] = set()

    def events(self, listed: list[Json]) -> tuple[Event, ...]:
        """The events of a list."""
        if not listed:
            return _none(listed)
        fields = self._fields(listed, _EVENT)
        types = {one["type"] for one in fields}
        surely(self.permitted.events.issuperset(types))
        self.types |= types
        titles: list[str] = []
        files: list[str] = []
        for one in fields:
            one["date"] = DAYS[one["date"]]
            if one["title"] is not None:
                titles.append(one["title"])
            if one["expected"] is not None:
                _attended(one["expected"])
            if one["present"] is not None:
                _attended(one["present"])
            named = one["files"]
            if type(named) is list:
                files += named
                one["files"] = tuple(named)
            elif named != ():
                raise Doubt
        self.strings += 2 * len(fields)
        self.texts.add(titles)
        self.texts.add(files, FILE_NAMES)
        return self._built(Event, fields, listed, among_all=True)

    def documents(self, listed: list[Json]) -> tuple[Document, ...]:
        """The documents of a list, each with its parts in alphabetical order."""
        if not listed:
            return _none(listed)
        fields = self._fields(listed, _DOCUMENT)
        pages: dict[str, list[str]] = {}
        files: list[str] = []
        strings = len(fields)
        parts = self.permitted.parts
        for one in fields:
            parts_of_it = parts[one["type"]]
            if one["issued"] is not None:
                one["issued"] = DAYS[one["issued"]]
                strings += 1
            if one["valid_to"] is not None:
                one["valid_to"] = DAYS[one["valid_to"]]
                strings += 1
            listed_there = one["contains"]
            if type(listed_there) is list:
                strings += len(listed_there)
                one["contains"] = parts_of_it[tuple(listed_there)]
            elif listed_there != ():
                raise Doubt
            one["pages"] = {} if one["pages"] == () else self._pages(one["pages"], one["contains"], pages)
            listed_there = one["files"]
            if type(listed_there) is list:
                files += listed_there
                one["files"] = tuple(listed_there)
            elif listed_there != ():
                raise Doubt
        self.strings += strings
        self.types.update([one["type"] for one in fields])
        self.texts.add([one["title"] for one in fields if one["title"] is not None])
        self.texts.add([one["number"] for one in fields if one["number"] is not None])
        self.texts.add([one["page"] for one in fields if one["page"] is not None], MARKS)
        for column in pages.values():
            self.texts.add(column, MARKS)
        self.texts.add(files, FILE_NAMES)
        return self._built(Document, fields, listed, among_all=True)

    def statements(self, listed: list[Json]) -> tuple[Statement, ...]:
        """The statements of a list, each of another type."""
        if not listed:
            return _none(listed)
        fields = self._fields(listed, _STATEMENT)
        types = {one["type"] for one in fields}
        surely(len(types) == len(fields) and self.permitted.statements.issuperset(types))
        notes: list[str] = []
        telephones: list[int] = []
        files: list[str] = []
        for one in fields:
            surely(type(one["value"]) is bool)
            if one["note"] is not None:
                if one["type"] in self.permitted.telephones:
                    telephones.append(len(notes))
                notes.append(one["note"])
            _files(one, files)
        self.strings += len(fields)
        self.texts.add(notes, telephones=telephones)
        self.texts.add(files, FILE_NAMES)
        return self._built(Statement, fields, listed, among_all=True)

    def units(self, kinds: dict[str, list[Json]]) -> dict[str, tuple[Unit, ...]]:
        """The units of each kind, without the kinds that have none."""
        surely(self.permitted.units.issuperset(kinds))
        self.strings += len(kinds)
        return {kind: self._units(listed) for kind, listed in kinds.items() if listed or _none(listed)}

    def _units(self, listed: list[Json]) -> tuple[Unit, ...]:
        fields = self._fields(listed, _UNIT)
        names: list[str] = []
        for one in fields:
            if one["name"] is not None:
                names.append(one["name"])
            counts, said = (
                one["counts"] or _empty(one["counts"]),
                one["statements"] or _empty(one["statements"]),
            )
            one["counts"] = self.counts(counts, self.permitted.all_counts)
            surely(
                self.permitted.all_statements.issuperset(said) and {bool}.issuperset(map(type, said.values()))
            )
            self.strings += len(said)
            one["statements"] = said
        self.texts.add(names)
        return self._built(Unit, fields, listed, among_all=False)

    def counts(self, counts: Json, names: frozenset[str]) -> dict[str, int]:
        """Whole counts of ``names``, no part above its whole."""
        surely(names.issuperset(counts) and _INTEGERS.issuperset(map(type, counts.values())))
        if counts:
            surely(min(counts.values()) >= 0 and max(counts.values()) < SMALLEST_NUMBER)
            for part, whole in self.permitted.at_most:
                if part in counts and whole in counts and counts[part] > counts[whole]:
                    raise Doubt
        self.strings += len(counts)
        return counts

    def _fields(self, listed: list[Json], blank: Json) -> list[Json]:
        surely(type(listed) is list)
        fields = [{**blank, **one} for one in listed]
        surely(sum(map(len, fields)) == len(blank) * len(fields))
        self.strings += sum(map(len, listed))
        return fields

    def _built(
        self, model: type[M], fields: list[Json], listed: list[Json], *, among_all: bool
    ) -> tuple[M, ...]:
        written = tuple([one["id"] for one in fields])
        ids = ids_of(written)
        self.strings += len(written)
        self.texts.guard(ids.looked_at)
        if among_all:
            surely(self.ids.isdisjoint(ids.all))
            self.ids |= ids.all
        made = build_all(model, fields, listed)
        return tuple(made) if ids.order is None else tuple(made[n] for n in ids.order)

    def _pages(self, written: Json, contains: tuple[str, ...], columns: dict[str, list[str]]) -> Json:
        surely(type(written) is dict and all(part in contains for part in written))
        self.strings += len(written)
        for part, page in written.items():
            columns.setdefault(part, []).append(page)
        return written


def _attended(number: Any) -> None:
    surely(type(number) is int and 0 <= number <= MOST_PRESENT)


def _files(fields: Json, files: list[str]) -> None:
    listed = fields["files"]
    if type(listed) is list:
        files += listed
        fields["files"] = tuple(listed)
    else:
        surely(listed == ())


def _empty(written: Any) -> Json:
    surely(written in ((), {}))
    return {}


def _none(listed: Any) -> tuple[Any, ...]:
    surely(listed == [])
    return ()
