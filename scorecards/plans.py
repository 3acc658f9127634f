"""The action plan: the fewest actions that reach the grade, what can be done beside them, what is lost for good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from scorecards.closing import closing
from scorecards.entries import Entry
from scorecards.model import Part, Passage, Row, Table, cell, number, row, table
from scorecards.numbering import heading, within
from scorecards.outlook import notes, outlook, purpose
from scorecards.steps import Action, actions
from scorecards.wording import Json, Line, Wording


def plan(assessment: Json, entries: Sequence[Entry], say: Wording) -> Part | None:
    """The part of the scorecard; None where no plan was asked for."""
    if "plan" not in assessment:
        return None
    one = assessment["plan"]
    steps, further = (actions(one, key, entries, say) for key in ("steps", "further"))
    made: list[Callable[[int], Passage]] = []

    def add(zh: str, en: str, build: Callable[[str], Passage]) -> None:
        made.append(lambda position: build(within("plan", position, assessment, zh, en, say)))

    if steps:
        add(
            f"{purpose(one, say)}（{len(steps)} 件）",
            f"{purpose(one, say)} ({len(steps)})",
            lambda head: Passage(head, table=_steps(steps, say)),
        )
    if further:
        add(
            f"此外还可以做的（{len(further)} 件）",
            f"What can be done beside ({len(further)})",
            lambda head: Passage(head, table=_steps(further, say)),
        )
    if one["lost"]:
        add(
            f"不可补办的（{len(one['lost'])} 项）",
            f"What can no longer be made up ({len(one['lost'])})",
            lambda head: Passage(head, table=lost_table(assessment, entries, say)),
        )
    if "rectification" in assessment:
        add(
            "整改清单办理情况",
            "What became of the rectification list",
            lambda head: closing(assessment, entries, head, say),
        )
    return Part(
        heading("plan", assessment, "行动计划", "Action plan", say),
        tuple(Line(text) for text in (*outlook(assessment, say), *notes(assessment, entries, say))),
        passages=tuple(build(position) for position, build in enumerate(made, 1)),
    )


def _steps(listed: Sequence[Action], say: Wording) -> Table:
    heads = (
        say("序", "No."),
        say("做什么", "What to do"),
        say("条款和指标", "Clause and criterion"),
        say("可增分", "Points to win"),
        say("完成后", "Score then"),
        say("时限", "By"),
        say("责任", "Who"),
    )
    return table(
        "plan",
        heads,
        [
            row(
                number(str(one.number)),
                one.what(),
                cell(*one.clauses()),
                number(one.gain()),
                number(one.data["score"] or "—"),
                cell(*one.due()),
                one.units("responsible", most=2),
            )
            for one in listed
        ],
    )


def lost_table(assessment: Json, entries: Sequence[Entry], say: Wording) -> Table:
    """What can no longer be won in this period, and why."""
    by_id = {entry.data["id"]: entry for entry in entries}
    heads = (
        say("序号", "No."),
        say("条款和指标", "Clause and criterion"),
        say("失去的分", "Points lost"),
        say("原因", "Reason"),
    )
    return table(
        "lost",
        heads,
        [_lost_row(item, by_id, assessment, say) for item in assessment["plan"]["lost"]],
        widths=(7, 35, 11, 47),
    )


def _lost_row(item: Json, by_id: Mapping[str, Entry], assessment: Json, say: Wording) -> Row:
    reasons = [*_missed(item, say), *(say.line(text) for text in item["reasons"])]
    if item["criterion"] is None:
        title = say.line(assessment["deductions"][item["deduction"]]["title"])
        return row(number("—"), title, number(item["points"]), cell(*reasons))
    entry = by_id[item["criterion"]]
    return row(number(str(entry.number)), cell(*entry.heading()), number(item["points"]), cell(*reasons))


def _missed(item: Json, say: Wording) -> list[Line]:
    windows = say.semicolon.join(say.span(one["from"], one["to"]) for one in item["windows"])
    return [Line(say(f"已错过：{windows}", f"missed: {windows}"))] if windows else []
