"""The head of the briefing's lists: the ranked, and those that are not, each with the reason."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards.model import Cell, Part, Passage, cell, number, row, table
from scorecards.ranking_tables_scores import NONE, span_of
from scorecards.ranking_words import (
    REASONS,
    grade_title,
    reason,
    region_name,
)
from scorecards.wording import Json, Line, Wording


def first(document: Json, say: Wording) -> Part:
    """The head of the ranking."""
    listed, whole = document["first"]["ranked"], document["whole"]["ranked"]
    heading = say("排名前列", "Top of the ranking")
    if listed is None:
        return Part(
            heading, (Line(say("参加排名的单位太少，不列名。", "Too few are ranked for names to be told.")),)
        )
    named = document.get("circulated", False)
    heads = [say("名次", "Rank"), say("单位", "Subject"), say("地区", "Region")]
    widths = [10, 40, 50]
    if not named:
        heads += [
            say("已确认分", "Confirmed"),
            say("最高可达", "Reach"),
            say("等级", "Grade"),
            say("不适用分值", "Points not applied"),
            say("提示", "Notes"),
        ]
        widths = [7, 26, 24, 9, 9, 10, 9, 6]
    intro = [
        Line(
            say(
                f"前 {len(listed)} 个；全部 {whole} 个见工作簿“总排名”。",
                f"The first {len(listed)} of {whole}; all stand in the workbook.",
            )
        )
    ]
    if named:
        intro.append(
            Line(
                say(
                    "可传阅的版本不列分数和等级：列出即可数出不足 10 的数。",
                    "No scores or grades here: from them small counts could be told.",
                )
            )
        )
    rows = (row(*_ranked(one, document, say, named=named)) for one in listed)
    return Part(
        heading,
        tuple(intro) if listed else (),
        table("first", heads, rows, say("没有参加排名的单位。", "Nobody is ranked."), widths),
    )


def _ranked(one: Json, document: Json, say: Wording, *, named: bool) -> Iterator[Cell]:
    yield number(str(one["place"]["rank"]))
    yield cell(say.submitted(one["name"]))
    yield cell(say.submitted(region_name(one["region"], say)))
    if not named:
        yield number(one["score"]["floor"])
        yield number(one["score"]["ceiling"])
        yield cell(grade_title(one["grade"], document, say), kind="outcome")
        yield number(one["not_applicable_points"])
        yield number(str(sum(each["number"] for each in one["integrity"])))


def unranked(document: Json, say: Wording) -> Part:
    """How many are not ranked for which reason; internally the first of them by name."""
    heads = say("原因", "Reason"), say("单位数", "Subjects")
    counts = (
        row(say.pick(REASONS[code]), number(str(count)))
        for code, count in document["unranked"].items()
        if count
    )
    empty = say("全部参加排名。", "All are ranked.")
    listed = document["first"]["unranked"]
    passages: tuple[Passage, ...] = ()
    if listed:
        names = (
            say("单位", "Subject"),
            say("地区", "Region"),
            say("已确认分–最高可达", "Confirmed–reach"),
            say("原因", "Reason"),
        )
        rows = (
            row(
                cell(say.submitted(one["name"])),
                cell(say.submitted(region_name(one["region"], say))),
                number(NONE if one["score"] is None else span_of(one["score"])),
                cell(*(reason(each, document, say) for each in one["reasons"])),
            )
            for one in listed
        )
        said = Line(
            say(
                f"列前 {len(listed)} 个，全部见工作簿“待定与否决”。",
                f"The first {len(listed)}; all stand in the workbook.",
            )
        )
        intro = (said,) if len(listed) < sum(document["unranked"].values()) else ()
        passages = (
            Passage(say("名单", "Names"), intro, table("unranked", names, rows, widths=(26, 22, 17, 35))),
        )
    return Part(
        say("待定与否决", "Undecided and vetoed"),
        table=table("reasons", heads, counts, empty, (60, 40)),
        passages=passages,
    )
