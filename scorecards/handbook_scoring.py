"""The first part of a handbook: how the score comes about, grades, vetoes, bonus, deductions."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards import labels
from scorecards.model import Part, Passage, Row, cell, number, row, table
from scorecards.wording import Json, Line, Wording

_EFFECTS = {
    "refuse": ("不论多少分都不能通过", "not accepted, whatever the score"),
    "end": ("评估终止，总分记 0 分", "ends the assessment: the score is 0"),
}


def scoring_part(handbook: Json, say: Wording) -> Part:
    """How the score comes about."""
    passages = [
        Passage(say("总分", "The score"), tuple(map(Line, _score(handbook, say)))),
        _grades(handbook, say),
        _vetoes(handbook, say),
        *_deductions(handbook, say),
        Passage(say("怎样读每项指标", "How to read a criterion"), tuple(map(Line, _reading(say)))),
    ]
    return Part(
        say("怎样评分", "How it is scored"),
        passages=tuple(
            Passage(say(f"（{'一二三四五六'[n]}）", f"1.{n + 1} ") + one.heading, one.sentences, one.table)
            for n, one in enumerate(passages)
        ),
    )


def _score(handbook: Json, say: Wording) -> Iterator[str]:
    scoring = handbook["scoring"]
    if scoring["model"] == "absolute":
        total = scoring["total"]
        rest = ("满分", "in full") if scoring["not_applicable"] == "full" else ("零分", "as nothing")
        share = ("", "") if total == "100" else (f" ÷ {total} × 100", f" ÷ {total} × 100")
        yield say(
            f"总分 = 各类目得分之和{share[0]}；不适用的指标按{rest[0]}计。",
            f"Score = points earned in all sections{share[1]}; what does not apply counts {rest[1]}.",
        )
    elif scoring["model"] == "flat":
        yield say(
            "各项指标等权：总分 = 得分率之和 ÷ 适用项数 × 100；不适用的不算在内。",
            "Every criterion weighs the same: score = credits ÷ applicable criteria × 100.",
        )
    else:
        yield say(
            "总分 = 得分之和 ÷ 适用分值之和 × 100；不适用的指标不算在内。",
            "Score = points earned ÷ applicable points × 100; what does not apply leaves both sums.",
        )
    if any(one["cap"] is not None or one["deductions"] for one in handbook["sections"]):
        yield say(
            "类目写明得分上限的，多出的分不计；写明扣分的，再从类目得分里扣，扣到 0 为止。",
            "A section counts no more than its cap; its deductions come off what it earned, down to 0.",
        )
    criteria = [one for section in handbook["sections"] for one in section["criteria"]]
    if scoring["bonus_cap"] is not None and any(one["level"] == "may" for one in criteria):
        yield say(
            f"鼓励指标从不降低得分，得到的分直接加在总分上，合计至多 {scoring['bonus_cap']} 分。",
            f"Encouraged criteria never lower a score; what they earn is added to it, {scoring['bonus_cap']} points at most.",
        )
    yield say("总分在 0 到 100 之间。", "The score lies within 0 and 100.")


def _grades(handbook: Json, say: Wording) -> Passage:
    scoring = handbook["scoring"]
    heads = (
        say("等级", "Grade"),
        say("总分不低于", "Score at least"),
        say("分数线的来源", "The figure is"),
        say("是否达标", "Accepted"),
    )
    rows, accepted = [], True
    for one in scoring["grades"]:
        rows.append(
            row(
                say.line(one["title"]),
                number(one["at_least"]),
                number(say.pick(labels.BASES[one["basis"]])),
                number(say.pick(labels.ACCEPTED[accepted])),
            )
        )
        accepted = accepted and one["id"] != scoring["pass"]
    return Passage(
        say("等级与达标", "Grades and acceptance"),
        table=table("grades", heads, rows, widths=(28, 22, 28, 22)),
    )


def veto_words(veto: Json, say: Wording) -> str:
    """What a failed veto does."""
    if veto["effect"] == "cap":
        grade = say.line(veto["grade"]).text
        return say(f"等级最高只能评为“{grade}”", f"no grade above “{grade}”")
    return say.pick(_EFFECTS[veto["effect"]])


def _vetoes(handbook: Json, say: Wording) -> Passage:
    heads = (
        say("指标", "Criterion"),
        say("没有达标时", "Where it fails"),
        say("一票否决的来源", "The veto is"),
    )
    rows = [
        row(
            cell(one["id"], say.line(one["title"])),
            veto_words(one["veto"], say),
            number(say.pick(labels.BASES[one["basis"]["veto"]])),
        )
        for section in handbook["sections"]
        for one in section["criteria"]
        if one["veto"] is not None
    ]
    return Passage(
        say("一票否决", "Vetoes"),
        table=table("handbook-vetoes", heads, rows, say("没有。", "None."), (46, 34, 20)),
    )


def _deductions(handbook: Json, say: Wording) -> Iterator[Passage]:
    deductions = handbook["scoring"]["deductions"]
    if deductions is not None:
        intro = say(
            f"从总分里扣，合计至多 {deductions['cap']} 分。",
            f"From the score, {deductions['cap']} points at most.",
        )
        yield Passage(
            say("从总分里扣", "Deductions from the score"),
            (Line(intro),),
            table(
                "taken", deduction_heads(say), deduction_rows(deductions["lines"], say), widths=(28, 50, 22)
            ),
        )


def deduction_heads(say: Wording) -> tuple[str, str, str]:
    """The heads of a table of deductions."""
    return say("名称", "Title"), say("情形", "Case"), say("扣分", "Points")


def deduction_rows(lines: list[Json], say: Wording) -> list[Row]:
    """A row for each line of deductions."""
    return [row(say.line(one["title"]), say.line(one["case"]), say.line(one["worth"])) for one in lines]


def _reading(say: Wording) -> Iterator[str]:
    yield say(
        "“应”必须做到；“宜”计分同“应”，单独标出；“鼓励”只加分。",
        "Must: required. Should: scores like must, printed apart. May: encouraged, adds a bonus.",
    )
    yield say(
        "没有提交和没有不一样：自查时没有填报的待定，验收时没有填报的按未达标计；确实没有的，填 0、否，或写明没有。",
        "Not submitted is not the same as none: what is not submitted is open in a self-check and earns nothing at an "
        "inspection; where there is none, state 0, no, or that there is none.",
    )
    yield say(
        "日期在数据截止日以后的佐证不计；过去的时段不能补。",
        "Evidence dated after the data date does not count; a window that is over cannot be made up.",
    )
    yield say(
        "“标准载明”的数是标准写的，“规则自定”的数是本规则集定的。",
        "A figure is either stated by the standard or set by the ruleset.",
    )
