"""The rows of one subject → the data of its submission, with what the rows themselves have wrong and where everything stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from evaluator.errors import Fault, Place, Words
from evaluator.limits import in_force, raising, written
from evaluator.loading.evidence_tables.places import LazyPlaces
from evaluator.persons import echo
from evaluator.reading import Path, Source


class Slice(NamedTuple):
    """The rows of a table that speak of one subject: their entries, where each stands, and the numbers of the columns."""

    entries: list[Any]
    place: Callable[[int], Place]
    columns: Mapping[str, int]

    def at(self, n: int, column: str) -> Place:
        """Where the cell of ``column`` stands in the row ``n`` of these; a column that is not there is the row's."""
        return self.place(n)._replace(column=self.columns.get(column))


Slices = Mapping[str, Slice]
# Rows: of fewer the texts cannot be larger than a submission may be, each being bounded.
_FEW = 500
_KEYED = ("counts", "none", "units")
_LISTS = ("events", "documents", "statements", "ratings")
_PERIOD = {"period_from": "from", "period_to": "to"}


def assembled(subject: Slice, slices: Slices, *, repeated: bool) -> Source:
    """The submission of the one row in ``subject`` with what ``slices`` say of it; ``repeated``: it stands twice."""
    data: dict[str, Any] = dict(subject.entries[0])
    faults: list[Fault] = []
    if repeated:
        faults.append(_repeated_subject(data["subject"]["id"]))
    most = in_force().table_subject_rows
    for table, one in slices.items():
        if len(one.entries) > most:
            faults.append(_too_many(table))
        elif table in _LISTS:
            data[table] = one.entries
        elif table == "none":
            data["none"] = one.entries
    if sum(len(one.entries) for one in slices.values()) > _FEW and _is_larger(slices):
        faults.append(_too_large())
    if "counts" in slices:
        faults.extend(_counts(slices["counts"].entries, data))
    if "units" in slices or "unit_counts" in slices or "unit_statements" in slices:
        faults.extend(_units(slices, data))
    file = subject.place(0).file
    return Source(file, data, cells=LazyPlaces(lambda: dict(_places(subject, slices))), faults=tuple(faults))


def _is_larger(slices: Slices) -> bool:
    """Whether the rows hold more text than a submission may have bytes."""
    left = in_force().largest_submission
    for one in slices.values():
        for entry in one.entries:
            left -= _length(entry)
            if left < 0:
                return True
    return False


def _length(value: Any) -> int:
    if isinstance(value, str):
        return len(value.encode("utf-8", "replace"))
    if isinstance(value, dict):
        value = value.values()
    return sum(map(_length, value)) if isinstance(value, Iterable) else 8


def _counts(rows: list[Any], data: dict[str, Any]) -> Iterator[Fault]:
    items = [row[0] for row in rows]
    yield from _keys(items, ("counts",))
    data["counts"] = {
        item: value for item, value, _, _ in rows if value is not None and isinstance(item, str)
    }
    previous = {item: value for item, _, value, _ in rows if value is not None and isinstance(item, str)}
    if previous:
        data["previous"] = {"counts": previous}
    sources = {item: value for item, _, _, value in rows if value is not None and isinstance(item, str)}
    if sources:
        data["sources"] = sources


def _keys(items: list[Any], path: Path) -> Iterator[Fault]:
    # An item is a key of the submission: one that stands twice would be lost.
    if len(set(items)) == len(items) and all(type(one) is str for one in items):
        return
    seen: set[Any] = set()
    for n, item in enumerate(items):
        if not isinstance(item, str):
            yield Fault("missing", (*path, n), _NO_ITEM)
        elif item in seen:
            shown = echo(item)
            what = Words(f"数据项 {shown} 有两行", f"the item {shown} stands in two rows")
            yield Fault("duplicate_key", (*path, n), what, Words("只保留一行", "keep one of them"))
        seen.add(item)


_NO_ITEM = Words("item：没有内容", "item: nothing is written")


def _units(slices: Slices, data: dict[str, Any]) -> Iterator[Fault]:
    units: dict[str, list[Any]] = {}
    known: dict[tuple[Any, Any], dict[str, Any]] = {}
    for n, (kind, id_, name) in enumerate(slices["units"].entries if "units" in slices else ()):
        if not isinstance(kind, str):
            yield Fault("missing", ("\0units", n), Words("kind：没有内容", "kind: nothing is written"))
            continue
        unit = {"id": id_, "name": name, "counts": {}, "statements": {}}
        units.setdefault(kind, []).append(unit)
        known.setdefault((kind, id_), unit)
    for table, key in (("unit_counts", "counts"), ("unit_statements", "statements")):
        for n, (kind, id_, item, value) in enumerate(slices[table].entries if table in slices else ()):
            found = known.get((kind, id_))
            path: Path = (f"\0{table}", n)
            if found is None:
                shown = echo(f"{kind} {id_}")
                what = Words(f"units 表中没有 {shown}", f"the table units has no {shown}")
                yield Fault(
                    "unknown_unit", path, what, Words("在 units 表中补上", "add it to the table units")
                )
            elif not isinstance(item, str):
                yield Fault("missing", path, _NO_ITEM)
            elif item in found[key]:
                what = Words(f"数据项 {echo(item)} 有两行", f"the item {echo(item)} stands in two rows")
                yield Fault("duplicate_key", path, what, Words("只保留一行", "keep one of them"))
            elif value is not None:
                found[key][item] = value
    data["units"] = units


def _repeated_subject(name: Any) -> Fault:
    what = Words(
        f"单位 {echo(name)} 在 subjects 表中有几行（评估期也相同）",
        f"the subject {echo(name)} stands in several rows of the table subjects, with the same period",
    )
    return Fault("repeated_subject", ("subject", "id"), what, Words("只保留一行", "keep one of them"))


def _too_large() -> Fault:
    size = written(in_force().largest_submission, "bytes")
    what = Words(f"这个单位的文字合计超过 {size}", f"the texts of this subject are more than {size} in all")
    return Fault("file_size", (), what, raising("largest_submission"))


def _too_many(table: str) -> Fault:
    most = in_force().table_subject_rows
    what = Words(
        f"{table} 表中这个单位的行超过 {most} 行", f"the table {table} has more than {most} rows of it"
    )
    return Fault("too_large", (), what, raising("table_subject_rows"))


def _places(subject: Slice, slices: Slices) -> Iterator[tuple[Path, Place]]:
    row = subject.place(0)
    yield from (((), row), (("subject",), row), (("period",), row))
    for name in subject.columns:
        key: Path = ("period", _PERIOD[name]) if name in _PERIOD else ("subject", name)
        yield ("as_of",) if name == "as_of" else key, subject.at(0, name)
    for table, one in slices.items():
        # A table as a whole is where its first row for this subject stands.
        yield (table if table in (*_LISTS, *_KEYED) else f"\0{table}",), one.place(0)
        for n in range(len(one.entries) if table in _LISTS else 0):
            yield (table, n), one.place(n)
            for name in one.columns:
                yield (table, n, name), one.at(n, name)
    if "none" in slices:
        yield from ((("none", n), slices["none"].at(n, "type")) for n in range(len(slices["none"].entries)))
    if "counts" in slices:
        yield from _places_of_counts(slices["counts"])
    yield from _places_of_units(slices)


def _places_of_counts(one: Slice) -> Iterator[tuple[Path, Place]]:
    for path in (("sources",), ("previous",), ("previous", "counts")):
        yield path, one.place(0)
    for n, (item, *_) in enumerate(one.entries):
        yield ("counts", n), one.at(n, "item")
        yield ("counts", item), one.at(n, "value")
        yield ("previous", "counts", item), one.at(n, "previous")
        yield ("sources", item), one.at(n, "source")


def _places_of_units(slices: Slices) -> Iterator[tuple[Path, Place]]:
    found: dict[tuple[Any, Any], Path] = {}
    numbers: dict[Any, int] = {}
    for table in ("units", "unit_counts", "unit_statements"):
        one = slices.get(table)
        if table == "units" and one is not None:
            yield ("\0units",), one.place(0)
        for n, row in enumerate(one.entries if one is not None else ()):
            assert one is not None
            yield (f"\0{table}", n), one.place(n)
            kind, id_ = row[:2]
            if table == "units":
                path: Path = ("units", kind, numbers.setdefault(kind, 0))
                numbers[kind] += 1
                found.setdefault((kind, id_), path)
                yield ("units", kind), one.at(n, "kind")
                yield path, one.place(n)
                yield from (((*path, name), one.at(n, name)) for name in ("id", "name"))
            elif (kind, id_) in found:
                key = (*found[kind, id_], table.removeprefix("unit_"))
                yield from ((key, one.place(n)), ((*key, row[2]), one.at(n, "value")))
