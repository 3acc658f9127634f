"""What became of a rectification list that came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scorecards import labels
from scorecards.entries import Entry
from scorecards.model import Passage, cell, number, row, table
from scorecards.wording import Json, Line, Wording


def closing(assessment: Json, entries: Sequence[Entry], heading: str, say: Wording) -> Passage:
    """Each item of the list: the progress that was written beside it, and what the engine found."""
    returned = assessment["rectification"]
    by_id = {entry.data["id"]: entry for entry in entries}
    heads = (
        say("序号", "No."),
        say("事项", "Item"),
        say("条款和指标", "Clause and criterion"),
        say("申报进度", "Said"),
        say("系统认定", "Found"),
        say("还要做的", "Still to do"),
    )
    rows = [
        row(
            number(str(item["number"])),
            say.line(item["label"]),
            cell(*(line for name in item["criteria"] if name in by_id for line in by_id[name].heading())),
            number(say.pick(labels.STATUSES[item["status"]]) if item["status"] else "—"),
            cell(say.pick(labels.CLOSING[item["state"]]), kind="outcome"),
            cell(say.line(item["left"]) if item["left"] else "—"),
        )
        for item in returned["items"]
    ]
    return Passage(
        heading,
        (Line(summary(assessment, say)),),
        table("closing", heads, rows, widths=(6, 24, 26, 10, 14, 20)),
    )


def summary(assessment: Json, say: Wording) -> str:
    """How many items are in which state, in a sentence."""
    returned = assessment["rectification"]
    count = Counter(item["state"] for item in returned["items"])
    states = say("，", "; ").join(
        say(f"{zh} {count[key]} 项", f"{en.lower()}: {count[key]}")
        for key, (zh, en) in labels.CLOSING.items()
        if count[key]
    )
    day, total = say.date(returned["as_of"]), len(returned["items"])
    return say(
        f"{day}的整改清单共 {total} 项：{states}。销号以系统在佐证中查到的为准。",
        f"The list of {day} has {total} item{'s' * (total != 1)}: {states}. An item is closed when the evidence shows it.",
    )
