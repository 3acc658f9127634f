"""People who fill a form without care: each in a way of their own, none of them wrongly."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.catalogue import Catalogue
from evaluator.entries import Document, Event
from evaluator.submission import Submission
from tests.evaluator.workbook.forms import changed, column

CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
Say = Callable[[str, Any, int], Any]


def plainly(key: str, value: Any, _nth: int) -> Any:
    """As the form asks for it."""
    if isinstance(value, bool):
        return ("是" if value else "否") if key == "value" else "√"
    return value


def in_words(key: str, value: Any, nth: int) -> Any:
    """Dates and numbers as people write them on paper, with units, in full width."""
    if isinstance(value, date):
        shapes = (
            "{0.year}年{0.month}月{0.day}日",
            "{0.year}.{0.month}.{0.day}",
            "{0.year}/{0.month}/{0.day}",
            "{0:%Y%m%d}",
            "{0:%Y-%m-%d} 09:30",
        )
        return shapes[nth % len(shapes)].format(value)
    if isinstance(value, int) and not isinstance(value, bool) and key == "now":
        return (f"{value}个", str(value).translate(WIDE), f"{value:,}", f" {value} ")[nth % 4]
    return plainly(key, value, nth)


def with_ticks(key: str, value: Any, nth: int) -> Any:
    """Ticks and crosses instead of words, blanks around everything."""
    if isinstance(value, bool):
        return ("√", "✓", "有", "✔", " 是 ")[nth % 5] if value else ("×", "没有", "否 ", "✗", "无")[nth % 5]
    if key == "have":
        return {"有": "√", "无": "没有"}[value]
    return f" {value}　" if isinstance(value, str) and key != "label" else value


def as_numbers(key: str, value: Any, nth: int) -> Any:
    """Numbers as text, dates as serial numbers, everything in cells of the general format."""
    if isinstance(value, date):
        return (value - date(1899, 12, 30)).days if nth % 2 else int(value.strftime("%Y%m%d"))
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value}"
    return plainly(key, value, nth)


def fill(content: bytes, submission: Submission, catalogue: Catalogue, say: Say = plainly) -> bytes:
    """A form filled with ``submission`` cell by cell, as ``say`` writes things."""
    return changed(content, lambda book: _Pen(book, catalogue, say).all(submission))


class _Pen:
    def __init__(self, book: Workbook, catalogue: Catalogue, say: Say) -> None:
        self.book, self.catalogue, self.say, self.nth = book, catalogue, say, 0

    def all(self, submission: Submission) -> None:
        self._subject(submission)
        for name, number in submission.counts.items():
            self._put("数据", self._preset("数据", name), now=number)
        for event in submission.events:
            self._event(event)
        for paper in submission.documents:
            self._document(paper)
        for one in submission.statements:
            self._put(
                "事项声明",
                self._preset("事项声明", one.type),
                id=one.id,
                value=one.value,
                note=one.note,
                files="\n".join(one.files),
            )
        for name in submission.none:
            sheet = next(sheet for sheet in ("活动会议", "文件制度", "街道提供") if self._rows(sheet, name))
            self._put(sheet, self._preset(sheet, name), have="无")
        for rating in submission.ratings:
            self._put(
                "自查结果",
                self._preset("自查结果", rating.criterion),
                rating=rating.level,
                reason=rating.reason,
            )

    def _subject(self, submission: Submission) -> None:
        subject, period = submission.subject, submission.period
        values = {
            "name": subject.name,
            "id": subject.id,
            "from": period.from_,
            "to": period.to,
            "as_of": submission.as_of,
        }
        values |= {f"region.{n}": region for n, region in enumerate(subject.region, 1)}
        values |= {f"includes.{n}": name for n, name in enumerate(submission.includes, 1)}
        for key, value in values.items():
            self._put("单位信息", self._preset("单位信息", key), value=value)

    def _event(self, event: Event) -> None:
        sheet, row = self._place(event.type, "events", ("活动会议", "街道提供"))
        self._put(sheet, row, id=event.id, date=event.date, title=event.title, files="；".join(event.files))

    def _document(self, paper: Document) -> None:
        sheet, row = self._place(paper.type, "documents", ("文件制度", "街道提供"))
        issued = "issued" if sheet == "文件制度" else "date"
        values = {
            "id": paper.id,
            "title": paper.title,
            "number": paper.number,
            issued: paper.issued,
            "valid_to": paper.valid_to,
        }
        self._put(sheet, row, **values, files="\n".join(paper.files))
        asked = str(self._cell(sheet, row, "contents").value or "")
        for part in paper.contains:
            label = self.catalogue.documents[paper.type].parts[part].zh
            place = next(
                (n for n, mark in enumerate(CIRCLED, 1) if f"{mark}{label}" in asked.split(" ")), None
            )
            if place is not None:
                self._put(sheet, row, **{f"part.{place}": True})

    def _place(self, name: str, kind: str, sheets: tuple[str, ...]) -> tuple[str, int]:
        for sheet in sheets:
            for row in self._rows(sheet, name):
                return sheet, row
        # No row of its own is left: a blank one, where the type is chosen from the list.
        for sheet in sheets:
            blank = next(iter(self._rows(sheet, "")), None)
            if blank is not None:
                self._put(sheet, blank, label=self.catalogue.items(kind)[name].label.zh)
                return sheet, blank
        raise AssertionError(f"no row for {name}")

    def _rows(self, sheet: str, item: str) -> list[int]:
        if sheet not in self.book.sheetnames:
            return []
        into = self.book[sheet]
        free = [n for n in range(3, into.max_row + 1) if (into.cell(n, 1).value or "") == item]
        keys = [key for key in ("have", "date", "issued", "title", "files") if _has(into, key)]
        return [n for n in free if not any(self._cell(sheet, n, key).value for key in keys)]

    def _preset(self, sheet: str, item: str) -> int:
        into = self.book[sheet]
        return next(n for n in range(3, into.max_row + 1) if into.cell(n, 1).value == item)

    def _cell(self, sheet: str, row: int, key: str) -> Any:
        into = self.book[sheet]
        return into.cell(row, column(into, key))

    def _put(self, sheet: str, row: int, **values: Any) -> None:
        for key, value in values.items():
            if value is not None and value != "":
                self.nth += 1
                self._cell(sheet, row, key).value = self.say(key, value, self.nth)


def _has(sheet: Worksheet, key: str) -> bool:
    return any(str(cell.value).partition(":")[0] == key for cell in sheet[1])


def moved(content: bytes) -> bytes:
    """Rows in another order, blank ones between, wider columns, remarks beside the table, a sheet of one's own."""

    def change(book: Workbook) -> None:
        for name in ("数据", "活动会议", "文件制度", "事项声明", "街道提供", "佐证目录"):
            if name in book.sheetnames:
                _shuffle(book[name])
        for sheet in book:
            sheet.column_dimensions["C"].width = 60
        aside = book["数据"].max_column + 2
        book["数据"].cell(5, aside).value = "这里再核一下"
        book.create_sheet("草稿", 0)["A1"] = "自己用的"

    return changed(content, change)


def _shuffle(sheet: Worksheet) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    random.Random(7).shuffle(rows)
    sheet.delete_rows(3, len(rows))
    for n, values in enumerate(_spaced(rows), 3):
        for m, value in enumerate(values, 1):
            sheet.cell(n, m).value = value


def _spaced(rows: list[list[Any]]) -> Iterator[list[Any]]:
    for n, row in enumerate(rows):
        yield row
        if n % 5 == 0:
            yield [None] * len(row)


def stripped(content: bytes) -> bytes:
    """The hidden row of keys deleted, the hidden ids emptied, validations and protection lost."""

    def change(book: Workbook) -> None:
        for sheet in book:
            sheet.protection.disable()
            if sheet.sheet_state != "visible" or sheet.title in ("填写说明", "承诺与盖章", "自查结果"):
                continue
            sheet.data_validations.dataValidation = []
            for row in sheet.iter_rows(min_row=3, max_col=1):
                row[0].value = None
            sheet.delete_rows(1)

    return changed(content, change)


def a_year_later(day: date) -> date:
    """The same day of the year after."""
    return day + timedelta(days=365)
