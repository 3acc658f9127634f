"""The sheet 街道提供: events and documents of the street, the district, the city or the province, in one table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evaluator.errors import Words
from evaluator.reading import Path
from evaluator.workbook.form import Column, Item, Row, Sheet
from evaluator.workbook.gathering import Gathered, Record
from evaluator.workbook.making import Making, holder
from evaluator.workbook.read import Wrong
from evaluator.workbook.sheets import documents, events
from evaluator.workbook.sheets.entries import (
    ASKS,
    FILES,
    HAVE,
    ID,
    ITEM,
    SERVES,
    TITLE,
    Reader,
    choosing,
    helper,
    read_entries,
)

BLANK_ROWS = 20
HELPERS = (
    "type",
    "clean_issued",
    "day_issued",
    "clean_valid",
    "day_valid",
    "present",
    "none",
    "attached",
    "faulty",
    "faulty_event",
)
_DATE_PROMPT = "活动写举办日期，文件写印发日期；写到日，如 2025-03-12。"
COLUMNS = (
    ITEM,
    ID,
    Column("group", "类别", 6, "formula", centred=True),
    Column("label", "类型", 24, "choice", prompt="从列表里选一类活动或文件。"),
    Column("holder", "提供单位", 6, centred=True),
    HAVE,
    Column("date", "日期（印发日期）", 11.5, "date", centred=True, prompt=_DATE_PROMPT),
    TITLE,
    documents.NUMBER,
    documents.VALID_TO,
    events.EXPECTED,
    events.PRESENT,
    documents.CONTENTS,
    documents.PAGE,
    FILES,
    ASKS._replace(title="要求和口径", width=48),
    SERVES,
    *map(helper, HELPERS),
)
_HOLDERS = {
    "street": Words("街道", "street"),
    "district": Words("区县", "district"),
    "city": Words("市", "city"),
    "province": Words("省", "province"),
}
_FOR_DOCUMENTS = Wrong(
    "not_for_events",
    Words("活动没有这一栏", "this column is for documents"),
    Words("清空这一格，或核对类型", "empty this cell, or check the type"),
)
_KINDS = {"events": "活动", "documents": "文件"}


def plan(making: Making) -> Sheet:
    """A row for each type that the community itself does not hold or issue: closed for a community, open for its street."""
    parts = documents.part_columns(making, street=True)
    open_ = making.kind != "community"
    columns = documents.with_parts(choosing(COLUMNS, making.street_choices()), parts)
    rows = [row for item in making.items if item.street for row in _rows(making, item)]
    blank = [Row() for _ in range(BLANK_ROWS)] if open_ else []
    return Sheet("street", columns, (*rows, *blank), locked=not open_, printed="files")


def _rows(making: Making, item: Item) -> Iterable[Row]:
    fixed = {
        "group": _KINDS[item.kind],
        "holder": _HOLDERS[holder(making.catalogue, item)].zh,
    }
    if item.kind == "events":
        return events.preset_events(making, item, **fixed)
    return documents.preset_documents(making, item, "date", **fixed)


def read(records: Iterable[Record], into: Gathered) -> None:
    """Read the rows of the sheet."""
    found = list(records)
    marks = documents.marks_of(found)
    filled = (*events.FILLED, "number", "valid_to", "page", *marks)
    readers = {"events": _event(marks), "documents": documents.reader("date", marks)}
    read_entries(into, found, filled, readers)


def _event(marks: tuple[str, ...]) -> Reader:
    only_documents = ("number", "valid_to", "page", *marks)

    def read_event(
        into: Gathered, record: Record, item: Item | None, path: Path, entry: dict[str, Any]
    ) -> None:
        events.read_event(into, record, item, path, entry)
        for key in only_documents:
            if record.filled((key,)):
                into.at((*path, key), into.place(record, key))
                into.wrong((*path, key), _FOR_DOCUMENTS)

    return read_event
