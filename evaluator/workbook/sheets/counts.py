"""The sheet 数据: a row for each count, of this period and of the one before."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evaluator.workbook.cells import text_of
from evaluator.workbook.form import Column, Row, Sheet
from evaluator.workbook.gathering import Gathered, Record
from evaluator.workbook.making import Making
from evaluator.workbook.sheets.entries import ITEM, SERVES

NOW_PROMPT = "不小于 0，只填数，不带单位。没有就填 0；还不清楚就空着，空着不等于 0。"
SOURCE_PROMPT = "这个数从哪份材料来，如“社区统计台账（2025年12月）”。不写姓名。"
FILLED = ("now", "before", "source")
COLUMNS = (
    ITEM,
    Column("number", "序号", 5, centred=True),
    Column("label", "数据项", 26),
    Column("unit", "单位", 6, centred=True),
    Column("now", "本期", 11, "number", centred=True, prompt=NOW_PROMPT),
    Column("before", "上期", 11, "number", centred=True, prompt=f"上一评估期的数。{NOW_PROMPT}"),
    Column("help", "统计口径", 44),
    Column("source", "来源文件", 20, "text", prompt=SOURCE_PROMPT),
    Column("check", "核对", 15, "formula", centred=True),
    SERVES,
)


def plan(making: Making) -> Sheet:
    """A row for each count that the standards use, its wholes, and what is filled in."""
    evidence = making.filled.evidence
    rows = []
    for n, item in enumerate(making.of("counts"), 1):
        help_ = making.catalogue.counts[item.id].help.zh
        values = {
            "number": n,
            "label": item.label,
            "unit": item.unit,
            "now": evidence.counts.get(item.id),
            "before": evidence.previous.counts.get(item.id),
            "help": help_,
            "source": evidence.sources.get(item.id),
            "serves": making.serves(making.servings("counts", item.id)),
        }
        prompts = {"now": f"{help_}\n{NOW_PROMPT}"}
        rows.append(Row(item.id, values, prompts=prompts))
    return Sheet("counts", COLUMNS, tuple(rows), printed="check")


def read(records: Iterable[Record], into: Gathered) -> None:
    """Read the rows of the sheet."""
    counts: dict[str, Any] = {}
    before: dict[str, Any] = {}
    sources: dict[str, Any] = {}
    for record in records:
        if not record.filled(FILLED):
            continue
        named = into.named(record, ("counts",))
        name = "" if named.item is None else named.item.id
        into.settle(named, record, ("counts", name, "label"))
        if into.repeated(record, ("counts", name), counts.keys() | before.keys() | sources.keys()):
            continue
        into.put_number(counts, record, "now", ("counts", name), named.item)
        into.put_number(before, record, "before", ("previous", "counts", name), named.item)
        into.put(sources, record, "source", ("sources", name), text_of)
    for key, found in (("counts", counts), ("sources", sources)):
        if found:
            into.data[key] = found
    if before:
        into.data["previous"] = {"counts": before}
