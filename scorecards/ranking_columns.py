"""What stands in the columns of the ranking workbook's sheets: heads, widths, kinds, and how each reads a row."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from scorecards import labels
from scorecards.ranking_words import (
    MIXED,
    criteria_titles,
    criterion_title,
    grade_title,
    integrity,
    mixed_value,
    place_name,
    reason,
    section_title,
    width_of,
)
from scorecards.wording import Json, Wording, printable

# A text that may wrap; a count, a rank: whole numbers; points: as they are; scores and shares: out of 100, with a bar; a mean.
Kind = Literal["text", "wrapped", "count", "points", "score", "percent", "change", "mean"]
Value = str | int | None


class Column(NamedTuple):
    """One column: ``width`` in characters, ``read`` the value of a row; a number is a printed decimal or an int.

    A ``name`` says what the row is about: it stays in sight.
    """

    head: str
    width: float
    kind: Kind
    read: Callable[[Json], Value]
    name: bool = False


_LEVELS = (
    ("省（一级）", "Region 1"),
    ("市（二级）", "Region 2"),
    ("县（三级）", "Region 3"),
    ("乡（四级）", "Region 4"),
)


def _region(document: Json, say: Wording) -> Iterator[Column]:
    for level in range(min(document["depth"], len(_LEVELS))):
        names = (one["path"][level] for one in document["regions"] if len(one["path"]) > level)
        width = max(10, min(26, 2 + max(map(width_of, names), default=0)))
        head = say.pick(_LEVELS[level])
        width = max(width, width_of(head) + 2)
        yield Column(head, width, "wrapped", _at(level, last=level + 1 == len(_LEVELS)))


def _at(level: int, *, last: bool) -> Callable[[Json], str]:
    # What lies deeper than there are columns stands in the last one.
    def read(one: Json) -> str:
        parts = one["region"][level:] if last else one["region"][level : level + 1]
        return printable(" ".join(parts))

    return read


def name_columns(document: Json, say: Wording) -> Iterator[Column]:
    """Who it is: name, id, region by level."""
    longest = document["longest"]
    width = max(14, min(longest["name"] + 2, 34))
    yield Column(say("单位", "Subject"), width, "wrapped", lambda one: printable(one["name"]), name=True)
    yield Column(say("标识", "Id"), max(8, min(longest["id"] + 2, 26)), "wrapped", lambda one: one["id"])
    yield from _region(document, say)


def _mixed(document: Json, say: Wording) -> Iterator[Column]:
    """What differs among the subjects."""
    for found in document["mixed"]:
        of = found["of"]
        width = 30 if of == "period" else 14
        yield Column(say.pick(MIXED[of]), width, "text", _reading(of, say))


def _reading(of: str, say: Wording) -> Callable[[Json], str]:
    def read(one: Json) -> str:
        return mixed_value(of, one[of] if of == "period" else [one[of]], say)

    return read


def _score(end: str) -> Callable[[Json], Value]:
    return lambda one: None if one["score"] is None else one["score"][end]


def _place(name: str) -> Callable[[Json], Value]:
    return lambda one: None if one["place"] is None else one["place"][name]


def _rank(say: Wording) -> Column:
    return Column(say("名次", "Rank"), 8, "count", _place("rank"))


def _grade(document: Json, say: Wording) -> Column:
    return Column(say("等级", "Grade"), 12, "text", lambda one: grade_title(one["grade"], document, say))


def accepted_word(one: Json, say: Wording) -> str:
    """达标, 未达标 or 待定."""
    return say.pick(labels.ACCEPTED[one["accepted"]])


def _scores(say: Wording) -> Iterator[Column]:
    yield Column(say("已确认分", "Confirmed score"), 11, "score", _score("floor"))
    yield Column(say("最高可达", "Highest reach"), 11, "score", _score("ceiling"))
    yield Column(say("已定比例", "Share decided"), 10, "percent", lambda one: one["decided"])
    yield Column(say("适用分值", "Points applied"), 10, "points", lambda one: one["applicable_points"])
    yield Column(
        say("不适用分值", "Points not applied"), 11, "points", lambda one: one["not_applicable_points"]
    )


def _integrity(say: Wording) -> Iterator[Column]:
    yield Column(
        say("提示条数", "Integrity findings"),
        9,
        "count",
        lambda one: sum(each["number"] for each in one["integrity"]),
    )
    yield Column(say("提示内容", "What they are"), 44, "wrapped", lambda one: _codes(one, say))


def _codes(one: Json, say: Wording) -> str:
    return say.join(
        integrity(each, say) + (f"×{each['number']}" if each["number"] > 1 else "")
        for each in one["integrity"]
    )


def ranked(document: Json, say: Wording) -> tuple[Column, ...]:
    """总排名."""
    return (
        _rank(say),
        *name_columns(document, say),
        *_mixed(document, say),
        _grade(document, say),
        Column(say("结论", "Conclusion"), 10, "text", lambda one: accepted_word(one, say)),
        *_scores(say),
        Column(say("最好名次", "Best rank"), 9, "count", _place("best")),
        Column(say("最差名次", "Worst rank"), 9, "count", _place("worst")),
        Column(say("一票否决", "Vetoes"), 10, "text", lambda one: _vetoes(one, document, say)),
        *_integrity(say),
    )


def _vetoes(one: Json, document: Json, say: Wording) -> str:
    names = (*one["vetoes"], *one["open_vetoes"])
    return criteria_titles(names, document, say) if names else say("无", "none")


def unranked(document: Json, say: Wording) -> tuple[Column, ...]:
    """待定与否决."""
    return (
        *name_columns(document, say),
        Column(
            say("不排名的原因", "Why it is not ranked"),
            40,
            "wrapped",
            lambda one: _reasons(one, document, say),
        ),
        *_mixed(document, say),
        _grade(document, say),
        Column(say("结论", "Conclusion"), 10, "text", lambda one: accepted_word(one, say)),
        *_scores(say),
        Column(say("否决未过项数", "Vetoes failed"), 10, "count", lambda one: len(one["vetoes"])),
        Column(say("否决待定项数", "Vetoes open"), 10, "count", lambda one: len(one["open_vetoes"])),
        *_integrity(say),
    )


def _reasons(one: Json, document: Json, say: Wording) -> str:
    return say.semicolon.join(reason(each, document, say) for each in one["reasons"])


def by_section(document: Json, say: Wording) -> tuple[Column, ...]:
    """类目得分: of each section the points that applied, those confirmed, those that can be reached, and their share."""
    return (
        _rank(say),
        *name_columns(document, say),
        *_mixed(document, say),
        *_section_columns(document, say),
    )


def _section_columns(document: Json, say: Wording) -> Iterator[Column]:
    heads: tuple[tuple[str, str, str, Kind], ...] = (
        ("applicable", "适用分值", "applied", "points"),
        ("floor", "已确认", "confirmed", "points"),
        ("ceiling", "最高可达", "reach", "points"),
        ("rate", "得分率", "share", "percent"),
    )
    for section in document["ruleset"]["sections"]:
        title = say.line(section["title"]).text
        for name, zh, en, kind in heads:
            yield Column(say(f"{title}\n{zh}", f"{title}\n{en}"), 11, kind, _earned(section["id"], name))


def _earned(section: str, name: str) -> Callable[[Json], Value]:
    return lambda one: one["sections"][section][name] if section in one["sections"] else None


def near(document: Json, say: Wording) -> tuple[Column, ...]:
    """临界名单: a row for each bound that is near; ``one["bound"]`` is that bound."""
    bounds = {one["id"]: one["at_least"] for one in document["ruleset"]["grades"]}
    passing = document["ruleset"]["pass"]
    return (
        Column(
            say("界线", "Bound"), 14, "text", lambda one: grade_title(one["bound"]["grade"], document, say)
        ),
        Column(
            say("达标线", "Pass line"),
            8,
            "text",
            lambda one: say("是", "yes") if one["bound"]["grade"] == passing else "",
        ),
        Column(say("界线分", "At"), 8, "points", lambda one: bounds[one["bound"]["grade"]]),
        Column(say("高于界线", "Above it by"), 10, "change", lambda one: one["bound"]["difference"]),
        _rank(say),
        *name_columns(document, say),
        *_mixed(document, say),
        _grade(document, say),
        Column(say("结论", "Conclusion"), 10, "text", lambda one: accepted_word(one, say)),
        *_scores(say),
        Column(
            say("不排名的原因", "Why it is not ranked"),
            40,
            "wrapped",
            lambda one: _reasons(one, document, say),
        ),
    )


def deviations(document: Json, say: Wording) -> tuple[Column, ...]:
    """自评与终评偏差."""
    return (
        *name_columns(document, say),
        *_mixed(document, say),
        Column(
            say("自评已确认分", "Self-check, confirmed"), 12, "score", lambda one: one["claimed"]["floor"]
        ),
        Column(say("自评最高可达", "Self-check, reach"), 12, "score", lambda one: one["claimed"]["ceiling"]),
        Column(say("终评已确认分", "Final, confirmed"), 12, "score", _score("floor")),
        Column(say("终评最高可达", "Final, reach"), 12, "score", _score("ceiling")),
        Column(
            say("终评减自评", "Final less self-check"), 12, "change", lambda one: one["claimed"]["difference"]
        ),
        _rank(say),
        _grade(document, say),
    )


def published(document: Json, say: Wording) -> tuple[Column, ...]:
    """公示名单: name, region and grade only."""
    longest = document["longest"]["name"]
    return (
        Column(
            say("单位", "Subject"),
            max(20, min(longest + 2, 60)),
            "wrapped",
            lambda one: printable(one["name"]),
        ),
        *_region(document, say),
        _grade(document, say),
    )


def years(document: Json, say: Wording) -> tuple[Column, ...]:
    """年度对比; of a subject of one year only the other side is empty."""
    return (
        *name_columns(document, say),
        Column(say("对应情况", "Years"), 12, "text", lambda one: _both(one, say)),
        Column(say("上年已确认分", "Last year, confirmed"), 12, "score", _before("floor")),
        Column(say("上年最高可达", "Last year, reach"), 12, "score", _before("ceiling")),
        Column(
            say("本年已确认分", "This year, confirmed"),
            12,
            "score",
            lambda one: _score("floor")(one) if "score" in one else None,
        ),
        Column(
            say("本年最高可达", "This year, reach"),
            12,
            "score",
            lambda one: _score("ceiling")(one) if "score" in one else None,
        ),
        Column(say("升降", "Change"), 10, "change", _before("change")),
        Column(say("上年名次", "Last rank"), 9, "count", _before("rank")),
        Column(
            say("本年名次", "Rank"), 9, "count", lambda one: _place("rank")(one) if "place" in one else None
        ),
        Column(say("上年等级", "Last grade"), 12, "text", lambda one: _grade_before(one, document, say)),
        Column(
            say("本年等级", "Grade"),
            12,
            "text",
            lambda one: grade_title(one["grade"], document, say) if "grade" in one else "",
        ),
        Column(say("上年结论", "Last conclusion"), 11, "text", lambda one: _word(one["last"], say)),
        Column(
            say("本年结论", "Conclusion"),
            11,
            "text",
            lambda one: _word(one if "accepted" in one else None, say),
        ),
    )


def _both(one: Json, say: Wording) -> str:
    if "score" not in one:
        return say("本年没有", "not this year")
    return say("两年都有", "both") if one["last"] else say("上年没有", "not last year")


def _before(name: str) -> Callable[[Json], Value]:
    return lambda one: one["last"].get(name) if one["last"] else None


def _grade_before(one: Json, document: Json, say: Wording) -> str:
    known = {grade["id"] for grade in document["ruleset"]["grades"]}
    if not one["last"] or one["last"]["grade"] not in known:
        return one["last"]["grade"] or "—" if one["last"] else ""
    return grade_title(one["last"]["grade"], document, say)


def _word(one: Json | None, say: Wording) -> str:
    return "" if one is None else accepted_word(one, say)


def costs(document: Json, say: Wording) -> tuple[Column, ...]:
    """指标失分排行: the sections, then the criteria, most points lost first."""
    outcomes = (
        Column(say(zh, en), 10, "count", _outcome(name)) for name, (zh, en) in labels.OUTCOMES.items()
    )
    return (
        Column(say("层级", "Level"), 8, "text", lambda one: _level(one, say)),
        Column(
            say("类目", "Section"), 18, "wrapped", lambda one: section_title(one["section"], document, say)
        ),
        Column(
            say("条款与指标", "Clause and criterion"),
            40,
            "wrapped",
            lambda one: _criterion(one, document, say),
            name=True,
        ),
        Column(say("适用单位", "Applied"), 9, "count", lambda one: one["applied"]),
        *outcomes,
        Column(say("失分单位", "Subjects short"), 10, "count", lambda one: one["failing"]),
        Column(say("失分占比", "Share short"), 10, "percent", _shares("failing_rate")),
        Column(say("确定失分合计", "Lost for certain"), 12, "points", _lost("certain")),
        Column(say("未定分合计", "Open"), 12, "points", _lost("open")),
        Column(say("平均确定失分", "Mean lost"), 12, "mean", _shares("mean_certain")),
        Column(say("平均未定分", "Mean open"), 12, "mean", _shares("mean_open")),
        Column(say("缺口项目", "Short of"), 30, "wrapped", lambda one: _short(one, "label", say)),
        Column(say("单位", "Unit"), 8, "text", lambda one: _short(one, "unit", say)),
        Column(
            say("有缺口的单位", "Subjects short of it"),
            11,
            "count",
            lambda one: _first_short(one, "subjects"),
        ),
        Column(say("缺口中位数", "Median short"), 11, "points", lambda one: _first_short(one, "median")),
        Column(say("缺口最大", "Most short"), 11, "points", lambda one: _first_short(one, "max")),
        Column(say("其他缺口", "Other shortfalls"), 36, "wrapped", lambda one: _other_short(one, say)),
    )


def _level(one: Json, say: Wording) -> str:
    if one["criterion"] is None:
        return say("类目", "section")
    return say("鼓励项", "encouraged") if one["lost"] is None else say("指标", "criterion")


def _criterion(one: Json, document: Json, say: Wording) -> str:
    return (
        say("（整个类目）", "(the whole section)")
        if one["criterion"] is None
        else criterion_title(one["criterion"], document, say).text
    )


def _outcome(name: str) -> Callable[[Json], Value]:
    return lambda one: None if one["outcomes"] is None else one["outcomes"][name]


def _lost(name: str) -> Callable[[Json], Value]:
    return lambda one: None if one["lost"] is None else one["lost"][name]


def _shares(name: str) -> Callable[[Json], Value]:
    return lambda one: one["of_applied"][name]


def _first_short(one: Json, name: str) -> Value:
    return one["short"][0][name] if one["short"] else None


def _short(one: Json, name: str, say: Wording) -> str:
    return say.line(one["short"][0][name]).text if one["short"] else ""


def _other_short(one: Json, say: Wording) -> str:
    return say.semicolon.join(
        f"{say.line(each['label']).text} {each['median']} / {each['max']} {say.line(each['unit']).text}"
        for each in one["short"][1:]
    )


def regions(document: Json, say: Wording) -> tuple[Column, ...]:
    """分区汇总: as it may circulate."""
    return (
        Column(say("层级", "Level"), 7, "count", lambda one: len([part for part in one["path"] if part])),
        Column(say("地区", "Region"), 36, "text", lambda one: _indented(one["path"], say), name=True),
        *(one._replace(read=_part(level)) for level, one in enumerate(_region(document, say))),
        Column(say("单位数", "Subjects"), 9, "count", lambda one: one["subjects"]),
        Column(say("达标", "Accepted"), 9, "count", lambda one: one["accepted"]["yes"]),
        Column(say("达标率", "Pass rate"), 10, "percent", lambda one: one["pass_rate"]["floor"]),
        Column(say("中位数", "Median"), 10, "score", _spread("floor", "median")),
        Column(say("最高可达中位数", "Median of the reach"), 12, "score", _spread("ceiling", "median")),
        Column(say("最低", "Least"), 10, "score", _spread("floor", "min")),
        Column(say("下四分位", "Lower quartile"), 10, "score", _spread("floor", "q1")),
        Column(say("上四分位", "Upper quartile"), 10, "score", _spread("floor", "q3")),
        Column(say("最高", "Greatest"), 10, "score", _spread("floor", "max")),
    )


def _indented(path: list[str], say: Wording) -> str:
    return "\u3000" * max(len(path) - 1, 0) + printable(place_name(path, say))


def _part(level: int) -> Callable[[Json], str]:
    return lambda one: printable(one["path"][level]) if level < len(one["path"]) else ""


def _spread(end: str, name: str) -> Callable[[Json], Value]:
    return lambda one: None if one[end] is None else one[end][name]


def steps(document: Json, say: Wording) -> tuple[Column, ...]:
    """分数分布: grades, then steps of the confirmed score; as they may circulate."""
    return (
        Column(
            say("分类", "By"),
            10,
            "text",
            lambda one: say("等级", "grade") if "id" in one else say("分数段", "score"),
        ),
        Column(say("等级或分数段", "Grade or step"), 22, "text", lambda one: _step(one, document, say)),
        Column(say("单位数", "Subjects"), 12, "count", lambda one: one["subjects"]),
    )


def _step(one: Json, document: Json, say: Wording) -> str:
    if "id" in one:
        return grade_title(one["id"], document, say) if one["id"] else say("等级未定", "undecided")
    return f"{one['from']}–{one['to']}"
