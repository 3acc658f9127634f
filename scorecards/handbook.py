"""From a handbook (its JSON) to a report: how the score comes about, every criterion, every item of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards import labels
from scorecards.digests import short_digest
from scorecards.handbook_criteria import KINDS, section_part
from scorecards.handbook_scoring import scoring_part
from scorecards.model import Fact, Part, Report, Row, number, row, table
from scorecards.numbering import numeral
from scorecards.wording import Json, Language, Line, Wording


def handbook_report(handbook: Json, lang: Language = "zh") -> Report:
    """The report of a handbook (the parsed JSON, ``{"handbook": 1, …}``) in Chinese or English."""
    say = Wording(lang)
    ruleset = handbook["ruleset"]
    title = say.line(ruleset["title"])
    parts = [
        scoring_part(handbook, say),
        *(section_part(one, say) for one in handbook["sections"]),
        _index(handbook, say),
        _not_assessed(handbook, say),
    ]
    return Report(
        lang=lang,
        title=title,
        subtitle=say("评估手册", "Handbook"),
        running="\u3000".join(
            (
                say("评估手册", "Handbook"),
                title.text,
                say("校验码", "digest") + " " + short_digest(ruleset["digest"]),
            )
        ),
        facts=tuple(_facts(handbook, say)),
        parts=tuple(
            Part(say(f"{numeral(n)}、", f"{n}. ") + part.heading, part.intro, part.table, part.passages)
            for n, part in enumerate(parts, 1)
        ),
        remarks=tuple(_remarks(handbook, say)),
    )


def _facts(handbook: Json, say: Wording) -> Iterator[Fact]:
    ruleset, scoring = handbook["ruleset"], handbook["scoring"]
    standard, effective = ruleset["standard"], ruleset["effective"]
    unknown = Line(say("标准文本未写明", "not stated in its text"))
    yield Fact(say("标准", "Standard"), (say.standard(standard["title"]),), wide=True)
    yield Fact(
        say("发布机关", "Issued by"),
        (say.standard(standard["issuer"]) if standard["issuer"] else unknown,),
        wide=True,
    )
    issued = Line(say.date(standard["issued"])) if standard["issued"] else unknown
    yield Fact(say("发布日期", "Issued on"), (issued,))
    yield Fact(say("规则版本", "Rules"), (Line(f"{ruleset['id']}@{ruleset['version']}"),))
    days = (
        say.span(effective["from"], effective["to"])
        if effective["to"]
        else say(f"{say.date(effective['from'])}起", f"from {say.date(effective['from'])}")
    )
    basis = say.pick(labels.BASES[effective["basis"]])
    yield Fact(say("适用时间", "In force"), (Line(days), Line(say(f"（{basis}）", f"({basis})"))))
    kinds = say.join(say.pick(labels.SUBJECTS[one]) for one in ruleset["subject"])
    months = ruleset["period_months"]
    period = say(f"评估期 {months} 个月", f"over {months} months")
    yield Fact(say("评估对象", "Assessed"), (Line(kinds), Line(period)))
    grade = next(one for one in scoring["grades"] if one["id"] == scoring["pass"])
    line = say(
        f"{say.line(grade['title']).text}，不低于 {grade['at_least']} 分",
        f"{say.line(grade['title']).text}, at least {grade['at_least']}",
    )
    yield Fact(say("达标线", "Accepted from"), (Line(line),))
    count = ruleset["criteria"]
    yield Fact(
        say("指标", "Criteria"),
        (
            Line(
                say(
                    f"{count} 项，应、宜指标共 {scoring['points']} 分",
                    f"{count}; must and should: {scoring['points']} points",
                )
            ),
        ),
    )
    if ruleset["supersedes"]:
        yield Fact(say("承接", "Continues"), (Line(ruleset["supersedes"]),), wide=True)


def _remarks(handbook: Json, say: Wording) -> Iterator[Line]:
    note = handbook["ruleset"]["standard"]["note"]
    if note is not None:
        yield say.line(note)
    yield Line(
        say(
            "本手册由规则文件生成，供被评估单位准备材料、对照整改；要求用规则集自己的话写，原文以标准为准。"
            "凡标“规则自定”的数，不是标准写的，是本规则集定的。",
            "Made from the rule files, for those who are assessed. Requirements are in the ruleset's own words; the text of the "
            "standard decides. Figures marked as set by the ruleset are not the standard's.",
        )
    )


def _index(handbook: Json, say: Wording) -> Part:
    heads = (say("种类", "Kind"), say("佐证", "Evidence"), say("用于指标", "Criteria"))
    rows = [
        row(
            say.pick(KINDS[one["kind"]]),
            say.line(one["label"]),
            say.join(one["criteria"]) or say("从总分或类目里扣分", "deductions"),
        )
        for one in handbook["evidence"]
    ]
    intro = say(
        f"共 {len(rows)} 种。同一种佐证填报一次，用于所列各项指标。",
        f"{len(rows)} items. Each is submitted once and serves all the criteria listed.",
    )
    return Part(
        say("佐证索引", "Index of evidence"), (Line(intro),), table("index", heads, rows, widths=(10, 45, 45))
    )


def _not_assessed(handbook: Json, say: Wording) -> Part:
    heads = (say("条款", "Clause"), say("标题", "Heading"), say("为什么不评", "Why it is not assessed"))
    rows = [_excused(one, say) for one in handbook["not_assessed"]]
    return Part(
        say("不评的条款", "Clauses that are not assessed"),
        table=table("excused", heads, rows, say("没有。", "None."), widths=(18, 26, 56)),
    )


def _excused(one: Json, say: Wording) -> Row:
    clause = one["clause"] + (f" {one['item']}" if one["item"] else "")
    return row(number(say.standard(clause).text), say.standard(one["heading"]), say.line(one["reason"]))
