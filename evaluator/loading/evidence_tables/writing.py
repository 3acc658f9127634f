"""Submissions → evidence tables, such that reading these gives the same submissions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from evaluator.errors import Place, Problem, SubmissionError, Words
from evaluator.exact import Number, decimal
from evaluator.loading.evidence_tables.columns import ENDING, ROWS_IN_A_GROUP, TABLES, Kind
from evaluator.submission import Submission

_TYPES: dict[Kind, Any] = {
    "text": pa.string(),
    "date": pa.date32(),
    # As many digits as a submitted number can have.
    "number": pa.decimal128(27, 12),
    "whole": pa.int64(),
    "yes_no": pa.bool_(),
    "texts": pa.list_(pa.string()),
    "mapping": pa.map_(pa.string(), pa.string()),
}
Row = tuple[str, tuple[Any, ...]]


def write_tables(submissions: Iterable[Submission], folder: Path) -> int:
    """Write ``submissions`` as tables into ``folder``, which is there; how many they were.

    All tables are written, also those without a row. Submissions are taken one after the other. Raises ``SubmissionError`` for
    one that includes others: tables state all of the evidence themselves.
    """
    number = 0
    with ExitStack() as stack:
        tables = {name: stack.enter_context(_Table(name, folder)) for name in TABLES}
        for one in submissions:
            number += 1
            if one.includes:
                raise SubmissionError([_includes(one)])
            for table, row in _rows(one):
                tables[table].add(row)
    return number


def _includes(one: Submission) -> Problem:
    what = Words(
        "这份申报引用了别的申报（includes），表里写不下",
        "this submission includes others: tables cannot say so",
    )
    mend = Words("先把引用的内容并入这份申报", "join what it includes to it first")
    return Problem("not_lossless", Place(one.subject.id), what, mend)


class _Table:
    # Rows are written a group at a time.
    def __init__(self, name: str, folder: Path) -> None:
        columns = TABLES[name]
        self.schema = pa.schema([pa.field(one.name, _TYPES[one.kind]) for one in columns])
        self.path = folder / f"{name}{ENDING}"
        self.rows: list[tuple[Any, ...]] = []

    def __enter__(self) -> _Table:
        self.writer = pq.ParquetWriter(self.path, self.schema, compression="zstd")
        return self

    def add(self, row: tuple[Any, ...]) -> None:
        self.rows.append(row)
        if len(self.rows) == ROWS_IN_A_GROUP:
            self._write()

    def _write(self) -> None:
        columns = zip(*self.rows, strict=True) if self.rows else ([] for _ in self.schema)
        arrays = [pa.array(one, field.type) for one, field in zip(columns, self.schema, strict=True)]
        self.writer.write_table(pa.table(arrays, schema=self.schema))
        self.rows = []

    def __exit__(self, kind: object, *_others: object) -> None:
        if kind is None and self.rows:
            self._write()
        self.writer.close()


def _rows(one: Submission) -> Iterator[Row]:
    subject, period = one.subject, one.period
    # In the order of the columns: required ones, then the others, the period last.
    yield (
        "subjects",
        (
            subject.id,
            subject.name,
            subject.kind,
            period.from_,
            period.to,
            subject.region,
            list(subject.attributes.items()),
            one.as_of,
        ),
    )
    of, at = subject.id, period.from_
    for item in sorted({*one.counts, *one.previous.counts, *one.sources}):
        numbers = _number(one.counts.get(item)), _number(one.previous.counts.get(item))
        yield "counts", (of, item, *numbers, one.sources.get(item), at)
    for event in one.events:
        attended = event.expected, event.present
        yield "events", (of, event.id, event.type, event.date, event.title, *attended, event.files, at)
    for paper in one.documents:
        dates, pages = (paper.issued, paper.valid_to), list(paper.pages.items())
        named = of, paper.id, paper.type, paper.title, paper.number
        yield "documents", (*named, *dates, paper.contains, paper.page, pages, paper.files, at)
    for said in one.statements:
        yield "statements", (of, said.id, said.type, said.value, said.note, said.files, at)
    # A kind of unit without a unit is one of which there is none.
    for name in sorted({*one.none, *(kind for kind, units in one.units.items() if not units)}):
        yield "none", (of, name, at)
    for kind, units in one.units.items():
        for unit in units:
            yield "units", (of, kind, unit.id, unit.name, at)
            for item, number in unit.counts.items():
                yield "unit_counts", (of, kind, unit.id, item, _number(number), at)
            for item, value in unit.statements.items():
                yield "unit_statements", (of, kind, unit.id, item, value, at)
    for rating in one.ratings:
        yield "ratings", (of, rating.criterion, rating.level, rating.reason, at)


def _number(value: Number | None) -> Decimal | None:
    return None if value is None else Decimal(decimal(value))
