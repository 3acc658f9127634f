"""From what an erratum touches (its JSON) to a report: criteria that change, and assessments made with the old version."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from scorecards import labels
from scorecards.digests import short_digest
from scorecards.labels import Pairs
from scorecards.model import Fact, Part, Report, Row, cell, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording

CHANGES: Pairs = MappingProxyType(
    {
        "added": ("新增", "added"),
        "removed": ("删去", "removed"),
        "judged": ("判定办法改变", "judged otherwise"),
        "prerequisite": ("前提指标改变", "a prerequisite changed"),
        "worded": ("仅文字改变", "worded otherwise"),
    }
)
WHOLE: Pairs = MappingProxyType(
    {
        "scoring": ("计分办法", "how points become a score"),
        "effective": ("适用时间", "the time in force"),
        "period": ("评估期长度", "the length of the period"),
        "subject": ("评估对象", "whom it is for"),
        "sections": ("类目及其上限", "sections and their caps"),
    }
)


def errata_report(document: Json, erratum: str | None, lang: Language = "zh") -> Report:
    """The report (of the parsed JSON, ``{"touched": 1, …}``) in Chinese or English; ``erratum`` says what was mended."""
    say = Wording(lang)
    old, new = document["old"], document["new"]
    digests = [short_digest(one["digest"]) for one in (old, new)]
    return Report(
        lang=lang,
        title=Line(say("规则更正涉及的评估结果", "Assessments that an erratum touches")),
        subtitle=say.line(new["title"]).text,
        running="\u3000".join((say("更正清单", "Erratum"), *digests)),
        facts=tuple(_facts(document, erratum, say)),
        parts=numbered([_criteria(document, say), _assessments(document, say)], say),
        remarks=tuple(_remarks(document, say)),
        wide=True,
    )


def _facts(document: Json, erratum: str | None, say: Wording) -> Iterator[Fact]:
    for key, label in (("old", say("原版本", "Old version")), ("new", say("新版本", "New version"))):
        one = document[key]
        yield Fact(label, (Line(f"{one['id']}@{one['version']}"),))
    if erratum is not None:
        yield Fact(say("更正说明", "Erratum"), (say.submitted(erratum),), wide=True)


def _remarks(document: Json, say: Wording) -> Iterator[Line]:
    count = len(document["assessments"])
    yield Line(
        say(
            f"按原版本评的结果中，{count} 份可能改变，应按新版本重评并注明所更正的原结果。",
            f"Of the assessments made with the old version {count} may change: score them again with --supersedes.",
        )
    )
    if document["whole"]:
        names = say.join(say.pick(WHOLE[key]) if key in WHOLE else key for key in document["whole"])
        yield Line(
            say(f"改变的还有{names}，涉及全部结果。", f"Also changed: {names}; that concerns every result.")
        )
    if document["worded_only"]:
        number_of = document["worded_only"]
        yield Line(
            say(
                f"改动只在文字，按原版本评的 {number_of} 份结果不受影响。",
                f"Only words were changed: {number_of} assessments made with the old version stand.",
            )
        )
    if document["other_digest"]:
        names = say.join(document["other_digest"])
        yield Line(
            say(
                f"另有 {len(document['other_digest'])} 份写的是原版本号，规则内容却不是（校验码不符），请逐份核对：{names}。",
                f"{len(document['other_digest'])} more name the old version, but were made with other rules (their digests "
                f"differ): {names}.",
            )
        )
    if document["passed_over"]:
        yield Line(
            say(
                f"其他版本、其他标准的结果 {document['passed_over']} 份，不涉及。",
                f"Assessments of other versions or standards, not concerned: {document['passed_over']}.",
            )
        )


def _criteria(document: Json, say: Wording) -> Part:
    heads = (say("标识", "Id"), say("条款与指标", "Clause and criterion"), say("改动", "Change"))
    rows = (
        row(one["id"], _name(one, say), cell(say.pick(CHANGES[one["change"]]), kind="outcome"))
        for one in document["criteria"]
    )
    return Part(
        say("改动的指标", "Criteria that changed"),
        table=table("changed", heads, rows, say("没有。", "None."), (16, 62, 22)),
    )


def _name(one: Json, say: Wording) -> Line | str:
    clause = say.standard(one["clause"] + (f" {one['item']}" if one["item"] else "")).text
    return f"{clause} {say.line(one['title']).text}"


def _assessments(document: Json, say: Wording) -> Part:
    heads = (
        say("单位", "Subject"),
        say("地区", "Region"),
        say("评估期", "Period"),
        say("阶段", "Stage"),
        say("原得分", "Score"),
        say("原结论", "Result"),
        say("改动的指标当时的判定", "The changed criteria at that time"),
        say("文件", "File"),
    )
    rows = (_assessment(one, say) for one in document["assessments"])
    return Part(
        say("涉及的评估结果", "Assessments that are touched"),
        table=table("touched", heads, rows, say("没有。", "None."), (13, 11, 14, 7, 10, 8, 22, 15)),
    )


def _assessment(one: Json, say: Wording) -> Row:
    subject = one["subject"]
    outcomes = (
        f"{each['id']} {say.pick(labels.OUTCOMES[each['outcome']])}"
        + ("" if each["outcome"] == "not_applicable" else f" {say.range(each['earned'])}/{each['points']}")
        for each in one["criteria"]
    )
    return row(
        cell(say.submitted(subject["name"]), subject["id"]),
        say.submitted(say("", " ").join(subject["region"]) or "—"),
        say.span(one["period"]["from"], one["period"]["to"]),
        say.pick(labels.STAGES[one["stage"]]),
        number("—" if one["score"] is None else say.range(one["score"])),
        say.pick(labels.ACCEPTED[one["accepted"]]),
        cell(*outcomes),
        # As Chinese, which is not hyphenated: a file's name has no other hyphens than its own.
        Line(say.submitted(one["file"]).text, "zh"),
    )
