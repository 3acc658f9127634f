"""The grid of a sheet → the records of its table: columns are found by their hidden keys, else by their heads. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from evaluator.errors import Place, Problem, Words
from evaluator.workbook.cells import Odd, Raw, blank, shown
from evaluator.workbook.form import NAMES, Column, Item, SheetId, circled
from evaluator.workbook.gathering import Record, squeezed
from evaluator.workbook.opening import Book, Sheet, dispimg
from evaluator.workbook.sheets import (
    counts,
    documents,
    events,
    files,
    results,
    statements,
    street,
    subject,
    units,
)
from evaluator.workbook.sheets.entries import NOTE

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "subject": subject.COLUMNS,
    "results": results.COLUMNS,
    "counts": counts.COLUMNS,
    "events": events.COLUMNS,
    "documents": documents.COLUMNS,
    "statements": statements.COLUMNS,
    "units": units.COLUMNS,
    "street": street.COLUMNS,
    "files": files.COLUMNS,
}
_BY_NAME: dict[str, SheetId] = {name: key for key, name in NAMES.items()}
_MARK = re.compile(r"item:([a-z]+)")
_DYNAMIC = re.compile(r"part\.\d+|(?:counts|statements)\.[a-z0-9][a-z0-9_-]*")
# How far down the heads may have been moved by rows that people put above them.
_SEARCHED = 30
_MOST_PARTS = 60


class Found(NamedTuple):
    """Where the table of a sheet stands: columns by key (0-based), and its first row."""

    columns: dict[str, int]
    first: int


def sheet_id(sheet: Sheet) -> str | None:
    """Which sheet of the form this is: its hidden key says so, else its name; None for one that people added."""
    for row in sheet.grid[:_SEARCHED]:
        for raw in row:
            found = _MARK.fullmatch(raw) if isinstance(raw, str) else None
            if found is not None and found[1] in COLUMNS:
                return found[1]
    return _BY_NAME.get(sheet.name.strip())


def records(
    book: Book, sheet: Sheet, name: str, items: Iterable[Item], problems: list[Problem]
) -> Iterator[Record]:
    """The rows of the table; what makes it unreadable is added to ``problems``."""
    found = _found(sheet, name, items)
    if found is None:
        what = Words(
            "表头和隐藏的标识行都找不到", "neither the heads nor the hidden row of keys can be found"
        )
        mend = Words(
            "从新表里复制这张工作表的前两行", "copy the first two rows of this sheet from a new form"
        )
        problems.append(Problem("no_columns", Place(book.file, sheet=sheet.name), what, mend))
        return
    titles = _titles(name, items)
    problems.extend(_missing(book, sheet, name, found))
    problems.extend(_merged(book, sheet, found))
    columns = {key: column for key, column in found.columns.items() if key in titles}
    odd = book.odd_cells(sheet, frozenset(columns.values()))
    percents = book.percent_cells(sheet) if name in ("counts", "units") else set()
    for row in range(found.first, len(sheet.grid)):
        line = sheet.grid[row]
        cells: dict[str, Raw] = {
            key: odd.get((row, column)) or _picture(book, line[column])
            for key, column in columns.items()
            if column < len(line) and (line[column] != "" or (row, column) in odd)
        }
        if not cells or cells.get("item") == NOTE or all(map(blank, cells.values())):
            continue
        shown_as_percent = frozenset(key for key, column in columns.items() if (row, column) in percents)
        yield Record(sheet.name, row, cells, columns, shown_as_percent, titles)


def _picture(book: Book, raw: Raw) -> Raw:
    name = dispimg(raw) if isinstance(raw, str) and "DISPIMG" in raw.upper() else None
    return raw if name is None else book.picture(name)


def _titles(name: str, items: Iterable[Item]) -> dict[str, str]:
    """The columns that people fill, and those that say of what a row is, by key."""
    titles = {
        column.key: column.title
        for column in COLUMNS[name]
        if column.filled or column.key in ("label", "item")
    }
    if name in ("documents", "street"):
        titles |= {f"part.{n}": circled(n) for n in range(1, _MOST_PARTS)}
    if name == "units":
        fields = (item for item in items if item.kind in units.FIELDS)
        titles |= {units.field_key(item): units.field_title(item) for item in fields}
    return titles


def _found(sheet: Sheet, name: str, items: Iterable[Item]) -> Found | None:
    titles = {squeezed(title): key for key, title in _titles(name, items).items()}
    titles |= {squeezed(column.title): column.key for column in COLUMNS[name] if not column.hidden}
    keys = {column.key for column in COLUMNS[name]}
    top = sheet.grid[:_SEARCHED]
    by_key = [_keys(row, keys) for row in top]
    by_head = [_heads(row, titles) for row in top]
    # Two rows of a table never say what three columns are called.
    key_row = next((n for n, one in enumerate(by_key) if len(one) > 2), None)
    head_row = next((n for n, one in enumerate(by_head) if len(one) > 2), None)
    if key_row is None and head_row is None:
        return None
    columns = dict(by_key[key_row]) if key_row is not None else {}
    for key, column in by_head[head_row].items() if head_row is not None else ():
        if key not in columns and column not in columns.values():
            columns[key] = column
    return Found(columns, max(-1 if row is None else row for row in (key_row, head_row)) + 1)


def _keys(row: list[Raw], known: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, raw in enumerate(row):
        if isinstance(raw, str):
            key = raw.partition(":")[0]
            if key in known or _DYNAMIC.fullmatch(raw):
                found.setdefault(key, column)
    return found


def _heads(row: list[Raw], titles: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, raw in enumerate(row):
        key = titles.get(squeezed(raw)) if isinstance(raw, str) and raw else None
        if key is not None:
            found.setdefault(key, column)
    return found


def _missing(book: Book, sheet: Sheet, name: str, found: Found) -> Iterator[Problem]:
    for column in COLUMNS[name]:
        if column.filled and column.key not in found.columns:
            what = Words(f"缺少“{column.title}”一栏", f"the column {column.title} is missing")
            mend = Words("从新表里把这一栏补回来", "bring it back from a new form")
            yield Problem("missing_column", Place(book.file, sheet=sheet.name), what, mend)
    if "label" not in found.columns and "item" not in found.columns:
        what = Words("每一行是哪一项已看不出来", "what each row is of can no longer be seen")
        mend = Words("从新表里把名称一栏补回来", "bring the column of names back from a new form")
        yield Problem("missing_column", Place(book.file, sheet=sheet.name), what, mend)


def _merged(book: Book, sheet: Sheet, found: Found) -> Iterator[Problem]:
    columns = set(found.columns.values())
    for (top, left), (bottom, right) in sheet.merged:
        if bottom >= found.first and columns & set(range(left, right + 1)):
            place = Place(book.file, top + 1, left + 1, sheet.name)
            what = Words(
                "合并了单元格，看不出内容属于哪一行", "merged cells: of which row they are cannot be told"
            )
            yield Problem(
                "merged_cells", place, what, Words("取消合并，逐行填写", "unmerge them and fill each row")
            )


def seen(raw: Raw) -> str:
    """What the guard against persons looks at in a cell."""
    return "" if isinstance(raw, Odd | bool) else shown(raw)
