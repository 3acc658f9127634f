"""Part 4: what is undecided, by what it waits for."""

from __future__ import annotations

from collections.abc import Sequence

from scorecards import labels
from scorecards.actions import steps
from scorecards.amounts import amount, brief
from scorecards.entries import Entry
from scorecards.model import Part, Passage, cell, number, row, table
from scorecards.wording import Json, Line, Wording


def waiting(entries: Sequence[Entry], say: Wording) -> Part:
    """Part 4: what is undecided, by what it waits for."""
    chosen = [entry for entry in entries if entry.undecided]
    points = brief(sum((entry.open_points for entry in chosen), amount("0")))
    present = [what for what in labels.WAITS if any(what in entry.waits for entry in chosen)]
    passages = [_waiting_for(what, index, chosen, say) for index, what in enumerate(present)]
    intro = say(
        f"共 {len(chosen)} 项待定，涉及 {points} 分（含鼓励项）。同一指标等待几样的，分别列出。",
        f"{len(chosen)} criteria are undecided, worth {points} points (“may” criteria included). "
        "One that waits for several things is listed under each.",
    )
    return Part(
        say("四、待定的指标", "4. What still waits"),
        (Line(intro if chosen else say("无。", "None.")),),
        passages=tuple(passages),
    )


def _waiting_for(what: str, index: int, entries: Sequence[Entry], say: Wording) -> Passage:
    chosen = [entry for entry in entries if what in entry.waits]
    numeral = say(f"（{'一二三'[index]}）", f"4.{index + 1} ")
    heads = (
        say("序号", "No."),
        say("条款", "Clause"),
        say("指标", "Criterion"),
        say("待定分值", "Points open"),
        say("要求", "Required"),
        say("现有情况", "So far"),
        say("下一步", "Next"),
    )
    rows = [
        row(
            number(str(entry.number)),
            entry.clause,
            entry.title,
            number(brief(entry.open_points)),
            cell(*_waiting_texts(entry, what, "required")),
            cell(*_waiting_texts(entry, what, "measured"), *entry.reasons(_waiters(entry, what))),
            cell(*_next(entry, what, say)),
        )
        for entry in chosen
    ]
    heading = say.pick(labels.WAITS[what])
    return Passage(
        numeral + say(f"{heading}（{len(rows)} 项）", f"{heading} ({len(rows)})"),
        table=table("waiting", heads, rows),
    )


def _waiters(entry: Entry, what: str) -> list[Json]:
    """The findings that wait for ``what``; the first one where the engine names none."""
    found = [finding for finding in entry.findings() if finding.get("waits") == what]
    leaves = [finding for finding in found if finding["kind"] != "group"]
    return leaves or found or list(entry.findings()[:1])


def _waiting_texts(entry: Entry, what: str, key: str) -> list[Line]:
    found = entry.texts(key, _waiters(entry, what))
    return found or (entry.required() if key == "required" else [])


def _next(entry: Entry, what: str, say: Wording) -> list[Line]:
    if what == "person":
        method = say.pick(labels.METHODS[entry.data["method"]])
        return [Line(say(f"由验收人员以{method}方式核验", f"an inspector verifies it by {method}"))]
    return steps(entry, _waiters(entry, what), say)
