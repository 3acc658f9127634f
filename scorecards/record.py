"""The on-site record to print: a page a site, to tick and sign with a pen; its workbook twin is made and read elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scorecards import labels
from scorecards.digests import short_digest
from scorecards.model import Fact, Part, Report, Row, cell, number, row, table
from scorecards.wording import Json, Language, Line, Wording


def site_record(assessment: Json, sites: Sequence[Json], stage: str, lang: Language = "zh") -> Report:
    """The record of the on-site check of an assessed submission.

    ``sites`` are ``{"name", "lines": [{"number", "title", "requirement", "claimed", "method", "levels", "points", "item"}]}``.
    """
    say = Wording(lang)
    submission, ruleset = assessment["submission"], assessment["ruleset"]
    name = say.submitted(str(submission["subject"]["name"]))
    title = say("现场核查记录表", "Record of the on-site check")
    rules = f"{ruleset['id']} {ruleset['version']}"
    digest = short_digest(submission["digest"])
    return Report(
        lang=lang,
        title=Line(title),
        subtitle=name.text + say("，", ", ") + say.pick(labels.STAGES[stage]),
        running="\u3000".join((title, name.text, say(f"申报校验码 {digest}", f"submission {digest}"))),
        facts=(
            Fact(say("申报单位", "Subject"), (name,)),
            Fact(
                say("评估期", "Period"),
                (Line(say.span(submission["period"]["from"], submission["period"]["to"])),),
            ),
            Fact(
                say("依据规则", "Rules"),
                (say.line(ruleset["title"]), Line(rules)),
                wide=True,
            ),
        ),
        parts=tuple(_site(one, n, say) for n, one in enumerate(sites, 1)),
        compact=True,
        remarks=(
            Line(
                say(
                    "每行在“属实”“部分属实”“不实”中选一项打√；不实和部分属实的写明看到的情况，部分属实的写核定得分，要评档次的写档次。"
                    "不写任何个人的姓名和证件号码；签字只在页末。",
                    "Tick one box in each row. Where something is not as claimed, write what was seen; where it is partly so, "
                    "the points; where it is rated, the level. Names stand nowhere but in the signatures.",
                )
            ),
        ),
    )


def _site(site: Json, position: int, say: Wording) -> Part:
    heads = (
        say("序号", "No."),
        say("核查内容和要求", "What to verify"),
        say("自报情况", "Claimed"),
        say("属实", "So"),
        say("部分属实", "Partly"),
        say("不实", "Not so"),
        say("得分或档次", "Points or level"),
        say("备注", "Remark"),
    )
    name = say.submitted(str(site["name"])).text
    return Part(
        heading=say(f"核查点 {position}：{name}", f"Site {position}: {name}"),
        intro=(
            Line(
                say(
                    "核查地点：\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000"
                    "核查日期：\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日",
                    "Place:\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000\u3000Date:",
                )
            ),
        ),
        table=table(
            "site", heads, (*_lines(site["lines"], say), _sign_off(say)), widths=(5, 39, 13, 6, 7, 6, 9, 17)
        ),
        own_page=position > 1,
    )


def _lines(lines: Iterable[Json], say: Wording) -> Iterable[Row]:
    for one in lines:
        of_unit = one["number"] is None
        seen = one["method"] == "on_site"
        method = (
            ""
            if seen
            else say(
                f"（{say.pick(labels.METHODS[one['method']])}）",
                f" ({say.pick(labels.METHODS[one['method']])})",
            )
        )
        requirement = [say.submitted(text) for text in str(one["requirement"]).split("\n") if text]
        levels = "/".join(str(level) for level in one["levels"])
        worth = (
            say(f"\u3000\u3000/{one['points']} 分", f"\u3000\u3000/{one['points']}") if one["points"] else ""
        )
        yield row(
            number("" if of_unit else str(one["number"])),
            cell(say.submitted(str(one["title"]) + method), *requirement),
            cell(*(say.submitted(text) for text in str(one["claimed"]).split("\n") if text)),
            number("□"),
            number("" if of_unit else "□"),
            number("□"),
            cell(
                say(f"\u3000\u3000档（{levels}）", f"level\u3000\u3000({levels})") if levels else worth,
                kind="number",
            ),
            "",
        )


def _sign_off(say: Wording) -> Row:
    day = say(
        "日期：\u3000\u3000\u3000\u3000年\u3000\u3000月\u3000\u3000日",
        "Date:\u3000\u3000\u3000\u3000\u3000\u3000\u3000",
    )
    room = "\u3000"
    return row(
        cell(say("核查人员（两人签字）：", "Inspectors (two signatures):"), room, day, span=2, kind="sign"),
        cell(
            say("被核查单位意见：", "Opinion of the inspected unit:"),
            room,
            say(
                "负责人签字、单位盖章：\u3000\u3000\u3000\u3000\u3000",
                "Head (signature, seal):\u3000\u3000\u3000",
            )
            + day,
            span=6,
            kind="sign",
        ),
    )
