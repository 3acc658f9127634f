"""The two rows above a table: the hidden keys that tie a column to its meaning, and the heads that people read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from evaluator.workbook.form import HEAD_ROW, KEY_ROW, Column
from evaluator.workbook.measuring import height
from evaluator.workbook.styles import Styles


def write_heads(sheet: Any, keys: Sequence[str], columns: Sequence[Column], styles: Styles) -> list[Column]:
    """Write keys, heads and widths of ``columns`` into an XlsxWriter sheet; the columns that people see."""
    for position, (key, column) in enumerate(zip(keys, columns, strict=True)):
        sheet.set_column(position, position, column.width, None, {"hidden": column.hidden})
        sheet.write_string(KEY_ROW, position, key)
        sheet.write_string(HEAD_ROW, position, column.title, styles.head())
    sheet.set_row(KEY_ROW, None, None, {"hidden": True})
    visible = [column for column in columns if not column.hidden]
    sheet.set_row(HEAD_ROW, height((column.title, column.width) for column in visible) + 8)
    return visible
