"""Everything that a workbook says, looked through for persons.

Cells, hidden or not, names of sheets, ranges and parts, comments, boxes, headers, and what people write into its properties.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from evaluator.errors import Place
from evaluator.workbook.form import WORKINGS
from evaluator.workbook.opening import Book, attributes_of, beside, column_of, relations
from evaluator.workbook.tables import seen

_COMMENT = re.compile(r"<(?:\w+:)?(comment|threadedComment)\b([^>]*)>(.*?)</(?:\w+:)?\1>", re.DOTALL)
_RUNS = re.compile(r"<(?:\w+:)?(t|text)\b[^>]*>(.*?)</(?:\w+:)?\1>", re.DOTALL)
_BOX = re.compile(r"<a:t>(.*?)</a:t>", re.DOTALL)
_HEADER = re.compile(r"<((?:odd|even|first)(?:Header|Footer))>(.*?)</\1>", re.DOTALL)
# &C is the middle, &P the page, &"…" a font: letters that are glued to what people write.
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|[A-Z])')
_CELL = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_PICTURE = re.compile(r"<(?:\w+:)?pic\b")
_TAG = re.compile(r"<[^>]*>")
_VML_BOX = re.compile(r"<v:textbox\b.*?</v:textbox>", re.DOTALL)
_DEFINED = re.compile(r"<definedName\b([^>]*)>")
# Creator, company and the like are what an office program writes there by itself: decision 10.
_PROPERTIES = re.compile(
    r"<(?:\w+:)?(title|subject|description|keywords|category|lpwstr|lpstr|bstr)\b[^>]*>(.*?)</(?:\w+:)?\1>",
    re.DOTALL,
)
_DRAWN = ("xl/drawings/", "xl/charts/", "xl/diagrams/")


def texts_of(book: Book, skipped: set[tuple[str, int, int]]) -> Iterator[tuple[Place, str]]:
    """Every text of a workbook with its place.

    ``skipped`` are cells (sheet, 0-based row and column) that are looked at elsewhere.
    """
    for sheet, name in zip(book.sheets, book.names, strict=True):
        yield Place(book.file, sheet=sheet.name), name
        # The form's own workings say the same few things in a thousand cells: each is looked at where it stands first.
        said: set[str] | None = set() if name == WORKINGS else None
        for row, cells in enumerate(sheet.grid):
            for column, raw in enumerate(cells):
                text = raw if isinstance(raw, str) else seen(raw)
                if not text or (sheet.name, row, column) in skipped:
                    continue
                if said is not None:
                    if text in said:
                        continue
                    said.add(text)
                yield Place(book.file, row + 1, column + 1, sheet.name), text
        yield from _around(book, sheet.name, sheet.part)
    yield from ((Place(book.file), text) for text in _of_the_file(book))


def _around(book: Book, name: str, part: str) -> Iterator[tuple[Place, str]]:
    for relation in relations(book.archive, part):
        text = book.archive.text(beside(part, relation["Target"]))
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in ("comments", "threadedComment"):
            for _, tag, inner in _COMMENT.findall(text):
                said = "".join(html.unescape(run) for _, run in _RUNS.findall(inner))
                yield _place(book.file, name, attributes_of(tag).get("ref", "")), said
        elif kind == "drawing":
            yield Place(book.file, sheet=name), _drawn(text)
        elif kind == "vmlDrawing":
            boxes = " ".join(_VML_BOX.findall(text))
            yield Place(book.file, sheet=name), html.unescape(_TAG.sub("", boxes))
    # Nearly all of a part is cells: what is looked through begins at the first header.
    xml = book.archive.texts.get(part, b"")
    starts = [found for name in (b"Header>", b"Footer>") if (found := xml.find(name)) >= 0]
    headers = xml[max(0, min(starts) - len("<first")) :].decode("utf-8", "replace") if starts else ""
    for _, inner in _HEADER.findall(headers):
        yield Place(book.file, sheet=name), _CODES.sub(" ", html.unescape(inner))


def _drawn(text: str) -> str:
    return " ".join(map(html.unescape, _BOX.findall(text)))


def _of_the_file(book: Book) -> Iterator[str]:
    """What stands on no sheet: properties, names of ranges and of parts, texts of charts and diagrams."""
    for part in ("docProps/core.xml", "docProps/custom.xml"):
        yield from (html.unescape(text) for _, text in _PROPERTIES.findall(book.archive.text(part)))
    for tag in _DEFINED.findall(book.archive.text("xl/workbook.xml")):
        attributes = attributes_of(tag)
        yield from (html.unescape(attributes.get(key, "")) for key in ("name", "comment"))
    on_sheets = {
        beside(sheet.part, one["Target"])
        for sheet in book.sheets
        for one in relations(book.archive, sheet.part)
        if one.get("Type", "").endswith(("/drawing", "/vmlDrawing"))
    }
    for name in book.archive.names:
        if name.startswith("xl/media/"):
            yield name.rpartition("/")[2]
        elif name.startswith(_DRAWN) and name not in on_sheets:
            yield _drawn(book.archive.text(name))


def _place(file: str, sheet: str, cell: str) -> Place:
    found = _CELL.fullmatch(cell)
    if found is None:
        return Place(file, sheet=sheet)
    return Place(file, int(found[2]), column_of(found[1]) + 1, sheet)


def floating_pictures(book: Book) -> Iterator[tuple[str, int]]:
    """The sheets with pictures that float over their cells, and how many."""
    for sheet in book.sheets:
        drawings = (
            book.archive.text(beside(sheet.part, one["Target"]))
            for one in relations(book.archive, sheet.part)
            if one.get("Type", "").endswith("/drawing")
        )
        number = sum(len(_PICTURE.findall(drawing)) for drawing in drawings)
        if number:
            yield sheet.name, number
