"""The pages on which a form is filled in: the workbook's sheets, item by item, with what was read and what is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import Language, Problem
from evaluator.workbook.cells import files_text
from evaluator.workbook.form import FIRST_ROW, Column, Form, Row, Sheet
from evaluator.workbook.form import Item as FormItem
from evaluator.workbook.gathering import squeezed
from evaluator.workbook.paging import ReadCell, rows_of, text_of_value
from evaluator.workbook.read import Note
from evaluator.workbook.sheets.entries import NOTE
from workbench.attachments import names_in
from workbench.drafts import Typed, may_be_filled
from workbench.english import COLUMNS, SHEETS, label_of

PAGES = ("subject", "counts", "events", "documents", "statements", "units", "street", "results")
# What stands in rows of one kind each, of which there may be more.
GROWING = ("events", "documents", "street", "units")
# The program numbers entries; where a person attaches a file to its row, nobody needs the number.
_WITHOUT = ("id", "label", "item")
_WIDE = ("title", "note", "source", "name", "reason", "files")
_FILLED = (
    "have",
    "date",
    "title",
    "expected",
    "present",
    "files",
    "number",
    "issued",
    "valid_to",
    "page",
    "value",
    "note",
    "now",
    "rating",
)


class Said(NamedTuple):
    """What is said below a field: that it is wrong, or what it was read as."""

    bad: bool
    text: str


class Field(NamedTuple):
    """One field: what it is called, how it is filled, what stands in it."""

    key: str
    title: str
    kind: str
    value: str
    version: int
    choices: tuple[str, ...]
    help: str
    said: tuple[Said, ...]

    @property
    def is_wide(self) -> bool:
        """Whether it takes long texts."""
        return self.key in _WIDE

    @property
    def is_wrong(self) -> bool:
        """Whether anything is wrong with it."""
        return any(one.bad for one in self.said)

    @property
    def files(self) -> list[str]:
        """The names of files in it."""
        return names_in(self.value)


class Entry(NamedTuple):
    """One row with its fields; ``is_added`` where it was added to the form."""

    row: int
    fields: tuple[Field, ...]
    is_added: bool
    said: tuple[Said, ...] = ()


class Item(NamedTuple):
    """One item of the page: what it is, what is asked, which criteria it serves, and its entries."""

    id: str
    title: str
    asks: str
    serves: str
    entries: tuple[Entry, ...]
    may_grow: bool


class Told(NamedTuple):
    """A problem as a person on a page finds it: which page, item and field it is of, and what is to be done."""

    sheet: str
    row: int
    where: str
    text: str


class Step(NamedTuple):
    """One page of the form, and how far it is."""

    sheet: str
    title: str
    done: int
    all: int


Messages = Mapping[tuple[str, int, int | None], Sequence[Said]]


def messages(problems: Iterable[Problem], notes: Iterable[Note], lang: Language) -> Messages:
    """What is said of each cell, by sheet's name, 1-based line and 0-based column; of a whole row by None."""
    found: dict[tuple[str, int, int | None], list[Said]] = {}
    for problem in problems:
        place = problem.place
        if place.sheet is not None and place.line is not None:
            mend = (
                ""
                if problem.mend is None
                else ("；" if lang == "zh" else "; ") + problem.mend.in_language(lang)
            )
            said = Said(True, problem.what.in_language(lang) + mend)
            found.setdefault((place.sheet, place.line, _column(place.column)), []).append(said)
    for note in notes:
        if note.place.sheet is not None and note.place.line is not None:
            said = Said(
                False,
                ("读作：" if lang == "zh" else "read as: ")
                + (note.read.zh if lang == "zh" else note.read.en),
            )
            found.setdefault((note.place.sheet, note.place.line, _column(note.place.column)), []).append(said)
    return found


def _column(stated: int | None) -> int | None:
    return None if stated is None else stated - 1


def said_of_row(sheet: Sheet, read: ReadCell, lang: Language) -> dict[str, list[dict[str, object]]]:
    """What is said of the cells of one row as soon as it was typed, by the key of its column; "" of the whole row."""
    found: dict[str, list[dict[str, object]]] = {}

    def say(column: int | None, said: Said) -> None:
        key = sheet.columns[column].key if column is not None and column < len(sheet.columns) else ""
        found.setdefault(key, []).append({"bad": said.bad, "text": said.text})

    for column, fault in read.faults:
        mend = "" if fault.mend is None else ("；" if lang == "zh" else "; ") + fault.mend.in_language(lang)
        say(column, Said(True, fault.what.in_language(lang) + mend))
    for problem in read.persons:
        say(_column(problem.place.column), Said(True, problem.what.in_language(lang)))
    for note in read.notes:
        say(
            _column(note.place.column),
            Said(
                False,
                ("读作：" if lang == "zh" else "read as: ")
                + (note.read.zh if lang == "zh" else note.read.en),
            ),
        )
    return found


class Pages:
    """A form as pages in one language."""

    def __init__(
        self,
        form: Form,
        typed: Mapping[tuple[str, int, str], Typed],
        catalogue: Catalogue,
        lang: Language,
        said: Messages,
    ) -> None:
        self.form, self.typed, self.catalogue, self.lang, self.said = form, typed, catalogue, lang, said
        self._items = {(item.kind, item.id): item for item in form.items}
        self._by_label = {squeezed(item.label): item for item in form.items}
        self._rows_typed: dict[str, set[int]] = {}
        for sheet, row, _ in typed:
            self._rows_typed.setdefault(sheet, set()).add(row)

    def sheets(self) -> Iterator[Sheet]:
        """The sheets that are pages, in their order."""
        for name in PAGES:
            sheet = next((one for one in self.form.tables() if one.id == name), None)
            if sheet is not None and not sheet.locked and any(True for _ in self.items(sheet)):
                yield sheet

    def title(self, sheet: Sheet) -> str:
        """What a page is called."""
        if sheet.id == "results":
            return "自评档次" if self.lang == "zh" else SHEETS["results"]
        return sheet.name if self.lang == "zh" else SHEETS.get(sheet.id, sheet.name)

    def steps(self) -> list[Step]:
        """Every page with how many of its items are filled in."""
        found = []
        for sheet in self.sheets():
            items = list(self.items(sheet))
            done = sum(any(map(_is_told, item.entries)) for item in items)
            found.append(Step(sheet.id, self.title(sheet), done, len(items)))
        return found

    def told(self, problems: Iterable[Problem]) -> list[Told]:
        """The problems by the names of pages, items and fields instead of cells."""
        return [self._told(one) for one in problems]

    def _told(self, problem: Problem) -> Told:
        place, link = problem.place, "；" if self.lang == "zh" else "; "
        mend = "" if problem.mend is None else link + problem.mend.in_language(self.lang)
        text = problem.what.in_language(self.lang) + mend
        sheet = next((one for one in self.form.tables() if one.name == place.sheet), None)
        if sheet is None:
            return Told("", 0, str(place) if place.sheet is None else "", text)
        names = [self.title(sheet)]
        n = -1 if place.line is None else place.line - 1 - FIRST_ROW
        row = sheet.rows[n] if 0 <= n < len(sheet.rows) else Row()
        if n >= 0:
            names.append(self._title(sheet, self._of_row(sheet, n, row), row))
        if n >= 0 and place.column is not None and place.column <= len(sheet.columns):
            names.append(self._called(sheet, n, row, sheet.columns[place.column - 1]))
        return Told(sheet.id, max(n, 0), " › ".join(dict.fromkeys(filter(None, names))), text)

    def items(self, sheet: Sheet) -> Iterator[Item]:
        """The items of a page with their entries."""
        grouped: dict[str, list[tuple[int, Row]]] = {}
        last = max(self._rows_typed.get(sheet.id, set()), default=-1)
        for n, row in rows_of(sheet, last + 1 - len(sheet.rows)):
            key = self._of_row(sheet, n, row)
            if key:
                grouped.setdefault(key, []).append((n, row))
        if sheet.id == "units":
            for item in self.form.items:
                if item.kind == "units":
                    grouped.setdefault(item.id, [])
        for key, rows in grouped.items():
            entries = tuple(one for n, row in rows if (one := self._entry(sheet, n, row)).fields)
            if entries or sheet.id == "units":
                first = rows[0][1] if rows else Row()
                yield Item(
                    key,
                    self._title(sheet, key, first),
                    self._text(first, "asks")
                    or self._text(first, "requirement")
                    or self._text(first, "help"),
                    self._text(first, "serves") or self._text(first, "clause"),
                    entries,
                    sheet.id in GROWING,
                )

    def _of_row(self, sheet: Sheet, n: int, row: Row) -> str:
        if row.item == NOTE:
            return ""
        if row.item:
            return row.item
        typed = self.typed.get((sheet.id, n, "label"))
        item = self._by_label.get(squeezed(typed.value)) if typed is not None and typed.value else None
        return "" if item is None else item.id

    def _title(self, sheet: Sheet, key: str, row: Row) -> str:
        item = self._item(key)
        if item is not None:
            return item.label if self.lang == "zh" else label_of(item, self.catalogue)
        return text_of_value(row.values.get("label") or row.values.get("title"))

    def _item(self, key: str) -> FormItem | None:
        for kind in ("counts", "events", "documents", "statements", "units"):
            if (kind, key) in self._items:
                return self._items[kind, key]
        return None

    @staticmethod
    def _text(row: Row, key: str) -> str:
        return text_of_value(row.values.get(key))

    def _entry(self, sheet: Sheet, n: int, row: Row) -> Entry:
        line = FIRST_ROW + n + 1
        fields = tuple(
            self._field(sheet, n, row, position, column)
            for position, column in enumerate(sheet.columns)
            if self._is_shown(sheet, n, row, column)
        )
        return Entry(n, fields, not row.item, tuple(self.said.get((sheet.name, line, None), ())))

    def _is_shown(self, sheet: Sheet, n: int, row: Row, column: Column) -> bool:
        if column.key in _WITHOUT or not may_be_filled(sheet, n, column.key):
            return False
        if column.key.startswith("part."):
            return int(column.key.partition(".")[2]) <= len(self._parts(row, sheet, n))
        if sheet.id == "street":
            item = self._item(self._of_row(sheet, n, row))
            of_events = item is not None and item.kind == "events"
            return column.key not in (
                ("number", "valid_to", "page") if of_events else ("expected", "present")
            )
        return True

    def _parts(self, row: Row, sheet: Sheet, n: int) -> tuple[str, ...]:
        item = self._item(self._of_row(sheet, n, row))
        return () if item is None else item.parts

    def _field(self, sheet: Sheet, n: int, row: Row, position: int, column: Column) -> Field:
        typed = self.typed.get((sheet.id, n, column.key))
        value = text_of_value(row.values.get(column.key)) if typed is None else typed.value
        choices = row.choices.get(column.key, column.choices)
        return Field(
            column.key,
            self._called(sheet, n, row, column),
            row.kinds.get(column.key, column.kind),
            value,
            0 if typed is None else typed.version,
            () if choices is None else choices.words,
            row.prompts.get(column.key, column.prompt),
            tuple(self.said.get((sheet.name, FIRST_ROW + n + 1, position), ())),
        )

    def _called(self, sheet: Sheet, n: int, row: Row, column: Column) -> str:
        if column.key.startswith("part."):
            part = self._parts(row, sheet, n)[int(column.key.partition(".")[2]) - 1]
            item = self._item(self._of_row(sheet, n, row))
            words = None if item is None else self.catalogue.documents[item.id].parts.get(part)
            said = part if words is None else words.zh if self.lang == "zh" else words.en
            return f"{column.title} {said}"
        if sheet.id == "subject":
            return text_of_value(row.values.get("label"))
        if column.key.startswith(("counts.", "statements.")) or self.lang == "zh":
            return column.title
        return COLUMNS.get(column.key, column.title)


def free_row(sheet: Sheet, typed: Mapping[tuple[str, int, str], Typed]) -> int:
    """The first row of a page that bears nothing yet."""
    used = {row for name, row, key in typed if name == sheet.id and typed[name, row, key].value}
    n = next((n for n, row in enumerate(sheet.rows) if not row.item), len(sheet.rows))
    while n in used or (n < len(sheet.rows) and sheet.rows[n].item):
        n += 1
    return n


def with_file(value: str, name: str) -> str:
    """The cell of files with one name more."""
    return files_text([*(one for one in names_in(value) if one != name), name]) or ""


def without_file(value: str, name: str) -> str:
    """The cell of files with one name less."""
    return files_text([one for one in names_in(value) if one != name]) or ""


def _is_told(entry: Entry) -> bool:
    return any(field.value for field in entry.fields if field.key in _FILLED or "." in field.key)
