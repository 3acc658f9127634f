"""From a ledger of arrivals (its JSON) to a report: totals, every arrival in order, why some were refused, what others lack."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from scorecards.digests import short_digest
from scorecards.labels import Pairs
from scorecards.model import Fact, Part, Report, Row, cell, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording

_MOST_NAMES = 20
STATUSES: Pairs = MappingProxyType(
    {
        "received": ("收到", "received"),
        "incomplete": ("不完整", "incomplete"),
        "to_confirm": ("需人工确认", "to be confirmed"),
        "duplicate": ("重复", "duplicate"),
        "superseded": ("被取代", "superseded"),
        "refused": ("拒收", "refused"),
    }
)


def ledger_report(ledger: Json, lang: Language = "zh") -> Report:
    """The report of a ledger (the parsed JSON, ``{"ledger": 1, …}``) in Chinese or English."""
    say = Wording(lang)
    rules = ledger["ruleset"]
    judged = say.line(rules["title"]) if rules else Line(say("未指定", "not stated"))
    parts = [
        _totals(ledger, say),
        _entries(ledger, say),
        *_refused(ledger, say),
        *_missing(ledger, say),
        *_ignored(ledger, say),
    ]
    return Report(
        lang=lang,
        title=Line(say("申报收件登记表", "Ledger of submissions received")),
        subtitle=judged.text if rules else say("收件情况", "What arrived"),
        running=say("申报收件登记表", "Ledger of submissions received"),
        facts=(
            Fact(
                say("依据规则", "Rules"),
                (judged, *([Line(f"{rules['id']}@{rules['version']}")] if rules else [])),
            ),
            Fact(say("件数", "Arrivals"), (Line(str(len(ledger["entries"]))),)),
        ),
        parts=numbered(parts, say),
        wide=True,
    )


def _totals(ledger: Json, say: Wording) -> Part:
    heads = (say("情况", "Status"), say("件数", "Number"))
    rows = [row(say.pick(pair), number(str(ledger["totals"][status]))) for status, pair in STATUSES.items()]
    rows.append(row(say("合计", "Together"), number(str(len(ledger["entries"]))), kind="total"))
    return Part(say("合计", "Totals"), table=table("totals", heads, rows, widths=(70, 30)))


def _entries(ledger: Json, say: Wording) -> Part:
    heads = (
        say("序号", "No."),
        say("所在地区", "Region"),
        say("单位", "Subject"),
        say("文件", "File"),
        say("评估期和数据截止日", "Period and data date"),
        say("情况", "Status"),
        say("说明", "Remarks"),
    )
    rows = (_entry(n, one, say) for n, one in enumerate(ledger["entries"], 1))
    return Part(
        say("登记", "Arrivals"),
        table=table(
            "arrivals", heads, rows, say("文件夹里没有申报。", "Nothing arrived."), (5, 13, 13, 15, 21, 9, 24)
        ),
    )


def _entry(n: int, one: Json, say: Wording) -> Row:
    subject, period = one["subject"], one["period"]
    region = say.submitted(say("", " ").join(subject["region"])) if subject else Line("")
    days = [say.span(period["from"], period["to"]), say.date(one["as_of"])] if period else ["—"]
    return row(
        number(str(n)),
        cell((region.text and region) or "—"),
        cell(*([say.submitted(subject["name"]), subject["id"]] if subject else ["—"])),
        cell(say.submitted(one["name"]), _short(one["digest"])),
        cell(*days),
        cell(say.pick(STATUSES[one["status"]]), kind="outcome"),
        cell(*_remarks(one, say)),
    )


def _short(digest: str | None) -> str:
    return short_digest(digest) if digest else ""


def _remarks(one: Json, say: Wording) -> Iterator[Line]:
    yield from (say.line(reason) for reason in one["reasons"])
    if one["included_by"]:
        names = say.join(one["included_by"])
        yield say.submitted(say(f"被 {names} 引用", f"included by {names}"))
    if one["problems"]:
        problems = len(one["problems"])
        yield Line(say(f"{problems} 处问题，见拒收原因", f"{problems} problems, listed below"))


def _refused(ledger: Json, say: Wording) -> Iterator[Part]:
    rows = [
        row(
            say.submitted(one["name"]),
            say.submitted(problem["place"]),
            say.line(problem["text"]),
            problem["code"],
        )
        for one in ledger["entries"]
        for problem in one["problems"]
    ]
    if rows:
        heads = (
            say("文件", "File"),
            say("位置", "Place"),
            say("问题和改法", "What is wrong, and the mend"),
            say("代码", "Code"),
        )
        yield Part(
            say("拒收原因", "Why some were refused"),
            table=table("refused", heads, rows, widths=(18, 26, 42, 14)),
        )


def _missing(ledger: Json, say: Wording) -> Iterator[Part]:
    lacking = [
        one
        for one in ledger["entries"]
        if one["status"] in ("incomplete", "to_confirm")
        and (one["missing"]["files"] or one["missing"]["items"])
    ]
    if lacking:
        heads = (
            say("单位和文件", "Subject and file"),
            say("没有说明的材料", "Items of which nothing is said"),
            say("缺少的佐证文件", "Absent files"),
        )
        rows = (
            row(
                cell(say.submitted(one["subject"]["name"]), say.submitted(one["name"])),
                say.join(say.line(item["label"]).text for item in one["missing"]["items"]) or "—",
                _files(one, say),
            )
            for one in lacking
        )
        yield Part(
            say("缺少的材料", "What is missing"), table=table("missing", heads, rows, widths=(18, 44, 38))
        )


def _files(one: Json, say: Wording) -> Line:
    names = one["missing"]["files"]
    if one["bare"] and names:
        return Line(say(f"全部 {len(names)} 个（只有表）", f"all {len(names)} (the form alone)"))
    listed = say.submitted(say.join(names[:_MOST_NAMES]) or "—")
    if len(names) > _MOST_NAMES:
        more = say(f" 等 {len(names)} 个", f" and {len(names) - _MOST_NAMES} more")
        return Line(listed.text + more, listed.lang)
    return listed


def _ignored(ledger: Json, say: Wording) -> Iterator[Part]:
    if ledger["ignored"]:
        names = say.submitted(say.join(ledger["ignored"]))
        yield Part(say("略过的系统文件", "Files of the system that were left out"), (names,))
