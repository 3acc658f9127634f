"""What reviews said, as the scorecard prints it: every stage side by side, and of every number who decided it, how and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from scorecards import labels
from scorecards.digests import short_digest
from scorecards.model import Passage, Row, cell, number, row, table
from scorecards.numbering import within
from scorecards.wording import Json, Line, Wording

_KINDS = ("corrections", "rejected_evidence", "accepted_evidence", "ratings", "decisions", "confirmations")


def passed(assessment: Json) -> Sequence[Json]:
    """The stages side by side; none in an assessment without reviews, or of before there were any."""
    return assessment.get("stages") or ()


def stage_label(stage: str, say: Wording) -> str:
    """The name of a stage as the head of its points; those of the self-check are what was claimed."""
    return say.pick(labels.CLAIMED if stage == "self_check" else labels.STAGES[stage])


def stages(assessment: Json, say: Wording) -> Passage | None:
    """The score of every stage side by side; None where nothing was reviewed."""
    if not passed(assessment):
        return None
    titles = {grade["id"]: say.line(grade["title"]) for grade in assessment["ruleset"]["scoring"]["grades"]}
    known = {one["id"]: one for one in assessment["criteria"]}
    rows = [
        row(
            cell(stage_label(one["stage"], say)),
            number("—" if one["score"] is None else one["score"]["floor"]),
            number("—" if one["score"] is None else one["score"]["ceiling"]),
            cell(titles[one["grade"]] if one["grade"] else "—", kind="outcome"),
            cell(say.pick(labels.ACCEPTED[one["accepted"]]), kind="outcome"),
            cell(*([say.line(known[name]["title"]) for name in one["vetoes"]] or [Line("—")])),
        )
        for one in passed(assessment)
    ]
    heads = (
        say("阶段", "Stage"),
        say("已确认分", "Confirmed"),
        say("最高可达", "Attainable"),
        say("等次", "Grade"),
        say("结论", "Conclusion"),
        say("未通过的一票否决", "Failed vetoes"),
    )
    return Passage(
        say("各阶段得分", "The stages side by side"),
        table=table("stages", heads, rows, widths=(14, 14, 14, 16, 14, 28)),
    )


def lines(criterion: Json, say: Wording) -> Iterator[Line]:
    """What reviewers decided of a criterion or changed of its evidence, and what the machine had said."""
    review: Any = criterion.get("review")
    if review is not None:
        yield say.submitted(_entry(review, say))
    for change in criterion.get("changes") or ():
        yield say.submitted(_entry(change, say))
    if review is not None and review["entry"] == "decision":
        order = list(labels.STAGES)
        later = [
            one
            for one in criterion.get("changes") or ()
            if order.index(one["stage"]) > order.index(review["stage"])
        ]
        if later:
            yield Line(
                say(
                    f"{say.pick(labels.STAGES[review['stage']])}的判定早于其后的更正，仍按判定计分",
                    f"this decision of the {say.pick(labels.STAGES[review['stage']]).lower()} stands over what was changed later",
                )
            )
    machine: Any = criterion.get("machine")
    if machine is None:
        return
    replaced = review is not None and review["entry"] == "decision"
    if replaced or any(machine[key] != criterion[key] for key in ("outcome", "earned")):
        yield Line(_machine(say("复核前系统判定", "the machine before any review"), machine, say))
    under = criterion["stages"][-1].get("machine")
    if under is not None and under != machine:
        yield Line(_machine(say("更正后系统判定", "the machine on the corrected evidence"), under, say))


def change_of(change: Json, say: Wording) -> Iterator[str]:
    """A correction in the row of its own evidence: what was verified, and why; a rejection is the row's own reason."""
    if change["entry"] == "correction":
        stage = say.pick(labels.STAGES[change["stage"]])
        claimed, verified = (say.line(change[key]["text"]).text for key in ("claimed", "verified"))
        yield say(
            f"{stage}更正：{claimed} → {verified}", f"{stage.lower()}, corrected: {claimed} → {verified}"
        ) + (say(f"（{change['reason']}）", f" ({change['reason']})"))


def _machine(head: str, machine: Json, say: Wording) -> str:
    outcome = say.pick(labels.outcome(machine["outcome"], machine["waits"]))
    earned = say.range(machine["earned"])
    return head + say.colon + say(f"{outcome}，得 {earned} 分", f"{outcome}, earns {earned}")


def unsigned(one: Json, say: Wording) -> str:
    """One entry in a sentence that does not say whose it is: ``验收判定：部分达标，得 1 分：理由``."""
    return say.pick(labels.STAGES[one["stage"]]) + _what(one, say) + say.colon + str(one["reason"])


def _entry(one: Json, say: Wording) -> str:
    """One entry in a sentence: ``验收判定：部分达标，得 1 分（实地察看，2026年1月10日，工号 0042）：理由``."""
    stage = say.pick(labels.STAGES[one["stage"]])
    return stage + _what(one, say) + _how(one, say) + say.colon + str(one["reason"])


def _what(one: Json, say: Wording) -> str:
    match one["entry"]:
        case "correction":
            claimed, verified = (say.line(one[key]["text"]).text for key in ("claimed", "verified"))
            label = say.line(one["label"]).text
            return say(
                f"更正：{label} {claimed} → {verified}", f", corrected: {label} {claimed} → {verified}"
            )
        case "rejection":
            label = say.line(one["label"]).text
            return say(f"未采信：{label}", f", rejected: {label}")
        case "rating":
            return say(f"评为第 {one['level']} 档", f", rated level {one['level']}")
        case "confirmation":
            return say("核实：所报属实", ", verified as claimed")
        case _:
            outcome, earned = say.pick(labels.OUTCOMES[one["outcome"]]), one["earned"]
            points = "" if earned is None else say(f"，得 {earned} 分", f", earns {earned}")
            return say("判定：", ", decided: ") + outcome + points


def _how(one: Json, say: Wording) -> str:
    parts = [
        say.pick(labels.METHODS[one["method"]]) if one["method"] else "",
        say.date(one["date"]) if one["date"] else "",
        say("工号 ", "staff no. ") + say.join(one["by"]),
    ]
    text = say.comma.join(part for part in parts if part)
    return say(f"（{text}）", f" ({text})")


def reviewer(one: Json, say: Wording) -> str:
    """A reviewer: role, unit, staff number."""
    role = say.pick(labels.ROLES[one["role"]])
    return say.comma.join((role, str(one["unit"]), say("工号 ", "staff no. ") + str(one["number"])))


def record(assessment: Json, numbers: Mapping[str, int], say: Wording) -> Passage | None:
    """Every entry of every review in order; None where nothing was reviewed."""
    if not assessment["reviews"]:
        return None
    criteria = {one["id"]: one for one in assessment["criteria"]}
    rows = [made for one in assessment["reviews"] for made in _review(one, numbers, criteria, say)]
    heads = (
        say("事项", "What"),
        say("自报或系统判定", "Claimed, or the machine's"),
        say("核实或判定", "Verified or decided"),
        say("方法", "How"),
        say("日期", "When"),
        say("工号", "Staff no."),
        say("理由", "Reason"),
    )
    return Passage(
        within("method", 6, assessment, "复核记录", "Record of the reviews", say),
        table=table("record", heads, rows, widths=(22, 14, 13, 10, 14, 9, 18)),
    )


def _review(
    review: Json, numbers: Mapping[str, int], criteria: Mapping[str, Json], say: Wording
) -> Iterator[Row]:
    who = say.semicolon.join(reviewer(one, say) for one in (review["reviewer"], *review["also"]))
    head = say.pick(labels.STAGES[review["stage"]]) + say.colon + who
    nothing = (
        () if any(review[kind] for kind in _KINDS) else (Line(say("没有更正和判定", "nothing was changed")),)
    )
    yield row(cell(say.submitted(head), *_merged(review, say), *nothing, span=7), kind="lead")
    for kind in _KINDS:
        for one in review[kind]:
            yield _record_row(kind, one, review, numbers, criteria, say)


def _merged(review: Json, say: Wording) -> Sequence[Line]:
    merged: Any = review["merged"]
    if merged is None:
        return ()
    digests = say.join(short_digest(digest) for digest in merged["of"])
    text = say(
        f"由两份背对背复核合并：{digests}，分歧在 {merged['gap']} 以内的取低",
        f"made from two reviews written apart: {digests}; differences within {merged['gap']} take the lower",
    )
    if merged["third"] is not None:
        third = short_digest(merged["third"])
        text += say(f"，以外的由第三人裁定：{third}", f", those beyond were settled by a third: {third}")
    return (Line(text),)


def _record_row(
    kind: str, one: Json, review: Json, numbers: Mapping[str, int], criteria: Mapping[str, Json], say: Wording
) -> Row:
    name = one.get("criterion")
    about = (
        say.line(one["label"])
        if name is None
        else say.submitted(f"{numbers[name]}. {say.line(criteria[name]['title']).text}")
    )
    claimed, decided = _sides(kind, one, say)
    if kind == "decisions":
        claimed = _replaced(criteria[one["criterion"]], review["stage"], say)
    return row(
        about,
        claimed,
        decided,
        say.pick(labels.METHODS[one["method"]]) if one["method"] else "—",
        say.date(one["date"]) if one["date"] else "—",
        say.join(one["by"]),
        say.submitted(str(one["reason"])),
    )


def _replaced(criterion: Json, stage: str, say: Wording) -> Line:
    """What the machine says at the stage at which a decision stands instead."""
    machine = next(one["machine"] for one in criterion["stages"] if one["stage"] == stage)
    outcome, earned = (
        say.pick(labels.outcome(machine["outcome"], machine["waits"])),
        say.range(machine["earned"]),
    )
    return Line(say(f"系统：{outcome}，{earned} 分", f"machine: {outcome}, {earned}"))


def _sides(kind: str, one: Json, say: Wording) -> tuple[Line, Line]:
    """What was claimed, and what a reviewer says instead."""
    match kind:
        case "corrections":
            return say.line(one["claimed"]["text"]), say.line(one["verified"]["text"])
        case "rejected_evidence":
            return Line("—"), Line(say("不采信", "rejected"))
        case "accepted_evidence":
            return Line("—"), Line(say("恢复采信", "accepted again"))
        case "ratings":
            return Line("—"), Line(say(f"第 {one['level']} 档", f"level {one['level']}"))
        case "confirmations":
            return Line("—"), Line(say("属实", "as claimed"))
        case _:
            points = "" if one["earned"] is None else say(f"，{one['earned']} 分", f", {one['earned']}")
            return Line("—"), Line(say.pick(labels.OUTCOMES[one["outcome"]]) + points)
