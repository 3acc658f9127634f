"""A planned table → the bytes of an XLSX file. The same table gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from evaluator.checks import KINDS
from evaluator.table import check_rows
from evaluator.table.cells import known_words
from evaluator.table.columns import BY_KIND
from evaluator.table.form import (
    COUNTED,
    FIRST_ROW,
    HEAD_ROW,
    KEY,
    KEY_ROW,
    LISTS,
    SPARE,
    Column,
    Listed,
    Offer,
    Row,
    Sheet,
    Table,
    offer_of,
)
from evaluator.table.names import SHEETS
from evaluator.table.plan import head_offers
from evaluator.table.records import ITEM_KEYS
from evaluator.workbook.form import letters
from evaluator.workbook.measuring import height
from evaluator.workbook.styles import CLOSED, HEAD_FONT, OPEN, PLAIN, TEXT_FONT, Styles

_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes a date without a zone
_LINE = "#8C8C8C"
_ENGLISH = "#F7F7F7"
_GUIDE_WIDTH = 76.0
# Up to so many characters a spreadsheet takes a list of words in the cell itself.
_LONGEST_LIST = 250


def write_table(table: Table) -> bytes:
    """``table`` as a workbook."""
    target = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"title": table.title, "created": _CREATED})
        writer = _Writer(book, table)
        writer.guide()
        for sheet in table.sheets:
            writer.sheet(sheet)
        writer.lists()
    return target.getvalue()


class _Writer:
    def __init__(self, book: Any, table: Table) -> None:
        self.book, self.table, self.styles = book, table, Styles(book)

    def guide(self) -> None:
        sheet = self.book.add_worksheet(SHEETS["guide"].zh)
        sheet.set_column(0, 0, _GUIDE_WIDTH)
        sheet.hide_gridlines(2)
        lines = (("title", self.table.title), *self.table.guide)
        for n, (style, text) in enumerate(lines):
            sheet.write_string(n, 0, text, self.styles.page(style))
            sheet.set_row(
                n, max({"title": 44.0, "head": 30.0}.get(style, 0.0), height([(text, _GUIDE_WIDTH)]) * 1.1)
            )
        _print_setup(sheet, "", landscape=False)
        sheet.protect("", {"format_columns": True, "format_rows": True})

    def sheet(self, sheet: Sheet) -> None:
        made = self.book.add_worksheet(sheet.name)
        last = FIRST_ROW + len(sheet.rows) + (SPARE if sheet.growing else 0)
        for position, column in enumerate(sheet.columns):
            hidden = column.look == "hidden"
            options = {"hidden": hidden or column.rare, "level": 1 if column.rare else 0}
            made.set_column(position, position, column.width, self._cell(column, filled=True), options)
            made.write_string(
                KEY_ROW, position, f"{sheet.id}:{column.key}" if column.key == KEY else column.key
            )
            if not hidden:
                made.write_string(HEAD_ROW, position, column.title, self._head(column))
        made.set_row(KEY_ROW, None, None, {"hidden": True})
        shown = [one for one in sheet.columns if one.look != "hidden" and not one.rare]
        made.set_row(HEAD_ROW, height((one.title, one.width) for one in shown) + 8)
        for n in range(last - FIRST_ROW):
            self._row(made, sheet, FIRST_ROW + n, sheet.rows[n] if n < len(sheet.rows) else Row({}))
        self._offers(made, sheet, last)
        self._finish(made, sheet)

    def _row(self, made: Any, sheet: Sheet, at: int, row: Row) -> None:
        shown = [one for one in sheet.columns if one.look != "hidden" and not one.rare]
        texts = {**row.values, "called": self._called(row)} if sheet.id == "checks" else row.values
        made.set_row(at, max(24.0, height((texts.get(one.key, ""), one.width) for one in shown)))
        begins = sheet.id == "checks" and row.values.get("number") == "1"
        for position, column in enumerate(sheet.columns):
            text = row.values.get(column.key, "")
            filled = (not row.locked and sheet.id != "head") or column.key == "value"
            style = self._cell(column, filled=filled, begins=begins)
            if sheet.id == "checks" and column.key == "called":
                made.write_formula(at, position, f"={_title_of(self.table, at)}", style, self._called(row))
            elif text:
                made.write_string(at, position, text, style)
            else:
                made.write_blank(at, position, None, style)

    def _called(self, row: Row) -> str:
        criteria = next(one for one in self.table.sheets if one.id == "criteria")
        owner = row.values.get("owner", "")
        return next(
            (one.values["title.zh"] for one in criteria.rows if owner and one.values.get("id") == owner), ""
        )

    def _head(self, column: Column) -> Any:
        fill = {"made": "#E3E3E3", "english": "#EDEDED"}.get(column.look, "#DCE6F1")
        return self.styles.made(
            font_name=HEAD_FONT, font_size=10.5, bg_color=fill, align="center", valign="vcenter",
            text_wrap=True, border=1, border_color=_LINE,
        )  # fmt: skip

    def _cell(self, column: Column, *, filled: bool, begins: bool = False) -> Any:
        closed = not filled or column.look in ("made", "hidden")
        fill = (
            CLOSED
            if closed
            else _ENGLISH
            if column.look == "english"
            else OPEN
            if column.look != "id"
            else PLAIN
        )
        return self.styles.made(
            font_name=TEXT_FONT, font_size=10.5, bg_color=fill, locked=closed,
            align="center" if column.look in ("centred", "id") else "left", valign="vcenter",
            text_wrap=True, border=1, border_color=_LINE, top=2 if begins else 1,
            num_format="@" if column.key != "called" else "General",
            font_color="#444444" if column.look in ("made", "english") or closed else "#000000",
        )  # fmt: skip

    def _offers(self, made: Any, sheet: Sheet, last: int) -> None:
        if sheet.id == "head":
            for n, scalar in head_offers():
                offer = offer_of(scalar.shape, known_words(scalar.key, scalar.shape.values)) or Offer(
                    listed="等级清单"
                )
                made.data_validation(FIRST_ROW + n, 2, FIRST_ROW + n, 2, _validation(offer))
            return
        for position, column in enumerate(sheet.columns):
            area = (FIRST_ROW, position, last - 1, position)
            if column.key == "id":
                made.data_validation(*area, _fixed(position))
            elif column.offer is not None:
                kind = next((n for n, one in enumerate(sheet.columns) if one.key == "kind"), 0)
                made.data_validation(*area, _validation(column.offer, column.prompt, kind))
            elif column.prompt:
                made.data_validation(*area, {"validate": "any", **_prompt(column.prompt)})
        for n, row in enumerate(sheet.rows):
            if row.locked:
                made.write_comment(FIRST_ROW + n, 1, row.locked, {"x_scale": 1.5, "font_size": 10})

    def _finish(self, made: Any, sheet: Sheet) -> None:
        shown = [n for n, one in enumerate(sheet.columns) if one.look != "hidden"]
        made.freeze_panes(FIRST_ROW, sheet.frozen)
        last = FIRST_ROW + max(1, len(sheet.rows)) - 1
        if sheet.growing:
            made.autofilter(HEAD_ROW, 0, last, shown[-1])
        plain = [n for n in shown if sheet.columns[n].look != "english" and not sheet.columns[n].rare]
        made.print_area(HEAD_ROW, shown[0], last, plain[-1])
        made.repeat_rows(HEAD_ROW)
        made.hide_gridlines(2)
        made.outline_settings(True, True, False, False)
        width = sum(sheet.columns[n].width for n in plain)
        _print_setup(made, sheet.name, landscape=width > 90)
        if width > 260:
            made.fit_to_pages(2, 0)
            made.repeat_columns(0, max(0, sheet.frozen - 1))
            made.set_paper(8)
        if not sheet.growing:
            made.protect("", {"format_columns": True, "format_rows": True})

    def lists(self) -> None:
        sheet = self.book.add_worksheet(LISTS)
        sheet.hide()
        for n, (key, value) in enumerate(self.table.marks):
            sheet.write_string(n, 0, key)
            sheet.write_string(n, 1, value)
        for column, one in enumerate(self.table.lists, 2):
            sheet.write_string(0, column, one.name)
            for n, text in enumerate(one.texts, 1):
                sheet.write_string(n, column, text)
            added = list(self._added(one))
            for n, formula in enumerate(added, len(one.texts) + 1):
                sheet.write_formula(n, column, f"={formula}", None, "")
            letter = letters(column)
            last = max(2, len(one.texts) + len(added) + 1)
            area = f"'{LISTS}'!${letter}$2:${letter}${last}"
            self.book.define_name(
                one.name, f"=OFFSET('{LISTS}'!${letter}$2,0,0,MAX(1,COUNTIF({area},\"?*\")),1)"
            )
        sheet.protect("")

    def _added(self, one: Listed) -> Iterator[str]:
        """What people add on sheets, as the list shows it."""
        for sheet in (sheet for sheet in self.table.sheets if sheet.id in one.sheets):
            label = letters(next(n for n, c in enumerate(sheet.columns) if c.key in ("label.zh", "title.zh")))
            ids = letters(next(n for n, c in enumerate(sheet.columns) if c.key == "id"))
            first = FIRST_ROW + len(sheet.rows) + 1
            for row in range(first, first + SPARE):
                text, key = f"'{sheet.name}'!${label}${row}", f"'{sheet.name}'!${ids}${row}"
                if sheet.id == "criteria":
                    yield f'IF({text}="","",IF({key}="",{text},{key}))'
                elif sheet.id == "sections":
                    yield f'IF({text}="","",{text})'
                else:
                    yield f'IF({text}="","",IF({key}="",{text},{text}&" ["&{key}&"]"))'


def _title_of(table: Table, at: int) -> str:
    """The title of the criterion whose id stands in column A of this row."""
    sheet = next(one for one in table.sheets if one.id == "criteria")
    places = {one.key: letters(n) for n, one in enumerate(sheet.columns)}
    ids, titles = (f"'{sheet.name}'!${places[key]}$3:${places[key]}$999" for key in ("id", "title.zh"))
    return f'IFERROR(INDEX({titles},MATCH($A{at + 1},{ids},0)),"")'


def _validation(offer: Offer, prompt: str = "", kind: int = 0) -> dict[str, Any]:
    if offer.listed == BY_KIND:
        source: Any = _by_kind(f"${letters(kind)}{FIRST_ROW + 1}")
    else:
        source = f"={offer.listed}" if offer.listed else list(offer.words)
        if isinstance(source, list) and len(",".join(source)) > _LONGEST_LIST:
            return {"validate": "any", **_prompt(prompt)}
    return {
        "validate": "list",
        "source": source,
        "error_type": "stop" if offer.only else "information",
        "error_title": "请从下拉表中选",
        "error_message": "可选的写法见下拉表。" if offer.only else "下拉表里没有；确是新加的，点“确定”。",
        **_prompt(prompt),
    }


def _by_kind(cell: str) -> str:
    """The list of items that a check of the kind in ``cell`` reads; all that can be counted for other kinds."""
    words: dict[str, list[str]] = {}
    for word, (kind, form) in check_rows.kind_words().items():
        keys = check_rows.parts_of(KINDS[kind], kind).items
        kinds = {ITEM_KEYS[key] for key in keys if key != "denominator" and form in ("", key)}
        if len(kinds) == 1:
            words.setdefault(SHEETS[kinds.pop()].zh, []).append(f'{cell}="{word}"')
    source = COUNTED
    for sheet, asked in words.items():
        source = f"IF({asked[0] if len(asked) == 1 else f'OR({chr(44).join(asked)})'},{sheet}清单,{source})"
    return f"={source}"


def _fixed(position: int) -> dict[str, Any]:
    cell, first = f"{letters(position)}{FIRST_ROW + 1}", f"$A{FIRST_ROW + 1}"
    return {
        "validate": "custom",
        "value": f'=OR({first}="",EXACT({cell},{first}))',
        "error_title": "编号不能改",
        "error_message": "编号定下以后不再改。要废除这一行，请删去整行；要新设，请另加一行。",
        **_prompt("定下以后不再改；新加的一行可以空着"),
    }


def _prompt(text: str) -> dict[str, str]:
    return {"input_title": "怎么填", "input_message": text} if text else {}


def _print_setup(sheet: Any, title: str, *, landscape: bool) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(0.4, 0.4, 0.7, 0.6)
    if title:
        sheet.set_header(f'&C&"黑体,常规"&14{title}')
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&R第 &P 页，共 &N 页")
