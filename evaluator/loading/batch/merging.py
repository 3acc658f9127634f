"""What is kept of a batch → the files that are handed over, row after row; the same whatever was done when, and by whom."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Any, NamedTuple, Self

import orjson
import pyarrow as pa

from evaluator.algorithms import Algorithm
from evaluator.errors import Place, Problem
from evaluator.loading.batch.ledger import Chunk, Failure, Ledger, repeated_problem
from evaluator.loading.batch.parts import unpacked
from evaluator.loading.batch.store import Store
from evaluator.loading.batch.tables import Tables
from evaluator.loading.results import CRITERIA, RESULTS
from evaluator.loading.rulesets import Loaded

ASSESSMENTS, REFUSED = "assessments.jsonl", "refused.json"
FORMATS = ("jsonl", "parquet")
# What is made from the tables: ``commands.ranking``.
RANKINGS = ("xlsx", "pdf")
_OF_FORMAT = {"jsonl": (ASSESSMENTS,), "parquet": (RESULTS, CRITERIA)}


class Good(NamedTuple):
    """Submissions that were assessed: their rows, states, and where each comes from."""

    rows: Any
    states: Any
    places: list[Place]


class Refused(NamedTuple):
    """A submission that was refused; ``subject`` is empty where it could not be read."""

    place: Place
    subject: str
    problems: list[Problem]


def in_order(store: Store, ledger: Ledger) -> Iterator[Good | Refused]:
    """Every submission of the batch, in the order of the source: the good ones several at a time."""
    repeated = ledger.repeated()
    places = _Places(ledger)
    for one in ledger:
        if isinstance(one, Failure):
            yield Refused(places.at(one.position), "", [one.problem])
        else:
            yield from _of(store, one, repeated, places)


def _of(store: Store, chunk: Chunk, repeated: Mapping[int, int], places: _Places) -> Iterator[Good | Refused]:
    part = store.part(chunk.part)
    rows = part.rows.take(pa.array(chunk.rows, pa.int64()))
    there = [places.at(position) for position in chunk.positions]
    begun = 0
    problems, subjects = rows.column("problems"), rows.column("sent_by")
    for n, position in enumerate(chunk.positions):
        if position not in repeated and not problems[n].is_valid:
            continue
        if n > begun:
            yield Good(rows.slice(begun, n - begun), part.states, there[begun:n])
        begun = n + 1
        subject = subjects[n].as_py() or ""
        if problems[n].is_valid:
            yield Refused(there[n], subject, unpacked(problems[n].as_py(), there[n]))
        else:
            first = places.ledger.place(repeated[position])
            yield Refused(there[n], subject, [repeated_problem(there[n], first, subject)])
    if begun < len(there):
        yield Good(rows.slice(begun), part.states, there[begun:])


class _Places:
    """Where submissions stand, asked for in their order."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._listed = (place for piece in ledger.pieces for place in piece.places())
        self._next = 0

    def at(self, position: int) -> Place:
        """Where the submission at this position stands; positions only rise."""
        while True:
            place = next(self._listed)
            self._next += 1
            if self._next > position:
                return place


class Files:
    """The files that are handed over: made under other names, and put in place when all are whole."""

    def __init__(
        self, store: Store, loaded: Loaded, formats: Iterable[str], algorithm: Algorithm = "sha256"
    ) -> None:
        self.store, self.wanted = store, tuple(formats)
        self.made = Path(tempfile.mkdtemp(dir=store.temporary))
        self.good = self.refused = self.failed = 0
        with ExitStack() as stack:
            self._lines: IO[bytes] | None = None
            self._tables: Tables | None = None
            if "jsonl" in self.wanted:
                self._lines = stack.enter_context((self.made / ASSESSMENTS).open("wb"))
            if self._tabled():
                self._tables = Tables(self.made / RESULTS, self.made / CRITERIA, loaded, algorithm)
                stack.callback(self._tables.close)
            self._refusals = stack.enter_context((self.made / REFUSED).open("wb"))
            self._open = stack.pop_all()
        self._refusals.write(b'{\n"refused": 1,\n"submissions": [')

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        try:
            self._open.close()
        finally:
            shutil.rmtree(self.made, ignore_errors=True)

    def _tabled(self) -> bool:
        return "parquet" in self.wanted or any(kind in self.wanted for kind in RANKINGS)

    @property
    def tables(self) -> Path:
        """The folder of the tables: where they are not handed over they serve to rank."""
        return self.store.folder if "parquet" in self.wanted else self.store.work

    def add(self, one: Good | Refused) -> None:
        """The next of the batch."""
        if isinstance(one, Refused):
            told = {
                "source": str(one.place),
                "subject": one.subject or None,
                "problems": as_json(one.problems),
            }
            self._refusals.write((b",\n" if self.refused else b"\n") + _indented(told))
            self.refused += 1
            return
        self.good += one.rows.num_rows
        self.failed += one.rows.column("accepted").false_count
        if self._lines is not None:
            for document in one.rows.column("document"):
                self._lines.write(document.as_buffer())
                self._lines.write(b"\n")
        if self._tables is not None:
            self._tables.add(one.rows, one.states, [str(place) for place in one.places])

    def close(self, reviews: Iterable[tuple[Path, Problem]], others: Iterable[Problem]) -> None:
        """All are there: put the files in place, with what was refused beside the submissions."""
        listed = [{"source": str(path), "problems": as_json([problem])} for path, problem in reviews]
        self._refusals.write(b'\n],\n"reviews": ' + _indented(listed))
        self._refusals.write(b',\n"scorecards": ' + _indented(as_json(others)) + b"\n}\n")
        self._open.close()
        names = [path.name for path in self.made.iterdir()]
        for name in names:
            with (self.made / name).open("rb+") as file:
                os.fsync(file.fileno())
        for name in names:
            folder = self.tables if name in _OF_FORMAT["parquet"] else self.store.folder
            (self.made / name).replace(folder / name)
        for name in (name for kind in FORMATS if kind not in self.wanted for name in _OF_FORMAT[kind]):
            (self.store.folder / name).unlink(missing_ok=True)


def as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Problems as refused.json lists them."""
    return [
        {
            "place": str(one.place),
            "code": one.code,
            "what": one.what._asdict(),
            "mend": None if one.mend is None else one.mend._asdict(),
        }
        for one in problems
    ]


def _indented(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)
