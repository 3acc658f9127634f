"""A section of a handbook: every criterion in a small table of its own."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards import labels
from scorecards.handbook_scoring import deduction_heads, deduction_rows, veto_words
from scorecards.model import Cell, Part, Passage, Row, Table, cell, number, row, table
from scorecards.wording import Json, Line, Wording

KINDS = {
    "documents": ("文件", "Document"),
    "events": ("活动", "Event"),
    "counts": ("数据", "Count"),
    "statements": ("事项", "Statement"),
    "units": ("单元", "Unit"),
}
_FORMS = {
    "deduct": (
        "从 {} 分起，按下列情形扣，扣到 0 为止",
        "From {} points, less what these lines take, down to 0",
    ),
    "earn": ("按下列情形累计得分，至多 {} 分", "These lines add up, to {} points at most"),
    "best_of": ("下列情形取得分最高的一种，至多 {} 分", "The best of these counts, {} points at most"),
}
_ROWS = {
    "check": ("分档", "Degrees"),
    "deduct": ("扣分", "Deductions"),
    "earn": ("得分", "Points"),
    "best_of": ("情形", "Alternatives"),
}
_DUTIES = {**labels.SUBJECTS, "province": ("省", "Province")}


def section_part(section: Json, say: Wording) -> Part:
    """One section: what it counts, its deductions, its criteria."""
    count = len(section["criteria"])
    intro = say(
        f"{count} 项指标，应、宜指标共 {section['points']} 分",
        f"{count} criteria; must and should: {section['points']} points",
    )
    if section["cap"] is not None:
        intro += say(f"，本类目得分至多 {section['cap']} 分", f"; the section earns {section['cap']} at most")
    passages = [_passage(one, say) for one in section["criteria"]]
    if section["deductions"]:
        rows = deduction_rows(section["deductions"], say)
        taken = table("taken", deduction_heads(say), rows, widths=(28, 50, 22))
        heading = say("从本类目得分里扣，扣到 0 为止", "Deductions from this section, down to 0")
        passages.append(Passage(heading, table=taken))
    return Part(say.line(section["title"]).text, (Line(intro + say("。", ".")),), passages=tuple(passages))


def _passage(one: Json, say: Wording) -> Passage:
    return Passage(f"{one['id']}\u3000{say.line(one['title']).text}", table=_table(one, say))


def _table(one: Json, say: Wording) -> Table:
    clause = one["clause"] + (f" {one['item']}" if one["item"] else "")
    about = say.standard(say(f"条款 {clause}", f"Clause {clause}")).text
    level = say.pick(labels.LEVELS[one["level"]])
    marks = [level] if one["veto"] is None else [level, say("一票否决", "veto")]
    points = one["points"]
    # Repeated where the table runs on to the next page: so the id stands there too.
    heads = (about, f"{one['id']}\u3000{say.join(marks)}", say(f"{points} 分", f"{points} points"))
    return table("criterion", heads, _rows(one, say), widths=(18, 60, 22))


def _rows(one: Json, say: Wording) -> Iterator[Row]:
    yield _row(say("要求", "Requirement"), say.line(one["requirement"]), *_remarks(one, say))
    if one["applies_when"]:
        yield _row(say("适用条件", "Applies when"), *_lines(one["applies_when"], say))
    if one["requires"]:
        named = [f"{each['id']} {say.line(each['title']).text}" for each in one["requires"]]
        yield _row(
            say("前提", "First"),
            Line(say(f"先要达标：{say.join(named)}", f"satisfied first: {say.join(named)}")),
        )
    yield _row(say("怎样判定", "How it is judged"), *_judged(one, say))
    label = say("日期", "Dates") if _dated(one) else say.pick(_ROWS[one["form"]])
    for n, degree in enumerate(one["degrees"]):
        yield row(
            _label(label if not n else ""), say.line(degree["case"]), number(say.line(degree["worth"]).text)
        )
    if one["veto"] is not None:
        effect = veto_words(one["veto"], say)
        yield _row(say("一票否决", "Veto"), Line(say(f"没有达标的，{effect}", f"Where it fails: {effect}")))
    for n, item in enumerate(one["evidence"]):
        yield _row(say("佐证", "Evidence") if not n else "", *_item(item, say))
    yield _row(say("职责与核实", "Duty, verified by"), *_duty(one, say))
    yield _row(say("怎样做到", "What to do"), say.line(one["remedy"]))
    yield _row(say("数的来源", "The figures"), Line(_basis(one, say)))


def _dated(one: Json) -> bool:
    return one["form"] == "check" and any(each["case"]["en"].startswith("from 2") for each in one["degrees"])


def _row(label: str, *lines: Line) -> Row:
    return row(_label(label), cell(*lines, span=2))


def _label(text: str) -> Cell:
    return cell(text, kind="label")


def _remarks(one: Json, say: Wording) -> Iterator[Line]:
    if one["nature"] == "prohibition":
        yield Line(
            say(
                "要求不发生的事，发生了本期不能补。",
                "This must not occur; what has occurred cannot be made up.",
            )
        )
    if one["printed"]:
        yield Line(say(f"原文编号印作 {one['printed']}。", f"Its text prints the number {one['printed']}."))
    if one["supersedes"]:
        yield Line(say(f"承接上一版的 {one['supersedes']}。", f"Continues {one['supersedes']}."))


def _judged(one: Json, say: Wording) -> Iterator[Line]:
    if one["form"] in _FORMS:
        yield Line(say.pick(_FORMS[one["form"]]).format(one["points"]))
    yield from _lines(one["asked"], say)
    credit = [say.line(each).text for each in one["credit"]]
    if credit:
        yield Line(say(f"得分：{'；'.join(credit)}。", f"Points: {'; '.join(credit)}."))


def _lines(told: list[Json], say: Wording) -> Iterator[Line]:
    """What is asked, members of a group numbered below it."""
    numbers: dict[int, int] = {}
    for one in told:
        depth = one["depth"]
        numbers = {level: n for level, n in numbers.items() if level <= depth}
        numbers[depth] = numbers.get(depth, 0) + 1
        line = say.line(one["text"])
        mark = ".".join(str(numbers[level]) for level in range(1, depth + 1))
        yield Line(f"{mark}. {line.text}", line.lang) if depth else line


def _item(item: Json, say: Wording) -> Iterator[Line]:
    label = say.line(item["label"])
    yield Line(say.pick(KINDS[item["kind"]]) + say.colon + label.text, label.lang)
    if item["help"] is not None:
        text = say.line(item["help"])
        yield Line(say("口径：", "") + text.text, text.lang)
    if item["lines"]:
        lines = [say.line(each).text for each in item["lines"]]
        yield Line(say.semicolon.join(lines) + say("。", "."))


def _duty(one: Json, say: Wording) -> Iterator[Line]:
    duties = say.join(say.pick(_DUTIES[each]) for each in one["duty_of"])
    yield Line(say(f"由{duties}负责", f"Duty of: {duties.lower()}"))
    if one["responsible"]:
        named = "、".join(say.standard(each).text for each in one["responsible"])
        head = say("标准点名：", "Named by the standard:")
        # Its units have Chinese names alone.
        yield from (Line(head + named),) if say.lang == "zh" else (Line(head), Line(named, "zh"))
    method = say.pick(labels.METHODS[one["method"]])
    yield Line(say(f"核实方式：{method}", f"Verified by {method}"))


def _basis(one: Json, say: Wording) -> str:
    stated = [
        f"{say.pick(labels.BASIS_OF[key])}{say.colon}{say.pick(labels.BASES[value])}"
        for key, value in one["basis"].items()
    ]
    return say.semicolon.join(stated)
