"""Texts with their places → the problems to show. For the readers of workbooks, packages, pictures and reviews. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby, pairwise

from evaluator.errors import Place, Problem
from evaluator.persons.digits import digit
from evaluator.persons.echoing import masked
from evaluator.persons.kinds import LANDLINE, NAME, NAMES, Kind
from evaluator.persons.labelled import is_label_of_a_number, number_under
from evaluator.persons.name_labels import is_name_under
from evaluator.persons.name_shapes import weight
from evaluator.persons.names import names_in_column, names_in_file_names
from evaluator.persons.numbers import numbers_in
from evaluator.persons.scanning import found_in_each

_Cell = tuple[Place, str]
_LONGEST_HEADING = 20
# An identity number has 15 boxes or more, a mobile number 11.
_FEWEST_BOXES = 11


def persons_in(
    texts: Iterable[tuple[Place, str]], *, public_telephones: Collection[Place] = ()
) -> list[Problem]:
    """The problems of ``texts``, each with its place: whatever concerns a person, named by its kind and never repeated.

    A text may be a cell (its place has a sheet, a line and a column), a sheet's name, a comment, a header, the name of a file
    or of a member of an archive, a field of a picture. Cells are read alone, as columns, as rows, and below or beside their
    headings (姓名, 联系电话); texts whose place has no line, such as the names of files, are read as one column too. What is
    refused is left out of the problems' places as well. ``public_telephones`` are the places where an institution's service
    number may stand.
    """
    listed = [(place, text) for place, text in texts if text]
    # A form says most things many times: each text is looked at once.
    alike: dict[str, list[Place]] = {}
    for place, text in listed:
        alike.setdefault(text, []).append(place)
    kinds: dict[Place, Kind] = {}
    places = list(alike.values())
    for n, kind in dict.fromkeys((n, found.kind) for n, found in found_in_each(list(alike))):
        for place in places[n]:
            if kind is not LANDLINE or place not in public_telephones:
                kinds.setdefault(place, kind)
    for place, kind in _among_cells([one for one in listed if one[0].sheet is not None and one[0].column]):
        if kind is not LANDLINE or place not in public_telephones:
            kinds.setdefault(place, kind)
    loose = [one for one in listed if one[0].line is None]
    if names_in_file_names(text for _, text in loose):
        kinds.setdefault(loose[0][0], NAMES)
    return [person_at(place, kind) for place, kind in kinds.items()]


def person_at(place: Place, kind: Kind) -> Problem:
    """The refusal of what stands at ``place``; what concerns a person in the place's own names is left out of it."""
    hidden = place._replace(
        file=masked(place.file), sheet=None if place.sheet is None else masked(place.sheet)
    )
    return Problem(kind.code, hidden, kind.refusal, kind.mend)


def _among_cells(cells: list[_Cell]) -> Iterator[tuple[Place, Kind]]:
    sheets: dict[tuple[str, str | None], list[_Cell]] = {}
    for (file, sheet), group in groupby(cells, key=lambda cell: (cell[0].file, cell[0].sheet)):
        sheets.setdefault((file, sheet), []).extend(group)
    for listed in sheets.values():
        yield from _among_cells_of_a_sheet(listed)


def _among_cells_of_a_sheet(cells: list[_Cell]) -> Iterator[tuple[Place, Kind]]:
    columns: dict[int | None, list[_Cell]] = defaultdict(list)
    rows: dict[int | None, list[_Cell]] = defaultdict(list)
    for cell in sorted(cells, key=_in_reading_order):
        _, line, column, _ = cell[0]
        columns[column].append(cell)
        rows[line].append(cell)
    for one in columns.values():
        yield from _below_a_heading(one)
        yield from _names_along(one)
    for row in rows.values():
        for (_, label), (place, text) in pairwise(row):
            yield from _beside_a_label(label, place, text)
        yield from _names_along(row)
        yield from _in_boxes(row)


def _in_reading_order(cell: _Cell) -> tuple[int, int]:
    place = cell[0]
    return place.line or 0, place.column or 0


def _names_along(cells: list[_Cell]) -> Iterator[tuple[Place, Kind]]:
    # What is all figures and Latin letters names nobody.
    if any(not text.isascii() for _, text in cells) and names_in_column(text for _, text in cells):
        first = (place for place, text in cells if weight("".join(text.split())))
        yield next(first, cells[0][0]), NAMES


def _below_a_heading(column: list[_Cell]) -> Iterator[tuple[Place, Kind]]:
    # Names stand one below the other; a heading of numbers holds for all of its column.
    names = numbers = ""
    for place, text in column:
        kind = NAME if names and is_name_under(names, text) else number_under(numbers, text)
        if kind is not None:
            yield place, kind
            continue
        names = text if len(text) <= _LONGEST_HEADING else ""
        numbers = text if names and is_label_of_a_number(text) else numbers


def _beside_a_label(label: str, place: Place, text: str) -> Iterator[tuple[Place, Kind]]:
    if len(label) <= _LONGEST_HEADING:
        kind = NAME if is_name_under(label, text) else number_under(label, text)
        if kind is not None:
            yield place, kind


def _in_boxes(row: list[_Cell]) -> Iterator[tuple[Place, Kind]]:
    # A form may have a box for each digit.
    if len([1 for _, text in row if len(text) == 1 or len(text.strip()) == 1]) < _FEWEST_BOXES:
        return
    for boxed, group in groupby(
        row, key=lambda cell: len(cell[1].strip()) == 1 and bool(digit(cell[1].strip()))
    ):
        cells = list(group)
        if boxed and len(cells) >= _FEWEST_BOXES:
            for found in numbers_in("".join(text.strip() for _, text in cells)):
                yield cells[0][0], found.kind
