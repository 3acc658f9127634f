"""The bytes of an XLSX file → the grids of its sheets, with what a grid does not show: formulas, errors, pictures, comments."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import python_calamine

from evaluator.errors import InputError, Place, Problem, Words
from evaluator.limits import DEFAULTS, in_force, raising
from evaluator.persons import masked
from evaluator.workbook.archive import Archive, too_large
from evaluator.workbook.cells import Odd, Raw
from evaluator.workbook.form import letters
from evaluator.workbook.pictures import placed_pictures

MOST_COLUMNS = 702
_P = rb"(?:\w+:)?"
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')
# An attribute ``r``, as office programs write it, that is neither a row nor a near cell; near is within the default limit. Sought
# by what it begins with, it costs a twelfth of the attribute however it is written: where that could be, all are looked at.
_FAR = re.compile(rb' r="(?:(?![A-Z]{1,2}[0-9]{1,4}"|[0-9]{1,7}")|[A-Z]{1,2}[5-9][0-9]{3}")')
_OTHERWISE = tuple(
    one.encode()
    for one in (
        "r='",
        "r =",
        "r= ",
        "r\t",
        "r\n",
        "r\r",
        "r=\t",
        "r=\n",
        "r=\r",
        "\tr=",
        "\nr=",
        "\rr=",
        '"r=',
        "'r=",
    )
)
_ANY_R = re.compile(rb"""[\s"']r\s*=\s*["']([^"']*)(?=["'])""")
# No reader makes room for an empty cell.
_EMPTY = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: (?!r=)[a-z]+="[^"<>]*")*/>')
_ADDRESS = re.compile(rb"([A-Za-z]{1,3})([0-9]{1,7})")
_UNPLACED = re.compile(rb"<" + _P + rb'c(?=[\s/>])(?![^>]*?\br=")')
_FORMULA_AND_VALUE = re.compile(
    rb"<" + _P + rb"f\b[^>]*?(?:/>|>([^<]*)</" + _P + rb"f>)"
    rb"\s*(?:<" + _P + rb"v\b[^>]*?(?:/>|>([^<]*)</" + _P + rb"v>))?"
)
_FORMULA_TEXT = re.compile(rb"<f(?: [^<>]*)?>[^<]*</f>")
_ERROR = re.compile(rb"""t=["']e["']""")
_CELL = re.compile(rb"<" + _P + rb"c\b([^>]*)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_DISPIMG = re.compile(r'^=?\s*(?:_xlfn\.|_)*DISPIMG\(\s*"([^"]+)"', re.IGNORECASE)


class Sheet(NamedTuple):
    """One sheet: its grid from A1, the part of the file that it lies in, and its merged ranges (0-based corners).

    ``name`` is as messages may show it: what concerns a person is left out.
    """

    name: str
    grid: list[list[Raw]]
    part: str
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]


class Book:
    """An opened workbook."""

    def __init__(self, content: bytes, shown: str) -> None:
        """Raises ``InputError`` where the bytes are no workbook that can be read."""
        self.file = shown
        self.archive = Archive(content, shown)
        self._sheet_parts = dict(parts_of_sheets(self.archive))
        # Formulas are most of a form and nothing of its grid: their results stand beside them.
        grids = {
            part: _FORMULA_TEXT.sub(b"", self.archive.texts.get(part, b""))
            for part in self._sheet_parts.values()
        }
        self._bounded(grids)
        self._cells = 0
        try:
            book = python_calamine.CalamineWorkbook.from_filelike(self.archive.only_texts(grids))
            self.sheets = tuple(self._sheet(book, name) for name in book.sheet_names)
            self.names = tuple(book.sheet_names)
        except (python_calamine.CalamineError, ValueError) as error:
            what = Words("工作簿已损坏，读不出来", "the workbook is damaged")
            mend = Words("用 WPS 或 Excel 打开，另存后再交", "open it in WPS or Excel and save it anew")
            raise InputError([Problem("damaged_workbook", Place(shown), what, mend)]) from error
        workbook = self.archive.text("xl/workbook.xml")
        self.from_1904 = bool(re.search(r'date1904\s*=\s*"(?:1|true)"', workbook))
        self.pictures = placed_pictures(self.archive)
        self._percents = frozenset(_percent_styles(self.archive.text("xl/styles.xml")))

    def _sheet(self, book: python_calamine.CalamineWorkbook, name: str) -> Sheet:
        sheet = book.get_sheet_by_name(name)
        # Sheets are grids from A1: many sheets with one cell far away would be many millions of empty cells.
        row, column = sheet.end or (-1, -1)
        self._cells += (row + 1) * (column + 1)
        if self._cells > in_force().workbook_cells:
            code, what, mend = too_large("workbook_cells")
            raise InputError([Problem(code, Place(self.file, sheet=masked(name)), what, mend)])
        grid: list[list[Raw]] = sheet.to_python(skip_empty_area=False)  # type: ignore[assignment]  # invariant lists
        return Sheet(masked(name), grid, self._sheet_parts.get(name, ""), sheet.merged_cell_ranges or ())

    def _bounded(self, grids: Mapping[str, bytes]) -> None:
        # A lone cell far away makes a grid of millions of cells: it is refused before the grid is made.
        names = {part: masked(name) for name, part in self._sheet_parts.items()}
        for part, text in self.archive.texts.items():
            xml, name = grids.get(part, text), names.get(part)
            if b"sheetData" not in xml:
                continue
            if _is_far(xml):
                raise InputError([_far(xml, Place(self.file, sheet=name))])
            if not _is_plain(xml) and _UNPLACED.search(xml):
                what = Words("工作表里有没有编址的单元格", "the sheet has cells without an address")
                mend = Words("用 WPS 或 Excel 打开，另存后再交", "open it in WPS or Excel and save it anew")
                raise InputError([Problem("damaged_workbook", Place(self.file, sheet=name), what, mend)])

    def odd_cells(self, sheet: Sheet, columns: frozenset[int]) -> dict[tuple[int, int], Odd]:
        """The cells in ``columns`` whose value a grid does not show, by 0-based row and column."""
        found: dict[tuple[int, int], Odd] = {}
        xml = self.archive.texts.get(sheet.part, b"")
        for formula in _formulas_in(columns).finditer(xml):
            cell = xml[xml.rfind(b"<", 0, formula.start()) : formula.start(3)]
            whole = _FORMULA_AND_VALUE.match(xml, formula.start(3))
            odd = self._odd(cell, *map(_plain, whole.groups())) if whole is not None else None
            if odd is not None:
                found[int(formula[2]) - 1, column_of(formula[1].decode())] = odd
        for error in _ERROR.finditer(xml):
            start = xml.rfind(b"<", 0, error.start())
            cell = xml[start : xml.find(b">", start)]
            place = _PLACE.search(cell)
            if place is not None and (column := column_of(place[1].decode())) in columns:
                found.setdefault((int(place[2]) - 1, column), _error(cell, ""))
        return found

    def _odd(self, attributes: bytes, formula: str, value: str) -> Odd | None:
        picture = dispimg(formula) or dispimg(value)
        if picture is not None:
            return self.picture(picture)
        if b't="e"' in attributes:
            return _error(attributes, value)
        if not value and b't="str"' not in attributes:
            return Odd("uncached", f"={formula}")
        return None

    def picture(self, name: str) -> Odd:
        """The picture that WPS placed in a cell under this id."""
        return Odd("picture" if name in self.pictures else "lost_picture", name)

    def percent_cells(self, sheet: Sheet) -> set[tuple[int, int]]:
        """The cells of ``sheet`` that show their numbers as percentages."""
        found = set()
        for cell in _CELL.finditer(self.archive.texts.get(sheet.part, b"")) if self._percents else ():
            style, place = _STYLE.search(cell[1]), _PLACE.search(cell[1])
            if style is not None and place is not None and int(style[1]) in self._percents:
                found.add((int(place[2]) - 1, column_of(place[1].decode())))
        return found


@lru_cache(maxsize=64)
def _formulas_in(columns: frozenset[int]) -> re.Pattern[bytes]:
    # Most formulas of a form stand in its working columns, which nobody reads.
    names = b"|".join(letters(column).encode() for column in sorted(columns))
    return re.compile(rb'r="(' + names + rb')(\d{1,7})"[^<>]*>\s*(<' + _P + rb"f(?=[\s/>]))")


def parts_of_sheets(archive: Archive) -> Iterator[tuple[str, str]]:
    """The sheets by their names in order, and the part of the file that each lies in."""
    targets = {one["Id"]: one["Target"] for one in relations(archive, "xl/workbook.xml")}
    for found in _SHEET.finditer(archive.text("xl/workbook.xml")):
        attributes = attributes_of(found[1])
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        if "name" in attributes and relation in targets:
            yield attributes["name"], beside("xl/workbook.xml", targets[relation])


def dispimg(text: str) -> str | None:
    """The id of the picture that WPS placed in a cell, where ``text`` is what the cell shows of it."""
    found = _DISPIMG.match(text)
    return None if found is None else found[1]


def relations(archive: Archive, part: str) -> Iterator[dict[str, str]]:
    """The relations of a part of the file: their attributes ``Id``, ``Type``, ``Target``."""
    folder, _, name = part.rpartition("/")
    for found in _RELATION.finditer(archive.text(f"{folder}/_rels/{name}.rels")):
        attributes = attributes_of(found[1])
        if {"Id", "Target"} <= attributes.keys():
            yield attributes


def attributes_of(tag: str) -> dict[str, str]:
    """The attributes of an XML tag."""
    return {key: html.unescape(double or single) for key, double, single in _ATTRIBUTE.findall(tag)}


def beside(part: str, target: str) -> str:
    """The part that ``target`` means, as ``part`` names it.

    >>> beside("xl/worksheets/sheet1.xml", "../comments1.xml"), beside("xl/workbook.xml", "/xl/sheet.xml")
    ('xl/comments1.xml', 'xl/sheet.xml')
    """
    if target.startswith("/"):
        return target[1:]
    folders = part.split("/")[:-1]
    for step in target.split("/"):
        if step == "..":
            folders = folders[:-1]
        elif step != ".":
            folders = [*folders, step]
    return "/".join(folders)


@lru_cache(maxsize=1024)
def _is_plain(xml: bytes) -> bool:
    """Whether every cell begins as office programs write it: ``<c r="A1"``."""
    odd = (b":c ", b":c>", b":c/", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r", b":row")
    return xml.count(b"<c ") == xml.count(b'<c r="') and not any(one in xml for one in odd)


def _far(xml: bytes, place: Place) -> Problem:
    most = in_force().workbook_rows
    what = Words(
        f"工作表超过 {most} 行或 {MOST_COLUMNS} 列", f"more than {most} rows or {MOST_COLUMNS} columns"
    )
    mend = Words("删去表格下方和右侧多余的行、列", "delete the rows below and the columns beside the table")
    # Columns are as many as ever.
    placed = map(_ADDRESS.fullmatch, _ANY_R.findall(xml))
    too_low = any(one is not None and int(one[2]) > most for one in placed)
    return Problem("workbook_size", place, what, raising("workbook_rows", mend) if too_low else mend)


def _is_far(xml: bytes) -> bool:
    most = in_force().workbook_rows
    usual = not _FAR.search(xml) and not any(one in xml for one in _OTHERWISE)
    if usual and most >= DEFAULTS.workbook_rows:
        return False
    held = _ANY_R.findall(_EMPTY.sub(b"", xml))
    # A row alone makes no room: its cells do, also those that do not say where they are.
    rows = [] if _is_plain(xml) else [one for one in held if one.isdigit()]
    return any(len(one) > 7 or int(one) > most for one in rows) or any(
        _is_beyond(one, most) for one in held if not one.isdigit()
    )


def _is_beyond(address: bytes, most: int) -> bool:
    found = _ADDRESS.fullmatch(address)
    # What is no address is nothing that an office program writes, and may be one to the library.
    return found is None or int(found[2]) > most or column_of(found[1].decode().upper()) >= MOST_COLUMNS


def column_of(name: str) -> int:
    """The 0-based position of a column: A → 0, AA → 26."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _error(attributes: bytes, value: str) -> Odd:
    # A picture that Excel placed in a cell is an error with metadata.
    return Odd("placed_by_excel" if b"vm=" in attributes else "error", value)


def _plain(text: bytes | None) -> str:
    return html.unescape(text.decode("utf-8", "replace")).strip() if text else ""


def _percent_styles(styles: str) -> Iterator[int]:
    formats = {
        one["numFmtId"]
        for found in re.findall(r"<(?:\w+:)?numFmt\b([^>]*)>", styles)
        if "%" in (one := attributes_of(found)).get("formatCode", "") and "numFmtId" in one
    } | {"9", "10"}
    within = re.search(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", styles, re.DOTALL)
    for n, found in enumerate(re.findall(r"<(?:\w+:)?xf\b([^>]*)>", within[0] if within else "")):
        if attributes_of(found).get("numFmtId") in formats:
            yield n
