"""A copy of a workbook with each problem as a comment in its cell: only the parts that hold comments are changed. Pure.

Whatever else the file holds (pictures that WPS placed in cells, validations, other programs' parts) stays byte for byte. Comments
that an earlier copy got from here are replaced.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import NamedTuple

from evaluator.errors import Language, Problem
from evaluator.workbook.archive import Archive
from evaluator.workbook.form import letters
from evaluator.workbook.opening import attributes_of, beside, column_of, parts_of_sheets, relations

AUTHOR = "对标"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = {
    "comments": (
        f"{_OFFICE}/comments",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
    ),
    "vmlDrawing": (f"{_OFFICE}/vmlDrawing", "application/vnd.openxmlformats-officedocument.vmlDrawing"),
}
_NO_COMMENTS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<authors></authors><commentList></commentList></comments>"
)
_NO_SHAPES = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" '
    'path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>'
)
_NO_RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
_COMMENT = re.compile(r"<((?:\w+:)?)comment\b([^>]*)>.*?</\1comment>", re.DOTALL)
_AUTHOR = re.compile(r"<((?:\w+:)?)author\b[^>]*?(?:/>|>(.*?)</\1author>)", re.DOTALL)
_SHAPE = re.compile(r"<v:shape\b.*?</v:shape>", re.DOTALL)
# What may stand behind the reference to the shapes, by the format's order of elements.
_BEHIND = re.compile(
    r"<(?:\w+:)?(?:legacyDrawingHF|drawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)\b"
    r"|</(?:\w+:)?worksheet>"
)


class _Cell(NamedTuple):
    row: int
    column: int


def annotated(content: bytes, shown: str, problems: Iterable[Problem], language: Language) -> bytes:
    """The workbook in ``content`` with ``problems`` as comments; raises ``InputError`` where it cannot be opened."""
    archive = Archive(content, shown)
    parts = dict(parts_of_sheets(archive))
    said: dict[str, dict[_Cell, list[str]]] = {name: {} for name in parts}
    first = next(iter(parts), "")
    for problem in problems:
        sheet = problem.place.sheet if problem.place.sheet in parts else first
        cell = _cell(problem)
        mend = problem.mend.in_language(language) if problem.mend is not None else ""
        stop = "。" if language == "zh" else ". "
        text = f"{problem.what.in_language(language)}{stop if mend else ''}{mend}"
        said[sheet or first].setdefault(cell, []).append(text)
    changed: dict[str, bytes] = {}
    numbers = iter(range(_free(archive), 10_000))
    for name, part in parts.items():
        changed.update(_sheet(archive, part, said[name], next(numbers)))
    if changed:
        types = _typed(archive.text("[Content_Types].xml"), changed)
        changed["[Content_Types].xml"] = types.encode()
    return archive.with_parts(changed)


def _cell(problem: Problem) -> _Cell:
    # The first row and column are hidden: what concerns a whole row or sheet is said in the next.
    place = problem.place
    if place.sheet is None or place.line is None:
        return _Cell(1, 1)
    return _Cell(place.line - 1, (place.column or 2) - 1)


def _free(archive: Archive) -> int:
    """A number that no part of comments or shapes bears yet."""
    found = [
        int(number)
        for name in archive.names
        for number in re.findall(r"(?:comments|vmlDrawing)(\d+)\.\w+$", name)
    ]
    return max(found, default=0) + 1


def _sheet(archive: Archive, part: str, said: dict[_Cell, list[str]], number: int) -> dict[str, bytes]:
    """The parts of one sheet that change: its comments, their shapes, and the references to both."""
    known = {one.get("Type", "").rpartition("/")[2]: one for one in relations(archive, part)}
    comments = archive.text(beside(part, known["comments"]["Target"])) if "comments" in known else ""
    if not said and AUTHOR not in comments:
        return {}
    cleared, gone = _without_ours(comments or _NO_COMMENTS)
    shapes = archive.text(beside(part, known["vmlDrawing"]["Target"])) if "vmlDrawing" in known else ""
    shapes = _SHAPE.sub(lambda shape: "" if _of_one(shape[0], gone) else shape[0], shapes or _NO_SHAPES)
    others = {attributes_of(one[2])["ref"] for one in _COMMENT.finditer(cleared)}
    texts = {cell: f"【{AUTHOR}】{chr(10).join(lines)}" for cell, lines in sorted(said.items())}
    new = {cell: text for cell, text in texts.items() if _name(cell) not in others}
    for cell, text in texts.items():
        if cell not in new:
            cleared = _joined(cleared, _name(cell), text)
    folder, _, name = part.rpartition("/")
    changed = {
        _target(part, known, "comments", f"../comments{number}.xml"): _commented(cleared, new).encode(),
        _target(part, known, "vmlDrawing", f"../drawings/vmlDrawing{number}.vml"): _shaped(
            shapes, new, number
        ).encode(),
    }
    references = archive.text(f"{folder}/_rels/{name}.rels") or _NO_RELATIONS
    sheet = archive.text(part)
    for kind, target in (
        ("comments", f"../comments{number}.xml"),
        ("vmlDrawing", f"../drawings/vmlDrawing{number}.vml"),
    ):
        if kind not in known:
            relation = f'<Relationship Id="rIdDuibiao{kind}" Type="{_TYPES[kind][0]}" Target="{target}"/>'
            references = references.replace("</Relationships>", f"{relation}</Relationships>")
    if "vmlDrawing" not in known:
        drawing = f'<legacyDrawing xmlns:r="{_OFFICE}" r:id="rIdDuibiaovmlDrawing"/>'
        place = _BEHIND.search(sheet)
        at = place.start() if place is not None else len(sheet)
        changed[part] = (sheet[:at] + drawing + sheet[at:]).encode()
    changed[f"{folder}/_rels/{name}.rels"] = references.encode()
    return changed


def _target(part: str, known: dict[str, dict[str, str]], kind: str, new: str) -> str:
    return beside(part, known[kind]["Target"] if kind in known else new)


def _without_ours(comments: str) -> tuple[str, set[_Cell]]:
    """The comments that others made, and the cells of those that are ours."""
    authors = [html.unescape(found[2] or "") for found in _AUTHOR.finditer(comments)]
    gone: set[_Cell] = set()

    def kept(found: re.Match[str]) -> str:
        attributes = attributes_of(found[2])
        author = int(attributes.get("authorId", "0"))
        if author < len(authors) and authors[author] == AUTHOR:
            gone.add(_placed(attributes.get("ref", "A1")))
            return ""
        return re.sub(rf"<((?:\w+:)?)r>(?:(?!</\1r>).)*【{AUTHOR}】.*?</\1r>", "", found[0], flags=re.DOTALL)

    return _COMMENT.sub(kept, comments), gone


def _joined(comments: str, ref: str, text: str) -> str:
    """``comments`` with ``text`` behind what somebody else says of the cell ``ref``."""

    def longer(found: re.Match[str]) -> str:
        if attributes_of(found[2]).get("ref") != ref:
            return found[0]
        end = f"</{found[1]}text>"
        run = f'<{found[1]}r><{found[1]}t xml:space="preserve">\n{html.escape(text)}</{found[1]}t></{found[1]}r>'
        return found[0].replace(end, f"{run}{end}")

    return _COMMENT.sub(longer, comments)


def _commented(comments: str, new: dict[_Cell, str]) -> str:
    number = len(_AUTHOR.findall(comments))
    prefix = re.search(r"<((?:\w+:)?)comments\b", comments)
    p = prefix[1] if prefix is not None else ""
    added = "".join(
        f'<{p}comment ref="{_name(cell)}" authorId="{number}"><{p}text><{p}r><{p}t xml:space="preserve">'
        f"{html.escape(text)}</{p}t></{p}r></{p}text></{p}comment>"
        for cell, text in new.items()
    )
    if not added:
        return comments
    opened = re.sub(rf"<{p}(authors|commentList)\s*/>", rf"<{p}\1></{p}\1>", comments)
    named = opened.replace(f"</{p}authors>", f"<{p}author>{AUTHOR}</{p}author></{p}authors>")
    return named.replace(f"</{p}commentList>", f"{added}</{p}commentList>")


def _shaped(shapes: str, new: Iterable[_Cell], number: int) -> str:
    start = max((int(found) for found in re.findall(r"_x0000_s(\d+)", shapes)), default=number * 1024)
    added = "".join(_shape(cell, start + n) for n, cell in enumerate(new, 1))
    return shapes.replace("</xml>", f"{added}</xml>")


def _shape(cell: _Cell, number: int) -> str:
    anchor = f"{cell.column + 1}, 15, {max(0, cell.row - 1)}, 10, {cell.column + 3}, 60, {cell.row + 4}, 4"
    return (
        f'<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;margin-top:5pt;'
        f'width:220pt;height:80pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{cell.row}</x:Row><x:Column>{cell.column}</x:Column></x:ClientData></v:shape>"
    )


def _of_one(shape: str, cells: set[_Cell]) -> bool:
    row, column = re.search(r"<x:Row>(\d+)", shape), re.search(r"<x:Column>(\d+)", shape)
    return row is not None and column is not None and _Cell(int(row[1]), int(column[1])) in cells


def _typed(types: str, changed: Iterable[str]) -> str:
    """The list of the parts' types with those of new parts."""
    added = ""
    if not re.search(r'Extension="vml"', types, re.IGNORECASE):
        added += f'<Default Extension="vml" ContentType="{_TYPES["vmlDrawing"][1]}"/>'
    for name in changed:
        if re.search(r"/comments\d*\.xml$", name) and f'"/{name}"' not in types:
            added += f'<Override PartName="/{name}" ContentType="{_TYPES["comments"][1]}"/>'
    return types.replace("</Types>", f"{added}</Types>")


def _name(cell: _Cell) -> str:
    return f"{letters(cell.column)}{cell.row + 1}"


def _placed(ref: str) -> _Cell:
    found = re.match(r"([A-Z]+)(\d+)", ref)
    return _Cell(int(found[2]) - 1, column_of(found[1])) if found is not None else _Cell(0, 0)
