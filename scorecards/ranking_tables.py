"""The tables and charts of the briefing: distribution, sections, criteria, regions, years, the head of the lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scorecards.model import Bar, Cell, Chart, Column, Columns, Part, Passage, Row, cell, number, row, table
from scorecards.ranking_changes import signed
from scorecards.ranking_rules import RULES
from scorecards.ranking_words import (
    REASONS,
    criterion_title,
    grade_title,
    pass_grade,
    place_name,
    reason,
    region_name,
    section_title,
    short_figures,
)
from scorecards.wording import Json, Line, Wording

_MOST_CRITERIA = 20
_MOST_REGIONS = 45
_NONE = "—"


def distribution_chart(document: Json, say: Wording) -> Columns:
    """How many have which confirmed score; internally told apart by acceptance."""
    steps = document["distribution"]
    counts = [one["subjects"] if isinstance(one["subjects"], int) else 0 for one in steps]
    most = max([*counts, 1])
    columns = []
    for one, count in zip(steps, counts, strict=True):
        by = one["accepted"]
        parts = (count,) if by is None else (by["yes"], by["undecided"], by["no"])
        value = str(one["subjects"]) if one["subjects"] else ""
        columns.append(Column(f"{one['from']}–{one['to']}", tuple(part / most for part in parts), value))
    line = pass_grade(document)
    words = say(f"达标线 {line['at_least']}", f"pass line {line['at_least']}")
    at = float(line["at_least"]) * len(steps) / 100
    told = any(one["accepted"] is not None for one in steps)
    kinds = (say("达标", "accepted"), say("待定", "undecided"), say("未达标", "not accepted")) if told else ()
    title = say("各分数段的单位数（已确认分）", "Subjects by confirmed score")
    return Columns(title, tuple(columns), kinds, (at, words) if at else None)


def distribution(document: Json, say: Wording) -> Part:
    """By grade, and by steps of the confirmed score."""
    whole = document["whole"]["subjects"]
    steps = [
        row(
            f"{one['from']}–{one['to']}", number(str(one["subjects"])), number(_share(one["subjects"], whole))
        )
        for one in document["distribution"]
        if one["subjects"]
    ]
    grades = [
        row(
            grade_title(one["id"], document, say) if one["id"] else say("等级未定", "undecided"),
            number(str(one["subjects"])),
            number(_share(one["subjects"], whole)),
        )
        for one in document["grades"]
    ]
    heads = say("单位数", "Subjects"), say("占比", "Share")
    return Part(
        say("分数与等级分布", "Scores and grades"),
        (
            Line(
                say(
                    "图中是各分数段的单位数，按已确认分。每段含下限、不含上限；最后一段含 100 分。",
                    "Subjects by confirmed score. Each step holds its lower bound, not its upper; the last holds 100.",
                )
            ),
        ),
        passages=(
            Passage(
                say("等级", "Grades"),
                table=table("grades", (say("等级", "Grade"), *heads), grades, widths=(50, 25, 25)),
            ),
            Passage(
                say("分数段", "Steps"),
                table=table(
                    "steps",
                    (say("已确认分", "Confirmed score"), *heads),
                    steps,
                    say("无。", "None."),
                    (50, 25, 25),
                ),
            ),
        ),
        chart=distribution_chart(document, say),
    )


def _share(part: int | str, whole: int | str) -> str:
    """A share for reading: one decimal, never 0.0% or 100.0% where it is not just that."""
    if not isinstance(part, int) or not isinstance(whole, int) or not whole:
        return _NONE
    tenths = (part * 2000 + whole) // (whole * 2)
    if part and not tenths:
        return "<0.1%"
    if part < whole and tenths >= 1000:
        return ">99.9%"
    return f"{tenths // 10}.{tenths % 10}%"


def sections(document: Json, say: Wording) -> Part:
    """What was earned of each section's points."""
    listed = document["sections"]
    bars = [
        Bar(
            Line(section_title(one["id"], document, say)),
            float(one["rate"]["floor"]),
            float(one["rate"]["ceiling"]),
            _range(one["rate"]) + "%",
        )
        for one in listed
        if one["rate"] is not None
    ]
    title = say("各类目得分率", "Share of each section's points that was earned")
    heads = (
        say("类目", "Section"),
        say("得分率", "Earned"),
        say("得分率中位数", "Median"),
        say("平均确定失分", "Mean lost"),
        say("平均未定", "Mean open"),
    )
    rows = [
        row(
            section_title(one["id"], document, say),
            number(_NONE if one["rate"] is None else _range(one["rate"]) + "%"),
            number(_NONE if one["median"] is None else f"{one['median']}%"),
            number(one["lost"]["mean_certain"] or _NONE),
            number(one["lost"]["mean_open"] or _NONE),
        )
        for one in listed
    ]
    chart = Chart(title, tuple(bars), say("已确认", "Confirmed"), say("未定", "Open")) if bars else None
    return Part(
        say("类目", "Sections"),
        table=table("by-section", heads, rows, say("无。", "None."), (40, 18, 14, 14, 14)),
        chart=chart,
    )


def _range(ends: Json) -> str:
    return str(ends["floor"]) if ends["floor"] == ends["ceiling"] else f"{ends['floor']}–{ends['ceiling']}"


def criteria(document: Json, say: Wording) -> Part:
    """The criteria that cost most."""
    known = document["ruleset"]["criteria"]
    listed = [one for one in document["criteria"] if known[one["id"]]["level"] != "may"]
    of_all = document.get("circulated", False)
    heads = [
        say("条款与指标", "Clause and criterion"),
        say("适用单位", "Applied"),
        say("失分单位", "Short"),
        say("占全部单位", "Share of all") if of_all else say("占适用单位", "Share"),
        say("平均确定失分", "Mean lost"),
        say("平均未定", "Mean open"),
        say("缺口（按差的单位）", "How far short"),
    ]
    widths = [22, 9, 9, 11, 9, 9, 31]
    if of_all:
        del heads[1], widths[1]
    rows = [
        row(
            cell(criterion_title(one["id"], document, say)),
            *(() if of_all else (number(str(one["applied"])),)),
            number(str(one["failing"])),
            *(number(text) for text in _criterion_shares(one)),
            cell(*(short_figures(each, say) for each in one["short"][:2])),
        )
        for one in listed[:_MOST_CRITERIA]
    ]
    rest = len(listed) - len(rows)
    intro = [Line(say("按确定失分的总数从多到少。", "Most points lost for certain first."))]
    if rest > 0:
        intro.append(Line(say(f"其余 {rest} 项见工作簿。", f"{rest} more stand in the workbook.")))
    empty = say("没有指标的结果。", "No results of criteria.")
    return Part(
        say("失分最多的指标", "Criteria that cost most"),
        tuple(intro) if rows else (),
        table("by-criterion", heads, rows, empty, widths),
    )


def _criterion_shares(one: Json) -> Iterator[str]:
    shares = one["of_applied"] or one["of_all"]
    yield _NONE if shares["failing_rate"] is None else f"{shares['failing_rate']}%"
    yield shares["mean_certain"] or _NONE
    yield shares["mean_open"] or _NONE


def regions(document: Json, say: Wording) -> Part:
    """The upper levels of the tree, as many as fit."""
    depth, listed = 0, []
    for level in range(1, document["depth"] + 2):
        found = [one for one in document["regions"] if len(one["path"]) <= level]
        if level > 1 and len(found) > _MOST_REGIONS:
            break
        depth, listed = level, found
    shown = listed[:_MOST_REGIONS]
    rest = len(document["regions"]) - len(shown)
    intro = say(
        f"列到第 {depth} 级；其余 {rest} 个地区见工作簿的“分区汇总”。",
        f"Down to level {depth}; {rest} more regions stand in the workbook.",
    )
    heads = (
        say("地区", "Region"),
        say("单位数", "Subjects"),
        say("达标", "Accepted"),
        say("达标率", "Pass rate"),
        say("中位数", "Median"),
        say("四分位", "Quartiles"),
        say("最低–最高", "Least–greatest"),
    )
    return Part(
        say("地区", "Regions"),
        (Line(intro),) if rest > 0 else (),
        table(
            "by-region",
            heads,
            (_region(one, say) for one in shown),
            say("无。", "None."),
            (28, 10, 10, 13, 11, 15, 15),
        ),
    )


def _region(one: Json, say: Wording) -> Row:
    spread, rate = one["floor"], one["pass_rate"]["floor"]
    name = "\u3000" * (len(one["path"]) - 1) + place_name(one["path"], say)
    figures = (
        (_NONE, _NONE, _NONE)
        if spread is None
        else (spread["median"], f"{spread['q1']}–{spread['q3']}", f"{spread['min']}–{spread['max']}")
    )
    return row(
        cell(say.submitted(name)),
        number(str(one["subjects"])),
        number(str(one["accepted"]["yes"])),
        number(_NONE if rate is None else f"{rate}%"),
        *map(number, figures),
        kind="lead" if len(one["path"]) == 1 else "row",
    )


def years(document: Json, say: Wording) -> Iterator[Part]:
    """This year beside the last, where there is a last."""
    found = document["years"]
    if found is None:
        return
    heads = say("项目", "Item"), say("上年", "Last year"), say("本年", "This year")
    rows = list(_both(found["last"], document["whole"], say)) if found["last"] else []
    changes = (
        row(
            section_title(one["id"], document, say),
            number(f"{one['last']}%"),
            number(f"{one['rate']}%"),
            number(signed(one["change"])),
        )
        for one in found["sections"]
    )
    section_heads = (
        say("类目得分率", "Earned by section"),
        heads[1],
        heads[2],
        say("变化（百分点）", "Change"),
    )
    period = found["common"]["period"]
    intro = say("上年评估期：", "Last year's period: ") + (
        say("不止一个", "several") if period is None else say.span(*period)
    )
    caution = say(
        "两年的规则、阶段或评估期不同的，分数不宜直接相比。",
        "Under other rules, or of another stage or period, scores should not be compared as they are.",
    )
    counts = say(
        f"上年有、本年没有的单位 {found['gone']} 个；本年新有的 {found['new']} 个。",
        f"Only last year: {found['gone']} subjects; only this year: {found['new']}.",
    )
    yield Part(
        say("年度对比", "Year on year"),
        (Line(intro), Line(counts), Line(caution)),
        table("years", heads, rows, say("无。", "None."), (40, 30, 30)),
        (
            Passage(
                say("类目", "Sections"),
                table=table(
                    "year-sections",
                    section_heads,
                    changes,
                    say("单位太少，不列。", "Too few subjects."),
                    (40, 20, 20, 20),
                ),
            ),
        ),
    )


def _both(last: Json, now: Json, say: Wording) -> Iterator[Row]:
    names = (
        say("单位数", "Subjects"),
        say("达标", "Accepted"),
        say("达标率", "Pass rate"),
        say("已确认分中位数", "Median of the confirmed scores"),
        say("最高可达中位数", "Median of the highest reach"),
    )
    for name, before, after in zip(names, _sums(last), _sums(now), strict=True):
        yield row(name, number(before), number(after))


def _sums(one: Json) -> tuple[str, ...]:
    medians = (_NONE if one[end] is None else str(one[end]["median"]) for end in ("floor", "ceiling"))
    rate = one["pass_rate"]["floor"]
    return str(one["subjects"]), str(one["accepted"]["yes"]), _NONE if rate is None else f"{rate}%", *medians


def first(document: Json, say: Wording) -> Part:
    """The head of the ranking."""
    listed, whole = document["first"]["ranked"], document["whole"]["ranked"]
    heading = say("排名前列", "Top of the ranking")
    if listed is None:
        return Part(
            heading, (Line(say("参加排名的单位太少，不列名。", "Too few are ranked for names to be told.")),)
        )
    named = document.get("circulated", False)
    heads = [say("名次", "Rank"), say("单位", "Subject"), say("地区", "Region")]
    widths = [10, 40, 50]
    if not named:
        heads += [
            say("已确认分", "Confirmed"),
            say("最高可达", "Reach"),
            say("等级", "Grade"),
            say("不适用分值", "Points not applied"),
            say("提示", "Notes"),
        ]
        widths = [7, 26, 24, 9, 9, 10, 9, 6]
    intro = [
        Line(
            say(
                f"前 {len(listed)} 个；全部 {whole} 个见工作簿“总排名”。",
                f"The first {len(listed)} of {whole}; all stand in the workbook.",
            )
        )
    ]
    if named:
        intro.append(
            Line(
                say(
                    "可传阅的版本不列分数和等级：列出即可数出不足 10 的数。",
                    "No scores or grades here: from them small counts could be told.",
                )
            )
        )
    rows = (row(*_ranked(one, document, say, named=named)) for one in listed)
    return Part(
        heading,
        tuple(intro) if listed else (),
        table("first", heads, rows, say("没有参加排名的单位。", "Nobody is ranked."), widths),
    )


def _ranked(one: Json, document: Json, say: Wording, *, named: bool) -> Iterator[Cell]:
    yield number(str(one["place"]["rank"]))
    yield cell(say.submitted(one["name"]))
    yield cell(say.submitted(region_name(one["region"], say)))
    if not named:
        yield number(one["score"]["floor"])
        yield number(one["score"]["ceiling"])
        yield cell(grade_title(one["grade"], document, say), kind="outcome")
        yield number(one["not_applicable_points"])
        yield number(str(sum(each["number"] for each in one["integrity"])))


def unranked(document: Json, say: Wording) -> Part:
    """How many are not ranked for which reason; internally the first of them by name."""
    heads = say("原因", "Reason"), say("单位数", "Subjects")
    counts = (
        row(say.pick(REASONS[code]), number(str(count)))
        for code, count in document["unranked"].items()
        if count
    )
    empty = say("全部参加排名。", "All are ranked.")
    listed = document["first"]["unranked"]
    passages: tuple[Passage, ...] = ()
    if listed:
        names = (
            say("单位", "Subject"),
            say("地区", "Region"),
            say("已确认分–最高可达", "Confirmed–reach"),
            say("原因", "Reason"),
        )
        rows = (
            row(
                cell(say.submitted(one["name"])),
                cell(say.submitted(region_name(one["region"], say))),
                number(_NONE if one["score"] is None else _range(one["score"])),
                cell(*(reason(each, document, say) for each in one["reasons"])),
            )
            for one in listed
        )
        said = Line(
            say(
                f"列前 {len(listed)} 个，全部见工作簿“待定与否决”。",
                f"The first {len(listed)}; all stand in the workbook.",
            )
        )
        passages = (
            Passage(say("名单", "Names"), (said,), table("unranked", names, rows, widths=(26, 22, 17, 35))),
        )
    return Part(
        say("待定与否决", "Undecided and vetoed"),
        table=table("reasons", heads, counts, empty, (60, 40)),
        passages=passages,
    )


def rules(document: Json, say: Wording) -> Part:
    """The rules of ranking in full."""
    line = pass_grade(document)
    bounds: Iterable[str] = (
        say(
            f"{say.line(one['title']).text} {one['at_least']} 分以上",
            f"{say.line(one['title']).text} from {one['at_least']}",
        )
        for one in document["ruleset"]["grades"]
    )
    grades = (
        say("等级：", "Grades: ") + say.join(bounds) + say("；达标线：", "; pass line: ") + line["at_least"]
    )
    heads = say("规则", "Rule"), say("内容", "What it says")
    said = (row(cell(say.pick(one.heading)), cell(say.pick(one.text))) for one in RULES)
    listed = table("rules", heads, said, widths=(17, 83))
    return Part(say("排名规则", "Rules of ranking"), (Line(grades),), listed, own_page=True)
