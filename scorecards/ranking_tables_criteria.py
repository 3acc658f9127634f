"""The briefing's table of the criteria that cost most."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards.model import Part, cell, number, row, table
from scorecards.ranking_tables_scores import NONE
from scorecards.ranking_words import (
    criterion_title,
    short_figures,
)
from scorecards.wording import Json, Line, Wording

_MOST_CRITERIA = 20


def criteria(document: Json, say: Wording) -> Part:
    """The criteria that cost most."""
    known = document["ruleset"]["criteria"]
    listed = [one for one in document["criteria"] if known[one["id"]]["level"] != "may"]
    of_all = document.get("circulated", False)
    heads = [
        say("条款与指标", "Clause and criterion"),
        say("适用单位", "Applied"),
        say("失分单位", "Short"),
        say("占全部单位", "Share of all") if of_all else say("占适用单位", "Share"),
        say("平均确定失分", "Mean lost"),
        say("平均未定", "Mean open"),
        say("缺口（按差的单位）", "How far short"),
    ]
    widths = [22, 9, 9, 11, 9, 9, 31]
    if of_all:
        del heads[1], widths[1]
    rows = [
        row(
            cell(criterion_title(one["id"], document, say)),
            *(() if of_all else (number(str(one["applied"])),)),
            number(str(one["failing"])),
            *(number(text) for text in _criterion_shares(one)),
            cell(*(short_figures(each, say) for each in one["short"][:2])),
        )
        for one in listed[:_MOST_CRITERIA]
    ]
    rest = len(listed) - len(rows)
    intro = [Line(say("按确定失分的总数从多到少。", "Most points lost for certain first."))]
    if rest > 0:
        intro.append(Line(say(f"其余 {rest} 项见工作簿。", f"{rest} more stand in the workbook.")))
    empty = say("没有指标的结果。", "No results of criteria.")
    return Part(
        say("失分最多的指标", "Criteria that cost most"),
        tuple(intro) if rows else (),
        table("by-criterion", heads, rows, empty, widths),
    )


def _criterion_shares(one: Json) -> Iterator[str]:
    shares = one["of_applied"] or one["of_all"]
    yield NONE if shares["failing_rate"] is None else f"{shares['failing_rate']}%"
    yield shares["mean_certain"] or NONE
    yield shares["mean_open"] or NONE
