"""A part of the tables → submissions: what a worker does, holding one row group of each table at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.errors import Place
from evaluator.loading.evidence_tables.assembling import Slice, assembled
from evaluator.loading.evidence_tables.columns import SUBJECTS, TABLES
from evaluator.loading.evidence_tables.decoding import Decoded, decoded
from evaluator.loading.evidence_tables.entries import ENTRIES
from evaluator.loading.evidence_tables.files import opened
from evaluator.loading.evidence_tables.layout import Group, Key, owners, read_group
from evaluator.loading.evidence_tables.sorting import ROW
from evaluator.reading import Source

# So few that what is made of them is gone before the collector of garbage looks at it a second time.
_AT_ONCE = 32


class Part(NamedTuple):
    """Submissions that are read together: of the subjects from ``start`` to before ``stop``, with the groups of their rows."""

    start: int
    stop: int
    groups: tuple[tuple[str, tuple[Group, ...]], ...]


class Layout(NamedTuple):
    """What a worker has to know of the tables: how messages call them, their columns in order, and who stands in them twice."""

    names: Mapping[str, str]
    columns: Mapping[str, tuple[str, ...]]
    repeated: frozenset[int]


class _Loaded:
    """One row group: its columns, and where the rows of each subject stand in it."""

    def __init__(self, table: str, rows: pa.Table, group: Group) -> None:
        columns = {one.name: one.kind for one in TABLES[table]}
        self.table, self.kinds = table, columns
        self.values: dict[str, Decoded] = {
            name: decoded(rows[name], columns[name])
            for name in rows.column_names
            if name in columns and name not in ("subject", "period_from")
        }
        self.rows = (
            rows[ROW].to_numpy() if ROW in rows.column_names else np.arange(group.rows) + group.before + 1
        )
        self.of: dict[Key, tuple[int, int]] = {}
        if table != SUBJECTS:
            self.dated = "period_from" in rows.column_names
            self.of = {run.key: (run.start, run.stop) for run in owners(rows).runs()}
        else:
            self.values["period_from"] = decoded(rows["period_from"], "date")

    def entries(self, start: int, stop: int) -> list[Any]:
        """The entries of the rows from ``start`` to before ``stop``."""

        def get(name: str) -> list[Any]:
            if name in self.values:
                return self.values[name].between(start, stop)
            kind = self.kinds[name]
            return [[] if kind == "texts" else {} if kind == "mapping" else None] * (stop - start)

        return ENTRIES[self.table](get)


class _Stretch(NamedTuple):
    # Entries of the rows of a loaded group from ``start`` on.
    loaded: _Loaded
    start: int
    entries: list[Any]


class Reader:
    """Reads parts of the tables, one after the other."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self._columns = {
            table: {name: n for n, name in enumerate(names, 1)} for table, names in layout.columns.items()
        }
        self._files: dict[str, pq.ParquetFile] = {}
        self._last: dict[str, tuple[Group, _Loaded]] = {}

    def sources(self, part: Part) -> Iterator[tuple[Place, Source]]:
        """The submissions of ``part``, in the order of the subjects, each with the place of its subject's row.

        Raises ``InputError`` where a file cannot be read.
        """
        groups = dict(part.groups)
        subjects = (one for group in groups.pop(SUBJECTS) for one in self._subjects(group, part))
        for start in range(part.start, part.stop, _AT_ONCE):
            yield from self._block(list(islice(subjects, _AT_ONCE)), start, groups)

    def _block(
        self, subjects: list[Slice], first: int, groups: Mapping[str, Iterable[Group]]
    ) -> Iterator[tuple[Place, Source]]:
        keys = [(one.entries[0]["subject"]["id"], one.entries[0]["period"]["from"]) for one in subjects]
        stretches = {
            table: [
                self._stretch(table, one, keys)
                for one in listed
                if one.first < first + len(keys) and one.last >= first
            ]
            for table, listed in groups.items()
        }
        for n, (subject, key) in enumerate(zip(subjects, keys, strict=True), first):
            slices = {}
            repeated = n in self.layout.repeated
            for table, listed in stretches.items():
                found = None if repeated else self._slice(table, listed, key)
                if found is not None:
                    slices[table] = found
            yield subject.place(0), assembled(subject, slices, repeated=repeated)

    def _subjects(self, group: Group, part: Part) -> Iterator[Slice]:
        loaded = self._loaded(SUBJECTS, group)
        start, stop = max(part.start - group.before, 0), min(part.stop - group.before, group.rows)
        columns = self._columns[SUBJECTS]
        for n, entry in enumerate(loaded.entries(start, stop), start):
            yield Slice([entry], self._place(SUBJECTS, loaded, n), columns)

    def _stretch(self, table: str, group: Group, keys: Iterable[Key]) -> _Stretch:
        loaded = self._loaded(table, group)
        found = [loaded.of[key] for one in keys if (key := _key(one, loaded)) in loaded.of]
        if not found:
            return _Stretch(loaded, 0, [])
        start = min(one[0] for one in found)
        return _Stretch(loaded, start, loaded.entries(start, max(one[1] for one in found)))

    def _slice(self, table: str, stretches: Iterable[_Stretch], key: Key) -> Slice | None:
        found: list[Slice] = []
        for loaded, first, entries in stretches:
            rows = loaded.of.get(_key(key, loaded))
            if rows is not None:
                start, stop = rows
                inside = entries[start - first : stop - first]
                found.append(Slice(inside, self._place(table, loaded, start), self._columns[table]))
        if len(found) < 2:
            return found[0] if found else None
        return _joined(found)

    def _place(self, table: str, loaded: _Loaded, start: int) -> Callable[[int], Place]:
        name = self.layout.names[table]
        return lambda n: Place(name, int(loaded.rows[start + n]))

    def _loaded(self, table: str, group: Group) -> _Loaded:
        last = self._last.get(table)
        if last is None or last[0] != group:
            # What is not needed any more goes before more is read.
            last = self._last.pop(table, None)
            del last
            if group.file not in self._files:
                self._files[group.file] = opened(Path(group.file), self.layout.names[table])
            rows = read_group(self._files[group.file], group, self._files[group.file].schema_arrow.names)
            self._last[table] = last = group, _Loaded(table, rows, group)
        return last[1]


def _key(key: Key, loaded: _Loaded) -> Key:
    return key if loaded.dated else (key[0], None)


def _joined(slices: list[Slice]) -> Slice:
    entries = [one for part in slices for one in part.entries]
    places = [(part, n) for part in slices for n in range(len(part.entries))]
    return Slice(entries, lambda n: places[n][0].place(places[n][1]), slices[0].columns)
