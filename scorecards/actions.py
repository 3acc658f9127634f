"""What to do: the steps that close a gap, and the three criteria by which most can be won."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scorecards.amounts import brief
from scorecards.entries import Entry
from scorecards.model import Passage, cell, number, row, table
from scorecards.wording import Json, Line, Wording

MOST_VALUABLE = 3


def most_valuable(assessment: Json, entries: Sequence[Entry], say: Wording) -> Passage:
    """The three criteria by which most points can still be won; what stands in the way as a veto comes first."""
    open_entries = [entry for entry in entries if entry.mendable]
    ranked = sorted(
        open_entries, key=lambda entry: (not entry.data["veto"], -entry.winnable[0], entry.number)
    )
    rows = [
        row(
            number(str(rank)),
            cell(*steps(entry, list(entry.judged()), say)),
            cell(*entry.heading()),
            number(_gain(entry, say)),
            cell(_deadline(entry, assessment, say)),
        )
        for rank, entry in enumerate(ranked[:MOST_VALUABLE], 1)
    ]
    heads = (
        say("序", "No."),
        say("做什么", "What to do"),
        say("条款和指标", "Clause and criterion"),
        say("还可得分", "Points to win"),
        say("时限", "By"),
    )
    return Passage(
        say("最有价值的三项工作", "The three most valuable actions"),
        table=table(
            "actions",
            heads,
            rows,
            say("没有仍可补救的失分事项。", "Nothing that was missed can still be made up."),
        ),
    )


def steps(entry: Entry, findings: Sequence[Json], say: Wording) -> list[Line]:
    """What closes the gap that ``findings`` show: shortfalls that can be made up, open windows, then the remedy."""
    short = [item for item in findings if item.get("shortfall") and item["shortfall"]["possible"]]
    return [*entry.texts("shortfall", short), *_open_windows(findings, say), *remedy(entry, say)]


def remedy(entry: Entry, say: Wording) -> list[Line]:
    """The remedy that the ruleset states, where it states one."""
    return [say.line(entry.data["remedy"])] if entry.data.get("remedy") else []


def _gain(entry: Entry, say: Wording) -> str:
    points, bound = entry.winnable
    if not points:
        return say("一票否决", "a veto")
    text = brief(points)
    if entry.data["level"] == "may":
        return say(f"加分 {text}", f"bonus {text}")
    return say(f"至多 {text}", f"at most {text}") if bound else text


def _open_windows(waiters: Iterable[Json], say: Wording) -> list[Line]:
    """The next open window with what it still needs, and how many follow."""
    ends = sorted(
        (
            window
            for finding in waiters
            for window in finding.get("windows") or ()
            if window["state"] == "open"
        ),
        key=lambda window: str(window["to"]),
    )
    if not ends:
        return []
    first, rest = ends[0], len(ends) - 1
    short, span = first["needed"] - first["found"], say.span(first["from"], first["to"])
    lines = [Line(say(f"{span}：还需 {short} 次", f"{span}: {short} more"))]
    if rest:
        lines.append(
            Line(
                say(f"其后还有 {rest} 个时段", f"{rest} more window{'s follow' if rest > 1 else ' follows'}")
            )
        )
    return lines


def _deadline(entry: Entry, assessment: Json, say: Wording) -> str:
    """The last day of the next open window, else of the period."""
    ends = [
        window["to"]
        for finding in entry.judged()
        for window in finding.get("windows") or ()
        if window["state"] == "open"
    ]
    last = assessment["submission"]["period"]["to"]
    if ends:
        return say.date(min(ends))
    if assessment["as_of"] <= last:
        return say.date(last)
    return say("评估期已结束", "the period is over")
