"""One sheet of a large workbook, written row after row: numbers as numbers, texts never as formulas, nothing merged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from math import ceil
from typing import Any

from scorecards.ranking_columns import Column, Kind, Value
from scorecards.ranking_words import width_of
from scorecards.wording import Json, Language, Wording

# The same rows give the same bytes: a workbook bears the date at which the format began.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes a date without a zone
MOST_ROWS = 1_048_576
_FONT = {"zh": "宋体", "en": "Times New Roman"}
_LINE = 14.4
_FITTING = 245.0
_FORMULA = ("=", "+", "-", "@")
_ALIGN: dict[Kind, str] = {"text": "left", "wrapped": "left"}


class Styles:
    """The formats of a workbook: each is made once."""

    def __init__(self, book: Any, lang: Language) -> None:
        self.book = book
        self.face = {"font_name": _FONT[lang], "font_size": 10.5}
        self._cell = {**self.face, "border": 1, "valign": "top"}
        self.intro = book.add_format(self.face)
        self.title = book.add_format({**self.face, "bold": True, "font_size": 14})
        self.head = book.add_format(
            {
                **self._cell,
                "bold": True,
                "bg_color": "#E8E8E8",
                "align": "center",
                "valign": "vcenter",
                "text_wrap": True,
            }
        )
        # Readable in black and white: by weight and pattern, not by colour.
        self.bad = book.add_format(
            {"bold": True, "pattern": 17, "fg_color": "#BFBFBF", "bg_color": "#FFFFFF"}
        )
        self.open = book.add_format(
            {"italic": True, "pattern": 18, "fg_color": "#D9D9D9", "bg_color": "#FFFFFF"}
        )
        self._made: dict[tuple[Kind, str], Any] = {}

    def of(self, kind: Kind, number: str, *, quoted: bool = False) -> Any:
        """The format of a cell: ``number`` is its number format; a ``quoted`` text stays one when somebody edits it."""
        found = self._made.get((kind, number + "'" * quoted))
        if found is None:
            wanted = {**self._cell, "align": _ALIGN.get(kind, "right")}
            if number:
                wanted["num_format"] = number
            if kind == "wrapped":
                wanted["text_wrap"] = True
            if quoted:
                wanted["quote_prefix"] = True
            found = self._made[kind, number + "'" * quoted] = self.book.add_format(wanted)
        return found


class Sheet:
    """A sheet of columns. ``add`` its rows in order, then ``close`` it; rows that Excel cannot hold are counted, not written."""

    def __init__(
        self,
        book: Any,
        styles: Styles,
        name: str,
        columns: Sequence[Column],
        intro: Sequence[str],
        *,
        marking: str,
        empty: str,
        most_rows: int = MOST_ROWS,
    ) -> None:
        self.name, self.columns, self.empty, self._styles = name, columns, empty, styles
        self._sheet = book.add_worksheet(name)
        self._top, self._row, self.left_out = len(intro), len(intro) + 1, 0
        self._most = most_rows
        for n, text in enumerate(intro):
            self._sheet.write_string(n, 0, text, styles.title if n == 0 else styles.intro)
        for n, column in enumerate(columns):
            self._sheet.set_column(n, n, column.width)
        self._sheet.set_row(self._top, _LINE * self._head_lines() + 4)
        for n, column in enumerate(columns):
            self._sheet.write_string(self._top, n, column.head, styles.head)
        self._lay_out(marking)

    def _head_lines(self) -> int:
        return max(
            sum(ceil(width_of(part) / max(column.width - 1, 3)) for part in column.head.split("\n"))
            for column in self.columns
        )

    def _lay_out(self, marking: str) -> None:
        sheet, width = self._sheet, sum(column.width for column in self.columns)
        names = next((n for n, column in enumerate(self.columns) if column.name), 0)
        sheet.freeze_panes(self._top + 1, names + 1 if len(self.columns) > 8 else 0)
        sheet.repeat_rows(self._top)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.set_margins(0.5, 0.5, 0.7, 0.7)
        sheet.set_header(f"&L{_plain(marking)}&R{_plain(self.name)}")
        sheet.set_footer("&C&P / &N")
        if width <= _FITTING:
            sheet.fit_to_pages(1, 0)
        else:
            # Too wide for one page in letters that can be read: the names stand on each.
            sheet.set_print_scale(70)
            sheet.repeat_columns(0, names)

    def add(self, one: Json) -> None:
        """One more row."""
        if self._row >= self._most:
            self.left_out += 1
            return
        sheet, styles, row, lines = self._sheet, self._styles, self._row, 1
        values = [column.read(one) for column in self.columns]
        for column, value in zip(self.columns, values, strict=True):
            if column.kind == "wrapped" and isinstance(value, str):
                lines = max(lines, ceil(width_of(value) / (column.width - 1.5)))
        if lines > 1:
            sheet.set_row(row, _LINE * min(lines, 28) + 2)
        for n, (column, value) in enumerate(zip(self.columns, values, strict=True)):
            self._write(row, n, column.kind, value, styles)
        self._row += 1

    def _write(self, row: int, n: int, kind: Kind, value: Value, styles: Styles) -> None:
        if value is None or value == "":
            self._sheet.write_blank(row, n, None, styles.of(kind, ""))
        elif isinstance(value, int):
            self._sheet.write_number(row, n, value, styles.of("count", "0"))
        elif kind in ("text", "wrapped") or value in ("<10", "*"):
            quoted = value.startswith(_FORMULA)
            self._sheet.write_string(row, n, value, styles.of(kind, "", quoted=quoted))
        else:
            number, form = as_number(value, kind)
            self._sheet.write_number(row, n, number, styles.of(kind, form))

    def close(self, say: Wording) -> None:
        """The filter, what stands where there is no row, and conditional formats."""
        last = self._row - 1
        if last == self._top:
            self._sheet.write_string(self._row, 0, self.empty, self._styles.intro)
            return
        # Nothing fits below a full sheet: the notes say how many rows were left out.
        self._sheet.autofilter(self._top, 0, last, len(self.columns) - 1)
        for n, column in enumerate(self.columns):
            self._emphasise(n, column, last, say)

    def _emphasise(self, n: int, column: Column, last: int, say: Wording) -> None:
        first = self._top + 1
        if column.kind in ("score", "percent"):
            top = 1 if column.kind == "percent" else 100
            look = {"bar_solid": True, "bar_color": "#DDDDDD", "bar_border_color": "#000000"}
            ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": top}
            self._sheet.conditional_format(first, n, last, n, {"type": "data_bar", **look, **ends})
        elif column.kind == "change":
            self._sheet.conditional_format(
                first, n, last, n, {"type": "cell", "criteria": "<", "value": 0, "format": self._styles.bad}
            )
        elif column.kind == "text":
            for word, style in (
                (say("未达标", "not accepted"), self._styles.bad),
                (say("待定", "undecided"), self._styles.open),
            ):
                self._sheet.conditional_format(
                    first,
                    n,
                    last,
                    n,
                    {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": style},
                )


@lru_cache(maxsize=16_384)
def as_number(text: str, kind: Kind) -> tuple[float, str]:
    """A printed decimal as a number with the format that shows all its places, so that it reads as it was printed.

    >>> as_number("89.996", "score")
    (89.996, '0.000')
    >>> as_number("96.62", "percent")
    (0.9662, '0.00%')
    """
    digits = text.rstrip("…")
    places = len(digits.partition(".")[2])
    form = "0." + "0" * places if places else "0"
    if kind == "percent":
        # Not by a division of floats: 0.9662, not 0.9662000000000001, is what the cell holds.
        return float(Decimal(digits).scaleb(-2)), form + "%"
    if kind == "change":
        return float(digits), f"+{form};-{form};{form}"
    return float(digits), form


def _plain(text: str) -> str:
    """A text for a page's head, where & begins a command."""
    return text.replace("&", "&&")


def written(sheet: Sheet, rows: Iterable[Json], say: Wording) -> None:
    """All ``rows`` on ``sheet``."""
    for one in rows:
        sheet.add(one)
    sheet.close(say)
