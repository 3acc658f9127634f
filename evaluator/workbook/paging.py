"""The cells of a form that is filled in on pages → what ``read_form`` makes of the same cells of a workbook. Pure.

A page keeps what was typed, cell by cell, over what the form held when it was made: both are read by the readers of the
workbook, so that an answer means the same wherever it was given.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import NamedTuple

from evaluator.errors import Fault, Place, Problem
from evaluator.exact import decimal
from evaluator.persons import persons_in
from evaluator.workbook.cells import Raw, blank
from evaluator.workbook.form import FIRST_ROW, FORMAT, NAMES, Form, Formula, Row, Sheet, Value
from evaluator.workbook.gathering import Gathered, Record
from evaluator.workbook.lists import Lists
from evaluator.workbook.read import Note
from evaluator.workbook.reading import FilledForm, answered, gather, read_sheet
from evaluator.workbook.sheets.entries import NOTE
from evaluator.workbook.tables import seen

# (sheet, 0-based row below the heads, column's key): what was typed. An empty text says that the cell was emptied.
Cells = Mapping[tuple[str, int, str], str]


def read_page(form: Form, cells: Cells, shown: str) -> FilledForm:
    """What stands in ``cells`` over what ``form`` held already; ``shown`` is how messages call it.

    Rows below the last one of the form are rows that were added. Cells of sheets, columns or rows that nobody fills are
    passed over, as a workbook's are.
    """
    into = Gathered(shown, form.items)
    into.cells[()] = Place(shown, sheet=NAMES["subject"])
    into.kind = form.kind
    by_row: dict[str, dict[int, dict[str, str]]] = {}
    for (sheet, row, key), text in cells.items():
        by_row.setdefault(sheet, {}).setdefault(row, {})[key] = text
    listed: dict[str, list[Record]] = {
        sheet.id: list(_records(sheet, by_row.get(sheet.id, {}))) for sheet in form.tables()
    }
    skipped = answered(listed.get("statements", ()))
    persons = tuple(persons_in(_texts(shown, listed.values(), skipped)))
    gather(listed, into)
    source_of = Lists(FORMAT, form.kind, form.engine, form.rulesets, form.items, tuple(listed))
    return FilledForm(into.source(), tuple(into.notes), source_of, persons)


class ReadCell(NamedTuple):
    """What became of one row: its faults by their 0-based columns, notes, and where something about a person stands."""

    faults: tuple[tuple[int | None, Fault], ...]
    notes: tuple[Note, ...]
    persons: tuple[Problem, ...]


def read_row(form: Form, sheet: Sheet, row: int, typed: Mapping[str, str], shown: str) -> ReadCell:
    """What the reader of ``sheet`` makes of one row alone: as quick as a person types."""
    into = Gathered(shown, form.items)
    into.cells[()] = Place(shown, sheet=NAMES["subject"])
    into.kind = form.kind
    columns, told = _told(sheet)
    line_of_form = sheet.rows[row] if row < len(sheet.rows) else Row()
    record = _record(sheet, row, line_of_form, typed, columns, told)
    records = [] if record is None else [record]
    skipped = answered(records) if sheet.id == "statements" else set()
    persons = tuple(persons_in(_texts(shown, [records], skipped)))
    read_sheet(sheet.id, records, into)
    line = FIRST_ROW + row + 1
    places = ((into.cells.get(one.path), one) for one in into.faults)
    faults = tuple(
        (None if place.column is None else place.column - 1, fault)
        for place, fault in places
        if place is not None and place.line == line
    )
    return ReadCell(faults, tuple(into.notes), persons)


def rows_of(sheet: Sheet, added: int = 0) -> Iterator[tuple[int, Row]]:
    """The rows of ``sheet`` with their numbers, and ``added`` blank ones below."""
    yield from enumerate((*sheet.rows, *(Row() for _ in range(added))))


def is_filled_at(sheet: Sheet, row: Row, key: str) -> bool:
    """Whether people may write under ``key`` in ``row`` of ``sheet``."""
    if sheet.locked:
        return False
    column = next((one for one in sheet.columns if one.key == key), None)
    kind = None if column is None else row.kinds.get(key, column.kind)
    return kind not in (None, "id", "fixed", "formula") and key not in row.locked and row.item != NOTE


def text_of_value(value: Value | Formula) -> str:
    """What a person would type for ``value``."""
    if value is None or isinstance(value, Formula):
        return ""
    return decimal(value) if isinstance(value, Fraction) else str(value)


def _records(sheet: Sheet, typed: Mapping[int, Mapping[str, str]]) -> Iterator[Record]:
    columns, told = _told(sheet)
    added = max(typed, default=-1) + 1 - len(sheet.rows)
    for n, row in rows_of(sheet, added):
        found = _record(sheet, n, row, typed.get(n, {}), columns, told)
        if found is not None:
            yield found


def _told(sheet: Sheet) -> tuple[dict[str, int], dict[str, str]]:
    """The columns by their keys, and the titles of those that people fill or that say of what a row is: as in a workbook."""
    columns = {one.key: n for n, one in enumerate(sheet.columns)}
    told = {one.key: one.title for one in sheet.columns if one.filled or one.key in ("label", "item")}
    return columns, told


def _record(
    sheet: Sheet,
    n: int,
    row: Row,
    typed: Mapping[str, str],
    columns: Mapping[str, int],
    told: Mapping[str, str],
) -> Record | None:
    if row.item == NOTE:
        return None
    found: dict[str, Raw] = {"item": row.item} if row.item else {}
    for key in told:
        written = typed.get(key) if key in typed and is_filled_at(sheet, row, key) else None
        text = text_of_value(row.values.get(key)) if written is None else written
        if text:
            found[key] = text
    if not found or all(map(blank, found.values())):
        return None
    return Record(sheet.name, FIRST_ROW + n, found, columns, frozenset(), told)


def _texts(
    shown: str, sheets: Iterable[Iterable[Record]], skipped: set[tuple[str, int, int]]
) -> Iterator[tuple[Place, str]]:
    for records in sheets:
        for record in records:
            for key, raw in record.cells.items():
                column = record.columns[key]
                if (record.sheet, record.row, column) not in skipped:
                    yield Place(shown, record.row + 1, column + 1, record.sheet), seen(raw)
