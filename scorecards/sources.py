"""Part 6: the evidence, and the problems found in the submission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecards import labels
from scorecards.entries import Entry
from scorecards.model import Part, Passage, Row, cell, number, row, table
from scorecards.wording import Json, Line, Wording, printable


def evidence(assessment: Json, entries: Sequence[Entry], say: Wording) -> Part:
    """Part 6 of the scorecard."""
    numbers = {entry.data["id"]: entry.number for entry in entries}
    heads = (say("编号", "Id"), say("名称、文号、数值", "Title, number, value"), say("日期", "Date"),
             say("支持的指标(序号)", "Criteria served (No.)"), say("是否采信", "Accepted"))
    items = assessment["evidence"]
    accepted = sum(bool(item["accepted"]) for item in items)
    count = say(f"共 {len(items)} 件,采信 {accepted} 件,未采信 {len(items) - accepted} 件。",
                f"{len(items)} items: {accepted} accepted, {len(items) - accepted} not.")
    return Part(
        heading=say("六、佐证清单", "6. Evidence"),
        intro=(Line(count),),
        table=table("evidence", heads, _by_kind(items, len(heads), numbers, say), say("未提交佐证。", "No evidence.")),
        passages=_problems(assessment, say),
    )


def _by_kind(items: Sequence[Json], width: int, numbers: dict[str, int], say: Wording) -> Iterator[Row]:
    """The items under a row for each kind, in the order of the assessment."""
    for kind, pair in labels.EVIDENCE.items():
        own = [item for item in items if item["kind"] == kind]
        if own:
            yield row(cell(say(f"{pair[0]}({len(own)} 件)", f"{pair[1]} ({len(own)})"), span=width), kind="lead")
        yield from (_item_row(item, numbers, say) for item in own)


def _item_row(item: Json, numbers: dict[str, int], say: Wording) -> Row:
    served = say.numbers(sorted(numbers[name] for name in item["criteria"] if name in numbers))
    dates = [printable(item["date"])] if item["date"] else []
    if item["valid_to"]:
        dates.append(say(f"有效期至 {item['valid_to']}", f"valid to {item['valid_to']}"))
    why = [say.line(item["reason"])] if item["reason"] else []
    return row(
        say.submitted(item["id"]), cell(*_content(item, say)), cell(*dates or ["—"]),
        cell(served or "—"), cell(say("是", "yes") if item["accepted"] else say("否", "no"), *why),
    )


def _content(item: Json, say: Wording) -> list[Line]:
    """The label with its value; then title, document number and how many files are attached."""
    label = say.line(item["label"])
    if item["value"] is not None:
        value = say.pick(labels.VALUES[item["value"]]) if item["value"] in labels.VALUES else str(item["value"])
        unit = f" {say.line(item['unit']).text}" if item["unit"] else ""
        label = Line(label.text + say.colon + printable(value + unit), label.lang)
    count = len(item["files"])
    files = say(f"附件 {count} 个", f"{count} file" + ("s" if count > 1 else "")) if count else ""
    parts = [part for part in (item["title"], item["number"], files) if part]
    return [label, say.submitted(say.comma.join(parts))]


def _problems(assessment: Json, say: Wording) -> tuple[Passage, ...]:
    if not assessment["integrity"]:
        return ()
    heads = (say("序号", "No."), say("问题", "Problem"), say("涉及佐证", "Evidence"), say("代码", "Code"))
    rows = [row(number(str(index)), cell(say.line(item["message"])), cell(say.submitted(say.join(item["evidence"]) or "—")), cell(item["code"]))
            for index, item in enumerate(assessment["integrity"], 1)]
    return (Passage(say("填报中发现的问题", "Problems found in the submission"), table=table("problems", heads, rows)),)
