"""A table as a person edits it: cells typed into, rows added and deleted, saved by another program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from types import MappingProxyType
from typing import Any

import openpyxl
import python_calamine

from tests.evaluator.workbook.libreoffice import filled_in

Cells = Mapping[str, Any]


_NONE: Cells = MappingProxyType({})


def typed(
    book: bytes,
    cells: Cells = _NONE,
    *,
    rows: Mapping[str, Sequence[Cells]] = _NONE,
    without: Sequence[str] = (),
) -> bytes:
    """``book`` with cells (``检查!I23``) written, rows (values by the heads of columns) added, rows (``指标!9``) deleted."""
    if not rows and not without and all(isinstance(value, str) for value in cells.values()):
        return filled_in(
            book,
            {(sheet, cell): cells[f"{sheet}!{cell}"] for sheet, cell in (one.split("!") for one in cells)},
        )
    workbook = openpyxl.load_workbook(BytesIO(book))
    for place, value in cells.items():
        sheet, _, cell = place.partition("!")
        workbook[sheet][cell] = value
    for sheet, added in rows.items():
        for one in added:
            _append(workbook[sheet], one)
    # From below, so that the rows above keep their numbers.
    for place in sorted(without, key=lambda one: int(one.partition("!")[2]), reverse=True):
        sheet, _, row = place.partition("!")
        workbook[sheet].delete_rows(int(row))
    target = BytesIO()
    workbook.save(target)
    return target.getvalue()


def _append(sheet: Any, values: Cells) -> None:
    heads = {cell.value: cell.column for cell in sheet[2]}
    keys = [heads[head] for head in ("编号", "指标编号", "名称", "二级指标", "条款号") if head in heads]
    row = (
        max(r for r in range(2, sheet.max_row + 1) if any(sheet.cell(r, column).value for column in keys)) + 1
    )
    for head, value in values.items():
        sheet.cell(row, heads[head], value)


def place_of(book: bytes, sheet: str, **values: str) -> int:
    """The row of ``sheet`` whose cells hold these values, by the heads of their columns."""
    grid = (
        python_calamine.CalamineWorkbook.from_filelike(BytesIO(book))
        .get_sheet_by_name(sheet)
        .to_python(skip_empty_area=False)
    )
    heads = {head: column for column, head in enumerate(grid[1])}
    return next(
        n for n, row in enumerate(grid, 1) if all(row[heads[head]] == value for head, value in values.items())
    )
