"""The columns of 指标失分排行: what each section and criterion cost."""

from __future__ import annotations

from collections.abc import Callable

from scorecards import labels
from scorecards.ranking_columns import Column, Value
from scorecards.ranking_words import (
    criterion_title,
    section_title,
)
from scorecards.wording import Json, Wording


def costs(document: Json, say: Wording) -> tuple[Column, ...]:
    """指标失分排行: the sections, then the criteria, most points lost first."""
    outcomes = (
        Column(say(zh, en), 10, "count", _outcome(name)) for name, (zh, en) in labels.OUTCOMES.items()
    )
    return (
        Column(say("层级", "Level"), 8, "text", lambda one: _level(one, say)),
        Column(
            say("类目", "Section"), 18, "wrapped", lambda one: section_title(one["section"], document, say)
        ),
        Column(
            say("条款与指标", "Clause and criterion"),
            40,
            "wrapped",
            lambda one: _criterion(one, document, say),
            name=True,
        ),
        Column(say("适用单位", "Applied"), 9, "count", lambda one: one["applied"]),
        *outcomes,
        Column(say("失分单位", "Subjects short"), 10, "count", lambda one: one["failing"]),
        Column(say("失分占比", "Share short"), 10, "percent", _shares("failing_rate")),
        Column(say("确定失分合计", "Lost for certain"), 12, "points", _lost("certain")),
        Column(say("未定分合计", "Open"), 12, "points", _lost("open")),
        Column(say("平均确定失分", "Mean lost"), 12, "mean", _shares("mean_certain")),
        Column(say("平均未定分", "Mean open"), 12, "mean", _shares("mean_open")),
        Column(say("缺口项目", "Short of"), 30, "wrapped", lambda one: _short(one, "label", say)),
        Column(say("单位", "Unit"), 8, "text", lambda one: _short(one, "unit", say)),
        Column(
            say("有缺口的单位", "Subjects short of it"),
            11,
            "count",
            lambda one: _first_short(one, "subjects"),
        ),
        Column(say("缺口中位数", "Median short"), 11, "points", lambda one: _first_short(one, "median")),
        Column(say("缺口最大", "Most short"), 11, "points", lambda one: _first_short(one, "max")),
        Column(say("其他缺口", "Other shortfalls"), 36, "wrapped", lambda one: _other_short(one, say)),
    )


def _level(one: Json, say: Wording) -> str:
    if one["criterion"] is None:
        return say("类目", "section")
    return say("鼓励项", "encouraged") if one["lost"] is None else say("指标", "criterion")


def _criterion(one: Json, document: Json, say: Wording) -> str:
    return (
        say("（整个类目）", "(the whole section)")
        if one["criterion"] is None
        else criterion_title(one["criterion"], document, say).text
    )


def _outcome(name: str) -> Callable[[Json], Value]:
    return lambda one: None if one["outcomes"] is None else one["outcomes"][name]


def _lost(name: str) -> Callable[[Json], Value]:
    return lambda one: None if one["lost"] is None else one["lost"][name]


def _shares(name: str) -> Callable[[Json], Value]:
    return lambda one: one["of_applied"][name]


def _first_short(one: Json, name: str) -> Value:
    return one["short"][0][name] if one["short"] else None


def _short(one: Json, name: str, say: Wording) -> str:
    return say.line(one["short"][0][name]).text if one["short"] else ""


def _other_short(one: Json, say: Wording) -> str:
    return say.semicolon.join(
        f"{say.line(each['label']).text} {each['median']} / {each['max']} {say.line(each['unit']).text}"
        for each in one["short"][1:]
    )
