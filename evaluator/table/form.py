"""The table as data: sheets of columns and rows, and what stands in their cells. Nothing of a file format. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from evaluator.model import Model
from evaluator.table.shapes import Shape

FORMAT = 1
# The first row names the columns for the reader and is hidden, the second for people; 0-based.
KEY_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2
LISTS = "_目录"
MARK = "duibiao-table"
# Rows below the last that are laid out for what people add.
SPARE = 60
# The hidden column of the identifier that a row was made with.
KEY = "_key"
# The list of all that can be counted: data, events, documents.
COUNTED = "计数清单"

Look = Literal["text", "id", "centred", "made", "english", "hidden"]


class Offer(NamedTuple):
    """What a cell may be chosen from: words, or a list of the hidden sheet by its name; others may be typed unless ``only``."""

    words: tuple[str, ...] = ()
    listed: str = ""
    only: bool = True


class Column(NamedTuple):
    """One column: ``key`` names it for the reader, ``title`` for people; ``rare`` ones are folded away; ``prompt`` helps."""

    key: str
    title: str
    width: float = 10
    look: Look = "text"
    offer: Offer | None = None
    rare: bool = False
    prompt: str = ""


class Row(NamedTuple):
    """One row: the texts of its cells by column, and whether people may change it (``locked`` says why not)."""

    values: Mapping[str, str]
    locked: str = ""


class Sheet(NamedTuple):
    """One sheet; ``id`` as in ``names.SHEETS``, ``growing`` where people add rows."""

    id: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    growing: bool = True
    frozen: int = 0


class Listed(NamedTuple):
    """A list of the hidden sheet that cells are chosen from: its texts, then those that people add on ``sheets``."""

    name: str
    texts: tuple[str, ...]
    sheets: tuple[str, ...] = ()


class Table(NamedTuple):
    """A whole workbook."""

    title: str
    marks: tuple[tuple[str, str], ...]
    guide: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]
    lists: tuple[Listed, ...]


class Subject(NamedTuple):
    """What a sheet is about: the model of a row and the prefix of its names."""

    model: type[Model]
    prefix: str


def offer_of(shape: Shape, words: list[str]) -> Offer | None:
    """The drop-down of a field: the words of a choice, 是 and 否."""
    if shape.kind == "yes":
        return Offer(("是", "否"))
    return Offer(tuple(words), only=shape.kind == "choice") if shape.kind in ("choice", "lose") else None
