"""Workbooks made small enough to be read a hundred thousand times: without formulas, looks and empty cells."""

from __future__ import annotations

import re
from dataclasses import replace

from fuzzing.mutating.archives import members_of, packed

_FORMULA = re.compile(rb"<f(?: [^<>]*)?>[^<]*</f>")
_EMPTY_CELL = re.compile(rb"<c [^<>]*/>|<c [^<>]*></c>|<c [^<>]*><v></v></c>")
_ROW = re.compile(rb'<row r="(\d+)"[^<>]*?(?:/>|>(.*?)</row>)', re.DOTALL)
_AFTER = re.compile(rb"(</sheetData>).*?(</worksheet>)", re.DOTALL)
_BEFORE = re.compile(
    rb"<(?:sheetViews|cols|sheetFormatPr|sheetPr|dimension)\b.*?(?=<sheetData|<sheetViews|<cols|<sheetFormatPr|<dimension)",
    re.DOTALL,
)
_MERGED = re.compile(rb"<mergeCells.*?</mergeCells>", re.DOTALL)


def slim(workbook: bytes, *, rows: int = 40) -> bytes:
    """``workbook`` with at most ``rows`` rows a sheet, and of these only what somebody wrote."""
    kept = []
    for one in members_of(workbook):
        name = one.name
        if name.startswith((b"docProps", b"xl/theme", b"xl/printerSettings")):
            continue
        content = one.content
        # The hidden lists say what the form is: they are kept.
        if b"<sheetData>" in content and _is_list(content):
            content = _sheet(content, 10_000)
        elif name.startswith(b"xl/worksheets/sheet"):
            content = _sheet(content, rows)
        elif name == b"xl/styles.xml":
            content = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
        kept.append(replace(one, content=content, method=0))
    return packed(kept)


def _is_list(content: bytes) -> bool:
    # What a form lists of itself has no merged cells, no breadths of columns and no panes.
    return not any(mark in content for mark in (b"<mergeCell", b"<cols>", b"<pane"))


def _sheet(content: bytes, rows: int) -> bytes:
    content = _EMPTY_CELL.sub(b"", _FORMULA.sub(b"", content))
    merged = _MERGED.search(content)
    content = _AFTER.sub(
        rb"\1" + (merged[0] if merged else b"").replace(b"\\", b"\\\\") + rb"\2", _BEFORE.sub(b"", content)
    )
    number = 0

    def row(found: re.Match[bytes]) -> bytes:
        nonlocal number
        if not found[2]:
            return b""
        number += 1
        return b'<row r="%s">%s</row>' % (found[1], found[2]) if number <= rows else b""

    return re.sub(rb' s="\d+"', b"", _ROW.sub(row, content))
