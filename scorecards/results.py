"""Parts 2 and 3, and the part with all criteria: the sections, what is not met, everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scorecards import labels
from scorecards.actions import remedy
from scorecards.amounts import amount, brief, total
from scorecards.entries import Entry
from scorecards.model import Bar, Cell, Chart, Part, Row, Sections, cell, number, row, table
from scorecards.numbering import heading
from scorecards.reviewed import passed, stage_label
from scorecards.wording import Json, Line, Wording


def sections(assessment: Json, say: Wording) -> Sections:
    """Part 2: points by section, and the chart of their rates."""
    listed = assessment["sections"]
    heads = (
        say("类目", "Section"),
        say("满分", "Full points"),
        say("不适用", "Left out"),
        say("适用分", "Counted"),
        say("已得分", "Earned"),
        say("最高可得", "Attainable"),
        say("得分率", "Rate"),
        say("鼓励加分", "Bonus"),
    )
    return Sections(
        heading=say("二、分类目得分", "2. Results by section"),
        table=table(
            "sections", heads, [*(_section_row(item, say) for item in listed), *_total_row(assessment, say)]
        ),
        remarks=tuple(_section_remarks(assessment, say)),
        chart=Chart(
            title=say(
                "各类目得分率（占适用分的百分比）", "Rate by section (percent of the applicable points)"
            ),
            bars=tuple(_bar(item, say) for item in listed if amount(item["points"])),
            confirmed=say("已确认", "confirmed"),
            undecided=say("待定", "undecided"),
        ),
    )


def _section_row(item: Json, say: Wording) -> Row:
    applicable = total_less(item["points"], item["not_applicable_points"])
    if item["cap"] is not None:
        applicable = brief(min(amount(applicable), amount(item["cap"])))
    return row(
        say.line(item["title"]),
        *_points(item["points"], item["not_applicable_points"], applicable, item["earned"]),
        number(_rate(item, say)),
        number(say.range(item["bonus"])),
    )


def total_less(points: str, away: str) -> str:
    """``points − away`` as printed."""
    return brief(amount(points) - amount(away))


def _points(points: str, away: str, applicable: str, earned: Json) -> list[Cell]:
    return [number(text) for text in (points, away, applicable, earned["floor"], earned["ceiling"])]


def _rate(item: Json, say: Wording) -> str:
    return "—" if item["rate"] is None else say.range(item["rate"]) + "%"


def _total_row(assessment: Json, say: Wording) -> list[Row]:
    score = assessment["score"]
    if score is None:
        return []
    points = total([score["applicable_points"], score["not_applicable_points"]])
    cells = _points(points, score["not_applicable_points"], score["applicable_points"], score["earned"])
    return [
        row(cell(say("合计", "Total")), *cells, number("—"), number(say.range(score["bonus"])), kind="total")
    ]


def _section_remarks(assessment: Json, say: Wording) -> Iterable[Line]:
    yield Line(
        say(
            "满分、已得分不含鼓励项；“不适用”的分值已从适用分中减去。",
            "Full points and points earned leave out “may” criteria; points that do not apply are taken out.",
        )
    )
    cap = assessment["ruleset"]["scoring"]["bonus_cap"]
    if cap is not None:
        yield Line(say(f"鼓励加分合计以 {cap} 分为限。", f"The bonus is capped at {cap} points."))
    for item in assessment["sections"]:
        if item["cap"] is not None:
            name = say.line(item["title"]).text
            yield Line(
                say(f"“{name}”以 {item['cap']} 分为限。", f"“{name}” is capped at {item['cap']} points.")
            )
    for item in assessment["deductions"]:
        name, lost = say.line(item["title"]).text, say.range(item["lost"])
        if "section" in item:
            section = next(one for one in assessment["sections"] if one["id"] == item["section"])
            title = say.line(section["title"]).text
            name = say(f"{name}（从“{title}”中扣，扣完为止）", f"{name} (from “{title}”, down to 0)")
        why = say.semicolon.join(
            say.line(finding["reason"]).text for finding in item["findings"] if finding.get("reason")
        )
        yield Line(
            say(
                f"扣分：{name}，扣 {lost} 分" + (f"（{why}）。" if why else "。"),
                f"Deduction: {name}, {lost} points" + (f" ({why})." if why else "."),
            )
        )


def _bar(item: Json, say: Wording) -> Bar:
    rate = item["rate"]
    floor, ceiling = (
        (None, None) if rate is None else (float(amount(rate[end])) for end in ("floor", "ceiling"))
    )
    value = say("不适用", "n/a") if rate is None else _rate(item, say)
    return Bar(say.line(item["title"]), floor, ceiling, value)


def unmet(entries: Sequence[Entry], say: Wording) -> Part:
    """Part 3: what is decided and not fully met."""
    chosen = [entry for entry in entries if entry.unmet]
    heads = (
        say("要求", "Required"),
        say("实际", "Actual"),
        say("差距与办法", "Shortfall and remedy"),
        say("原因", "Reason"),
        say("佐证", "Evidence"),
    )
    none = say("无。", "None.")
    return Part(
        heading=say("三、未达标和部分达标的指标", "3. Criteria not met or partly met"),
        intro=(Line(say(f"共 {len(chosen)} 项。", f"{len(chosen)} criteria.")),) if chosen else (),
        table=table(
            "unmet", heads, [made for entry in chosen for made in _unmet_rows(entry, len(heads), say)], none
        ),
    )


def _unmet_rows(entry: Entry, width: int, say: Wording) -> list[Row]:
    mend = remedy(entry, say) if entry.mendable else []
    return [
        row(cell(*_lead(entry, say), span=width), kind="lead"),
        row(
            cell(*entry.required()),
            cell(*entry.texts("measured") or [Line("—")]),
            cell(*[*entry.shortfalls(), *mend] or [Line("—")]),
            cell(*entry.why()),
            cell(entry.evidence()),
        ),
    ]


def _lead(entry: Entry, say: Wording) -> list[Line]:
    """Number, clause, title, outcome and points on one line (two in English, where the clause is Chinese)."""
    points = say(
        f"{entry.outcome_label}，得 {entry.earned} 分/满分 {entry.data['points']} 分",
        f"{entry.outcome_label}, {entry.earned} of {entry.data['points']} points",
    )
    if entry.data["level"] == "may":
        points += say("，鼓励项不减分", "; a “may” criterion takes nothing away")
    if say.lang == "zh":
        return [Line(f"{entry.number}. {entry.clause.text} {entry.title.text}\u3000{points}")]
    return [Line(f"{entry.number}. {entry.title.text}: {points}"), entry.clause]


def all_criteria(assessment: Json, entries: Sequence[Entry], say: Wording) -> Part:
    """The part with every criterion, by section; with the points of every stage where there were reviews."""
    points = [stage_label(one["stage"], say) for one in passed(assessment)] or [say("得分", "Earned")]
    heads = (
        say("条款", "Clause"),
        say("序号、指标和编号", "No., criterion and id"),
        say("层级和分值", "Level, points"),
        say("判定", "Outcome"),
        *points,
        say("实测", "Measured"),
        say("理由", "Reason"),
    )
    rows: list[Row] = []
    for section in assessment["sections"]:
        own = [entry for entry in entries if entry.data["section"] == section["id"]]
        rows += [
            row(cell(say.line(section["title"]), span=len(heads)), kind="lead"),
            *(_criterion_row(entry, say) for entry in own),
        ]
    title = heading("criteria", assessment, "全部指标", "All criteria", say)
    if not passed(assessment):
        return Part(title, table=table("criteria", heads, rows))
    widths = (8, 31 - 3 * len(points), 8, 8, *[6] * len(points), 12, 33 - 3 * len(points))
    return Part(
        title,
        (Line(_stages_note(assessment, say)),),
        table("criteria-stages", heads, rows, widths=widths),
    )


def _stages_note(assessment: Json, say: Wording) -> str:
    last = say.pick(labels.STAGES[assessment["stage"]])
    return say(
        f"“自报”是只看申报材料的自查得分，其后各列是各阶段复核后的得分，以最后一列（{last}）为准；改动逐条列在理由中。",
        "“Claimed” is the self-check on the submission alone; the columns behind it are the points after each review, "
        f"and the last one ({last.lower()}) counts. Every change is explained under Reason.",
    )


def _criterion_row(entry: Entry, say: Wording) -> Row:
    level = f"{say.pick(labels.LEVELS[entry.data['level']])} {entry.data['points']}"
    marks = [say("一票否决", "veto")] if entry.data["veto"] else []
    return row(
        entry.clause,
        Line(f"{entry.number}. {entry.title.text} [{entry.data['id']}]", entry.title.lang),
        number(level, *marks),
        cell(entry.outcome_label, kind="outcome"),
        *(number(text) for text in entry.stages() or [entry.earned]),
        cell(*entry.texts("measured")),
        cell(*entry.why()),
    )
