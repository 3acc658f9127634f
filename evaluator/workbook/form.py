"""The form as data: sheets of columns and rows, and what stands in their cells. Nothing of a file format. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

# The format of the form: a reader knows the forms up to its own.
FORMAT = 1
# The first row names the columns for the reader and is hidden, the second for people; 0-based.
KEY_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2
LISTS = "_目录"
WORKINGS = "_计算"

Value = str | int | Fraction | date | None
Kind = Literal[
    "id", "text", "number", "whole", "date", "have", "answer", "choice", "files", "mark", "fixed", "formula"
]
SheetId = Literal[
    "guide",
    "subject",
    "results",
    "counts",
    "events",
    "documents",
    "statements",
    "units",
    "street",
    "files",
    "pledge",
]
NAMES: dict[SheetId, str] = {
    "guide": "填写说明",
    "subject": "单位信息",
    "results": "自查结果",
    "counts": "数据",
    "events": "活动会议",
    "documents": "文件制度",
    "statements": "事项声明",
    "units": "单元",
    "street": "街道提供",
    "files": "佐证目录",
    "pledge": "承诺与盖章",
}


# What the ids begin with that the reader gives: those of a street's form, which its communities include, are none of theirs.
NUMBERED: Mapping[str, str] = {"events": "E", "documents": "D", "statements": "S"}
NUMBERED_BY: Mapping[str, str] = {"street": "J", "district": "Q"}


class Formula(NamedTuple):
    """A formula without its ``=``, and what it comes to in the form as it is made."""

    text: str
    value: str | int = ""


class Choices(NamedTuple):
    """What a cell may be chosen from: the words themselves, or the labels of the items from ``first`` to ``last`` (0-based)."""

    words: tuple[str, ...] = ()
    first: int = 0
    last: int = -1


class Column(NamedTuple):
    """One column: ``key`` names it for the reader, ``title`` for people; ``width`` is in characters.

    ``kind`` says how its cells look and are read; a ``fixed`` one is printed, never read. ``prompt`` is the help that a cell
    shows when it is chosen.
    """

    key: str
    title: str
    width: float = 10
    kind: Kind = "fixed"
    hidden: bool = False
    centred: bool = False
    choices: Choices | None = None
    prompt: str = ""

    @property
    def filled(self) -> bool:
        """Whether people fill this column."""
        return self.kind not in ("id", "fixed", "formula")


class Row(NamedTuple):
    """One row: ``item`` is the id that its first, hidden cell bears; ``values`` are by the keys of columns.

    ``locked`` names the columns that are closed on this row although people fill them elsewhere; ``kinds``, ``choices`` and
    ``prompts`` override those of the column.
    """

    item: str = ""
    values: Mapping[str, Value | Formula] = {}
    locked: frozenset[str] = frozenset()
    kinds: Mapping[str, Kind] = {}
    choices: Mapping[str, Choices] = {}
    prompts: Mapping[str, str] = {}


class Sheet(NamedTuple):
    """One sheet that is read back: its columns, the rows under them, and how it is printed.

    ``locked`` closes every cell of it; ``printed`` is the key of the last column that goes on paper; ``growing`` allows rows to
    be inserted.
    """

    id: SheetId
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    landscape: bool = True
    locked: bool = False
    printed: str = ""
    growing: bool = False

    @property
    def name(self) -> str:
        """The sheet's name."""
        return NAMES[self.id]

    def column(self, key: str) -> int:
        """The 0-based position of the column ``key``."""
        return next(n for n, column in enumerate(self.columns) if column.key == key)

    def has(self, key: str) -> bool:
        """Whether there is a column ``key``."""
        return any(column.key == key for column in self.columns)

    def cell(self, key: str, row: int) -> str:
        """The cell of the 0-based row in the column ``key``, the column fixed: ``$E5``."""
        return f"${letters(self.column(key))}{FIRST_ROW + row + 1}"

    def at(self, key: str, row: int) -> str:
        """The cell as formulas on other sheets name it: ``'数据'!$E$5``."""
        return f"'{self.name}'!${letters(self.column(key))}${FIRST_ROW + row + 1}"

    def down(self, key: str) -> str:
        """The whole column ``key`` as formulas on other sheets name it: ``'数据'!$E$3:$E$40``."""
        letter = letters(self.column(key))
        return f"'{self.name}'!${letter}${FIRST_ROW + 1}:${letter}${FIRST_ROW + len(self.rows)}"


class Line(NamedTuple):
    """One line of a page: a title, a heading, a text, or a place to sign on paper."""

    style: Literal["title", "subtitle", "head", "text", "sign"]
    text: str | Formula


class Page(NamedTuple):
    """A sheet that is only read by people."""

    id: SheetId
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        """The sheet's name."""
        return NAMES[self.id]


class Item(NamedTuple):
    """One evidence item as the form knows it.

    ``parts`` are the contents of a document that are asked for or filled in, in the catalogue's order, and ``contents`` the same
    in words; ``street`` says that not the community itself but its street, district, city or province holds or issues it;
    ``rulesets`` use it.
    """

    kind: str
    id: str
    label: str
    unit: str = ""
    parts: tuple[str, ...] = ()
    contents: str = ""
    rulesets: tuple[str, ...] = ()
    street: bool = False


class RulesetMark(NamedTuple):
    """A ruleset that the form was made from."""

    id: str
    version: str
    digest: str


class Form(NamedTuple):
    """The whole form: its sheets in order, the items that they speak of, and what it was made from."""

    sheets: tuple[Sheet | Page, ...]
    items: tuple[Item, ...]
    kind: str
    rulesets: tuple[RulesetMark, ...]
    engine: str

    def tables(self) -> Iterator[Sheet]:
        """The sheets that are read back."""
        return (sheet for sheet in self.sheets if isinstance(sheet, Sheet))

    def table(self, name: SheetId) -> Sheet | None:
        """The sheet with this id, if the form has it."""
        return next((sheet for sheet in self.tables() if sheet.id == name), None)


def key_cell(sheet: str, key: str) -> str:
    """What the hidden row says of a column; the first says of which sheet it is, too, so that a sheet may be renamed."""
    return f"{key}:{sheet}" if key == "item" else key


def letters(column: int) -> str:
    """The letters of a 0-based column.

    >>> letters(0), letters(25), letters(26), letters(701)
    ('A', 'Z', 'AA', 'ZZ')
    """
    found, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def circled(number: int) -> str:
    """The number in a circle, as Chinese forms count the parts of a paper.

    >>> circled(1), circled(20), circled(21), circled(36), circled(51)
    ('①', '⑳', '㉑', '㊱', '(51)')
    """
    for last, first in ((20, 0x2460 - 1), (35, 0x3251 - 21), (50, 0x32B1 - 36)):
        if number <= last:
            return chr(first + number)
    return f"({number})"
