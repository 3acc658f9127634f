"""The columns of the sheets of groups, as they may circulate: regions, grades, steps of the score."""

from __future__ import annotations

from collections.abc import Callable

from scorecards.ranking_columns import Column, Value, region_columns
from scorecards.ranking_words import (
    grade_title,
    place_name,
)
from scorecards.wording import Json, Wording, printable


def regions(document: Json, say: Wording) -> tuple[Column, ...]:
    """分区汇总: as it may circulate."""
    return (
        Column(say("层级", "Level"), 7, "count", lambda one: len([part for part in one["path"] if part])),
        Column(say("地区", "Region"), 36, "text", lambda one: _indented(one["path"], say), name=True),
        *(one._replace(read=_part(level)) for level, one in enumerate(region_columns(document, say))),
        Column(say("单位数", "Subjects"), 9, "count", lambda one: one["subjects"]),
        Column(say("达标", "Accepted"), 9, "count", lambda one: one["accepted"]["yes"]),
        Column(say("达标率", "Pass rate"), 10, "percent", lambda one: one["pass_rate"]["floor"]),
        Column(say("中位数", "Median"), 10, "score", _spread("floor", "median")),
        Column(say("最高可达中位数", "Median of the reach"), 12, "score", _spread("ceiling", "median")),
        Column(say("最低", "Least"), 10, "score", _spread("floor", "min")),
        Column(say("下四分位", "Lower quartile"), 10, "score", _spread("floor", "q1")),
        Column(say("上四分位", "Upper quartile"), 10, "score", _spread("floor", "q3")),
        Column(say("最高", "Greatest"), 10, "score", _spread("floor", "max")),
    )


def _indented(path: list[str], say: Wording) -> str:
    return "\u3000" * max(len(path) - 1, 0) + printable(place_name(path, say))


def _part(level: int) -> Callable[[Json], str]:
    return lambda one: printable(one["path"][level]) if level < len(one["path"]) else ""


def _spread(end: str, name: str) -> Callable[[Json], Value]:
    return lambda one: None if one[end] is None else one[end][name]


def steps(document: Json, say: Wording) -> tuple[Column, ...]:
    """分数分布: grades, then steps of the confirmed score; as they may circulate."""
    return (
        Column(
            say("分类", "By"),
            10,
            "text",
            lambda one: say("等级", "grade") if "id" in one else say("分数段", "score"),
        ),
        Column(say("等级或分数段", "Grade or step"), 22, "text", lambda one: _step(one, document, say)),
        Column(say("单位数", "Subjects"), 12, "count", lambda one: one["subjects"]),
    )


def _step(one: Json, document: Json, say: Wording) -> str:
    if "id" in one:
        return grade_title(one["id"], document, say) if one["id"] else say("等级未定", "undecided")
    return f"{one['from']}–{one['to']}"
