"""A planned form → the bytes of an XLSX file. The same plan gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

import xlsxwriter

from evaluator.errors import Language
from evaluator.exact import decimal
from evaluator.review_form.layout import ABOUT, Form, Page, Sheet, key_cell
from evaluator.workbook.dates import FIRST_YEAR, LAST_YEAR
from evaluator.workbook.form import FIRST_ROW, HEAD_ROW, Column, Formula, Row, Value, letters
from evaluator.workbook.heads import write_heads
from evaluator.workbook.measuring import height
from evaluator.workbook.styles import AMBER, Styles

# The same form gives the same bytes: a workbook bears the date at which the format began.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes a date without a zone
_ALLOWED = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}
_PAGE_WIDTH = 78.0
_MOST_WORDS = 255
_ERRORS = {
    "zh": ("请检查", "从列表里选，或空着。", "写到日，如 2026-01-10。", "填不小于 0 的数，只写数字。"),
    "en": (
        "Please check",
        "Choose from the list.",
        "Write a day, such as 2026-01-10.",
        "Write a number not below 0.",
    ),
}


def write_form(form: Form) -> bytes:
    """``form`` as a workbook."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": form.title, "created": _CREATED})
        styles = Styles(book)
        for one in form.sheets:
            sheet = book.add_worksheet(one.name)
            if isinstance(one, Page):
                _write_page(sheet, one, styles)
            else:
                _write_table(sheet, one, styles, form)
        _write_about(book.add_worksheet(ABOUT), form)
    return target.getvalue()


def _write_page(sheet: Any, page: Page, styles: Styles) -> None:
    sheet.set_column(0, 0, _PAGE_WIDTH)
    for n, line in enumerate(page.lines):
        text = str(line.text)
        sheet.write_string(n, 0, text, styles.page(line.style))
        least = {"title": 44.0, "subtitle": 26.0}.get(line.style, 0.0)
        sheet.set_row(n, max(least, height([(text, _PAGE_WIDTH)]) * 1.1))
    sheet.print_area(0, 0, len(page.lines) - 1, 0)
    _print_setup(sheet, landscape=False)
    sheet.protect("", _ALLOWED)


def _write_table(sheet: Any, table: Sheet, styles: Styles, form: Form) -> None:
    keys = [key_cell(table.id, column.key) for column in table.columns]
    visible = write_heads(sheet, keys, table.columns, styles)
    for n, row in enumerate(table.rows):
        tall = height((_shown(row.values.get(one.key)), one.width) for one in visible)
        sheet.set_row(FIRST_ROW + n, tall)
        for position, column in enumerate(table.columns):
            content = row.item or None if column.key == "item" else row.values.get(column.key)
            _write_cell(sheet, FIRST_ROW + n, position, content, _style(styles, row, column))
    for first, last, position, options in _validations(table, form.lang):
        sheet.data_validation(first, position, last, position, options)
    _alarm(sheet, table, styles)
    _foot(sheet, table, styles)
    _finish(sheet, table, form)


def _style(styles: Styles, row: Row, column: Column) -> Any:
    if column.hidden:
        return None
    open_ = column.filled and column.key not in row.locked
    return styles.cell(column, row.kinds.get(column.key, column.kind), open_=open_, closed_sheet=False)


def _write_cell(sheet: Any, row: int, position: int, content: Value | Formula, style: Any) -> None:
    if content is None:
        sheet.write_blank(row, position, None, style)
    elif isinstance(content, date) and FIRST_YEAR <= content.year <= LAST_YEAR:
        sheet.write_datetime(row, position, content, style)
    elif isinstance(content, int | Fraction) and len(decimal(content)) <= 15:
        sheet.write_number(row, position, float(content), style)
    else:
        sheet.write_string(row, position, _shown(content), style)


def _shown(value: Value | Formula) -> str:
    if value is None:
        return ""
    return decimal(value) if isinstance(value, int | Fraction) else str(value)


def _validations(table: Sheet, lang: Language) -> Iterator[tuple[int, int, int, dict[str, Any]]]:
    """The validations: first row, last row, column (0-based), options; rows that ask the same share one."""
    for position, column in enumerate(table.columns):
        if not column.filled:
            continue
        before: tuple[int, int, dict[str, Any]] | None = None
        for n, row in enumerate(table.rows, FIRST_ROW):
            options = None if column.key in row.locked else _options(row, column, lang)
            if before and before[1] == n - 1 and before[2] == options:
                before = (before[0], n, before[2])
                continue
            if before:
                yield before[0], before[1], position, before[2]
            before = None if options is None else (n, n, options)
        if before:
            yield before[0], before[1], position, before[2]


def _options(row: Row, column: Column, lang: Language) -> dict[str, Any]:
    kind = row.kinds.get(column.key, column.kind)
    choices = row.choices.get(column.key, column.choices)
    title, choose, day, amount = _ERRORS[lang]
    found: dict[str, Any] = {"validate": "any"}
    if choices is not None and choices.words:
        found = {"validate": "list", "source": list(choices.words), "error_message": choose}
    elif kind == "date":
        first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
        found = {
            "validate": "date",
            "criteria": "between",
            "minimum": first,
            "maximum": last,
            "error_message": day,
        }
        # A document may state no date, which is written in words: the program, not the spreadsheet, refuses what is neither.
        found |= {"error_type": "information"} if column.key.startswith("verified.") else {}
    elif kind == "number":
        found = {"validate": "decimal", "criteria": ">=", "value": 0, "error_message": amount}
    if "error_message" in found:
        found["error_title"] = title
    if column.prompt:
        found |= {"input_title": column.title[:32], "input_message": column.prompt[:_MOST_WORDS]}
    return found


def _alarm(sheet: Any, table: Sheet, styles: Styles) -> None:
    """Colour a reason that is due and not written."""
    if not table.alarms or not table.has("reason"):
        return
    last = FIRST_ROW + len(table.rows) - 1
    changed = "+".join(f'(TRIM(${letters(table.position(key))}{FIRST_ROW + 1})<>"")' for key in table.alarms)
    position = table.position("reason")
    reason = f"${letters(position)}{FIRST_ROW + 1}"
    sheet.conditional_format(
        FIRST_ROW,
        position,
        last,
        position,
        {
            "type": "formula",
            "criteria": f'=AND(({changed})>0,TRIM({reason})="")',
            "format": styles.made(bg_color=AMBER),
        },
    )


def _foot(sheet: Any, table: Sheet, styles: Styles) -> None:
    first = next(n for n, column in enumerate(table.columns) if not column.hidden)
    for n, line in enumerate(table.footer, FIRST_ROW + len(table.rows) + 1):
        sheet.write_string(n, first, str(line.text), styles.made(font_name="宋体", font_size=11))
        sheet.set_row(n, 30)


def _finish(sheet: Any, table: Sheet, form: Form) -> None:
    shown = [n for n, column in enumerate(table.columns) if not column.hidden]
    last = FIRST_ROW + len(table.rows) - 1
    frozen = table.position("label") + 1 if table.has("label") else 0
    sheet.freeze_panes(FIRST_ROW, frozen)
    if table.id != "reviewers" and not table.footer:
        sheet.autofilter(HEAD_ROW, shown[0], last, shown[-1])
    foot = last + 1 + len(table.footer) if table.footer else last
    sheet.print_area(HEAD_ROW, shown[0], foot, shown[-1])
    sheet.repeat_rows(HEAD_ROW)
    _print_setup(sheet, landscape=table.id != "reviewers")
    sheet.set_header(f"&L{_plain(form.title)}&R{_plain(table.name)}")
    sheet.protect("", _ALLOWED)


def _plain(text: str) -> str:
    # An ampersand begins a code in a header.
    return text.replace("&", "&&")[:200]


def _print_setup(sheet: Any, *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    sheet.hide_gridlines(2)


def _write_about(sheet: Any, form: Form) -> None:
    for n, (key, value) in enumerate(form.described().cells()):
        sheet.write_string(n, 0, key)
        sheet.write_string(n, 1, value)
    sheet.protect("")
    sheet.very_hidden()
