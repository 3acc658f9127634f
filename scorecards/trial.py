"""From the trial of a number not yet decided (its JSON) to a report: a row a value, and a chart."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards import labels
from scorecards.impact_words import short_words
from scorecards.model import Bar, Chart, Fact, Part, Report, Row, cell, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording


def trial_report(found: Json, lang: Language = "zh", *, whole: bool = False) -> Report:
    """The report of ``{"trial": 1, …}``; ``whole`` for a workbook, whose sheets are called by what they hold."""
    say = Wording(lang)
    target, rules = found["target"], found["ruleset"]
    name = f"{target['clause']} {say.line(target['title']).text}".strip()
    parts = [*([] if whole else [_chart(found, say)]), *_tables(found, say)]
    return Report(
        lang=lang,
        title=Line(say(f"阈值试算：{say.standard(name).text}", f"Trial: {name}")),
        subtitle=say(f"{found['units']} 个单位", f"{found['units']} units"),
        running=say("阈值试算\u3000", "Trial\u3000") + f"{rules['id']}@{rules['version']}",
        facts=tuple(_facts(found, name, say)),
        parts=tuple(parts) if whole else numbered(parts, say),
        wide=True,
        sheet=say("概览", "Overview"),
    )


def _facts(found: Json, name: str, say: Wording) -> Iterator[Fact]:
    target, rules = found["target"], found["ruleset"]
    yield Fact(say("规则", "Rules"), (Line(f"{rules['id']}@{rules['version']}"),))
    yield Fact(say("阶段", "Stage"), (Line(say.pick(labels.STAGES[found["stage"]])),))
    yield Fact(
        say("所试的数", "Number"), (say.standard(name), Line(f"{target['name']}:{target['path']}")), wide=True
    )
    yield Fact(say("现行值", "In force"), (Line(target["in_force"]),))
    yield Fact(say("单位数", "Units"), (Line(str(found["units"])),))
    if found.get("refused"):
        yield Fact(
            say("拒收", "Refused"),
            (
                Line(
                    say(
                        f"{len(found['refused'])} 份申报未计入",
                        f"{len(found['refused'])} submissions, not counted",
                    )
                ),
            ),
            wide=True,
        )


def value_of(one: Json, say: Wording) -> str:
    """A value, marked where it is the one in force."""
    return str(one["value"]) + (say("（现行）", " (in force)") if one["in_force"] else "")


def _chart(found: Json, say: Wording) -> Part:
    title = say("各取值下达标单位的比例", "Share of units that are accepted, by value")
    bars = tuple(
        Bar(
            Line(value_of(one, say)),
            one["accepted"] * 100 / found["units"],
            (one["accepted"] + one["accepted_unknown"]) * 100 / found["units"],
            say(f"{_accepted(one)} / {found['units']}", f"{_accepted(one)} of {found['units']}"),
        )
        for one in found["rows"]
        if found["units"]
    )
    return Part(title, chart=Chart(title, bars, say("达标", "Accepted"), say("尚未判定", "Undecided")))


def _tables(found: Json, say: Wording) -> Iterator[Part]:
    heads = (
        say("取值", "Value"),
        say("整体达标", "Accepted"),
        say("新达标", "Newly"),
        say("不再达标", "No longer"),
        say("等级变动", "Grade changes"),
        say("升分", "Up"),
        say("降分", "Down"),
        say("平均分", "Mean score"),
        say("平均变化", "Mean change"),
    )
    rows = [_row(one, say) for one in found["rows"]]
    intro = say(
        "升降都与现行值相比；整体达标按已确认分和一票否决判定。",
        "Compared with the value in force; accepted by what is confirmed.",
    )
    yield Part(
        say("取值与整体", "Values and results"),
        (Line(intro),),
        table("trial", heads, rows, widths=(16, 11, 10, 11, 11, 9, 9, 11, 12)),
    )
    if found["target"]["kind"] != "criterion":
        return
    outcomes = tuple(say.pick(pair) for pair in labels.OUTCOMES.values())
    lines = (
        row(
            value_of(one, say),
            *(number(str(one["outcomes"][name])) for name in labels.OUTCOMES),
            cell(*(Line(short_words(each, say)) for each in one["short"])),
        )
        for one in found["rows"]
    )
    heads_of = (say("取值", "Value"), *outcomes, say("缺口", "Short"))
    yield Part(
        say("取值与本指标", "Values and the criterion"),
        table=table("outcomes", heads_of, lines, widths=(14, 9, 10, 9, 11, 9, 9, 29)),
    )


def _accepted(one: Json) -> str:
    undecided = one["accepted_unknown"]
    return str(one["accepted"]) + (f"–{one['accepted'] + undecided}" if undecided else "")


def _row(one: Json, say: Wording) -> Row:
    return row(
        value_of(one, say),
        number(_accepted(one)),
        *(
            number(str(one[name]))
            for name in ("gain_acceptance", "lose_acceptance", "change_grade", "gains", "loses")
        ),
        number(one["mean_score"] or "—"),
        number(one["mean_change"] or "—"),
        kind="lead" if one["in_force"] else "row",
    )
