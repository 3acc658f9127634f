"""Part 1: who was scored against what, the conclusion, the four figures, the vetoes and what to do first."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction
from typing import Any

from scorecards import labels
from scorecards.actions import most_valuable
from scorecards.amounts import amount, difference, percent, total
from scorecards.codes import code_of
from scorecards.entries import Entry
from scorecards.model import Conclusion, Fact, Figure, Passage, cell, number, row, table
from scorecards.numbering import named
from scorecards.outlook import remark
from scorecards.reviewed import stages
from scorecards.wording import Json, Line, Wording


def conclusion(assessment: Json, entries: Sequence[Entry], say: Wording) -> Conclusion:
    """Part 1 of the scorecard."""
    return Conclusion(
        heading=say("一、结论", "1. Conclusion"),
        facts=_facts(assessment, say),
        verdict=verdict(assessment, entries, say),
        figures=_figures(assessment, say),
        remarks=_remarks(assessment, entries, say),
        vetoes=_vetoes(assessment, entries, say),
        actions=most_valuable(assessment, entries, say),
        stages=stages(assessment, say),
    )


def pass_grade(assessment: Json) -> Json:
    """The grade that acceptance needs."""
    scoring = assessment["ruleset"]["scoring"]
    found: Json = next(grade for grade in scoring["grades"] if grade["id"] == scoring["pass"])
    return found


def _facts(assessment: Json, say: Wording) -> tuple[Fact, ...]:
    submission, ruleset = assessment["submission"], assessment["ruleset"]
    subject, standard = submission["subject"], ruleset["standard"]
    unstated = say("标准文本未载明", "not stated in its text")
    issuer = say.standard(standard["issuer"]) if standard.get("issuer") else Line(unstated)
    issued = say.date(standard["issued"]) if standard.get("issued") else unstated
    region = "" if say.lang == "zh" else " "
    return (
        Fact(
            say("申报单位", "Subject"),
            (
                say.submitted(str(subject["name"])),
                say.submitted(say("编号", "id") + say.colon + str(subject["id"])),
            ),
        ),
        Fact(say("单位类别", "Kind"), (Line(say.pick(labels.SUBJECTS[subject["kind"]])),)),
        Fact(say("所在地区", "Region"), (say.submitted(region.join(subject.get("region") or ["—"])),)),
        Fact(say("评估阶段", "Stage"), (Line(say.pick(labels.STAGES[assessment["stage"]])),)),
        Fact(
            say("评估期", "Period"),
            (Line(say.span(submission["period"]["from"], submission["period"]["to"])),),
        ),
        Fact(say("数据截止日", "Evidence up to"), (Line(say.date(assessment["as_of"])),)),
        Fact(say("依据标准", "Standard"), (say.standard(_book_title(standard["title"])),), wide=True),
        Fact(say("发布机关", "Issuer"), (issuer,)),
        Fact(say("发布日期", "Issued"), (Line(issued),)),
        Fact(
            say("规则集", "Ruleset"),
            (
                Line(
                    say(
                        f"{ruleset['id']}，版本 {ruleset['version']}",
                        f"{ruleset['id']}, version {ruleset['version']}",
                    )
                ),
            ),
            wide=True,
        ),
        Fact(
            say("核验码", "Code"),
            (Line(code_of(assessment["digest"])),),
            wide=True,
        ),
        Fact(say("结果校验码", "Digest"), (Line(assessment["digest"]),), wide=True),
    )


def _book_title(title: str) -> str:
    return title if title.startswith("《") else f"《{title}》"


def verdict(assessment: Json, entries: Sequence[Entry], say: Wording) -> str:
    """The conclusion in a sentence, with its reason."""
    score: Any = assessment["score"]
    grade = pass_grade(assessment)
    name, least = say.line(grade["title"]).text, grade["at_least"]
    failing = [entry for entry in entries if entry.data["id"] in assessment["vetoes"]]
    ended = _titles([entry for entry in failing if effect_of(entry) == "end"], say)
    if ended:
        return say(
            f"一票否决项{ended}未达标，评估终止，记 0 分，不能达标。",
            f"Not accepted: the veto criterion {ended} is not met, which ends the assessment at 0 points.",
        )
    failed = _titles([entry for entry in failing if effect_of(entry) == "refuse"], say)
    if assessment["accepted"] is False and failed:
        return say(
            f"一票否决项{failed}未达标，无论得分多少，本次不能达标。",
            f"Not accepted: the veto criterion {failed} is not met, whatever the score.",
        )
    if score is None:
        return say(
            "没有一项指标适用于本单位，不计算得分，也不作出达标与否的结论。",
            "No criterion applies to this subject: there is no score and no conclusion.",
        )
    capped = [entry for entry in failing if effect_of(entry) == "cap"]
    if assessment["accepted"] is False and amount(score["ceiling"]) >= amount(least):
        return say(
            f"一票否决项{_titles(capped, say)}未达标，等次{_capped(assessment, capped, say)}，低于“{name}”，不能达标。",
            f"Not accepted: the veto criterion {_titles(capped, say)} is not met; the grade is "
            f"{_capped(assessment, capped, say)}, which is below “{name}”.",
        )
    if assessment["accepted"] is False:
        gap = difference(least, score["ceiling"])
        return say(
            f"即使待定事项全部按最好情况计，最高也只能得 {score['ceiling']} 分，"
            f"比“{name}”达标线 {least} 分低 {gap} 分，不能达标。",
            f"Not accepted: even if everything undecided turned out well, the score would be {score['ceiling']}, "
            f"{gap} below the pass mark of {least} (“{name}”).",
        )
    if assessment["accepted"]:
        stage = say.pick(labels.STAGES[assessment["stage"]])
        vetoed = any(entry.data["veto"] for entry in entries)
        also = say("，一票否决项均已通过", ", and every veto is passed") if vetoed and not failing else ""
        return say(
            f"已确认得分 {score['floor']} 分，不低于“{name}”达标线 {least} 分{also}，{stage}结果为达标。",
            f"{stage}: accepted. {score['floor']} points are confirmed, not below the pass mark of {least} (“{name}”)"
            f"{also}.",
        )
    return _undecided(assessment, entries, say)


def _undecided(assessment: Json, entries: Sequence[Entry], say: Wording) -> str:
    score, grade = assessment["score"], pass_grade(assessment)
    name, least = say.line(grade["title"]).text, grade["at_least"]
    count = sum(entry.undecided for entry in entries)
    vetoes = _titles([entry for entry in entries if entry.data["veto"] and entry.undecided], say)
    if amount(score["floor"]) >= amount(least):
        return say(
            f"已确认得分 {score['floor']} 分，已不低于“{name}”达标线 {least} 分；"
            f"但一票否决项{vetoes}尚未判定，是否达标暂不能确定。",
            f"Undecided: {score['floor']} points are confirmed, not below the pass mark of {least} (“{name}”), "
            f"but the veto criterion {vetoes} is not judged yet.",
        )
    gap = difference(least, score["floor"])
    return say(
        f"已确认得分 {score['floor']} 分，最高可达 {score['ceiling']} 分，“{name}”达标线为 {least} 分；"
        f"尚有 {count} 项指标待定，至少还需 {gap} 分，是否达标暂不能确定。",
        f"Undecided: {score['floor']} points are confirmed, {score['ceiling']} are attainable, and the pass mark "
        f"is {least} (“{name}”). {count} criteria are undecided; at least {gap} more points are needed.",
    )


def _titles(entries: Sequence[Entry], say: Wording) -> str:
    return say.join(say(f"“{entry.title.text}”", f"“{entry.title.text}”") for entry in entries)


def _figures(assessment: Json, say: Wording) -> tuple[Figure, ...]:
    score, grade = assessment["score"], pass_grade(assessment)
    least, name = grade["at_least"], say.line(grade["title"]).text
    basis = say.pick(labels.BASES[grade["basis"]])
    line = Figure(
        say("达标线", "Pass mark"), least, say(f"“{name}”等次，{basis}", f"grade “{name}”, {basis}")
    )
    if score is None:
        none = say("无适用指标", "no criterion applies")
        return (
            Figure(say("已确认分", "Confirmed"), "—", none),
            Figure(say("最高可达", "Attainable"), "—", none),
            line,
            Figure(say("至少还需", "Still needed"), "—", none),
        )
    gap = difference(least, score["floor"])
    reach = difference(score["ceiling"], score["floor"])
    if amount(gap) == 0:
        note = say("已不低于达标线", "the pass mark is reached")
    elif amount(score["ceiling"]) < amount(least):
        note = say(f"待定事项至多再得 {reach} 分", f"the undecided can bring {reach} at most")
    else:
        note = say("达标线减已确认分", "pass mark minus confirmed")
    return (
        Figure(
            say("已确认分", "Confirmed"), score["floor"], say("待定事项按 0 分计", "the undecided counts 0")
        ),
        Figure(
            say("最高可达", "Attainable"),
            score["ceiling"],
            say("待定事项按满分计", "the undecided counts in full"),
        ),
        line,
        Figure(say("至少还需", "Still needed"), gap, note),
    )


def _remarks(assessment: Json, entries: Sequence[Entry], say: Wording) -> tuple[Line, ...]:
    remarks: list[str] = []
    score = assessment["score"]
    if score is not None:
        criteria = named("criteria", assessment, say)
        remarks.append(_grade(assessment, entries, say))
        away, count = score["not_applicable_points"], sum(not entry.applies for entry in entries)
        remarks.append(
            say(
                f"按分值计，已有 {percent(score['decided'])} 判定完毕。不适用 {count} 项，减去分值 {away} 分，理由见{criteria}。",
                f"{percent(score['decided'])} of the points are decided. {count} criteria do not apply, which takes "
                f"{away} points out; {criteria} gives the reasons.",
            )
        )
        remarks.append(
            say(
                f"鼓励项加分 {say.range(score['bonus'])} 分，扣分 {say.range(score['deductions'])} 分，已计入上列分数。",
                f"Bonus {say.range(score['bonus'])}, deductions {say.range(score['deductions'])}: "
                "both are in the figures above.",
            )
        )
        lost = [section["lost"] for section in assessment["sections"] if "lost" in section]
        if lost:
            taken = {end: total([one[end] for one in lost]) for end in ("floor", "ceiling")}
            remarks.append(
                say(
                    f"类目扣分 {say.range(taken)} 分，已从各类目得分中减去。",
                    f"Deductions from sections: {say.range(taken)} points, taken out of what the sections earned.",
                )
            )
    if assessment["integrity"]:
        count, sources = len(assessment["integrity"]), named("evidence", assessment, say)
        remarks.append(
            say(
                f"填报中发现 {count} 处问题，见{sources}。",
                f"{count} problems were found in the submission: see {sources}.",
            )
        )
    return (*(Line(text) for text in remarks), *remark(assessment, say))


def effect_of(entry: Entry) -> str:
    """What happens where this veto fails: ``refuse``, ``cap`` or ``end``."""
    return str(entry.data.get("veto_effect", "refuse"))


def _capped(assessment: Json, capping: Sequence[Entry], say: Wording) -> str:
    """The best grade that the vetoes ``capping`` leave, in words."""
    grades = assessment["ruleset"]["scoring"]["grades"]
    best = min(
        (grade for grade in grades if grade["id"] in {entry.data["veto_grade"] for entry in capping}),
        key=lambda grade: Fraction(grade["at_least"]),
    )
    title = say.line(best["title"]).text
    return say(f"最高只能是“{title}”", f"“{title}” at best")


def _grade(assessment: Json, entries: Sequence[Entry], say: Wording) -> str:
    grades, score = assessment["ruleset"]["scoring"]["grades"], assessment["score"]
    names = {grade["id"]: say.line(grade["title"]).text for grade in grades}
    capping = [entry for entry in entries if entry.applies and effect_of(entry) == "cap"]
    failed = [entry for entry in capping if entry.data["id"] in assessment["vetoes"]]
    why = ""
    if failed:
        titles, best = _titles(failed, say), _capped(assessment, failed, say)
        why = say(
            f"（一票否决项{titles}未达标，{best}）", f" (the veto criterion {titles} is not met: {best})"
        )
    if assessment["grade"] is not None:
        return say(f"等次：{names[assessment['grade']]}{why}。", f"Grade: {names[assessment['grade']]}{why}.")
    unsure = [entry for entry in capping if entry.undecided or entry in failed]
    low, high = (
        _grade_at(grades, Fraction(score["exact"][end]), {entry.data["veto_grade"] for entry in bars})
        for end, bars in (("floor", unsure), ("ceiling", failed))
    )
    return say(
        f"等次暂不能确定：按已确认分为“{names[low]}”，按最高可达为“{names[high]}”{why}。",
        f"Grade undecided: “{names[low]}” by the confirmed points, “{names[high]}” by the attainable ones{why}.",
    )


def _grade_at(grades: Sequence[Json], score: Fraction, caps: Collection[str]) -> str:
    """The grade that ``score`` means, none above one of ``caps``."""
    reached = max((one for one in grades if score >= Fraction(one["at_least"])), key=_line)
    return str(min((reached, *(one for one in grades if one["id"] in caps)), key=_line)["id"])


def _line(grade: Json) -> Fraction:
    return Fraction(grade["at_least"])


def _effect(entry: Entry, assessment: Json, say: Wording) -> list[str]:
    if effect_of(entry) == "end":
        return [say("不通过则评估终止", "ends the assessment")]
    if effect_of(entry) == "cap":
        best = _capped(assessment, [entry], say)
        return [say(f"不通过则等次{best}", f"otherwise {best}")]
    return []


def _vetoes(assessment: Json, entries: Sequence[Entry], say: Wording) -> Passage:
    rows = []
    for entry in entries:
        if not entry.data["veto"]:
            continue
        if entry.data["id"] in assessment["vetoes"]:
            state = say("未通过", "Failed")
        elif entry.undecided:
            state = say("尚未判定", "Not judged yet")
        else:
            state = say("通过", "Passed") if entry.applies else entry.outcome_label
        rows.append(
            row(
                number(str(entry.number)),
                entry.clause,
                entry.title,
                cell(state, *_effect(entry, assessment, say), kind="outcome"),
                cell(*entry.reasons()),
            )
        )
    heads = (
        say("序号", "No."),
        say("条款", "Clause"),
        say("指标", "Criterion"),
        say("判定", "Verdict"),
        say("理由", "Reason"),
    )
    return Passage(
        say("一票否决", "Vetoes"),
        table=table("vetoes", heads, rows, say("本规则集未设一票否决项。", "This ruleset has no veto.")),
    )
