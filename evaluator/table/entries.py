"""The grids of a workbook → the rows of its tables, each cell with its place: columns by hidden keys, else by heads. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from evaluator.errors import Place, Problem, Words
from evaluator.table.cells import shown, squeezed
from evaluator.table.columns import of_sheet
from evaluator.table.form import KEY, LISTS, MARK, Column
from evaluator.table.names import SHEETS
from evaluator.workbook.cells import Odd, Raw, blank
from evaluator.workbook.opening import Book, Sheet

# How far down the heads may have been moved by rows that people put above them.
_SEARCHED = 20
_NEVER_READ = frozenset({"called", "said", "explained"})


class Entry(NamedTuple):
    """One row: what is in its filled cells, by the keys of columns, and where the columns are."""

    file: str
    sheet: str
    row: int
    cells: Mapping[str, Raw]
    columns: Mapping[str, int]
    percents: frozenset[str] = frozenset()

    def place(self, key: str = "") -> Place:
        """Where a cell of the row is; the whole row where there is no such column."""
        column = self.columns.get(key)
        return Place(self.file, self.row + 1, None if column is None else column + 1, self.sheet)

    def text(self, key: str) -> str:
        """What a person sees in a cell; empty where nothing can be told."""
        raw = self.cells.get(key, "")
        return shown(raw, percent=key in self.percents) if isinstance(raw, str | float | bool) else ""


def marks_of(book: Book) -> dict[str, str]:
    """What the hidden sheet says of the table; empty where this is none."""
    sheet = next((one for one in book.sheets if one.name == LISTS), None)
    rows = sheet.grid if sheet is not None else []
    found = {str(row[0]): str(row[1]) for row in rows if len(row) > 1 and row[0] != ""}
    return found if MARK in found else {}


def entries(book: Book, sheet_id: str, problems: list[Problem]) -> list[Entry]:
    """The filled rows of a sheet; what makes it unreadable is added to ``problems``."""
    known = of_sheet(sheet_id) if sheet_id != "head" else _HEAD
    sheet = _sheet(book, sheet_id)
    name = SHEETS[sheet_id].zh
    if sheet is None:
        what = Words(f"缺少工作表“{name}”", f"the sheet {name} is missing")
        mend = Words("从新导出的表里把它复制回来", "copy it back from a new export")
        problems.append(Problem("missing_sheet", Place(book.file, sheet=name), what, mend))
        return []
    columns, first = _columns(sheet, known)
    problems.extend(_missing(book, sheet, known, columns))
    problems.extend(_merged(book, sheet, columns, first))
    return list(_rows(book, sheet, columns, first))


_HEAD = (Column(KEY, ""), Column("key", "项目"), Column("value", "内容"))


def _sheet(book: Book, sheet_id: str) -> Sheet | None:
    by_name = [one for one in book.sheets if one.name.strip() == SHEETS[sheet_id].zh]
    # A sheet that was given another name is known by its hidden keys.
    marked = [
        one
        for one in book.sheets
        if f"{sheet_id}:{KEY}" in {raw for row in one.grid[:_SEARCHED] for raw in row if isinstance(raw, str)}
    ]
    return next(iter(by_name or marked), None)


def _columns(sheet: Sheet, known: tuple[Column, ...]) -> tuple[dict[str, int], int]:
    keys = {one.key for one in known}
    titles = {squeezed(one.title): one.key for one in known if one.title}
    by_key: dict[str, int] = {}
    by_head: dict[str, int] = {}
    last = -1
    for n, row in enumerate(sheet.grid[:_SEARCHED]):
        texts = [raw if isinstance(raw, str) else "" for raw in row]
        here = {_key(one): column for column, one in enumerate(texts) if _key(one) in keys}
        heads = {titles[squeezed(one)]: column for column, one in enumerate(texts) if squeezed(one) in titles}
        if len(here) > 1 and len(here) > len(by_key):
            by_key, last = here, max(last, n)
        if len(heads) > 1 and len(heads) > len(by_head):
            by_head, last = heads, max(last, n)
    taken = set(by_key.values())
    more = {key: column for key, column in by_head.items() if key not in by_key and column not in taken}
    return {**by_key, **more}, last + 1


def _key(text: str) -> str:
    return KEY if text.endswith(f":{KEY}") else text


def _missing(
    book: Book, sheet: Sheet, known: tuple[Column, ...], columns: Mapping[str, int]
) -> Iterator[Problem]:
    for column in known:
        if column.key not in columns and column.key not in (KEY, *_NEVER_READ):
            what = Words(f"缺少“{column.title}”一栏", f"the column {column.title} is missing")
            mend = Words("从新导出的表里把这一栏补回来", "bring it back from a new export")
            yield Problem("missing_column", Place(book.file, sheet=sheet.name), what, mend)


def _merged(book: Book, sheet: Sheet, columns: Mapping[str, int], first: int) -> Iterator[Problem]:
    for (top, left), (bottom, right) in sheet.merged:
        if bottom >= first and set(columns.values()) & set(range(left, right + 1)):
            what = Words(
                "合并了单元格，看不出内容属于哪一行", "merged cells: of which row they are cannot be told"
            )
            mend = Words("取消合并，逐行填写", "unmerge them and fill each row")
            yield Problem("merged_cells", Place(book.file, top + 1, left + 1, sheet.name), what, mend)


def _rows(book: Book, sheet: Sheet, columns: Mapping[str, int], first: int) -> Iterator[Entry]:
    read = {key: column for key, column in columns.items() if key not in _NEVER_READ}
    odd = book.odd_cells(sheet, frozenset(read.values()))
    percents = book.percent_cells(sheet)
    for row in range(first, len(sheet.grid)):
        line = sheet.grid[row]
        cells: dict[str, Raw] = {}
        for key, column in read.items():
            raw = odd.get((row, column)) or (line[column] if column < len(line) else "")
            if isinstance(raw, Odd) or not blank(raw):
                cells[key] = raw
        shares = frozenset(key for key, column in read.items() if (row, column) in percents)
        # Of a row that people emptied the hidden key is left.
        if cells.keys() - {KEY, "from_where"}:
            yield Entry(book.file, sheet.name, row, cells, columns, shares)
