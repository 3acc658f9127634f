"""The forms of a review as data: sheets of columns and rows, the pages between them, and what a form says of itself. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from evaluator.errors import Language
from evaluator.workbook.form import Column, Line, Row

# The format of the forms: a reader knows those up to its own.
FORMAT = 1
ABOUT = "_复核"
MARK = "duibiao-review"
Kind = Literal["review", "record"]


class Sheet(NamedTuple):
    """One sheet that is read back; ``id`` says how, ``alarms`` are the keys of which one filled makes a reason due."""

    id: str
    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    alarms: tuple[str, ...] = ()
    footer: tuple[Line, ...] = ()

    def position(self, key: str) -> int:
        """The 0-based position of the column ``key``."""
        return next(n for n, column in enumerate(self.columns) if column.key == key)

    def has(self, key: str) -> bool:
        """Whether there is a column ``key``."""
        return any(column.key == key for column in self.columns)


class Page(NamedTuple):
    """A sheet that is only read by people."""

    name: str
    lines: tuple[Line, ...]


class About(NamedTuple):
    """What a form says of itself on its hidden sheet: which submission, rules and stage, and which reviews it comes after.

    ``sheets`` are those that are read back: their ids with the names under which people know them.
    """

    kind: Kind
    submission: str
    submission_digest: str
    ruleset: str
    version: str
    ruleset_digest: str
    stage: str
    follows: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    sheets: tuple[tuple[str, str], ...] = ()
    format: int = FORMAT

    def cells(self) -> Iterator[tuple[str, str]]:
        """Keys and values, as the hidden sheet lists them."""
        yield MARK, str(self.format)
        for key in (
            "kind",
            "submission",
            "submission_digest",
            "ruleset",
            "version",
            "ruleset_digest",
            "stage",
        ):
            yield key, getattr(self, key)
        yield from (("follows", one) for one in self.follows)
        yield from (("settles", one) for one in self.settles)
        yield from (("sheet", f"{name} {title}") for name, title in self.sheets)


class Form(NamedTuple):
    """A whole form."""

    lang: Language
    title: str
    about: About
    sheets: tuple[Sheet | Page, ...]

    def described(self) -> About:
        """What the form says of itself, with its sheets."""
        tables = (one for one in self.sheets if isinstance(one, Sheet))
        return self.about._replace(sheets=tuple((one.id, one.name) for one in tables))


def key_cell(sheet: str, key: str) -> str:
    """What the hidden row says of a column; the first says of which sheet it is, too, so that a sheet may be renamed."""
    return f"{key}:{sheet}" if key == "item" else key
