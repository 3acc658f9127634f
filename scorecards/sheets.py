"""Reports and scorecards as a workbook: a sheet for each table, numbers as numbers, texts never as formulas."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from math import ceil
from typing import Any, NamedTuple

from scorecards.model import Cell, Choices, Fact, Part, Report, Row, Scorecard, Table, row, table
from scorecards.wording import Line, Wording

# The same card gives the same bytes: a workbook bears the date at which the format began.
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes a date without a zone
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST_NAME = 31
# Characters that a line of 10.5 points holds on A4, and the height of a line in points.
_ACROSS = {False: 92.0, True: 136.0}
_LINE = 14.4
_FONT = {"zh": "宋体", "en": "Times New Roman"}


class _Sheet(NamedTuple):
    name: str
    intro: tuple[str, ...]
    table: Table


def render_xlsx(card: Scorecard | Report) -> bytes:
    """``card`` as a workbook: the particulars on the first sheet, then one for each table. The same card gives the same bytes."""
    import xlsxwriter  # noqa: PLC0415 - only where a workbook is made

    target = BytesIO()
    with xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"title": card.name, "created": _CREATED})
        styles = _Styles(book, card.lang)
        names: set[str] = set()
        # Of a printed sheet, too, one can tell which scorecard it is of.
        code = "" if isinstance(card, Report) else f"&L{card.foot}"
        for one in _sheets(card):
            sheet = book.add_worksheet(_fitting(one.name, names))
            _write(sheet, one, styles)
            sheet.set_footer(f"{code}&C&P / &N")
    return target.getvalue()


class _Styles:
    def __init__(self, book: Any, lang: str) -> None:
        face = {"font_name": _FONT[lang], "font_size": 10.5}
        cell = {**face, "border": 1, "text_wrap": True, "valign": "top"}
        self.intro = book.add_format(face)
        self.head = book.add_format(
            {**cell, "bold": True, "bg_color": "#E8E8E8", "align": "center", "valign": "vcenter"}
        )
        self.input = book.add_format({**cell, "align": "center", "bg_color": "#FFF9DB"})
        self.rows = {
            "row": (book.add_format(cell), book.add_format({**cell, "align": "center"})),
            # Not wrapped, so that it runs on over the cells that it spans.
            "lead": (book.add_format({**cell, "bold": True, "bg_color": "#F4F4F4", "text_wrap": False}),) * 2,
            "total": (book.add_format({**cell, "bold": True, "top": 2}),) * 2,
        }


def _sheets(card: Scorecard | Report) -> Iterator[_Sheet]:
    say = Wording(card.lang)
    if isinstance(card, Report):
        first = _first(card.title, card.subtitle, card.facts, card.remarks, say)
        yield first._replace(name=card.sheet or first.name)
        parts = card.parts
    else:
        one = card.conclusion
        figures = tuple(Fact(figure.label, (Line(figure.value), Line(figure.note))) for figure in one.figures)
        remarks = (Line(card.notice), Line(one.verdict), *one.remarks)
        yield _first(card.title, card.subtitle, (*one.facts, *figures), remarks, say)
        passages = one.passages()
        scored = Part(card.sections.heading, card.sections.remarks, card.sections.table)
        found = (card.unmet, card.waiting, card.plan, card.criteria, card.evidence, card.method)
        parts = (Part(one.heading, passages=passages), scored, *(part for part in found if part is not None))
    for part in parts:
        intro = tuple(line.text for line in part.intro)
        if part.table is not None:
            yield _Sheet(part.heading, (part.heading, *intro), part.table)
        for passage in part.passages:
            if passage.table is not None:
                sentences = tuple(line.text for line in passage.sentences)
                yield _Sheet(passage.heading, (passage.heading, *intro, *sentences), passage.table)


def _first(
    title: Line, subtitle: str, facts: tuple[Fact, ...], remarks: tuple[Line, ...], say: Wording
) -> _Sheet:
    # The width is the page's; a fact's own width means nothing here.
    listed = table(
        "facts",
        (say("项目", "Item"), say("内容", "Content")),
        (row(fact.label, Cell(fact.lines)) for fact in facts),
        widths=(20, 80),
    )
    return _Sheet(say("概况", "Overview"), (title.text, subtitle, *(line.text for line in remarks)), listed)


def _fitting(name: str, taken: set[str]) -> str:
    """A name that a sheet may bear, and that none before it has."""
    base = _FORBIDDEN.sub(" ", name).strip(" '")[:_LONGEST_NAME] or "-"
    fitting, number = base, 1
    while fitting.casefold() in taken:
        number += 1
        fitting = f"{base[: _LONGEST_NAME - len(str(number)) - 1]} {number}"
    taken.add(fitting.casefold())
    return fitting


def _write(sheet: Any, one: _Sheet, styles: _Styles) -> None:
    for n, text in enumerate(one.intro):
        sheet.write_string(n, 0, text, styles.intro)
    top = len(one.intro)
    heads = one.table.heads
    landscape = len(heads) > 5
    widths = _widths(one.table, _ACROSS[landscape])
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.write_string(top, column, head, styles.head)
        sheet.set_column(column, column, width)
    for n, made in enumerate(one.table.rows, top + 1):
        sheet.set_row(n, _LINE * _lines(made, widths) + 2)
        _write_row(sheet, n, made, styles)
    if not one.table.rows and one.table.empty:
        sheet.write_string(top + 1, 0, one.table.empty, styles.intro)
    sheet.freeze_panes(top + 1, 0)
    hidden = _write_keys(sheet, one.table, top, styles)
    for choices in one.table.choices:
        _offer(sheet, choices, top, len(one.table.rows), styles)
    if one.table.rows:
        # A filter that left the hidden columns out would sort the rows away from their keys.
        sheet.autofilter(top, 0, top + len(one.table.rows), len(heads) + hidden - 1)
    sheet.repeat_rows(top)
    sheet.set_paper(9)
    sheet.set_margins(0.6, 0.6, 0.7, 0.7)
    sheet.fit_to_pages(1, 0)
    if landscape:
        sheet.set_landscape()


def _write_keys(sheet: Any, listed: Table, top: int, styles: _Styles) -> int:
    """The hidden columns behind the others, and how many they are."""
    if listed.keys is None:
        return 0
    first = len(listed.heads)
    for n, texts in enumerate((listed.keys.heads, *listed.keys.rows), top):
        for column, text in enumerate(texts, first):
            sheet.write_string(n, column, text, styles.intro)
    sheet.set_column(first, first + len(listed.keys.heads) - 1, 8, None, {"hidden": True})
    return len(listed.keys.heads)


def _offer(sheet: Any, choices: Choices, top: int, rows: int, styles: _Styles) -> None:
    """A list to choose from in each cell of a column; what else people write there is understood when the list comes back."""
    for n in range(top + 1, top + 1 + rows):
        sheet.write_blank(n, choices.column, None, styles.input)
    if rows:
        sheet.data_validation(
            top + 1,
            choices.column,
            top + rows,
            choices.column,
            {"validate": "list", "source": list(choices.values), "error_type": "information"},
        )


def _write_row(sheet: Any, n: int, made: Row, styles: _Styles) -> None:
    column = 0
    text_style, number_style = styles.rows[made.kind]
    for cell in made.cells:
        text = "\n".join(line.text for line in cell.lines)
        if cell.kind == "number" and _NUMBER.fullmatch(text):
            sheet.write_number(n, column, float(text), number_style)
        else:
            sheet.write_string(n, column, text, number_style if cell.kind else text_style)
        for beside in range(column + 1, column + cell.span):
            sheet.write_blank(n, beside, None, text_style)
        column += cell.span


def _lines(made: Row, widths: list[float]) -> int:
    """How many lines the tallest cell of a row takes; not every program measures them when it opens a file."""
    most, column = 1, 0
    for cell in made.cells:
        room = max(sum(widths[column : column + cell.span]) - 1.5, 4)
        most = max(most, sum(max(1, ceil(_columns(line.text) / room)) for line in cell.lines))
        column += cell.span
    return min(most, 28)


def _widths(listed: Table, across: float) -> list[float]:
    """Widths of columns in characters, ``across`` all together: as the table states them, else by what stands in them."""
    if listed.widths:
        whole = sum(listed.widths)
        return [max(5.0, width * across / whole) for width in listed.widths]
    longest = [_columns(head) for head in listed.heads]
    for made in listed.rows:
        column = 0
        for cell in made.cells:
            if cell.span == 1:
                longest[column] = max([longest[column], *(_columns(line.text) for line in cell.lines)])
            column += cell.span
    # Long texts share what is left; a column of numbers keeps what it needs.
    wanted = [min(max(6.0, width + 2.0), 48.0) for width in longest]
    return [width * min(1.0, across / sum(wanted)) for width in wanted]


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)
