"""The sheet 活动会议: a row for each event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from evaluator.entries import Event
from evaluator.errors import Words
from evaluator.reading import Path
from evaluator.workbook.cells import day_of, files_of, files_text, text_of, whole_of
from evaluator.workbook.form import Column, Item, Row, Sheet, Value
from evaluator.workbook.gathering import Gathered, Record
from evaluator.workbook.making import Making
from evaluator.workbook.read import Wrong
from evaluator.workbook.sheets.entries import (
    ASKS,
    FILES,
    HAVE,
    ID,
    ITEM,
    SERVES,
    TITLE,
    choosing,
    helper,
    preset,
    read_entries,
    said,
)

BLANK_ROWS = 40
DATE_PROMPT = "写到日，如 2025-03-12。一行一次活动；连办多天的填第一天。"
EXPECTED = Column("expected", "应到人数", 7, "whole", centred=True, prompt="只填人数，不填姓名。")
PRESENT = Column("present", "实到人数", 7, "whole", centred=True, prompt="只填人数，不填姓名。")
FILLED = ("date", "title", "expected", "present", "files")
HELPERS = ("type", "clean", "day", "none", "faulty")
_NO_DATE = Wrong(
    "missing_date",
    Words("没有填日期", "the date is missing"),
    Words(
        "填日期；没有办过的，“有无”填“无”，或清空这一行",
        "write it; where there was none, say so or empty the row",
    ),
)
ATTENDANCE = ("人", "名", "户")
COLUMNS = (
    ITEM,
    ID,
    Column("label", "活动类型", 27, "choice", prompt="从列表里选一类活动。"),
    HAVE,
    Column("date", "日期", 11.5, "date", centred=True, prompt=DATE_PROMPT),
    TITLE,
    EXPECTED,
    PRESENT,
    FILES,
    ASKS,
    SERVES,
    *map(helper, HELPERS),
)


def plan(making: Making) -> Sheet:
    """As many rows as the standards ask for of each type, and blank ones."""
    rows = [row for item in making.of("events") for row in preset_events(making, item)]
    blank = [Row() for _ in range(BLANK_ROWS)]
    columns = choosing(COLUMNS, making.choices("events"))
    return Sheet("events", columns, (*rows, *blank), printed="files")


def preset_events(making: Making, item: Item, **fixed: Value) -> Iterator[Row]:
    """The rows of one type of events."""
    wanted = max((one.rows for one in making.servings("events", item.id)), default=1)
    held = [cells_of(one) for one in making.filled.evidence.events if one.type == item.id]
    return preset(making, item, held, wanted, fixed)


def cells_of(event: Event) -> dict[str, Value]:
    """The cells of one event."""
    return {
        **said(event),
        "date": event.date,
        "expected": event.expected,
        "present": event.present,
        "files": files_text(event.files),
    }


def read(records: Iterable[Record], into: Gathered) -> None:
    """Read the rows of the sheet."""
    read_entries(into, records, FILLED, {"events": read_event})


def read_event(into: Gathered, record: Record, _item: Item | None, path: Path, entry: dict[str, Any]) -> None:
    """Read one event."""
    into.put(entry, record, "date", (*path, "date"), lambda raw: day_of(raw, from_1904=into.from_1904))
    into.need(entry, (*path, "date"), _NO_DATE)
    into.put(entry, record, "title", (*path, "title"), text_of)
    for key in ("expected", "present"):
        into.put(entry, record, key, (*path, key), lambda raw: whole_of(raw, ATTENDANCE))
    into.put(entry, record, "files", (*path, "files"), files_of)
