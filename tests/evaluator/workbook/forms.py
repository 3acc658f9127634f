"""Forms made, filled and read in memory, for the tests of the workbook."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluator.catalogue import Catalogue
from evaluator.errors import InputError
from evaluator.leniency import without_faulty_items
from evaluator.loading.submissions import submission_in
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission, in_order
from evaluator.workbook.archive import Archive
from evaluator.workbook.form import Form, Row, Sheet
from evaluator.workbook.layout import planned
from evaluator.workbook.making import Filled, filled_by
from evaluator.workbook.opening import parts_of_sheets
from evaluator.workbook.reading import FilledForm, read_form
from evaluator.workbook.writing import write_workbook
from tests.evaluator.building import CATALOGUE, ruleset

RULES = ruleset(
    """
    - {title: {zh: 文明楼组, en: M}, check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}}
    - {check: {kind: quantity, count: budget, at_least: 1}}
    - {check: {kind: change, count: incidents, direction: falls}}
    - {check: {kind: cadence, events: meeting, every: quarter}}
    - {check: {kind: quantity, events: training, at_least: 2}}
    - {check: {kind: document, documents: plan, contains: [goals, tasks], attachment: required}}
    - {check: {kind: document, documents: rules}}
    - {check: {kind: document, documents: permit}}
    - {check: {kind: statement, statement: desk}}
    - {check: {kind: statement, statement: hotline, attachment: required}}
    - {check: {kind: group, each: quarter, check: {kind: statement, statement: desk}}}
    - {check: {kind: group, each: quarter, check: {kind: quantity, count: visits, at_least: 2}}}
    - {check: {kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 3, credit: 1, text: {zh: 好}}]}}
    - {applies_when: {kind: subject, attribute: class, in: [rural]}, check: {kind: statement, statement: desk}}
    """
)
YEAR = (date(2025, 1, 1), date(2025, 12, 31))
_BLANKS = 6


def made(
    filled: Filled | Submission, rules: Iterable[Ruleset] = (RULES,), catalogue: Catalogue = CATALOGUE
) -> bytes:
    """The form for ``rules`` with what is filled in."""
    given = filled_by(filled) if isinstance(filled, Submission) else filled
    return write_workbook(
        shortened(planned([(one, catalogue) for one in rules], catalogue, given)), catalogue
    )


def shortened(plan: Form) -> Form:
    """The form with no more than a few of the blank rows that end its sheets: it is read and written four times as fast."""
    return plan._replace(
        sheets=tuple(_shortened(one) if isinstance(one, Sheet) else one for one in plan.sheets)
    )


def _shortened(sheet: Sheet) -> Sheet:
    named = max((n for n, row in enumerate(sheet.rows, 1) if row != Row()), default=0)
    return sheet._replace(rows=sheet.rows[: named + _BLANKS])


@lru_cache(maxsize=8)
def blank(kind: str = "community") -> bytes:
    """An empty form of 2025 that bears a name, for a community or a street."""
    return made(Filled(kind, "demo", "示例", start=YEAR[0], end=YEAR[1]))  # type: ignore[arg-type]


def book(content: bytes, *, values: bool = False) -> Workbook:
    """The workbook as openpyxl has it; ``values`` gives the results of formulas instead of formulas."""
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def saved(workbook: Workbook) -> bytes:
    """The workbook as openpyxl writes it: every formula without its result."""
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def changed(content: bytes, change: Callable[[Workbook], None]) -> bytes:
    """The workbook after ``change``."""
    workbook = book(content)
    change(workbook)
    return saved(workbook)


def column(sheet: Worksheet, key: str) -> int:
    """The 1-based column of ``key``, by the hidden row of keys."""
    return next(cell.column for cell in sheet[1] if str(cell.value).partition(":")[0] == key)


def row(sheet: Worksheet, item: str, nth: int = 1) -> int:
    """The 1-based row of the nth preset row of ``item``; of the nth blank row where ``item`` is empty."""
    rows = [n for n in range(3, sheet.max_row + 1) if (sheet.cell(n, 1).value or "") == item]
    return rows[nth - 1]


def put(workbook: Workbook, sheet: str, item: str, nth: int = 1, **values: Any) -> None:
    """Fill cells of one row by the keys of their columns (``part_1`` means ``part.1``)."""
    into = workbook[sheet]
    here = row(into, item, nth)
    for key, value in values.items():
        into.cell(
            here, column(into, key.replace("_", ".", 1) if key.startswith("part_") else key)
        ).value = value


def filled(change: Callable[[Workbook], None], content: bytes | None = None) -> bytes:
    """A form filled by ``change``."""
    return changed(content or blank(), change)


def read(content: bytes, catalogue: Catalogue = CATALOGUE) -> Submission:
    """The submission in a form without faults."""
    form = read_form(content, "f.xlsx")
    submission, faults = without_faulty_items(form.source, catalogue)
    assert not faults, faults
    return in_order(submission)


def form(content: bytes) -> FilledForm:
    """What is read of a form."""
    return read_form(content, "f.xlsx")


def problems(content: bytes, catalogue: Catalogue = CATALOGUE) -> list[str]:
    """Every problem of a form, as people see it."""
    try:
        submission_in(content, "f.xlsx", catalogue)
    except InputError as error:
        return [one.in_language("zh") for one in error.problems]
    return []


def notes(content: bytes) -> list[str]:
    """Every note of a form, as people see it."""
    return [one.in_language("zh") for one in form(content).notes]


def edited(
    content: bytes, parts: Mapping[str, Callable[[str], str]], more: Mapping[str, bytes] | None = None
) -> bytes:
    """The file with some parts rewritten as text, and further ones: what no library writes."""
    archive = Archive(content, "f.xlsx")
    return archive.with_parts(
        {name: change(archive.text(name)).encode() for name, change in parts.items()} | dict(more or {})
    )


def part_of(content: bytes, sheet: str) -> str:
    """The part of the file in which a sheet lies."""
    return dict(parts_of_sheets(Archive(content, "f.xlsx")))[sheet]


def with_cell(content: bytes, sheet: str, cell: str, inner: str, attributes: str = "") -> bytes:
    """The file with the empty cell of a sheet written as XML."""
    before = re.compile(rf'<c r="{cell}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)')

    def change(xml: str) -> str:
        assert before.search(xml), cell
        return before.sub(
            lambda found: f'<c r="{cell}"{found[1] or ""} {attributes}>{inner}</c>', xml, count=1
        )

    return edited(content, {part_of(content, sheet): change})


def with_wps_picture(
    content: bytes, sheet: str, cell: str, name: str = "ID_1", *, kept: bool = True
) -> bytes:
    """The file with a picture that WPS placed in a cell; not ``kept``: lost on saving with another program."""
    formula = f'<f>_xlfn.DISPIMG("{name}",1)</f><v>=DISPIMG("{name}",1)</v>'.replace('"', "&quot;")
    placed = with_cell(content, sheet, cell, formula, 't="str"')
    if not kept:
        return placed
    archive = Archive(placed, "f.xlsx")
    images = archive.text("xl/cellimages.xml") or f"<etc:cellImages {_ETC}></etc:cellImages>"
    relations = archive.text("xl/_rels/cellimages.xml.rels") or _RELATIONS
    number = images.count("<etc:cellImage>") + 1
    image = (
        f'<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="{number}" name="{name}" descr="x"/></xdr:nvPicPr>'
        f'<xdr:blipFill><a:blip r:embed="rId{number}"/></xdr:blipFill></xdr:pic></etc:cellImage>'
    )
    relation = f'<Relationship Id="rId{number}" Type="http://x/image" Target="media/image{number}.jpeg"/>'
    return archive.with_parts(
        {
            "xl/cellimages.xml": images.replace("</etc:cellImages>", f"{image}</etc:cellImages>").encode(),
            "xl/_rels/cellimages.xml.rels": relations.replace(
                "</Relationships>", f"{relation}</Relationships>"
            ).encode(),
            f"xl/media/image{number}.jpeg": f"picture {number}".encode(),
        }
    )


_ETC = (
    'xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData" '
    'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
