"""What a spreadsheet itself asks of a cell: lists to choose from, bounds, and the help that it shows. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.workbook.dates import FIRST_YEAR, LAST_YEAR
from evaluator.workbook.form import FIRST_ROW, Choices, Column, Kind, Sheet, letters
from evaluator.workbook.lists import listed

# What a spreadsheet takes at most: 32 characters of title, 255 of help.
_MOST_HELP = 255
_TITLE = "请检查"
_WHOLE = "请填 0 或正整数，只写数字。"
_DATE = "请写到日，用 - 或 / 分开，如 2025-03-12；没有就空着。"
_CHOOSE = "请从列表里选；不需要填的空着。"
Options = dict[str, Any]


def validations(sheet: Sheet, catalogue: Catalogue) -> Iterator[tuple[int, int, int, Options]]:
    """The validations of ``sheet``: first row, last row, column (0-based), options as XlsxWriter takes them."""
    for position, column in enumerate(sheet.columns):
        if not column.filled or sheet.locked:
            continue
        before: tuple[int, int, Options] | None = None
        for n, row in enumerate(sheet.rows):
            if column.key in row.locked:
                continue
            line = FIRST_ROW + n
            options = _options(sheet, n, column, catalogue)
            # Rows that ask the same share one validation, unless it names cells.
            if before and before[1] == line - 1 and before[2] == options and options["validate"] != "custom":
                before = (before[0], line, options)
                continue
            if before:
                yield before[0], before[1], position, before[2]
            before = (line, line, options)
        if before:
            yield before[0], before[1], position, before[2]


def _options(sheet: Sheet, n: int, column: Column, catalogue: Catalogue) -> Options:
    row = sheet.rows[n]
    kind = row.kinds.get(column.key, column.kind)
    choices = row.choices.get(column.key, column.choices)
    found = _rule(sheet, n, column, kind, choices, catalogue)
    prompt = row.prompts.get(column.key, column.prompt)
    if prompt:
        found |= {"input_title": column.title[:32], "input_message": _cut(prompt)}
    return found


def _rule(
    sheet: Sheet, n: int, column: Column, kind: Kind, choices: Choices | None, catalogue: Catalogue
) -> Options:
    if kind in ("have", "answer", "choice") and choices is not None:
        source = list(choices.words) if choices.words else listed(choices)
        if choices.words or choices.last >= choices.first:
            return _error({"validate": "list", "source": source}, _CHOOSE)
    if kind == "date":
        first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
        return _error({"validate": "date", "criteria": "between", "minimum": first, "maximum": last}, _DATE)
    if kind == "whole":
        return _error(
            {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 999_999}, _WHOLE
        )
    if kind == "number":
        return _number(sheet, n, column, catalogue)
    return {"validate": "any"}


def _number(sheet: Sheet, n: int, column: Column, catalogue: Catalogue) -> Options:
    cell = f"{letters(sheet.column(column.key))}{FIRST_ROW + n + 1}"
    item = catalogue.counts.get(column.key.partition(".")[2] or sheet.rows[n].item)
    whole = item is not None and item.whole_number
    tests = [f"ISNUMBER({cell})", f"{cell}>=0", *([f"{cell}=INT({cell})"] if whole else [])]
    help_ = _WHOLE if whole else "请填不小于 0 的数，只写数字。"
    if sheet.id == "counts" and item is not None:
        rows = {row.item: m for m, row in enumerate(sheet.rows)}
        for other in item.at_most:
            if other in rows:
                limit = f"{letters(sheet.column(column.key))}{FIRST_ROW + rows[other] + 1}"
                tests.append(f'OR({limit}="",{cell}<={limit})')
                help_ += f"不能大于“{sheet.rows[rows[other]].values['label']}”。"
    return _error({"validate": "custom", "value": f"=AND({','.join(tests)})"}, help_)


def _error(options: Options, help_: str) -> Options:
    return {**options, "error_title": _TITLE, "error_message": _cut(help_), "error_type": "stop"}


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_HELP else text[: _MOST_HELP - 1] + "…"
