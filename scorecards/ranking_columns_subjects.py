"""The columns of the sheets with a row for each subject: ranked, not ranked, by section, near a bound, …"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scorecards.ranking_columns import (
    Column,
    Kind,
    Value,
    accepted_word,
    grade_column,
    mixed_columns,
    name_columns,
    place_of,
    rank_column,
    reasons_told,
    region_columns,
    score_columns,
    score_of,
)
from scorecards.ranking_words import (
    criteria_titles,
    grade_title,
    integrity,
)
from scorecards.wording import Json, Wording, printable


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
        rank_column(say),
        *name_columns(document, say),
        *mixed_columns(document, say),
        grade_column(document, say),
        Column(say("结论", "Conclusion"), 10, "text", lambda one: accepted_word(one, say)),
        *score_columns(say),
        Column(say("最好名次", "Best rank"), 9, "count", place_of("best")),
        Column(say("最差名次", "Worst rank"), 9, "count", place_of("worst")),
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
            lambda one: reasons_told(one, document, say),
        ),
        *mixed_columns(document, say),
        grade_column(document, say),
        Column(say("结论", "Conclusion"), 10, "text", lambda one: accepted_word(one, say)),
        *score_columns(say),
        Column(say("否决未过项数", "Vetoes failed"), 10, "count", lambda one: len(one["vetoes"])),
        Column(say("否决待定项数", "Vetoes open"), 10, "count", lambda one: len(one["open_vetoes"])),
        *_integrity(say),
    )


def by_section(document: Json, say: Wording) -> tuple[Column, ...]:
    """类目得分: of each section the points that applied, those confirmed, those that can be reached, and their share."""
    return (
        rank_column(say),
        *name_columns(document, say),
        *mixed_columns(document, say),
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
        rank_column(say),
        *name_columns(document, say),
        *mixed_columns(document, say),
        grade_column(document, say),
        Column(say("结论", "Conclusion"), 10, "text", lambda one: accepted_word(one, say)),
        *score_columns(say),
        Column(
            say("不排名的原因", "Why it is not ranked"),
            40,
            "wrapped",
            lambda one: reasons_told(one, document, say),
        ),
    )


def deviations(document: Json, say: Wording) -> tuple[Column, ...]:
    """自评与终评偏差."""
    return (
        *name_columns(document, say),
        *mixed_columns(document, say),
        Column(
            say("自评已确认分", "Self-check, confirmed"), 12, "score", lambda one: one["claimed"]["floor"]
        ),
        Column(say("自评最高可达", "Self-check, reach"), 12, "score", lambda one: one["claimed"]["ceiling"]),
        Column(say("终评已确认分", "Final, confirmed"), 12, "score", score_of("floor")),
        Column(say("终评最高可达", "Final, reach"), 12, "score", score_of("ceiling")),
        Column(
            say("终评减自评", "Final less self-check"), 12, "change", lambda one: one["claimed"]["difference"]
        ),
        rank_column(say),
        grade_column(document, say),
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
        *region_columns(document, say),
        grade_column(document, say),
    )
