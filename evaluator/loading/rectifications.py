"""Rectification lists that came back, from workbooks."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from evaluator.errors import InputError, Place
from evaluator.loading.files import contents
from evaluator.packages.names import shown
from evaluator.persons import persons_in
from evaluator.planning.progress import Sheet, returned
from evaluator.planning.rectification import Returned

if TYPE_CHECKING:
    from evaluator.workbook.cells import Raw


def load_rectification(path: Path | str) -> Returned:
    """The rectification list in a workbook; raises ``InputError`` with every fault, each with its cell.

    Nothing of a list that holds anything about a person is used, wherever in the file it stands.
    """
    from evaluator.workbook.guarding import texts_of  # noqa: PLC0415 - only where a workbook is read
    from evaluator.workbook.opening import Book  # noqa: PLC0415

    file = Path(path)
    book = Book(contents(file, "largest_rectification"), shown(file))
    persons = persons_in([(Place(book.file), file.name), *texts_of(book, set())])
    sheets = [Sheet(one.name, [[_text(raw) for raw in row] for row in one.grid]) for one in book.sheets]
    try:
        found = returned(sheets, book.file)
    except InputError as error:
        raise InputError((*persons, *error.problems)) from None
    if persons:
        raise InputError(persons)
    return found


def _text(raw: Raw) -> str:
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)
