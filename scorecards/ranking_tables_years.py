"""The briefing's tables of this year beside the last."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards.model import Part, Passage, Row, number, row, table
from scorecards.ranking_changes import signed
from scorecards.ranking_tables_scores import NONE
from scorecards.ranking_words import (
    section_title,
)
from scorecards.wording import Json, Line, Wording


def years(document: Json, say: Wording) -> Iterator[Part]:
    """This year beside the last, where there is a last."""
    found = document["years"]
    if found is None:
        return
    heads = say("项目", "Item"), say("上年", "Last year"), say("本年", "This year")
    rows = list(_both(found["last"], document["whole"], say)) if found["last"] else []
    changes = (
        row(
            section_title(one["id"], document, say),
            number(f"{one['last']}%"),
            number(f"{one['rate']}%"),
            number(signed(one["change"])),
        )
        for one in found["sections"]
    )
    section_heads = (
        say("类目得分率", "Earned by section"),
        heads[1],
        heads[2],
        say("变化（百分点）", "Change"),
    )
    period = found["common"]["period"]
    intro = say("上年评估期：", "Last year's period: ") + (
        say("不止一个", "several") if period is None else say.span(*period)
    )
    caution = say(
        "两年的规则、阶段或评估期不同的，分数不宜直接相比。",
        "Under other rules, or of another stage or period, scores should not be compared as they are.",
    )
    counts = say(
        f"上年有、本年没有的单位 {found['gone']} 个；本年新有的 {found['new']} 个。",
        f"Only last year: {found['gone']} subjects; only this year: {found['new']}.",
    )
    yield Part(
        say("年度对比", "Year on year"),
        (Line(intro), Line(counts), Line(caution)),
        table("years", heads, rows, say("无。", "None."), (40, 30, 30)),
        (
            Passage(
                say("类目", "Sections"),
                table=table(
                    "year-sections",
                    section_heads,
                    changes,
                    say("单位太少，不列。", "Too few subjects."),
                    (40, 20, 20, 20),
                ),
            ),
        ),
    )


def _both(last: Json, now: Json, say: Wording) -> Iterator[Row]:
    names = (
        say("单位数", "Subjects"),
        say("达标", "Accepted"),
        say("达标率", "Pass rate"),
        say("已确认分中位数", "Median of the confirmed scores"),
        say("最高可达中位数", "Median of the highest reach"),
    )
    for name, before, after in zip(names, _sums(last), _sums(now), strict=True):
        yield row(name, number(before), number(after))


def _sums(one: Json) -> tuple[str, ...]:
    medians = (NONE if one[end] is None else str(one[end]["median"]) for end in ("floor", "ceiling"))
    rate = one["pass_rate"]["floor"]
    return str(one["subjects"]), str(one["accepted"]["yes"]), NONE if rate is None else f"{rate}%", *medians
