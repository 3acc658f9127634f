"""From a crosswalk (its JSON) to a report: criteria on the same evidence, what each standard has alone, what is still lacking."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType

from scorecards import labels
from scorecards.digests import short_digest
from scorecards.labels import Pairs
from scorecards.model import Cell, Fact, Part, Report, Row, cell, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording

KINDS: Pairs = MappingProxyType(
    {
        "counts": ("数据", "Count"),
        "events": ("活动", "Event"),
        "documents": ("文件", "Document"),
        "statements": ("事项", "Statement"),
        "units": ("单元", "Units"),
    }
)
HOLDERS: Pairs = MappingProxyType(
    {
        "community": ("社区", "community"),
        "street": ("街道", "street office"),
        "district": ("区（县）", "district"),
        "city": ("市", "city"),
        "province": ("省", "province"),
    }
)
RELATIONS: Pairs = MappingProxyType(
    {
        "same": ("要求相同", "the same"),
        "looser": ("后者较宽", "second is looser"),
        "stricter": ("后者较严", "second is stricter"),
        "differs": ("要求不同", "they differ"),
        "other": ("另作他用", "for another thing"),
    }
)
ROLES: Pairs = MappingProxyType(
    {
        "condition": ("适用条件：", "applies when: "),
        "deduction": ("扣分项：", "deducted: "),
        "alternative": ("择一：", "one way: "),
        "counted": ("", ""),
        "check": ("", ""),
    }
)


def crosswalk_report(document: Json, lang: Language = "zh") -> Report:
    """The report of a crosswalk (the parsed JSON, ``{"crosswalk": 1, …}``) in Chinese or English."""
    say = Wording(lang)
    first, second = document["first"], document["second"]
    parts: list[Part] = []
    sent = document.get("submission")
    if sent is not None:
        parts += [_missing(sent, document, say), _open(sent, say), _decided(sent, say)]
    parts += [_pairs(document, say), _alone(document, "first", say), _alone(document, "second", say)]
    digests = [short_digest(one["digest"]) for one in (first, second)]
    return Report(
        lang=lang,
        title=Line(say("两套标准的对照", "Two standards side by side")),
        subtitle=say("与", " and ").join(say.line(one["title"]).text for one in (first, second)),
        running="\u3000".join((say("对照表", "Crosswalk"), *digests)),
        facts=tuple(_facts(document, say)),
        parts=numbered(parts, say),
        remarks=tuple(_remarks(document, say)),
        wide=True,
    )


def _facts(document: Json, say: Wording) -> Iterator[Fact]:
    for key, label in (("first", say("前者", "First")), ("second", say("后者", "Second"))):
        one = document[key]
        title, total, paired = say.line(one["title"]).text, one["criteria"], one["paired"]
        text = say(
            f"{title}（{one['id']}@{one['version']}）：{total} 项指标、{one['items']} 项佐证，"
            f"其中 {paired} 项指标与另一套共用佐证",
            f"{title} ({one['id']}@{one['version']}): {total} criteria on {one['items']} items of evidence; "
            f"{paired} criteria share evidence with the other",
        )
        yield Fact(label, (Line(text),), wide=True)
    sent = document.get("submission")
    if sent is not None:
        subject = say.submitted(sent["subject"]["name"])
        period = say.span(sent["period"]["from"], sent["period"]["to"])
        yield Fact(say("申报单位", "Subject"), (subject,))
        yield Fact(say("评估期", "Period"), (Line(period),))


def _remarks(document: Json, say: Wording) -> Iterator[Line]:
    relations = [item["relation"] for pair in document["pairs"] for item in pair["items"]]
    counted = [
        f"{say.pick(RELATIONS[name])} {relations.count(name)}" for name in RELATIONS if relations.count(name)
    ]
    shared = document["shared_items"]
    zh = f"，对应的要求 {len(relations)} 处：{say.join(counted)}。" if counted else "。"
    en = f"; of {len(relations)} pairs of demands: {say.join(counted)}." if counted else "."
    yield Line(say(f"共用的佐证 {shared} 项{zh}", f"Items of evidence that both use: {shared}{en}"))
    sent = document.get("submission")
    if sent is not None:
        title = say.line(document["second"]["title"]).text
        decided, waiting, lacking = (len(sent[key]) for key in ("decided", "open", "missing"))
        score = sent["score"]
        points = ""
        if score is not None:
            points = say(
                f"已确认 {score['floor']} 分，最高可达 {score['ceiling']} 分；",
                f"{score['floor']} confirmed, {score['ceiling']} attainable; ",
            )
        yield Line(
            say(
                f"用现有申报评“{title}”：{points}已能判定 {decided} 项指标，待定 {waiting} 项，还缺佐证 {lacking} 项。",
                f"Under “{title}” this submission has {points}{decided} criteria are decided, {waiting} wait, "
                f"{lacking} items of evidence are lacking.",
            )
        )


def _name(one: Json, say: Wording) -> Cell:
    clause = say.standard(one["clause"] + (f" {one['item']}" if one["item"] else ""))
    if say.lang == "zh":
        return cell(f"{clause.text} {say.line(one['title']).text}")
    return cell(clause, say.line(one["title"]))


def _with_id(one: Json, say: Wording) -> Cell:
    return cell(*_name(one, say).lines, one["id"])


def _item(one: Json, say: Wording) -> str:
    return say.line(one["label"]).text


def _demand(one: Json, say: Wording) -> Line:
    text = say.line(one["text"])
    return Line(say.pick(ROLES[one["role"]]) + text.text, text.lang)


def _pairs(document: Json, say: Wording) -> Part:
    heads = (
        say("前者的指标", "Criterion of the first"),
        say("后者的指标", "Criterion of the second"),
        say("共用的佐证", "Shared evidence"),
        say("后者的要求", "Second demand"),
        say("前者要求", "The first asks"),
        say("后者要求", "The second asks"),
    )
    rows = (
        row(
            _with_id(pair["first"], say),
            _with_id(pair["second"], say),
            cell(
                _item(item, say),
                "" if item["same_definition"] else say("（两处口径不同）", "(defined otherwise)"),
            ),
            cell(say.pick(RELATIONS[item["relation"]]), kind="outcome"),
            _demand(item["first"], say),
            _demand(item["second"], say),
        )
        for pair in document["pairs"]
        for item in pair["items"]
    )
    intro = say(
        "同一项佐证在两套标准里各有指标采用。“较严”“较宽”说的是后者：满足后者就满足前者，为较严；反过来为较宽。",
        "One item of evidence is used by criteria of both. Stricter and looser are said of the second: stricter where whoever "
        "meets the second meets the first, looser the other way round.",
    )
    return Part(
        say("共用佐证的指标", "Criteria on the same evidence"),
        (Line(intro),),
        table("pairs", heads, rows, say("没有共用的佐证。", "None is shared."), (20, 20, 15, 9, 18, 18)),
    )


def _alone(document: Json, side: str, say: Wording) -> Part:
    criteria = document[f"only_{side}"]
    title = say.line(document[side]["title"]).text
    heads = (say("标识", "Id"), say("条款与指标", "Clause and criterion"), say("采用的佐证", "Evidence"))
    rows = (
        row(
            one["id"], _name(one, say), say("；", "; ").join(_item(item, say) for item in one["items"]) or "—"
        )
        for one in criteria
    )
    which = say("前者", "the first") if side == "first" else say("后者", "the second")
    return Part(
        say(f"只在{which}中的指标（{len(criteria)} 项）", f"Criteria of {which} alone ({len(criteria)})"),
        (Line(title),),
        table(f"only_{side}", heads, rows, say("无。", "None."), (12, 44, 44)),
    )


def _missing(sent: Json, document: Json, say: Wording) -> Part:
    heads = (
        say("还缺的佐证", "Lacking evidence"),
        say("类别", "Kind"),
        say("由谁出具或举办", "Whose it is"),
        say("什么算数", "What counts"),
        say("用于指标", "For criteria"),
        say("涉及分值", "Points"),
    )
    own = say.pick(labels.SUBJECTS[sent["subject"]["kind"]])
    rows = (
        row(
            cell(
                _item(one, say),
                say("（前者也要，还没有填报）", "(the first asks for it, too)") if one["also_first"] else "",
            ),
            say.pick(KINDS[one["kind"]]),
            say.pick(HOLDERS[one["by"]]) if one["by"] else own,
            say.line(one["help"]),
            say.join(one["criteria"]),
            number(one["points"]),
        )
        for one in sent["missing"]
    )
    title = say.line(document["second"]["title"]).text
    return Part(
        say("还缺的佐证", "Evidence that is lacking"),
        (
            Line(
                say(
                    f"“{title}”要求而这份申报里没有的。已经有的、已经办过的，如实补充填报即可。",
                    f"What “{title}” asks for and this submission does not hold. What is there already need only be stated.",
                )
            ),
        ),
        table("missing", heads, rows, say("不缺。", "None."), (24, 8, 12, 30, 16, 10)),
    )


def _labels(sent: Json, say: Wording) -> dict[str, str]:
    return {one["id"]: _item(one, say) for one in sent["missing"]}


def _open(sent: Json, say: Wording) -> Part:
    names = _labels(sent, say)
    heads = (
        say("标识", "Id"),
        say("条款与指标", "Clause and criterion"),
        say("现状", "State"),
        say("可得分", "Points"),
        say("等待什么", "What it waits for"),
    )
    return Part(
        say("待定的指标", "Criteria that are open"),
        table=table(
            "open",
            heads,
            (_waiting(one, names, say) for one in sent["open"]),
            say("无。", "None."),
            (10, 36, 11, 11, 32),
        ),
    )


def _waiting(one: Json, names: dict[str, str], say: Wording) -> Row:
    lacks = [names[name] for name in one["lacks"]]
    waits = (
        say("；", "; ").join(lacks) or say.join(say.pick(labels.WAITS[wait]) for wait in one["waits"]) or "—"
    )
    return row(
        one["id"],
        _name(one, say),
        cell(say.pick(labels.outcome(one["outcome"], one["waits"])), kind="outcome"),
        number(f"{one['floor']}–{one['ceiling']} / {one['points']}"),
        waits,
    )


def _decided(sent: Json, say: Wording) -> Part:
    heads = (
        say("标识", "Id"),
        say("条款与指标", "Clause and criterion"),
        say("判定", "Outcome"),
        say("得分", "Points"),
    )
    rows: Iterable[Row] = (
        row(
            one["id"],
            _name(one, say),
            cell(say.pick(labels.OUTCOMES[one["outcome"]]), kind="outcome"),
            number("—" if one["outcome"] == "not_applicable" else f"{one['floor']} / {one['points']}"),
        )
        for one in sent["decided"]
    )
    return Part(
        say("已能判定的指标", "Criteria that are decided"),
        table=table("decided", heads, rows, say("无。", "None."), (12, 56, 16, 16)),
    )
