"""The sheet 事项声明: a row for each yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evaluator.errors import Words
from evaluator.reading import Path
from evaluator.workbook.cells import answer_of, files_of, files_text, text_of
from evaluator.workbook.form import Choices, Column, Row, Sheet, Value
from evaluator.workbook.gathering import Gathered, Record
from evaluator.workbook.making import Making, asks
from evaluator.workbook.read import Wrong
from evaluator.workbook.sheets.entries import FILES, ID, ITEM, SERVES, helper, id_of

VALUE_PROMPT = "做到了填“是”，没有做到填“否”；还不清楚就空着。"
NOTE_PROMPT = "地点、时间、办理方式等，一两句话。不写姓名、电话。"
HOTLINE_PROMPT = "写公布的服务电话（固定电话、400、800 或 12345 等）和服务时间。不写个人的姓名和手机号。"
FILLED = ("value", "note", "files")
_NO_ANSWER = Wrong(
    "missing_answer",
    Words("没有填“是”或“否”", "neither yes nor no is written"),
    Words("填“是”或“否”，或清空这一行", "write it, or empty the row"),
)
HELPERS = ("said", "attached")
COLUMNS = (
    ITEM,
    ID,
    Column("label", "事项", 26),
    Column("value", "是/否", 7, "answer", centred=True, choices=Choices(("是", "否")), prompt=VALUE_PROMPT),
    Column("note", "说明", 30, "text", prompt=NOTE_PROMPT),
    FILES,
    Column("help", "口径", 50),
    SERVES,
    *map(helper, HELPERS),
)


def plan(making: Making) -> Sheet:
    """A row for each statement that the standards use, and what is filled in."""
    said = {one.type: one for one in making.filled.evidence.statements}
    rows = []
    for item in making.of("statements"):
        declared = making.catalogue.statements[item.id]
        servings = making.servings("statements", item.id)
        support = "；须附佐证" if "附佐证" in asks(servings) else ""
        values: dict[str, Value] = {
            "label": item.label,
            "help": declared.help.zh + support,
            "serves": making.serves(servings),
        }
        one = said.get(item.id)
        if one is not None:
            answer = "是" if one.value else "否"
            values |= {"id": one.id, "value": answer, "note": one.note, "files": files_text(one.files)}
        prompts = {"value": f"{declared.help.zh}\n{VALUE_PROMPT}"}
        if declared.public_telephone:
            prompts["note"] = HOTLINE_PROMPT
        rows.append(Row(item.id, values, prompts=prompts))
    return Sheet("statements", COLUMNS, tuple(rows), printed="files")


def read(records: Iterable[Record], into: Gathered) -> None:
    """Read the rows of the sheet."""
    entries: list[dict[str, Any]] = []
    for record in records:
        if not record.filled(FILLED):
            if record.filled(("id",)):
                zh, en = "这一行只有编号，没有内容，未计入", "only an id: this row states nothing"
                into.note(into.place(record, "label"), zh, en)
            continue
        entry: dict[str, Any] = {}
        path: Path = ("statements", len(entries))
        entries.append(entry)
        into.at(path, into.place(record, ""))
        into.put(entry, record, "id", (*path, "id"), id_of)
        entry["type"] = into.settle(into.named(record, ("statements",)), record, (*path, "type"))
        into.put(entry, record, "value", (*path, "value"), answer_of)
        into.need(entry, (*path, "value"), _NO_ANSWER)
        into.put(entry, record, "note", (*path, "note"), text_of)
        into.put(entry, record, "files", (*path, "files"), files_of)
    if entries:
        into.data["statements"] = entries
