"""What is read from a table: data with the place and the name of every cell, and what could not be read. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from evaluator.errors import Place, Problem, Words
from evaluator.model import Model
from evaluator.reading import Path
from evaluator.table.cells import Wrong, first_wrong, value_of
from evaluator.table.entries import Entry
from evaluator.table.form import KEY
from evaluator.table.names import name
from evaluator.table.records import Scalar, insides, put
from evaluator.table.shapes import fields_of

Resolve = Callable[[str], Any]


def as_it_is(text: str) -> str:
    """A text that names nothing else."""
    return text


class Gathering:
    """Collects values with their places.

    Paths begin with the file: ``ruleset``, ``clauses``, ``catalogue``. ``names`` are looked up by the path that validation gives,
    in which the kind of a check stands behind its key.
    """

    def __init__(self) -> None:
        self.data: dict[str, Any] = {"ruleset": {}, "clauses": {}, "catalogue": {}}
        self.places: dict[Path, Place] = {}
        self.names: dict[Path, str] = {}
        self.problems: list[Problem] = []

    def wrong(self, entry: Entry, key: str, wrong: Wrong, title: str = "") -> None:
        """A cell that cannot be read."""
        head = f"{title}：" if title else ""
        what = Words(f"{head}{wrong.what.zh}", wrong.what.en)
        self.problems.append(Problem(wrong.code, entry.place(key), what, wrong.mend))

    def kept(self, row: Entry, present: set[str]) -> None:
        """An identifier that stands once for all was changed: a fault, unless the row is a copy of one that is still there."""
        before = row.text(KEY)
        if before and row.text("id") != before and before not in present:
            what = Words(f"编号原为 {before}，不能改", f"the id was {before} and stays")
            mend = Words(
                f"改回 {before}；要另设一项，删去这一行再加新行",
                f"write {before} again; for another, add a new row",
            )
            self.problems.append(Problem("changed_id", row.place("id"), what, mend))

    def mark(self, path: Path, loc: Path, entry: Entry, key: str, title: str = "") -> None:
        """Say where what stands at ``path`` is, and what people call it."""
        place = self.places[path] = entry.place(key)
        for n in range(1, len(path)):
            # What is missing from a list or a mapping is said where it begins.
            self.places.setdefault(path[:n], place)
        if title:
            self.names[loc] = title

    def value(
        self,
        entry: Entry,
        scalar: Scalar,
        target: dict[str, Any],
        path: Path,
        loc: Path,
        *,
        column: str = "",
        resolve: Resolve = as_it_is,
    ) -> None:
        """Read one cell into ``target``."""
        key = column or scalar.column
        title = name(scalar.key).zh
        self.mark((*path, *scalar.path), (*loc, *scalar.path), entry, key, title)
        raw = entry.cells.get(key)
        if raw is None:
            if scalar.required and scalar.shape.nullable:
                put(target, scalar.path, None)
            return
        value = value_of(raw, scalar.shape, scalar.key, percent=key in entry.percents, resolve=resolve)
        several = value if isinstance(value, list) else value.values() if isinstance(value, dict) else ()
        wrong = value if isinstance(value, Wrong) else first_wrong(several)
        if wrong is not None:
            self.wrong(entry, key, wrong, title)
            return
        put(target, scalar.path, value)

    def record(
        self,
        entry: Entry,
        model: type[Model],
        columns: tuple[Scalar, ...],
        path: Path,
        resolves: Mapping[str, Resolve] | None = None,
    ) -> dict[str, Any]:
        """One row as the data of ``model``."""
        found: dict[str, Any] = {}
        self.mark(path, path, entry, "")
        called = entry.text("title.zh") or entry.text("label.zh") or entry.text("heading")
        self.names[path] = " ".join(filter(None, (entry.text("id"), called))) or entry.sheet
        for inside, field in insides(model):
            if field.required:
                put(found, inside, {})
        for scalar in columns:
            self.value(
                entry, scalar, found, path, path, resolve=(resolves or {}).get(scalar.column, as_it_is)
            )
        for field in fields_of(model):
            if field.shape.kind == "words":
                # What is asked for first, where neither language is written.
                self.mark(
                    (*path, field.key),
                    (*path, field.key),
                    entry,
                    f"{field.key}.zh",
                    name(f"{columns[0].key.partition('.')[0]}.{field.key}").zh,
                )
                if field.required:
                    found.setdefault(field.key, {})
        return found
