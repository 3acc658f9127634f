"""The sheet 自查结果: a row for each criterion, with its live judgement and the subject's own rating."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from evaluator.errors import Words
from evaluator.exact import plain
from evaluator.reading import Path
from evaluator.ruleset import Criterion, Ruleset
from evaluator.workbook.cells import text_of, whole_of
from evaluator.workbook.form import Column, Row, Sheet, Value
from evaluator.workbook.gathering import Gathered, Record
from evaluator.workbook.making import Making
from evaluator.workbook.read import Wrong
from evaluator.workbook.sheets.entries import ITEM, NOTE

LEVELS = {"must": "应", "should": "宜", "may": "鼓励"}
# What the live formulas write; the rest stands as it is.
LIVE = ("outcome", "earned", "attainable", "short")
RATED = ("rating", "reason")
LEVEL_PROMPT = "本单位给自己评的档次，填数字。只印在评分表上供对照，不计分。"
REASON_PROMPT = "自评的理由，一两句话。填了档次就要写。"
COLUMNS = (
    ITEM,
    Column("number", "序号", 5, centred=True),
    Column("standard", "标准", 14),
    Column("clause", "条款", 10, centred=True),
    Column("title", "指标", 22),
    Column("requirement", "要求", 34),
    Column("level", "性质", 7, centred=True),
    Column("points", "分值", 6, centred=True),
    Column("outcome", "现在的判断", 11, "formula", centred=True),
    Column("earned", "已确认分", 8, "formula", centred=True),
    Column("attainable", "最高可得", 8, "formula", centred=True),
    Column("short", "还差什么", 44, "formula"),
    Column("rating", "自评档次", 7, "whole", centred=True, prompt=LEVEL_PROMPT),
    Column("reason", "自评理由", 16, "text", prompt=REASON_PROMPT),
)
OTHER = "其他标准的自评"
_NO_CRITERION = Wrong(
    "no_type",
    Words("这一行是哪项指标已看不出来", "of which criterion this row is can no longer be seen"),
    Words("从新表里恢复隐藏的标识列", "bring the hidden column back from a new form"),
)
_NO_LEVEL = Wrong(
    "missing_level",
    Words("写了自评理由，没有填档次", "a reason without a level"),
    Words("填档次（数字），或清空理由", "write the level, or empty the reason"),
)
_NO_REASON = Wrong(
    "missing_reason",
    Words("填了自评档次，没有写理由", "a level without a reason"),
    Words("写理由，或清空档次", "write the reason, or empty the level"),
)


def plan(making: Making, rulesets: Iterable[Ruleset]) -> Sheet:
    """A row for the score of each of ``rulesets``, then one for each criterion and each other self-rating that is filled in."""
    given: dict[str, list[dict[str, Value]]] = {}
    for one in making.filled.ratings:
        given.setdefault(one.criterion, []).append({"rating": one.level, "reason": one.reason})
    listed = tuple(rulesets)
    rows = [Row(NOTE, {"title": one.title.zh}, locked=frozenset(RATED)) for one in listed]
    for ruleset in listed:
        for number, (_, _, criterion) in enumerate(ruleset.criteria(), 1):
            first, *more = given.pop(criterion.id, None) or [{}]
            rows.append(_row(making, ruleset, criterion, number, first))
            rows += [Row(criterion.id, {"title": criterion.title.zh, **one}) for one in more]
    rows += [
        Row(name, {"standard": OTHER, "title": name, **one})
        for name, ratings in given.items()
        for one in ratings
    ]
    columns = tuple(column for column in COLUMNS if making.several or given or column.key != "standard")
    return Sheet("results", columns, tuple(rows))


def _row(making: Making, ruleset: Ruleset, criterion: Criterion, number: int, rated: dict[str, Value]) -> Row:
    item = f"（{criterion.item}）" if criterion.item else ""
    closed = not rated and criterion.id not in making.asked.rated
    values: dict[str, Value] = {
        "number": number,
        "standard": ruleset.title.zh,
        "clause": f"{criterion.clause}{item}",
        "title": criterion.title.zh,
        "requirement": criterion.requirement.zh,
        "level": f"{LEVELS[criterion.level]}{'　一票否决' if criterion.veto else ''}",
        "points": plain(criterion.points.value),
        **rated,
    }
    return Row(criterion.id, values, locked=frozenset(RATED) if closed else frozenset())


def read(records: Iterable[Record], into: Gathered) -> None:
    """Read the self-ratings."""
    ratings: list[dict[str, Any]] = []
    for record in records:
        if not record.filled(RATED):
            continue
        path: Path = ("ratings", len(ratings))
        entry: dict[str, Any] = {}
        ratings.append(entry)
        into.at(path, into.place(record, ""))
        into.put(entry, record, "item", (*path, "criterion"), text_of)
        into.put(entry, record, "rating", (*path, "level"), lambda raw: whole_of(raw, ("档", "级", "分")))
        into.put(entry, record, "reason", (*path, "reason"), text_of)
        into.need(entry, (*path, "criterion"), _NO_CRITERION)
        into.need(entry, (*path, "level"), _NO_LEVEL)
        into.need(entry, (*path, "reason"), _NO_REASON)
    if ratings:
        into.data["ratings"] = ratings
