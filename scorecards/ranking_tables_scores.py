"""The briefing's distribution of scores and grades, and what was earned of each section: charts and tables."""

from __future__ import annotations

from scorecards.model import Bar, Chart, Column, Columns, Part, Passage, number, row, table
from scorecards.ranking_words import (
    grade_title,
    pass_grade,
    section_title,
)
from scorecards.wording import Json, Line, Wording

NONE = "—"


def distribution_chart(document: Json, say: Wording) -> Columns:
    """How many have which confirmed score; internally told apart by acceptance."""
    steps = document["distribution"]
    counts = [one["subjects"] if isinstance(one["subjects"], int) else 0 for one in steps]
    most = max([*counts, 1])
    columns = []
    for one, count in zip(steps, counts, strict=True):
        by = one["accepted"]
        parts = (count,) if by is None else (by["yes"], by["undecided"], by["no"])
        value = str(one["subjects"]) if one["subjects"] else ""
        columns.append(Column(f"{one['from']}–{one['to']}", tuple(part / most for part in parts), value))
    line = pass_grade(document)
    words = say(f"达标线 {line['at_least']}", f"pass line {line['at_least']}")
    at = float(line["at_least"]) * len(steps) / 100
    told = any(one["accepted"] is not None for one in steps)
    kinds = (say("达标", "accepted"), say("待定", "undecided"), say("未达标", "not accepted")) if told else ()
    title = say("各分数段的单位数（已确认分）", "Subjects by confirmed score")
    return Columns(title, tuple(columns), kinds, (at, words) if at else None)


def distribution(document: Json, say: Wording) -> Part:
    """By grade, and by steps of the confirmed score."""
    whole = document["whole"]["subjects"]
    steps = [
        row(
            f"{one['from']}–{one['to']}", number(str(one["subjects"])), number(_share(one["subjects"], whole))
        )
        for one in document["distribution"]
        if one["subjects"]
    ]
    grades = [
        row(
            grade_title(one["id"], document, say) if one["id"] else say("等级未定", "undecided"),
            number(str(one["subjects"])),
            number(_share(one["subjects"], whole)),
        )
        for one in document["grades"]
    ]
    heads = say("单位数", "Subjects"), say("占比", "Share")
    return Part(
        say("分数与等级分布", "Scores and grades"),
        (
            Line(
                say(
                    "图中是各分数段的单位数，按已确认分。每段含下限、不含上限；最后一段含 100 分。",
                    "Subjects by confirmed score. Each step holds its lower bound, not its upper; the last holds 100.",
                )
            ),
        ),
        passages=(
            Passage(
                say("等级", "Grades"),
                table=table("grades", (say("等级", "Grade"), *heads), grades, widths=(50, 25, 25)),
            ),
            Passage(
                say("分数段", "Steps"),
                table=table(
                    "steps",
                    (say("已确认分", "Confirmed score"), *heads),
                    steps,
                    say("无。", "None."),
                    (50, 25, 25),
                ),
            ),
        ),
        chart=distribution_chart(document, say),
    )


def _share(part: int | str, whole: int | str) -> str:
    """A share for reading: one decimal, never 0.0% or 100.0% where it is not just that."""
    if not isinstance(part, int) or not isinstance(whole, int) or not whole:
        return NONE
    tenths = (part * 2000 + whole) // (whole * 2)
    if part and not tenths:
        return "<0.1%"
    if part < whole and tenths >= 1000:
        return ">99.9%"
    return f"{tenths // 10}.{tenths % 10}%"


def sections(document: Json, say: Wording) -> Part:
    """What was earned of each section's points."""
    listed = document["sections"]
    bars = [
        Bar(
            Line(section_title(one["id"], document, say)),
            float(one["rate"]["floor"]),
            float(one["rate"]["ceiling"]),
            span_of(one["rate"]) + "%",
        )
        for one in listed
        if one["rate"] is not None
    ]
    title = say("各类目得分率", "Share of each section's points that was earned")
    heads = (
        say("类目", "Section"),
        say("得分率", "Earned"),
        say("得分率中位数", "Median"),
        say("平均确定失分", "Mean lost"),
        say("平均未定", "Mean open"),
    )
    rows = [
        row(
            section_title(one["id"], document, say),
            number(NONE if one["rate"] is None else span_of(one["rate"]) + "%"),
            number(NONE if one["median"] is None else f"{one['median']}%"),
            number(one["lost"]["mean_certain"] or NONE),
            number(one["lost"]["mean_open"] or NONE),
        )
        for one in listed
    ]
    chart = Chart(title, tuple(bars), say("已确认", "Confirmed"), say("未定", "Open")) if bars else None
    return Part(
        say("类目", "Sections"),
        table=table("by-section", heads, rows, say("无。", "None."), (40, 18, 14, 14, 14)),
        chart=chart,
    )


def span_of(ends: Json) -> str:
    """Floor and ceiling as people write a span; one number where they are the same."""
    return str(ends["floor"]) if ends["floor"] == ends["ceiling"] else f"{ends['floor']}–{ends['ceiling']}"
