"""Part 6: the evidence, and the problems found in the submission."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scorecards import labels
from scorecards.entries import Entry
from scorecards.model import Part, Passage, Row, cell, number, row, table
from scorecards.wording import Json, Line, Wording, printable


def evidence(assessment: Json, entries: Sequence[Entry], say: Wording) -> Part:
    """Part 6 of the scorecard: what was accepted under a row for each kind, then what was not, each with its reason."""
    numbers = {entry.data["id"]: entry.number for entry in entries}
    heads = (
        say("编号", "Id"),
        say("名称、文号、数值", "Title, number, value"),
        say("日期", "Date"),
        say("支持的指标（序号）", "Criteria served (No.)"),
    )
    items = assessment["evidence"]
    accepted = sum(bool(item["accepted"]) for item in items)
    count = say(
        f"共 {len(items)} 件，采信 {accepted} 件，未采信 {len(items) - accepted} 件。",
        f"{len(items)} items: {accepted} accepted, {len(items) - accepted} not.",
    )
    return Part(
        heading=say("六、佐证清单", "6. Evidence"),
        intro=(Line(count),),
        table=table(
            "evidence", heads, _grouped(items, len(heads), numbers, say), say("未提交佐证。", "No evidence.")
        ),
        passages=_problems(assessment, say),
    )


def _grouped(items: Sequence[Json], width: int, numbers: dict[str, int], say: Wording) -> Iterator[Row]:
    accepted = say("，采信", ", accepted")
    groups = [
        (say.pick(pair) + accepted, [item for item in items if item["accepted"] and item["kind"] == kind])
        for kind, pair in labels.EVIDENCE.items()
    ]
    groups.append((say("未采信", "Not accepted"), [item for item in items if not item["accepted"]]))
    for name, own in groups:
        if own:
            yield row(cell(say(f"{name}（{len(own)} 件）", f"{name} ({len(own)})"), span=width), kind="lead")
        yield from (_item_row(item, numbers, say) for item in own)


def _item_row(item: Json, numbers: dict[str, int], say: Wording) -> Row:
    served = say.numbers(sorted(numbers[name] for name in item["criteria"] if name in numbers))
    dates = [printable(item["date"])] if item["date"] else []
    if item["valid_to"]:
        dates.append(say(f"有效期至 {item['valid_to']}", f"valid to {item['valid_to']}"))
    return row(
        say.submitted(item["id"]), cell(*_content(item, say)), cell(*dates or ["—"]), cell(served or "—")
    )


def _content(item: Json, say: Wording) -> list[Line]:
    """The label with its value; title, document number and how many files are attached; why it was not accepted.

    A label that the title repeats is left out.
    """
    label = say.line(item["label"])
    if item["value"] is not None:
        value = (
            say.pick(labels.VALUES[item["value"]]) if item["value"] in labels.VALUES else str(item["value"])
        )
        unit = f" {say.line(item['unit']).text}" if item["unit"] else ""
        label = Line(label.text + say.colon + printable(value + unit), label.lang)
    count = len(item["files"])
    files = say(f"附件 {count} 个", f"{count} file" + ("s" if count > 1 else "")) if count else ""
    parts = [part for part in (item["title"], item["number"], files) if part]
    named = label.text in str(item["title"] or "")
    why = (
        [Line(say("未采信", "not accepted") + say.colon + say.line(item["reason"]).text)]
        if item["reason"]
        else []
    )
    return [*([] if named else [label]), say.submitted(say.comma.join(parts)), *why]


def _problems(assessment: Json, say: Wording) -> tuple[Passage, ...]:
    if not assessment["integrity"]:
        return ()
    heads = (say("序号", "No."), say("问题", "Problem"), say("涉及佐证", "Evidence"))
    rows = [
        row(
            number(str(index)),
            cell(say.line(item["message"])),
            cell(say.submitted(say.join(item["evidence"]) or "—")),
        )
        for index, item in enumerate(assessment["integrity"], 1)
    ]
    return (
        Passage(
            say("填报中发现的问题", "Problems found in the submission"), table=table("problems", heads, rows)
        ),
    )
