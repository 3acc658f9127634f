"""What a spreadsheet colours by itself as people type: what is wrong, what is missing, what needs nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.workbook.form import FIRST_ROW, Sheet, circled, letters
from evaluator.workbook.styles import AMBER, GREY, RED

_RED = {"bg_color": RED, "font_color": "#9C0006"}
_AMBER = {"bg_color": AMBER}
_GREY = {"bg_color": GREY, "font_color": "#808080"}


def conditions(sheet: Sheet) -> Iterator[tuple[str, dict[str, Any]]]:
    """The conditional formats of ``sheet``: the area and its rule, as XlsxWriter takes them."""
    if not sheet.rows:
        return
    if sheet.id == "counts":
        check = sheet.cell("check", 0)
        yield _rule(sheet, ("now", "check"), f'AND({check}<>"",{check}<>"√")', _RED)
    if sheet.id in ("events", "street"):
        day = "_day" if sheet.id == "events" else "_day_issued"
        yield _wrong_day(sheet, "date", day)
    if sheet.id == "documents":
        yield _wrong_day(sheet, "issued", "_day_issued")
    if sheet.id in ("documents", "street"):
        yield _wrong_day(sheet, "valid_to", "_day_valid")
        contents = sheet.cell("contents", 0)
        for column in sheet.columns:
            if column.key.startswith("part."):
                mark = circled(int(column.key.removeprefix("part.")))
                unasked = f'AND(TRIM({sheet.cell(column.key, 0)})="",ISERROR(FIND("{mark}",{contents})))'
                yield _rule(sheet, (column.key, column.key), unasked, _GREY)
    if sheet.id in ("events", "documents", "street"):
        first = "date" if sheet.has("date") else "title"
        yield _rule(sheet, (first, "files"), f'TRIM({sheet.cell("have", 0)})="无"', _GREY)
    if sheet.id == "statements":
        said, files = sheet.cell("_said", 0), sheet.cell("_attached", 0)
        yield _rule(sheet, ("files", "files"), f'AND({said}="是",{files}<>1)', _AMBER)
    if sheet.id == "files":
        check = sheet.cell("check", 0)
        yield _rule(sheet, ("id", "check"), f'AND({check}<>"",{check}<>"√")', _RED)


def _wrong_day(sheet: Sheet, key: str, day: str) -> tuple[str, dict[str, Any]]:
    unread = f'AND(TRIM({sheet.cell(key, 0)})<>"",{sheet.cell(day, 0)}="")'
    return _rule(sheet, (key, key), unread, _RED)


def _rule(sheet: Sheet, keys: tuple[str, str], test: str, look: dict[str, str]) -> tuple[str, dict[str, Any]]:
    first, last = (letters(sheet.column(key)) for key in keys)
    area = f"{first}{FIRST_ROW + 1}:{last}{FIRST_ROW + len(sheet.rows)}"
    return area, {"type": "formula", "criteria": f"={test}", "format": look}
