"""The rectification list (整改清单): what is to be done, by whom, until when; as a workbook it comes back with the progress."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from scorecards import labels
from scorecards.amounts import amount, brief
from scorecards.closing import closing, summary
from scorecards.entries import Entry, entries
from scorecards.model import Choices, Fact, Keys, Part, Report, Row, Table, cell, number, row, table
from scorecards.outlook import notes, outlook, purpose
from scorecards.plans import lost_table
from scorecards.steps import Action, actions
from scorecards.wording import Json, Language, Line, Wording

# What the reader of a list that comes back looks for (evaluator.loading.rectifications): a contract.
KEYS = ("duibiao:action", "duibiao:criteria", "duibiao:number", "duibiao:list")
FORMAT = "1"
_NUMERALS = "一二三四五"


def rectification_list(assessment: Json, lang: Language = "zh") -> Report:
    """The rectification list of an assessment that has a ``plan``: first what reaches the grade, then what can be done beside."""
    say = Wording(lang)
    listed = entries(assessment, say)
    parts = tuple(
        Part(f"{_NUMERALS[n]}、{head}" if lang == "zh" else f"{n + 1}. {head}", sentences, made)
        for n, (head, sentences, made) in enumerate(_parts(assessment, listed, say))
    )
    name = say.submitted(assessment["submission"]["subject"]["name"]).text
    title = say.line(assessment["ruleset"]["title"])
    stage = say.pick(labels.STAGES[assessment["stage"]])
    return Report(
        lang=lang,
        title=Line(say("整改清单", "Rectification list")),
        subtitle=say(f"{name}，{title.text}", f"{name}: {title.text}"),
        running=say(f"整改清单\u3000{name}\u3000{stage}", f"Rectification list\u3000{name}\u3000{stage}"),
        facts=_facts(assessment, say),
        parts=parts,
        remarks=tuple(
            Line(text) for text in (*outlook(assessment, say), *notes(assessment, listed, say, scored=False))
        ),
        wide=True,
    )


def rectification_lines(assessment: Json, lang: Language = "zh") -> list[str]:
    """The plan in a few lines, for a terminal: what it comes to, each step, and how much is out of reach."""
    say = Wording(lang)
    one = assessment["plan"]
    lines = outlook(assessment, say)
    for step in actions(one, "steps", entries(assessment, say), say):
        due, gain = say.comma.join(step.due()), step.gain()
        more = say(f"（可增分 {gain}，时限 {due}）", f" (points {gain}, by {due})")
        lines.append(f"{step.number:>3}. {step.what().text}{more}")
    for key, zh, en in (
        ("further", "此外还可以做的 {n} 件，可增 {p} 分", "{n} further actions, {p} points"),
        ("lost", "不可补办 {n} 项，{p} 分", "no longer to be made up: {n}, {p} points"),
        (
            "waiting",
            "等待人工核验或补充佐证 {n} 项，{p} 分",
            "waiting for a person or for evidence: {n}, {p} points",
        ),
    ):
        if one[key]:
            points = brief(sum((amount(item["points"]) for item in one[key]), Fraction(0)))
            lines.append(say(zh, en).replace("{n}", str(len(one[key]))).replace("{p}", points))
    if "rectification" in assessment:
        lines.append(summary(assessment, say))
    return lines


def _parts(
    assessment: Json, listed: Sequence[Entry], say: Wording
) -> Iterator[tuple[str, tuple[Line, ...], Table]]:
    one = assessment["plan"]
    yield purpose(one, say), (), _table(actions(one, "steps", listed, say), assessment, say)
    further = actions(one, "further", listed, say)
    if further:
        yield say("此外还可以做的", "What can be done beside"), (), _table(further, assessment, say)
    if one["lost"]:
        yield say("不可补办的", "What can no longer be made up"), (), lost_table(assessment, listed, say)
    if "rectification" in assessment:
        passage = closing(assessment, listed, "", say)
        assert passage.table is not None
        yield (
            say("上次清单的办理情况", "What became of the last list"),
            passage.sentences,
            passage.table,
        )


def _facts(assessment: Json, say: Wording) -> tuple[Fact, ...]:
    submission, target = assessment["submission"], assessment["plan"]["target"]
    name = say.line(target["title"]).text
    return (
        Fact(say("申报单位", "Subject"), (say.submitted(str(submission["subject"]["name"])),)),
        Fact(say("评估阶段", "Stage"), (Line(say.pick(labels.STAGES[assessment["stage"]])),)),
        Fact(
            say("评估期", "Period"),
            (Line(say.span(submission["period"]["from"], submission["period"]["to"])),),
        ),
        Fact(say("数据截止日", "Evidence up to"), (Line(say.date(assessment["as_of"])),)),
        Fact(
            say("目标等次", "Target"),
            (Line(say(f"{name}，{target['at_least']} 分", f"{name}, {target['at_least']}")),),
        ),
        Fact(say("结果校验码", "Digest"), (Line(assessment["digest"]),)),
    )


def _table(chosen: Sequence[Action], assessment: Json, say: Wording) -> Table:
    heads = (
        say("序号", "No."),
        say("问题", "Problem"),
        say("依据条款", "Clause"),
        say("整改措施", "What to do"),
        say("责任单位", "Responsible"),
        say("配合单位", "Supporting"),
        say("完成时限", "By"),
        say("可增分", "Points to win"),
        say("状态", "Status"),
    )
    return table(
        "rectification",
        heads,
        [_row(one) for one in chosen],
        say("没有要整改的事项。", "There is nothing to rectify."),
        widths=(4, 17, 16, 26, 9, 8, 12, 6, 7),
        choices=(Choices(8, tuple(say.pick(pair) for pair in labels.STATUSES.values())),),
        keys=Keys(KEYS, tuple(_keys(one, assessment) for one in chosen)),
    )


def _row(one: Action) -> Row:
    return row(
        number(str(one.number)),
        cell(*one.problems()),
        cell(*one.clauses()),
        cell(one.what(), *one.remedies()),
        one.units("responsible"),
        one.units("supporting"),
        cell(*one.due()),
        number(one.gain()),
        cell(),
    )


def _keys(one: Action, assessment: Json) -> tuple[str, ...]:
    subject, ruleset = assessment["submission"]["subject"]["id"], assessment["ruleset"]["id"]
    source = (FORMAT, subject, ruleset, assessment["as_of"], assessment["digest"])
    criteria = " ".join(entry.data["id"] for entry in one.entries)
    return one.data["id"], criteria, str(one.number), " ".join(source)
