"""Part 6: the evidence, and the problems found in the submission."""

from __future__ import annotations

from collections.abc import Sequence

from scorecards import labels
from scorecards.entries import Entry
from scorecards.model import Part, Passage, Row, cell, number, row, table
from scorecards.wording import Json, Line, Wording


def evidence(assessment: Json, entries: Sequence[Entry], say: Wording) -> Part:
    """Part 6 of the scorecard."""
    numbers = {entry.data["id"]: entry.number for entry in entries}
    heads = (say("编号", "No."), say("类别", "Kind"), say("名称与内容", "Title and content"), say("日期", "Date"),
             say("所支持的指标(序号)", "Criteria served (No.)"), say("采信", "Accepted"), say("说明", "Reason"))
    items = assessment["evidence"]
    accepted = sum(bool(item["accepted"]) for item in items)
    count = say(f"共 {len(items)} 件,采信 {accepted} 件,未采信 {len(items) - accepted} 件。",
                f"{len(items)} items: {accepted} accepted, {len(items) - accepted} not.")
    return Part(
        heading=say("六、佐证清单", "6. Evidence"),
        intro=(Line(count),),
        table=table("evidence", heads, [_item_row(item, numbers, say) for item in items], say("未提交佐证。", "No evidence.")),
        passages=_problems(assessment, say),
    )


def _item_row(item: Json, numbers: dict[str, int], say: Wording) -> Row:
    served = say.numbers(sorted(numbers[name] for name in item["criteria"] if name in numbers))
    dates = [say.date(item["date"])] if item["date"] else []
    if item["valid_to"]:
        dates.append(say(f"有效期至{say.date(item['valid_to'])}", f"valid to {say.date(item['valid_to'])}"))
    why = [say.line(item["reason"])] if item["reason"] else []
    return row(
        say.submitted(item["id"]), cell(say.pick(labels.EVIDENCE[item["kind"]])), cell(*_content(item, say)), cell(*dates or ["—"]),
        cell(served or "—"), number(say("是", "yes") if item["accepted"] else say("否", "no")), cell(*why),
    )


def _content(item: Json, say: Wording) -> list[Line]:
    """Label with its value, then title, document number and attachments."""
    label = say.line(item["label"])
    if item["value"] is not None:
        value = say.pick(labels.VALUES[item["value"]]) if item["value"] in labels.VALUES else str(item["value"])
        unit = f" {say.line(item['unit']).text}" if item["unit"] else ""
        label = Line(label.text + say(":", ": ") + value + unit, label.lang)
    lines = [label]
    if item["title"]:
        lines.append(say.submitted(item["title"]))
    if item["number"]:
        lines.append(say.submitted(item["number"]))
    if item["files"]:
        lines.append(say.submitted(say("附件:", "files: ") + say.join(item["files"])))
    return lines


def _problems(assessment: Json, say: Wording) -> tuple[Passage, ...]:
    if not assessment["integrity"]:
        return ()
    heads = (say("序号", "No."), say("问题", "Problem"), say("涉及佐证", "Evidence"), say("代码", "Code"))
    rows = [row(number(str(index)), cell(say.line(item["message"])), cell(say.submitted(say.join(item["evidence"]) or "—")), cell(item["code"]))
            for index, item in enumerate(assessment["integrity"], 1)]
    return (Passage(say("填报中发现的问题", "Problems found in the submission"), table=table("problems", heads, rows)),)
