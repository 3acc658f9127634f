"""From the chronology of a dossier (its JSON) to a report: the assessments in order, what changed, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from scorecards import labels
from scorecards.chronology_reviews import reviews
from scorecards.comparison import CAUSES, changed_criteria
from scorecards.digests import algorithm_name, short_digest
from scorecards.model import Cell, Fact, Part, Passage, Report, cell, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording


def chronology_report(chronology: Json, lang: Language = "zh") -> Report:
    """The report of a chronology (the parsed JSON, ``{"chronology": 1, …}``) in Chinese or English."""
    say = Wording(lang)
    subject = chronology["subject"]
    name = say.submitted(subject["name"])
    last = chronology["steps"][-1]
    parts = [_steps(chronology, say), *_changes(chronology, say), *reviews(chronology, say)]
    parts.append(_evidence(chronology, say))
    parts += [*_files(chronology, say), _rules(chronology, say), _contents(chronology, say)]
    period = chronology["period"]
    return Report(
        lang=lang,
        title=Line(say(f"评估卷宗：{name.text}", f"Dossier: {name.text}")),
        subtitle=say.line(chronology["ruleset"]["title"]).text,
        running="\u3000".join((say("评估卷宗", "Dossier"), name.text, short_digest(last["digest"]))),
        facts=(
            Fact(say("申报单位", "Subject"), (name, Line(say("编号", "id") + say.colon + subject["id"]))),
            Fact(say("所在地区", "Region"), (say.submitted(say("", " ").join(subject["region"]) or "—"),)),
            Fact(say("评估期", "Period"), (Line(say.span(period["from"], period["to"])),)),
            Fact(say("现行结果", "What stands"), (Line(_stands(last, say)),)),
        ),
        parts=numbered(parts, say),
        wide=True,
    )


def _stands(step: Json, say: Wording) -> str:
    stage = say.pick(labels.STAGES[step["stage"]])
    return say(
        f"第 {step['step']} 份，{stage}，{_score(step, say)}，{say.pick(labels.ACCEPTED[step['accepted']])}",
        f"no. {step['step']}, {stage.lower()}, {_score(step, say)}, {say.pick(labels.ACCEPTED[step['accepted']])}",
    )


def _score(step: Json, say: Wording) -> str:
    return say.range(step["score"]) if step["score"] else say("无总分", "no score")


def _steps(chronology: Json, say: Wording) -> Part:
    heads = (
        say("序号", "No."),
        say("阶段", "Stage"),
        say("数据截止日", "Evidence up to"),
        say("已确认分", "Confirmed"),
        say("最高可达", "Attainable"),
        say("等次和结论", "Grade and conclusion"),
        say("取代关系", "Supersession"),
        say("校验码：结果、申报、规则", "Digests: result, submission, rules"),
    )
    rows = (
        row(
            number(str(step["step"])),
            say.pick(labels.STAGES[step["stage"]]),
            say.date(step["as_of"]),
            *(number(step["score"][end] if step["score"] else "—") for end in ("floor", "ceiling")),
            cell(
                say.line(step["grade"]) if step["grade"] else say("等次待定", "grade undecided"),
                say.pick(labels.ACCEPTED[step["accepted"]]),
            ),
            cell(*_supersession(step, chronology["steps"], say)),
            cell(
                *(
                    short_digest(one)
                    for one in (step["digest"], step["submission"], step["ruleset"]["digest"])
                )
            ),
        )
        for step in chronology["steps"]
    )
    intro = say(
        "更正的结果取代原结果，原结果仍在卷宗里，不删除。",
        "An amended result supersedes the earlier one, which stays in the dossier.",
    )
    return Part(
        say("评估结果的先后", "The assessments in order"),
        (Line(intro),),
        table("steps", heads, rows, widths=(5, 9, 13, 9, 9, 17, 20, 18)),
    )


def _supersession(step: Json, steps: Sequence[Json], say: Wording) -> Iterator[str]:
    numbers = {one["digest"]: one["step"] for one in steps}
    later = [one["step"] for one in steps if one["stage"] == step["stage"] and one["step"] > step["step"]]
    if step["supersedes"]:
        n = numbers[step["supersedes"]]
        yield say(f"取代第 {n} 份", f"supersedes no. {n}")
    if step["superseded_by"]:
        n = numbers[step["superseded_by"]]
        yield say(f"已被第 {n} 份取代", f"superseded by no. {n}")
    elif later:
        yield say(
            f"其后有第 {later[0]} 份，没有写明取代",
            f"no. {later[0]} is later, and does not say that it supersedes",
        )
    elif step["standing"]:
        yield say("现行", "stands")


def _changes(chronology: Json, say: Wording) -> Iterator[Part]:
    passages = [_passage(before, after, say) for before, after in pairwise(chronology["steps"])]
    if passages:
        yield Part(say("每一步的变化和原因", "What changed at each step, and why"), passages=tuple(passages))


def _passage(before: Json, after: Json, say: Wording) -> Passage:
    stages = [say.pick(labels.STAGES[one["stage"]]) for one in (before, after)]
    heading = say(
        f"第 {before['step']} 份（{stages[0]}）到第 {after['step']} 份（{stages[1]}）",
        f"No. {before['step']} ({stages[0].lower()}) to no. {after['step']} ({stages[1].lower()})",
    )
    changes = after["changes"]
    sentences = [Line(_difference(changes, say))]
    sentences += [Line(one) for one in _causes(changes, say)]
    return Passage(heading, tuple(sentences), changed_criteria(changes["criteria"], say))


def _difference(changes: Json, say: Wording) -> str:
    score, number_ = changes["score"], len(changes["criteria"])
    if score is None:
        return say(
            f"有变化的指标 {number_} 项，没有总分可比。",
            f"{number_} criteria changed; there are no scores to compare.",
        )
    return say(
        f"有变化的指标 {number_} 项，已确认分相差 {score['floor']}，最高可达相差 {score['ceiling']}（后减前）。",
        f"{number_} criteria changed; confirmed {score['floor']}, attainable {score['ceiling']} (after − before).",
    )


def _causes(changes: Json, say: Wording) -> Iterator[str]:
    for one in changes["causes"]:
        if one["effect"]:
            cause, effect, many = say.pick(CAUSES[one["cause"]]), one["effect"], len(one["criteria"])
            yield say(
                f"{cause}：{many} 项，已确认分 {effect['floor']}，最高可达 {effect['ceiling']}。",
                f"{cause}: {many} criteria, confirmed {effect['floor']}, attainable {effect['ceiling']}.",
            )


def _evidence(chronology: Json, say: Wording) -> Part:
    heads = (
        say("编号", "Id"),
        say("佐证", "Evidence"),
        say("名称、文号、数值", "Title, number, value"),
        say("日期", "Date"),
        say("附件", "Files"),
        say("采信", "Accepted"),
    )
    rows = (
        row(
            one["id"] if one["kind"] != "count" else say("数据", "count"),
            say.line(one["label"]),
            cell(*_stated(one, say)),
            say.date(one["date"]) if one["date"] else "—",
            say.submitted(say.join(one["files"]) or "—"),
            cell(*_accepted(one, say)),
        )
        for one in chronology["evidence"]
    )
    return Part(
        say("佐证目录", "Evidence"),
        (Line(say("按现行结果列出。", "As of the assessment that stands.")),),
        table("evidence-list", heads, rows, say("未提交佐证。", "No evidence."), (10, 24, 24, 12, 14, 16)),
    )


def _stated(one: Json, say: Wording) -> Iterator[Line]:
    for key in ("title", "number"):
        if one[key]:
            yield say.submitted(one[key])
    if one["value"]:
        shown = say.pick(labels.VALUES[one["value"]]) if one["value"] in labels.VALUES else one["value"]
        yield Line(shown + (f" {say.line(one['unit']).text}" if one["unit"] else ""))


def _accepted(one: Json, say: Wording) -> Iterator[Line]:
    yield Line(say("是", "yes") if one["accepted"] else say("否", "no"))
    if one["reason"]:
        yield say.line(one["reason"])


def _files(chronology: Json, say: Wording) -> Iterator[Part]:
    if not chronology["files"]:
        return
    # Assessments of one dossier may use different algorithms: then each digest says its own.
    names = {algorithm_name(one["digest"]) for one in chronology["files"]}
    kind = names.pop() if len(names) == 1 else say("校验码", "Digest")
    heads = (say("文件", "File"), say("字节", "Bytes"), kind, say("所属佐证", "Evidence"))
    rows = (
        row(
            say.submitted(one["name"]),
            number(str(one["size"])),
            cell(one["digest"]) if names else _digest(one["digest"]),
            say.join(one["evidence"]) or "—",
        )
        for one in chronology["files"]
    )
    yield Part(
        say("佐证文件的校验码", "Digests of the files"),
        table=table("digests", heads, rows, widths=(30, 10, 44, 16)),
    )


def _digest(text: str) -> Cell:
    return cell(text.rpartition(":")[2])


def _rules(chronology: Json, say: Wording) -> Part:
    heads = (
        say("规则集", "Ruleset"),
        say("评估时的校验码", "Digest when assessed"),
        say("卷宗里的校验码", "Digest here"),
        say("核对", "Check"),
    )
    rows = (
        row(
            cell(f"{one['id']}@{one['version']}", one["folder"]),
            _digest(one["named"]),
            _digest(one["digest"]),
            say("相同", "the same")
            if one["same"]
            else say("不同，不是评估时所用的规则", "not the rules that were used"),
        )
        for one in chronology["rules"]
    )
    return Part(say("所用规则", "The rules"), table=table("rules", heads, rows, widths=(22, 32, 32, 14)))


def _contents(chronology: Json, say: Wording) -> Part:
    heads = (say("文件", "File"), say("字节", "Bytes"), "SHA-256")
    rows = (
        row(one["name"], number(str(one["size"])), _digest(one["sha256"])) for one in chronology["contents"]
    )
    intro = say(
        "另有本表（chronology.pdf、chronology.xlsx、chronology.json）和 manifest.json；后者列出全部文件的校验码。",
        "Besides: this list (chronology.pdf, chronology.xlsx, chronology.json) and manifest.json, which lists every digest.",
    )
    return Part(
        say("卷宗里的文件", "What is in the dossier"),
        (Line(intro),),
        table("contents", heads, rows, widths=(44, 10, 46)),
    )
