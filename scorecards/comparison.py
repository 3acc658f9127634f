"""From a comparison (its JSON) to a report: both sides, the difference of the scores taken apart, every changed criterion."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType

from scorecards import labels
from scorecards.comparison_sides import sides
from scorecards.digests import short_digest
from scorecards.labels import Pairs
from scorecards.model import Cell, Fact, Part, Report, Row, Table, cell, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording

CAUSES: Pairs = MappingProxyType(
    {
        "criterion_added": ("指标只在后一份中", "criteria of the later one alone"),
        "criterion_removed": ("指标只在前一份中", "criteria of the earlier one alone"),
        "review": ("复核决定", "reviewer's decisions"),
        "applicability": ("适用与否改变", "became (not) applicable"),
        "rules": ("规则改变", "rules changed"),
        "closed": ("到本阶段仍未提交，按 0 分计", "not submitted, closed at this stage"),
        "rated": ("检查人员评档", "inspector's ratings"),
        "evidence": ("数据或佐证改变", "numbers or evidence changed"),
        "time": ("时限已过", "time passed"),
        "prerequisite": ("前提指标改变", "prerequisites changed"),
        "confirmed": ("核实属实", "verified as claimed"),
        "other": ("其他", "other"),
    }
)
ADJUSTMENTS: Pairs = MappingProxyType(
    {
        "section_cap": ("类目得分上限", "cap of a section"),
        "base": ("计分的总分值改变", "the total that is scored against changed"),
        "bonus_cap": ("加分上限", "cap of the bonus"),
        "deduction": ("扣分", "deduction"),
        "deductions_cap": ("扣分上限", "cap of the deductions"),
        "section_floor": ("类目扣分以扣完为止", "a section loses no more than it earned"),
        "ended": ("一票否决终止评估", "ended by a veto"),
        "bounds": ("总分限于 0 至 100", "a score lies within 0 and 100"),
    }
)


def comparison_report(comparison: Json, lang: Language = "zh") -> Report:
    """The report of a comparison (the parsed JSON, ``{"comparison": 1, …}``) in Chinese or English."""
    say = Wording(lang)
    before, after = comparison["before"], comparison["after"]
    name = say.submitted(after["submission"]["subject"]["name"])
    digests = [short_digest(one["digest"]) for one in (before, after)]
    parts = [sides(comparison, say), _difference(comparison, say), _criteria(comparison, say)]
    parts += [*_unmatched(comparison, say), *_integrity(comparison, say), _method(comparison, say)]
    return Report(
        lang=lang,
        title=Line(say(f"对比：{name.text}", f"Comparison: {name.text}")),
        subtitle=_subtitle(before, after, say),
        running="\u3000".join(
            (
                say("对比表", "Comparison"),
                name.text,
                say(f"前 {digests[0]}，后 {digests[1]}", f"{digests[0]}, {digests[1]}"),
            )
        ),
        facts=_facts(before, after, say),
        parts=numbered(parts, say),
        remarks=tuple(_remarks(comparison, say)),
        wide=True,
    )


def _subtitle(before: Json, after: Json, say: Wording) -> str:
    stages = [say.pick(labels.STAGES[one["stage"]]) for one in (before, after)]
    if stages[0] != stages[1]:
        return say(f"{stages[0]}与{stages[1]}", f"{stages[0]} and {stages[1].lower()}")
    periods = [
        say.span(one["submission"]["period"]["from"], one["submission"]["period"]["to"])
        for one in (before, after)
    ]
    if periods[0] != periods[1]:
        return say("与", " and ").join(periods)
    if before["ruleset"]["id"] != after["ruleset"]["id"]:
        return say("标准的前后两版", "Two editions of a standard")
    return say("前后两次结果", "Two results")


def _facts(before: Json, after: Json, say: Wording) -> tuple[Fact, ...]:
    subjects = [one["submission"]["subject"] for one in (before, after)]
    shown = [
        say.submitted(f"{one['name']}{say('，编号', ', id')} {one['id']}{say('', '')}") for one in subjects
    ]
    rules = [say.line(one["ruleset"]["title"]) for one in (before, after)]
    region = say.submitted(say("", " ").join(subjects[1]["region"] or ["—"]))
    return (
        Fact(say("申报单位", "Subject"), tuple(dict.fromkeys(shown))),
        Fact(say("所在地区", "Region"), (region,)),
        Fact(say("依据规则", "Rules"), tuple(dict.fromkeys(rules)), wide=True),
    )


def _remarks(comparison: Json, say: Wording) -> Iterator[Line]:
    before, after = comparison["before"], comparison["after"]
    if before["submission"]["subject"]["id"] != after["submission"]["subject"]["id"]:
        yield Line(say("注意：对比的是两个单位。", "Note: these are two different subjects."))
    if comparison["same"]:
        yield Line(say("两份结果没有不同。", "The two results do not differ."))
    elif comparison["score"] is None:
        yield Line(
            say(
                "其中一份没有适用的指标，没有总分，只列出指标的变化。",
                "One of them has no score, since nothing applies: only the criteria are compared.",
            )
        )


def _difference(comparison: Json, say: Wording) -> Part:
    heading = say("总分之差的构成", "What the difference is made of")
    if comparison["score"] is None:
        return Part(heading, (Line(say("没有总分可比。", "There are no scores to compare.")),))
    heads = (
        say("原因", "Cause"),
        say("指标数", "Criteria"),
        say("影响已确认分", "On confirmed"),
        say("影响最高可达", "On attainable"),
    )
    rows = [
        row(
            say.pick(CAUSES[one["cause"]]),
            number(str(len(one["criteria"]))),
            *(number(one["effect"][end]) for end in ("floor", "ceiling")),
        )
        for one in comparison["causes"]
    ]
    for one in comparison["adjustments"]:
        title = say.pick(ADJUSTMENTS[one["kind"]])
        if one["title"]:
            title += say.colon + say.line(one["title"]).text
        rows.append(row(title, number("—"), *(number(one["effect"][end]) for end in ("floor", "ceiling"))))
    total = comparison["score"]
    rows.append(
        row(
            say("合计（后减前）", "Together (after − before)"),
            number(""),
            number(total["floor"]),
            number(total["ceiling"]),
            kind="total",
        )
    )
    intro = say(
        "单位：分（百分制）。一项指标有几种变化的，归入排在最前的原因。",
        "In points of 100. A criterion with several changes stands under the first cause.",
    )
    return Part(heading, (Line(intro),), table("causes", heads, rows, widths=(52, 16, 16, 16)))


def _criteria(comparison: Json, say: Wording) -> Part:
    chosen = [
        one for one in comparison["criteria"] if one["changed"] and one["match"] in ("same", "superseded")
    ]
    matched = sum(one["match"] in ("same", "superseded") for one in comparison["criteria"])
    intro = say(
        f"可对应的指标 {matched} 项，有变化 {len(chosen)} 项，其余 {matched - len(chosen)} 项没有变化。",
        f"{matched} criteria stand in both, {len(chosen)} changed, {matched - len(chosen)} did not.",
    )
    return Part(say("有变化的指标", "Criteria that changed"), (Line(intro),), changed_criteria(chosen, say))


def changed_criteria(criteria: Iterable[Json], say: Wording) -> Table:
    """A row for each of these criteria of a comparison: before, after, by how much it moved the score, and why."""
    heads = (
        say("条款与指标", "Clause and criterion"),
        say("前", "Before"),
        say("后", "After"),
        say("影响已确认分", "On confirmed"),
        say("影响最高可达", "On attainable"),
        say("变化与原因", "What changed and why"),
    )
    rows = (_changed(one, say) for one in criteria)
    return table("changes", heads, rows, say("无。", "None."), (23, 12, 12, 8, 8, 37))


def _changed(one: Json, say: Wording) -> Row:
    effect = one["effect"]
    return row(
        _name(one, say),
        _state(one["before"], say),
        _state(one["after"], say),
        *(number(effect[end] if effect else "—") for end in ("floor", "ceiling")),
        cell(*(say.line(change["text"]) for change in one["changes"])),
    )


def _name(one: Json, say: Wording) -> Cell:
    clause = say.standard(one["clause"] + (f" {one['item']}" if one["item"] else ""))
    lines = (
        [Line(f"{clause.text} {say.line(one['title']).text}")]
        if say.lang == "zh"
        else [clause, say.line(one["title"])]
    )
    if one["match"] == "superseded":
        lines.append(Line(say(f"承接 {one['before']['id']}", f"continues {one['before']['id']}")))
    return cell(*lines)


def _state(state: Json | None, say: Wording) -> Cell:
    if state is None:
        return cell("—", kind="outcome")
    outcome = say.pick(labels.OUTCOMES[state["outcome"]])
    if state["outcome"] == "not_applicable":
        return cell(outcome, kind="outcome")
    if state["outcome"] == "no_evidence" and state["waits"] and "evidence" not in state["waits"]:
        outcome = say.pick(labels.NOT_YET_DUE)
    veto = say("一票否决", "veto") if state["veto"] else ""
    return cell(outcome, f"{say.range(state['earned'])} / {state['points']}", veto, kind="outcome")


def _unmatched(comparison: Json, say: Wording) -> Iterator[Part]:
    for match, side, heading in (
        ("only_after", "after", say("只在后一份中的指标", "Criteria of the later one alone")),
        ("only_before", "before", say("只在前一份中的指标", "Criteria of the earlier one alone")),
    ):
        chosen = [one for one in comparison["criteria"] if one["match"] == match]
        if not chosen:
            continue
        heads = (
            say("标识", "Id"),
            say("条款与指标", "Clause and criterion"),
            say("判定与得分", "Outcome and points"),
            say("影响已确认分", "On confirmed"),
            say("影响最高可达", "On attainable"),
        )
        rows = [
            row(
                one["id"],
                _name(one, say),
                _state(one[side], say),
                *(number(one["effect"][end] if one["effect"] else "—") for end in ("floor", "ceiling")),
            )
            for one in chosen
        ]
        yield Part(heading, table=table(match, heads, rows, widths=(14, 42, 20, 12, 12)))


def _integrity(comparison: Json, say: Wording) -> Iterator[Part]:
    sides = (("added", say("后一份新增", "new")), ("gone", say("后一份不再有", "gone")))
    rows = [
        row(words, say.line(one["message"]), say.join(one["evidence"]) or "—")
        for key, words in sides
        for one in comparison["integrity"][key]
    ]
    if rows:
        heads = (say("变化", "Change"), say("提示", "Finding"), say("佐证", "Evidence"))
        yield Part(
            say("填报提示的变化", "Changes of integrity findings"),
            table=table("integrity", heads, rows, widths=(16, 60, 24)),
        )


def _method(comparison: Json, say: Wording) -> Part:
    return Part(
        say("怎么算的", "How this was computed"), tuple(Line(text) for text in _sentences(comparison, say))
    )


def _sentences(comparison: Json, say: Wording) -> Sequence[str]:
    found = [
        say(
            "总分 = 得分之和 ÷ 适用分值之和 × 100 + 加分 − 扣分。一项的影响分两部分：它的得分改变，折算成总分；"
            "它的适用分值改变，使其余每一分变轻或变重。",
            "Score = points earned ÷ applicable points × 100 + bonus − deductions. An effect has two parts: what the change of "
            "the points earned moves, and what the change of the applicable points moves by making every other point worth more "
            "or less.",
        ),
        say(
            "折算时，分母取前后两个适用分值倒数的平均数；只有自身变化的指标才有影响，各项影响精确相加等于总分之差。",
            "The two denominators weigh alike (the mean of their reciprocals). Only what itself changed has an effect, and the "
            "effects add up to the difference exactly.",
        ),
        say(
            "印出的数取两位小数，尾数分给余数最大的各行，使各行相加等于印出的总分之差；相同的影响可能因此相差 0.01。",
            "Printed numbers have two decimals; what is left goes to the largest remainders, so that the rows add up to the "
            "printed difference. Equal effects may therefore differ by 0.01.",
        ),
    ]
    bases = _bases(comparison["criteria"])
    if bases:
        found.append(
            say(
                f"其中适用分值改变的指标：{say.join(bases)}。",
                f"Criteria whose applicable points changed: {say.join(bases)}.",
            )
        )
    return found


def _bases(criteria: Iterable[Json]) -> list[str]:
    return [one["id"] for one in criteria if one["effect"] and set(one["effect"]["base"].values()) != {"0"}]
