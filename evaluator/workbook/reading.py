"""The bytes of a filled form → a submission's data with the cell of every value, and what was read otherwise than it is written.

Every problem is a fault at the path of its value, placed in its cell by ``Source.cells``; what makes the file unusable as a
whole is raised at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.limits import in_force, raising
from evaluator.persons import persons_in
from evaluator.reading import Path, Source
from evaluator.workbook import lists
from evaluator.workbook.form import FORMAT, LISTS, NAMES, NUMBERED, NUMBERED_BY
from evaluator.workbook.gathering import SUPPORTED, Gathered, Record
from evaluator.workbook.guarding import floating_pictures, texts_of
from evaluator.workbook.lists import Lists
from evaluator.workbook.opening import Book, Sheet
from evaluator.workbook.pictures import ending
from evaluator.workbook.read import Note
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
from evaluator.workbook.tables import records, sheet_id

_HIDDEN = "_"
_READERS: Mapping[str, Callable[[Iterable[Record], Gathered], None]] = {
    "subject": subject.read,
    "counts": counts.read,
    "events": events.read,
    "documents": documents.read,
    "street": street.read,
    "statements": statements.read,
    "units": units.read,
    "results": results.read,
}


class FilledForm(NamedTuple):
    """A form as it was read: its data, what was read otherwise than it is written, and what it says of itself.

    ``persons`` are the places where something about a person stands: nothing of such a form may be kept. ``pictures`` are the
    names under which it lists the pictures in its cells as files.
    """

    source: Source
    notes: tuple[Note, ...]
    about: Lists
    persons: tuple[Problem, ...]
    pictures: tuple[str, ...] = ()


def read_form(content: bytes, shown: str) -> FilledForm:
    """The form in ``content``; raises ``InputError`` where it is none, or is unusable as a whole."""
    return _read(content, shown)[0]


def pictures(content: bytes, shown: str = "") -> dict[str, bytes]:
    """The pictures that WPS placed in the cells of a form, by the names under which ``read_form`` lists them as files.

    Raises ``InputError`` where they are far larger than packed: pictures hardly are.
    """
    _, book, named = _read(content, shown)
    parts = {name: book.pictures[id_] for name, id_ in named.items()}
    if sum(map(book.archive.size, parts.values())) > in_force().workbook_pictures:
        what = Words("单元格里的图片展开后太大", "the pictures in the cells are too large when unpacked")
        raise InputError([Problem("workbook_size", Place(shown), what, raising("workbook_pictures"))])
    return {name: book.archive.binary(part) or b"" for name, part in parts.items()}


def _read(content: bytes, shown: str) -> tuple[FilledForm, Book, dict[str, str]]:
    book = Book(content, shown)
    about = _about(book)
    problems: list[Problem] = []
    sheets = _sheets(book, about, problems)
    into = Gathered(shown, about.items, from_1904=book.from_1904)
    into.cells[()] = Place(shown, sheet=NAMES["subject"])
    into.kind = about.kind
    listed = {name: list(records(book, sheet, name, about.items, problems)) for name, sheet in sheets.items()}
    persons = tuple(persons_in(texts_of(book, answered(listed.get("statements", ())))))
    if problems:
        raise InputError(dict.fromkeys((*problems, *persons)))
    gather(listed, into)
    named = _name_pictures(into, book)
    for name, number in floating_pictures(book):
        zh, en = f"有 {number} 张浮动图片，没有读取", f"{number} floating pictures were not read"
        into.note(Place(shown, sheet=name), zh, en)
    for sheet in book.sheets:
        if sheet_id(sheet) is None and not sheet.name.startswith(_HIDDEN):
            into.note(
                Place(shown, sheet=sheet.name), "不是本表的工作表，没有读取", "no sheet of the form: not read"
            )
    return FilledForm(into.source(), tuple(into.notes), about, persons, tuple(named)), book, named


def gather(listed: Mapping[str, Iterable[Record]], into: Gathered) -> None:
    """Read the records of each sheet, by its id, into ``into``: wherever they were filled in."""
    for name, reader in _READERS.items():
        if name in listed:
            reader(listed[name], into)
    _number(into)
    files.read(listed.get("files", ()), into)


def _about(book: Book) -> Lists:
    sheet = next((one for one in book.sheets if one.name == LISTS), None)
    about = lists.read(sheet.grid) if sheet is not None else None
    # Every form has a sheet for the subject.
    if about is None or "subject" not in about.sheets:
        what = Words("这不是申报表", "this is no form of ours")
        mend = Words(
            "用 duibiao template 生成的表填写，隐藏的工作表不要删",
            "fill a form that duibiao template makes, and keep its hidden sheets",
        )
        raise InputError([Problem("not_a_form", Place(book.file), what, mend)])
    if about.format != FORMAT:
        what = Words(
            f"这张表的格式是第 {about.format} 版，本程序只读第 {FORMAT} 版",
            f"the form is of format {about.format}; only format {FORMAT} is read here",
        )
        mend = Words("更新对标程序，或用本程序生成新表", "update duibiao, or fill a form that this one makes")
        raise InputError([Problem("form_format", Place(book.file), what, mend)])
    return about


def _sheets(book: Book, about: Lists, problems: list[Problem]) -> dict[str, Sheet]:
    found: dict[str, Sheet] = {}
    for sheet in book.sheets:
        name = sheet_id(sheet)
        if name is None or name not in about.sheets:
            continue
        if name in found:
            what = Words(
                f"与“{found[name].name}”是同一张表的两份", f"a second copy of the sheet {found[name].name}"
            )
            mend = Words("只保留一份", "keep one of them")
            problems.append(Problem("repeated_sheet", Place(book.file, sheet=sheet.name), what, mend))
            continue
        found[name] = sheet
    for name, label in NAMES.items():
        if name in about.sheets and name not in found:
            what = Words(f"缺少工作表“{label}”", f"the sheet {label} is missing")
            mend = Words("从原表或新表里复制回来", "bring it back from the form as it was made")
            problems.append(Problem("missing_sheet", Place(book.file), what, mend))
    return found


def read_sheet(name: str, records: Iterable[Record], into: Gathered) -> None:
    """Read the records of one sheet alone; of a sheet that only lists, nothing."""
    reader = _READERS.get(name)
    if reader is not None:
        reader(records, into)


def answered(records: Iterable[Record]) -> set[tuple[str, int, int]]:
    """The notes of the statements that were made: sheet, 0-based row and column.

    A service number may stand in one: whether it may, is told where the statement's type is known.
    """
    return {
        (record.sheet, record.row, record.columns["note"])
        for record in records
        if "note" in record.columns and record.filled(statements.FILLED)
    }


def _number(into: Gathered) -> None:
    """Give each entry without an id one of its own, in the order of the rows: E1, E2 …; in a street's form JE1, JE2 …"""
    by = NUMBERED_BY.get(str(into.data["subject"]["kind"]), "")
    used = {str(entry["id"]).casefold() for _, _, entry in into.entries() if "id" in entry}
    for name in SUPPORTED:
        _number_list(into.data.get(name, ()), by + NUMBERED[name], used)
    for units_ in into.data.get("units", {}).values():
        _number_list(units_, "U", {str(unit["id"]).casefold() for unit in units_ if "id" in unit})


def _number_list(entries: Iterable[dict[str, object]], prefix: str, used: set[str]) -> None:
    number = 1
    for entry in entries:
        if "id" in entry:
            continue
        while f"{prefix}{number}".casefold() in used:
            number += 1
        entry["id"] = f"{prefix}{number}"
        used.add(f"{prefix}{number}".casefold())


def _name_pictures(into: Gathered, book: Book) -> dict[str, str]:
    """Name each picture after its entry, as one of its files; the pictures' ids by these names."""
    named: dict[str, str] = {}
    entries = {(name, n): entry for name, n, entry in into.entries()}
    for picture in into.pictures:
        entry = entries[picture.entry]  # type: ignore[index]  # the path of an entry is a name and a number
        listed = entry.setdefault("files", [])
        if not isinstance(listed, list):
            continue
        number, last = 1, ending(book.pictures[picture.id])
        while (name := f"{entry['id']}_图{number}{last}") in listed:
            number += 1
        named[name] = picture.id
        path: Path = (*picture.entry, "files", len(listed))
        into.at(path, picture.place)
        listed.append(name)
        into.note(
            picture.place, f"单元格里的图片列为佐证文件 {name}", f"the picture is listed as the file {name}"
        )
    return named
