"""The sheet 佐证目录: the files, and the evidence that each supports."""

from __future__ import annotations

from collections.abc import Iterable

from evaluator.errors import Words
from evaluator.persons import echo
from evaluator.reading import Path
from evaluator.workbook.cells import Odd, files_of, files_text
from evaluator.workbook.form import Column, Row, Sheet
from evaluator.workbook.gathering import Gathered, Picture, Record
from evaluator.workbook.making import Making
from evaluator.workbook.read import Wrong
from evaluator.workbook.sheets.entries import ITEM, id_of

BLANK_ROWS = 60
NAME_PROMPT = "文件名，一行一个，与交来的文件一字不差；也可以把图片嵌入单元格。文件名里不要写姓名和电话。"
ENTRY_PROMPT = "它证明哪一条，就填那一条的编号，如 E1；还没有对应的空着。"
COLUMNS = (
    ITEM,
    Column("files", "文件名", 40, "files", prompt=NAME_PROMPT),
    Column("id", "佐证编号", 12, "text", centred=True, prompt=ENTRY_PROMPT),
    Column(
        "remark", "说明（便于查找，不计入）", 44, "text", prompt="便于自己查找，不计入申报。不写姓名、电话。"
    ),
    Column("check", "核对", 18, "formula", centred=True),
)


def plan(making: Making) -> Sheet:
    """The files that are named already, and blank rows."""
    rows = [
        Row(values={"files": files_text([file]), "id": entry.id, "remark": _remark(making, name, entry.type)})
        for name, _, entry in making.filled.evidence.entries()
        for file in dict.fromkeys(entry.files)
    ]
    return Sheet(
        "files", COLUMNS, (*rows, *(Row() for _ in range(BLANK_ROWS))), landscape=False, growing=True
    )


def _remark(making: Making, kind: str, name: str) -> str:
    return making.label(kind, name)


def read(records: Iterable[Record], into: Gathered) -> None:
    """Attach the files to the entries whose ids they bear; a file without an id supports nothing yet."""
    entries = {entry["id"]: (name, n, entry) for name, n, entry in into.entries() if "id" in entry}
    for position, record in enumerate(records):
        if not record.filled(("files", "id")):
            continue
        path = ("directory", position)
        into.at(path, into.place(record, "id"))
        wanted = into.take(record, "id", path, id_of)
        found = entries.get(wanted) if isinstance(wanted, str) else None
        if wanted is not None and found is None:
            into.wrong(path, _unknown(str(wanted)))
            continue
        raw = record.raw("files")
        here = (*path, "files")
        if found is not None and isinstance(raw, Odd) and raw.kind == "picture":
            into.pictures.append(Picture(raw.text, found[:2], into.place(record, "files")))
            continue
        if wanted is not None and not record.filled(("files",)):
            into.at(here, into.place(record, "files"))
            into.wrong(here, _NO_FILE)
            continue
        if isinstance(raw, Odd) and raw.kind == "picture":
            into.note(into.place(record, "files"), "图片没有填佐证编号，未计入", "a picture without an id")
            continue
        names = into.take(record, "files", here, files_of)
        if found is not None and isinstance(names, list):
            _attach(into, found, names, here)


def _attach(into: Gathered, found: tuple[str, int, dict[str, object]], names: list[str], here: Path) -> None:
    kind, position, entry = found
    files = entry.setdefault("files", [])
    if not isinstance(files, list):
        return
    for name in names:
        if name not in files:
            into.at((kind, position, "files", len(files)), into.cells[here])
            files.append(name)


_NO_FILE = Wrong(
    "no_file_name",
    Words("填了编号，没有填文件名", "an id without a file"),
    Words("填文件名，或清空编号", "name the file, or empty the id"),
)


def _unknown(wanted: str) -> Wrong:
    what = Words(f"没有编号为“{echo(wanted)}”的佐证", f"no evidence has the id {echo(wanted)!r}")
    mend = Words(
        "先在活动会议、文件制度、事项声明或街道提供中填这个编号",
        "write this id at the evidence that it supports",
    )
    return Wrong("unknown_evidence", what, mend)
