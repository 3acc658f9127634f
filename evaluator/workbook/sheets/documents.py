"""The sheet 文件制度: a row for each document, with the page that proves each of its contents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from evaluator.entries import Document
from evaluator.errors import Words
from evaluator.reading import Path
from evaluator.workbook.cells import blank, day_of, files_of, files_text, mark_of, text_of
from evaluator.workbook.form import Column, Item, Row, Sheet, Value, circled
from evaluator.workbook.gathering import Gathered, Record
from evaluator.workbook.making import Making, most_parts
from evaluator.workbook.read import Read, Wrong
from evaluator.workbook.sheets.entries import (
    ASKS,
    FILES,
    HAVE,
    ID,
    ITEM,
    SERVES,
    TITLE,
    Reader,
    choosing,
    helper,
    preset,
    read_entries,
    said,
)

BLANK_ROWS = 30
PART_PROMPT = "填写明这项内容的页码或段落，如“第3页”；只知道写了的填 √；没有写的空着。"
ISSUED_PROMPT = "印发的日期，写到日，如 2025-03-12。"
VALID_PROMPT = "文件写明有效期的才填，写到日；没有写明的空着。"
NUMBER = Column("number", "文号", 15, "text", prompt="如 社发〔2025〕1号。")
VALID_TO = Column("valid_to", "有效期至", 11.5, "date", centred=True, prompt=VALID_PROMPT)
CONTENTS = Column("contents", "应写明的内容", 26, "formula")
PAGE = Column(
    "page", "页码或段落", 9, "text", centred=True, prompt="证明这份文件符合要求的页码或段落，如“第2页”。"
)
FILLED = ("title", "number", "issued", "valid_to", "page", "files")
HELPERS = (
    "type",
    "clean_issued",
    "day_issued",
    "clean_valid",
    "day_valid",
    "present",
    "none",
    "attached",
    "faulty",
)


COLUMNS = (
    ITEM,
    ID,
    Column("label", "文件类型", 24, "choice", prompt="从列表里选一类文件。"),
    HAVE,
    TITLE,
    NUMBER,
    Column("issued", "印发日期", 11.5, "date", centred=True, prompt=ISSUED_PROMPT),
    VALID_TO,
    CONTENTS,
    PAGE,
    FILES,
    ASKS._replace(title="要求和口径", width=48),
    SERVES,
    *map(helper, HELPERS),
)


def part_columns(making: Making, *, street: bool) -> tuple[Column, ...]:
    """A column for each part, as many as the longest document needs."""
    number = most_parts(making.of("documents", street=street))
    return tuple(
        Column(f"part.{n}", circled(n), 5.5, "mark", centred=True, prompt=PART_PROMPT)
        for n in range(1, number + 1)
    )


def with_parts(columns: tuple[Column, ...], parts: tuple[Column, ...]) -> tuple[Column, ...]:
    """``columns`` with those of the parts behind the contents, and a hidden one for each: 1 where the part is written."""
    after = columns.index(CONTENTS) + 1
    hidden = (helper(f"has.{n}") for n, _ in enumerate(parts, 1))
    return (*columns[:after], *parts, *columns[after:], *hidden)


def plan(making: Making) -> Sheet:
    """A row for each type of documents, what is filled in, and blank rows."""
    parts = part_columns(making, street=False)
    columns = with_parts(choosing(COLUMNS, making.choices("documents")), parts)
    rows = [row for item in making.of("documents") for row in preset_documents(making, item)]
    blank = [Row() for _ in range(BLANK_ROWS)]
    return Sheet("documents", columns, (*rows, *blank), printed="files")


def preset_documents(making: Making, item: Item, issued: str = "issued", **fixed: Value) -> Iterator[Row]:
    """The rows of one type of documents; ``issued`` is the column of its date."""
    wanted = max((one.rows for one in making.servings("documents", item.id)), default=1)
    papers = [cells_of(one, item, issued) for one in making.filled.evidence.documents if one.type == item.id]
    help_ = making.catalogue.items("documents")[item.id].help.zh
    asks = {"asks": "；".join(dict.fromkeys(filter(None, (*_asks(making, item), help_))))}
    return preset(making, item, papers, wanted, {"contents": item.contents, **asks, **fixed})


def _asks(making: Making, item: Item) -> Iterator[str]:
    return (one.asks for one in making.servings("documents", item.id))


def cells_of(paper: Document, item: Item, issued: str = "issued") -> dict[str, Value]:
    """The cells of one document."""
    marks = {
        f"part.{n}": paper.pages.get(part, "√")
        for n, part in enumerate(item.parts, 1)
        if part in paper.contains
    }
    return {
        **said(paper),
        "number": paper.number,
        issued: paper.issued,
        "valid_to": paper.valid_to,
        "page": paper.page,
        "files": files_text(paper.files),
        **marks,
    }


def read(records: Iterable[Record], into: Gathered) -> None:
    """Read the rows of the sheet."""
    found = list(records)
    marks = marks_of(found)
    read_entries(into, found, (*FILLED, *marks), {"documents": reader("issued", marks)})


def marks_of(records: list[Record]) -> tuple[str, ...]:
    """The keys of the columns of parts."""
    return tuple(key for key in (records[0].columns if records else ()) if key.startswith("part."))


def reader(issued: str, marks: tuple[str, ...]) -> Reader:
    """The reader of one document; ``issued`` is the column of its date."""

    def read_document(
        into: Gathered, record: Record, item: Item | None, path: Path, entry: dict[str, Any]
    ) -> None:
        def day(raw: Any) -> Read:
            return day_of(raw, from_1904=into.from_1904)

        for key in ("title", "number"):
            into.put(entry, record, key, (*path, key), text_of)
        into.put(entry, record, issued, (*path, "issued"), day)
        into.put(entry, record, "valid_to", (*path, "valid_to"), day)
        into.put(entry, record, "page", (*path, "page"), text_of)
        into.put(entry, record, "files", (*path, "files"), files_of)
        _read_parts(into, record, item, path, entry, marks)

    return read_document


def _read_parts(
    into: Gathered,
    record: Record,
    item: Item | None,
    path: Path,
    entry: dict[str, Any],
    marks: tuple[str, ...],
) -> None:
    contains: list[str] = []
    pages: dict[str, str] = {}
    parts = () if item is None else item.parts
    for key in marks:
        if blank(record.raw(key)):
            continue
        number = int(key.removeprefix("part."))
        here = (*path, "contains", len(contains))
        value = into.take(record, key, here, mark_of)
        if value is None or value is False:
            continue
        part = parts[number - 1] if number <= len(parts) else f"part-{number}"
        contains.append(part)
        if number > len(parts) and item is not None:
            into.wrong(here, _no_part(item, number))
        if value is not True:
            into.at((*path, "pages", part), into.cells[here])
            pages[part] = value
    if contains:
        entry["contains"] = contains
    if pages:
        entry["pages"] = pages


def _no_part(item: Item, number: int) -> Wrong:
    what = Words(f"“{item.label}”没有内容{circled(number)}", f"{item.id} has no part {number}")
    return Wrong("unknown_part", what, Words("清空这一格", "empty this cell"))
