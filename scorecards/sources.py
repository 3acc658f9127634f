"""The part with the evidence, and the problems found in the submission."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from scorecards import labels
from scorecards.attachments import attachments, files_of, unchecked
from scorecards.entries import Entry
from scorecards.model import Part, Passage, Row, cell, number, row, table
from scorecards.numbering import heading as numbered
from scorecards.reviewed import change_of
from scorecards.wording import Json, Line, Wording


def evidence(assessment: Json, entries: Sequence[Entry], say: Wording) -> Part:
    """What was accepted under a row for each kind, then what was not, each with its reason.

    Items of one type that served the same criteria share a row, such as the twelve meetings of a year: it reads better, and every
    cell costs a millisecond in the PDF.
    """
    numbers = {entry.data["id"]: entry.number for entry in entries}
    heads = (
        say("佐证", "Evidence"),
        say("编号、日期、名称、文号、数值", "Id, date, title, number, value"),
        say("支持的指标（序号）", "Criteria served (No.)"),
    )
    items = assessment["evidence"]
    accepted = sum(bool(item["accepted"]) for item in items)
    count = say(
        f"共 {len(items)} 件，采信 {accepted} 件，未采信 {len(items) - accepted} 件。",
        f"{len(items)} items: {accepted} accepted, {len(items) - accepted} not.",
    )
    return Part(
        heading=numbered("evidence", assessment, "佐证清单", "Evidence", say),
        intro=(Line(count), *unchecked(assessment, say)),
        table=table(
            "evidence", heads, _by_kind(items, len(heads), numbers, say), say("未提交佐证。", "No evidence.")
        ),
        passages=(*attachments(assessment, say), *_problems(assessment, say)),
    )


def _by_kind(items: Sequence[Json], width: int, numbers: Mapping[str, int], say: Wording) -> Iterator[Row]:
    accepted = say("，采信", ", accepted")
    groups = [
        (say.pick(pair) + accepted, [item for item in items if item["accepted"] and item["kind"] == kind])
        for kind, pair in labels.EVIDENCE.items()
    ]
    groups.append((say("未采信", "Not accepted"), [item for item in items if not item["accepted"]]))
    for name, own in groups:
        if own:
            yield row(cell(say(f"{name}（{len(own)} 件）", f"{name} ({len(own)})"), span=width), kind="lead")
        yield from _by_type(own, numbers, say)


def _by_type(items: Sequence[Json], numbers: Mapping[str, int], say: Wording) -> Iterator[Row]:
    """A row for the items of one type that served the same criteria, in the order in which the first of them stands."""
    alike: dict[tuple[str, ...], list[Json]] = {}
    for item in items:
        alike.setdefault((item["kind"], item["type"], *item["criteria"]), []).append(item)
    for (_, _, *criteria), own in alike.items():
        served = say.numbers(sorted(numbers[name] for name in criteria if name in numbers))
        yield row(say.line(own[0]["label"]), cell(*(_item(item, say) for item in own)), cell(served or "—"))


def _item(item: Json, say: Wording) -> Line:
    """Identifier, date and title, then what else is known of the item, and why it was not accepted."""
    # A count has no number of its own: its label stands in the first column.
    identifier = None if item["kind"] == "count" else item["id"]
    head = " ".join(part for part in (identifier, item["date"], item["title"]) if part)
    if item["value"] is not None:
        value = (
            say.pick(labels.VALUES[item["value"]]) if item["value"] in labels.VALUES else str(item["value"])
        )
        head += (
            (say.colon if head else "") + value + (f" {say.line(item['unit']).text}" if item["unit"] else "")
        )
    parts = [head, *([item["number"]] if item["number"] else [])]
    if item["valid_to"]:
        parts.append(say(f"有效期至 {item['valid_to']}", f"valid to {item['valid_to']}"))
    if item["files"]:
        count = len(item["files"])
        parts.append(say(f"附件 {count} 个", f"{count} file" + ("s" if count > 1 else "")))
    parts.extend(text for change in item.get("changes") or () for text in change_of(change, say))
    if item["reason"]:
        parts.append(say("未采信", "not accepted") + say.colon + say.line(item["reason"]).text)
    return say.submitted(say.comma.join(parts))


def _problems(assessment: Json, say: Wording) -> tuple[Passage, ...]:
    if not assessment["integrity"]:
        return ()
    heads = (say("序号", "No."), say("问题", "Problem"), say("涉及佐证", "Evidence"))
    rows = [
        row(
            number(str(index)),
            cell(say.line(item["message"])),
            cell(say.submitted(say.join(item["evidence"])), *files_of(item, say)),
        )
        for index, item in enumerate(assessment["integrity"], 1)
    ]
    return (
        Passage(
            say("填报中发现的问题", "Problems found in the submission"), table=table("problems", heads, rows)
        ),
    )
