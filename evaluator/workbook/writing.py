"""A planned form → the bytes of an XLSX file. The same plan gives the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from evaluator.catalogue import Catalogue
from evaluator.exact import decimal
from evaluator.workbook import asking, lists
from evaluator.workbook.addresses import Addresses
from evaluator.workbook.dates import FIRST_YEAR, LAST_YEAR
from evaluator.workbook.form import (
    FIRST_ROW,
    HEAD_ROW,
    LISTS,
    Column,
    Form,
    Formula,
    Page,
    Row,
    Sheet,
    Value,
    key_cell,
)
from evaluator.workbook.formulas import formulas
from evaluator.workbook.heads import write_heads
from evaluator.workbook.marking import conditions
from evaluator.workbook.measuring import height
from evaluator.workbook.styles import Styles

# The same form gives the same bytes: a workbook bears the date at which the format began.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes a date without a zone
# A spreadsheet's number keeps fifteen digits: what is longer is written as text.
_MOST_DIGITS = 15
# Narrow enough for programs that measure columns by a wider font than the form's.
_PAGE_WIDTH = 78.0
# What one page across still shows large enough to read.
_WIDEST_PAGE = 260.0
# Room for a line of handwriting.
_LEAST = 24.0
_ALLOWED = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}


class Writer:
    """A workbook under construction: what the live judgement needs to write into it."""

    def __init__(self, book: Any, form: Form) -> None:
        self.book, self.form, self.styles = book, form, Styles(book)
        self.sheets: dict[str, Any] = {}

    def result(self, row: int, key: str, text: str, value: str | int | float = "") -> None:
        """Write a formula into 自查结果: ``row`` is the 0-based row of the plan, ``key`` its column, ``value`` its result."""
        table = self.form.table("results")
        assert table is not None
        position = table.column(key)
        style = self.styles.cell(table.columns[position], "formula", open_=False, closed_sheet=False)
        self.sheets["results"].write_formula(FIRST_ROW + row, position, f"={text}", style, value)

    def hidden_sheet(self, name: str) -> Any:
        """A new sheet that people do not see."""
        sheet = self.book.add_worksheet(name, worksheet_class=_Growing)
        sheet.hide()
        return sheet


Judge = Callable[[Writer, Addresses], None]


def write_workbook(form: Form, catalogue: Catalogue, judge: Judge | None = None) -> bytes:
    """``form`` as a workbook; ``judge`` writes the live formulas of 自查结果."""
    target = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": "申报表", "created": _CREATED})
        book.set_calc_mode("auto")
        writer = Writer(book, form)
        for one in form.sheets:
            sheet = book.add_worksheet(one.name, worksheet_class=_Growing)
            writer.sheets[one.id] = sheet
            if isinstance(one, Page):
                _write_page(sheet, one, writer.styles)
            else:
                _write_table(sheet, one, writer, catalogue)
        if judge is not None:
            judge(writer, Addresses(form, catalogue))
        _write_lists(writer)
    return target.getvalue()


class _Growing(Worksheet):  # type: ignore[misc]  # XlsxWriter ships no types
    """A sheet whose rows have a height, and grow all the same when people write more."""

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        # No formula of a form uses a function of later programs: looking for their names took most of the time.
        return formula.removeprefix("=")

    def _xml_start_tag_unencoded(self, tag: str, attributes: Any = ()) -> None:
        if tag == "row":
            attributes = [one for one in attributes if one[0] != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


def _write_page(sheet: Any, page: Page, styles: Styles) -> None:
    sheet.set_column(0, 0, _PAGE_WIDTH)
    for n, line in enumerate(page.lines):
        style = styles.page(line.style)
        if isinstance(line.text, Formula):
            sheet.write_formula(n, 0, f"={line.text.text}", style, line.text.value)
        else:
            sheet.write_string(n, 0, line.text, style)
        shown = str(line.text.value) if isinstance(line.text, Formula) else line.text
        least = {"title": 44.0, "subtitle": 26.0, "head": 28.0, "sign": 46.0}.get(line.style, 0.0)
        sheet.set_row(n, max(least, height([(shown, _PAGE_WIDTH)]) * 1.1))
    _print_setup(sheet, "", landscape=False)
    sheet.hide_gridlines(2)
    sheet.protect("", _ALLOWED)


def _write_table(sheet: Any, table: Sheet, writer: Writer, catalogue: Catalogue) -> None:
    styles = writer.styles
    keys = [key_cell(table.id, column.key) for column in table.columns]
    visible = write_heads(sheet, keys, table.columns, styles)
    for n, row in enumerate(table.rows):
        made = formulas(writer.form, catalogue, table, n)
        tall = max(_LEAST, height((_shown(row.values.get(one.key)), one.width) for one in visible))
        sheet.set_row(FIRST_ROW + n, tall)
        for position, column in enumerate(table.columns):
            content: Value | Formula = made.get(column.key, row.values.get(column.key))
            if column.key == "item":
                content = row.item or None
            _write_cell(sheet, n, position, content, _style(styles, table, row, column))
    for first, last, position, options in asking.validations(table, catalogue):
        sheet.data_validation(first, position, last, position, options)
    for area, options in conditions(table):
        sheet.conditional_format(area, {**options, "format": styles.made(**options["format"])})
    _finish(sheet, table)


def _style(styles: Styles, table: Sheet, row: Row, column: Column) -> Any:
    if column.hidden:
        return None
    open_ = column.filled and column.key not in row.locked and not table.locked
    kind = row.kinds.get(column.key, column.kind)
    return styles.cell(column, kind, open_=open_, closed_sheet=table.locked and column.filled)


def _write_cell(sheet: Any, n: int, position: int, content: Value | Formula, style: Any) -> None:
    row = FIRST_ROW + n
    if isinstance(content, Formula):
        sheet.write_formula(row, position, f"={content.text}", style, content.value)
    elif content is None:
        sheet.write_blank(row, position, None, style)
    elif isinstance(content, date) and FIRST_YEAR <= content.year <= LAST_YEAR:
        sheet.write_datetime(row, position, content, style)
    elif isinstance(content, int | Fraction):
        text = decimal(content)
        if sum(map(str.isdigit, text)) <= _MOST_DIGITS:
            sheet.write_number(row, position, float(content), style)
        else:
            sheet.write_string(row, position, text, style)
    else:
        sheet.write_string(row, position, str(content), style)


def _shown(value: Value | Formula) -> str:
    if value is None:
        return ""
    if isinstance(value, Formula):
        return str(value.value)
    return decimal(value) if isinstance(value, int | Fraction) else str(value)


def _finish(sheet: Any, table: Sheet) -> None:
    shown = [n for n, column in enumerate(table.columns) if not column.hidden]
    last_row = FIRST_ROW + len(table.rows) - 1
    frozen = table.column("label") + 1 if table.has("label") else 0
    sheet.freeze_panes(FIRST_ROW, frozen)
    if table.id not in ("subject", "units"):
        sheet.autofilter(HEAD_ROW, shown[0], last_row, shown[-1])
    printed = table.column(table.printed) if table.printed else shown[-1]
    sheet.print_area(HEAD_ROW, shown[0], last_row, printed)
    sheet.repeat_rows(HEAD_ROW)
    sheet.hide_gridlines(2)
    _print_setup(sheet, table.name, landscape=table.landscape)
    if sum(column.width for column in table.columns[: printed + 1] if not column.hidden) > _WIDEST_PAGE:
        sheet.fit_to_pages(2, 0)
        sheet.repeat_columns(0, frozen - 1)
    sheet.protect("", {**_ALLOWED, "insert_rows": table.growing, "delete_rows": table.growing})


def _print_setup(sheet: Any, name: str, *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(0.5, 0.5, 0.75, 0.7)
    sheet.center_horizontally()
    if name:
        sheet.set_header(f'&C&"黑体,常规"&16{name}')
        sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")


def _write_lists(writer: Writer) -> None:
    sheet = writer.hidden_sheet(LISTS)
    for row, column, text in lists.cells(writer.form):
        sheet.write_string(row, column, text)
    sheet.protect("", _ALLOWED)
