"""The part on the method: which numbers are the standard's and which ours, a worked example, windows, rounding, versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from scorecards import labels
from scorecards.amounts import amount
from scorecards.calendars import calendars
from scorecards.entries import Entry
from scorecards.model import Part, Passage, Row, cell, number, row, table
from scorecards.numbering import heading, within
from scorecards.reviewed import record, reviewer
from scorecards.score_formula import score_step, what_leaves
from scorecards.wording import Json, Line, Wording

_COUNTED = frozenset({"cadence", "change", "group", "quantity", "ratio"})


def method(assessment: Json, entries: Sequence[Entry], say: Wording) -> Part:
    """How the assessment was scored."""
    passages = [
        _bases(assessment, entries, say),
        _worked(assessment, entries, say),
        calendars(assessment, entries, say),
        _rules(assessment, say),
        _versions(assessment, say),
        record(assessment, {entry.data["id"]: entry.number for entry in entries}, say),
    ]
    made = tuple(passage for passage in passages if passage is not None)
    return Part(heading("method", assessment, "评分方法", "How this was scored", say), passages=made)


def _bases(assessment: Json, entries: Sequence[Entry], say: Wording) -> Passage:
    """Counts, and for each kind of number the criteria whose number is ours."""
    heads = (
        say("内容", "What"),
        say("标准载明", "Stated"),
        say("规则自定", "Ours"),
        say("标准载明的指标（序号）", "Stated: criteria (No.)"),
        say("规则自定的指标（序号）", "Ours: criteria (No.)"),
    )
    rows = []
    for key, pair in labels.BASIS_OF.items():
        stated, ours = (
            [entry.number for entry in entries if entry.data["basis"].get(key) == basis]
            for basis in ("source", "editorial")
        )
        if stated or ours:
            rows.append(
                row(
                    say.pick(pair),
                    number(str(len(stated))),
                    number(str(len(ours))),
                    say.numbers(stated) or "—",
                    say.numbers(ours) or "—",
                )
            )
    sentences = [
        Line(
            say(
                "“标准载明”指数值出自标准原文；“规则自定”指标准没有规定、由规则集编者确定，不代表标准的要求。",
                "“Stated by the standard” means that the number stands in its text; “set by the ruleset” means that the standard "
                "does not say and the authors of the ruleset chose it.",
            )
        )
    ]
    note = assessment["ruleset"]["standard"].get("note")
    if note:
        sentences.append(say.line(note))
    sentences += [Line(text) for text in _other_bases(assessment, say)]
    return Passage(
        within(
            "method",
            1,
            assessment,
            "标准载明的数值与规则自定的数值",
            "Numbers of the standard and numbers of ours",
            say,
        ),
        tuple(sentences),
        table("bases", heads, rows),
    )


def _other_bases(assessment: Json, say: Wording) -> Iterable[str]:
    scoring, effective = assessment["ruleset"]["scoring"], assessment["ruleset"]["effective"]
    grades = [
        say(
            f"“{say.line(grade['title']).text}”{grade['at_least']} 分以上（{say.pick(labels.BASES[grade['basis']])}）",
            f"“{say.line(grade['title']).text}” from {grade['at_least']} ({say.pick(labels.BASES[grade['basis']])})",
        )
        for grade in scoring["grades"]
    ]
    yield say(f"等次：{say.join(grades)}。", f"Grades: {say.join(grades)}.")
    basis = say.pick(labels.BASES[effective["basis"]])
    if effective["to"] is None:
        since = say(f"自{say.date(effective['from'])}起", f"from {say.date(effective['from'])}")
    else:
        since = say.span(effective["from"], effective["to"])
    yield say(f"适用时间：{since}（{basis}）。", f"In effect: {since} ({basis}).")


def _example(entries: Sequence[Entry]) -> Entry | None:
    """The criterion that shows most: a measured number, decided and partly met; else the next best."""

    def rank(entry: Entry) -> tuple[bool, ...]:
        counted = entry.findings()[0]["kind"] in _COUNTED
        return (
            not entry.texts("measured"),
            not counted,
            entry.outcome != "partly_satisfied",
            entry.undecided,
            entry.outcome != "not_satisfied",
        )

    return min(
        (entry for entry in entries if entry.applies and entry.data["level"] != "may"), key=rank, default=None
    )


def _worked(assessment: Json, entries: Sequence[Entry], say: Wording) -> Passage:
    head = within("method", 2, assessment, "算例", "A worked example", say)
    entry, score = _example(entries), assessment["score"]
    if entry is None or score is None:
        return Passage(
            head, (Line(say("没有适用的指标，无算例。", "No criterion applies, so there is no example.")),)
        )
    sentences = [*_criterion_steps(entry, say), Line(score_step(assessment, entries, say))]
    if score["floor"] != score["ceiling"]:
        sentences.append(
            Line(
                say(
                    f"最高可达分同样计算，其中待定事项按满分计："
                    f"各项最高得分之和 {score['earned']['ceiling']} 分，得 {score['ceiling']} 分。",
                    "The attainable score is computed alike with everything undecided in full: "
                    f"{score['earned']['ceiling']} points, which gives {score['ceiling']}.",
                )
            )
        )
    return Passage(head, tuple(sentences))


def _criterion_steps(entry: Entry, say: Wording) -> list[Line]:
    credit, points = entry.data["credit"], entry.data["points"]
    lines = [
        Line(
            say(
                f"以第 {entry.number} 项“{entry.title.text}”为例。",
                f"Take criterion {entry.number}, “{entry.title.text}”.",
            )
        )
    ]
    for key, name in (("required", say("要求：", "Required: ")), ("measured", say("实测：", "Measured: "))):
        texts = entry.texts(key)
        if texts:
            lines.append(
                Line(name + say.semicolon.join(line.text for line in texts) + say("。", "."), texts[0].lang)
            )
    for end, name in (("floor", say("得分", "earned")), ("ceiling", say("最高可得", "attainable"))):
        if end == "ceiling" and not entry.undecided:
            continue
        earned = entry.data["earned"][end]
        sign = "=" if amount(points) * Fraction(credit[end]) == amount(earned) else "≈"
        lines.append(
            Line(
                say(
                    f"得分系数 {credit[end]}，满分 {points} 分，{name} {points} × {credit[end]} {sign} {earned} 分。",
                    f"Credit {credit[end]} of {points} points, {name}: {points} × {credit[end]} {sign} {earned}.",
                )
            )
        )
    return lines


def _rules(assessment: Json, say: Wording) -> Passage:
    inspected = assessment["stage"] != "self_check"
    sentences = [
        say(
            "未判定的事项不按零分也不按满分处理：已确认分把它们全部计 0 分，"
            "最高可达分把它们全部计满分；两者同属一个等次时才写明等次。",
            "What is undecided counts neither as zero nor as full: the confirmed score counts all of it 0, "
            "the attainable score all of it in full. A grade is named only where both agree.",
        ),
        what_leaves(assessment["ruleset"]["scoring"], say)
        + say("；鼓励项只加分，不减分。", "; “may” criteria only add points."),
        say("本阶段未提交佐证的按 0 分计。", "At this stage, what was not submitted counts 0.")
        if inspected
        else say(
            "自查阶段未提交佐证的按待定处理；验收阶段将按 0 分计。",
            "At the self-check what was not submitted is undecided; at an inspection it will count 0.",
        ),
        say(
            "全部用精确分数计算，只在列示时四舍五入一次，保留两位小数；"
            "两位小数会与达标线、等次线或门槛的比较结果矛盾时，增列小数位。",
            "Everything is computed with exact fractions and rounded once, half up, to two places; more places "
            "are printed where two would contradict a comparison with the pass mark, a grade or a threshold.",
        ),
        say(
            "周期性要求按时段计：满足的时段数除以应计时段数；截止日之后才到期的时段待定，已过期未满足的不能补办。",
            "Periodic requirements earn the share of their windows that are met. Windows that end after the "
            "day of the evidence are undecided; what was missed cannot be made up.",
        ),
        say(
            "“未到时限”在评估结果文件中归入“未提交佐证”。",
            "“Not yet due” counts as “no evidence” in the assessment file.",
        ),
    ]
    return Passage(
        within("method", 4, assessment, "计分与进位规则", "Scoring and rounding", say),
        tuple(Line(text) for text in sentences),
    )


def _versions(assessment: Json, say: Wording) -> Passage:
    engine, ruleset, submission = assessment["engine"], assessment["ruleset"], assessment["submission"]
    rows = [
        row(
            say("评估程序", "Engine"),
            say(
                f"对标 {engine['version']}，判定语义第 {engine['semantics']} 版",
                f"Duibiao {engine['version']}, semantics {engine['semantics']}",
            ),
        ),
        row(say("规则集", "Ruleset"), cell(f"{ruleset['id']} {ruleset['version']}", str(ruleset["digest"]))),
        row(say("申报材料", "Submission"), cell(str(submission["digest"]))),
        *(
            [row(say("申报材料及附件", "Submission with its files"), cell(str(submission["package"])))]
            if submission.get("package")
            else []
        ),
        row(say("评估结果", "Assessment"), cell(str(assessment["digest"]))),
        *_reviews(assessment, say),
    ]
    return Passage(
        within("method", 5, assessment, "版本与校验码", "Versions and digests", say),
        table=table("versions", (say("对象", "What"), say("版本和校验码", "Version and digest")), rows),
    )


def _reviews(assessment: Json, say: Wording) -> Iterable[Row]:
    for review in assessment["reviews"]:
        stage = say.pick(labels.STAGES[review["stage"]])
        who = [say.submitted(reviewer(one, say)) for one in (review["reviewer"], *review["also"])]
        yield row(say(f"复核（{stage}）", f"Review ({stage.lower()})"), cell(*who, str(review["digest"])))
