"""The columns of 年度对比: what a subject came to last year and this."""

from __future__ import annotations

from collections.abc import Callable

from scorecards.ranking_columns import Column, Value, accepted_word, name_columns, place_of, score_of
from scorecards.ranking_words import (
    grade_title,
)
from scorecards.wording import Json, Wording


def years(document: Json, say: Wording) -> tuple[Column, ...]:
    """年度对比; of a subject of one year only the other side is empty."""
    return (
        *name_columns(document, say),
        Column(say("对应情况", "Years"), 12, "text", lambda one: _both(one, say)),
        Column(say("上年已确认分", "Last year, confirmed"), 12, "score", _before("floor")),
        Column(say("上年最高可达", "Last year, reach"), 12, "score", _before("ceiling")),
        Column(
            say("本年已确认分", "This year, confirmed"),
            12,
            "score",
            lambda one: score_of("floor")(one) if "score" in one else None,
        ),
        Column(
            say("本年最高可达", "This year, reach"),
            12,
            "score",
            lambda one: score_of("ceiling")(one) if "score" in one else None,
        ),
        Column(say("升降", "Change"), 10, "change", _before("change")),
        Column(say("上年名次", "Last rank"), 9, "count", _before("rank")),
        Column(
            say("本年名次", "Rank"), 9, "count", lambda one: place_of("rank")(one) if "place" in one else None
        ),
        Column(say("上年等级", "Last grade"), 12, "text", lambda one: _grade_before(one, document, say)),
        Column(
            say("本年等级", "Grade"),
            12,
            "text",
            lambda one: grade_title(one["grade"], document, say) if "grade" in one else "",
        ),
        Column(say("上年结论", "Last conclusion"), 11, "text", lambda one: _word(one["last"], say)),
        Column(
            say("本年结论", "Conclusion"),
            11,
            "text",
            lambda one: _word(one if "accepted" in one else None, say),
        ),
    )


def _both(one: Json, say: Wording) -> str:
    if "score" not in one:
        return say("本年没有", "not this year")
    return say("两年都有", "both") if one["last"] else say("上年没有", "not last year")


def _before(name: str) -> Callable[[Json], Value]:
    return lambda one: one["last"].get(name) if one["last"] else None


def _grade_before(one: Json, document: Json, say: Wording) -> str:
    known = {grade["id"] for grade in document["ruleset"]["grades"]}
    if not one["last"] or one["last"]["grade"] not in known:
        return one["last"]["grade"] or "—" if one["last"] else ""
    return grade_title(one["last"]["grade"], document, say)


def _word(one: Json | None, say: Wording) -> str:
    return "" if one is None else accepted_word(one, say)
