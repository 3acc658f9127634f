"""The cells of a workbook as texts, from a file of a bounded size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from pathlib import Path

from evaluator.errors import Words
from evaluator.loading.files import contents, refused
from evaluator.planning.progress import Sheet

_LARGEST_UNPACKED = 64 * 1024 * 1024
_MOST_CELLS = 1_000_000
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_PLACED = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_ROW = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br\s*=\s*[\"'](\d{1,7})[\"']")
_MEND = Words("用 Excel 或 WPS 打开，另存为 .xlsx 再试", "open it and save it as .xlsx, then try again")


def sheets_of(path: Path, largest: int) -> list[Sheet]:
    """Every sheet of a workbook of at most ``largest`` bytes; raises ``InputError`` where it is none that can be read."""
    content = contents(path, largest)
    _refuse_what_would_burst(content, path)
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only where a workbook is read

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        found = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
        return [Sheet(name, _texts(sheet.to_python(skip_empty_area=False))) for name, sheet in found]
    except (CalamineError, ValueError, OSError):
        raise refused(path, "workbook", "工作簿读不出来", "the workbook cannot be read", _MEND) from None


def _refuse_what_would_burst(content: bytes, path: Path) -> None:
    """Refuse what is no archive, what unpacks to too much, and sheets with cells so far out that a grid to them fits nowhere."""
    from zipfile import BadZipFile, ZipFile  # noqa: PLC0415 - only where a workbook is read

    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _LARGEST_UNPACKED:
                megabytes = _LARGEST_UNPACKED // 1024 // 1024
                raise refused(
                    path, "file_size", f"解开后超过 {megabytes} MB", f"unpacks to more than {megabytes} MB"
                )
            names = archive.namelist()
            parts = [archive.read(name) for name in names if name.endswith(".xml")]
    except (BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError):
        raise refused(path, "workbook", "这不是 .xlsx 工作簿", "this is no .xlsx workbook", _MEND) from None
    if "xl/workbook.xml" not in names or "content.xml" in names or any(b"\0" in part[:64] for part in parts):
        raise refused(path, "workbook", "工作簿读不出来", "the workbook cannot be read", _MEND)
    if any(_extent(part) > _MOST_CELLS for part in parts):
        zh, en = "表格里有离清单很远的单元格", "a cell stands far away from the rest"
        mend = Words(
            "删去清单以外的内容，另存后再试", "take out what stands outside the list, save it, try again"
        )
        raise refused(path, "far_cell", zh, en, mend)


def _extent(part: bytes) -> int:
    """Rows times columns up to the farthest cell of a sheet's XML; cells without a place are taken to stand all in one row."""
    placed, cells = _PLACED.findall(part), len(_CELL.findall(part))
    rows = max((int(number) for number in _ROW.findall(part)), default=0)
    columns = cells if cells > len(placed) else 0
    for letters, digits in placed:
        column = 0
        for letter in letters.upper():
            column = column * 26 + letter - ord("A") + 1
        rows, columns = max(rows, int(digits)), max(columns, column)
    return rows * columns


def _texts(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    return [[_text(value) for value in row] for row in rows]


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
