"""The briefing's table of regions, as many levels as fit."""

from __future__ import annotations

from scorecards.model import Part, Row, cell, number, row, table
from scorecards.ranking_tables_scores import NONE
from scorecards.ranking_words import (
    place_name,
)
from scorecards.wording import Json, Line, Wording

_MOST_REGIONS = 45


def regions(document: Json, say: Wording) -> Part:
    """The upper levels of the tree, as many as fit."""
    depth, listed = 0, []
    for level in range(1, document["depth"] + 2):
        found = [one for one in document["regions"] if len(one["path"]) <= level]
        if level > 1 and len(found) > _MOST_REGIONS:
            break
        depth, listed = level, found
    shown = listed[:_MOST_REGIONS]
    rest = len(document["regions"]) - len(shown)
    intro = say(
        f"列到第 {depth} 级；其余 {rest} 个地区见工作簿的“分区汇总”。",
        f"Down to level {depth}; {rest} more regions stand in the workbook.",
    )
    heads = (
        say("地区", "Region"),
        say("单位数", "Subjects"),
        say("达标", "Accepted"),
        say("达标率", "Pass rate"),
        say("中位数", "Median"),
        say("四分位", "Quartiles"),
        say("最低–最高", "Least–greatest"),
    )
    return Part(
        say("地区", "Regions"),
        (Line(intro),) if rest > 0 else (),
        table(
            "by-region",
            heads,
            (_region(one, say) for one in shown),
            say("无。", "None."),
            (28, 10, 10, 13, 11, 15, 15),
        ),
    )


def _region(one: Json, say: Wording) -> Row:
    spread, rate = one["floor"], one["pass_rate"]["floor"]
    name = "\u3000" * (len(one["path"]) - 1) + place_name(one["path"], say)
    figures = (
        (NONE, NONE, NONE)
        if spread is None
        else (spread["median"], f"{spread['q1']}–{spread['q3']}", f"{spread['min']}–{spread['max']}")
    )
    return row(
        cell(say.submitted(name)),
        number(str(one["subjects"])),
        number(str(one["accepted"]["yes"])),
        number(NONE if rate is None else f"{rate}%"),
        *map(number, figures),
        kind="lead" if len(one["path"]) == 1 else "row",
    )
