"""From what a change of rules does (its JSON) to a report: overview, units, criteria, regions, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards import impact_tables as tables
from scorecards import labels
from scorecards.impact_words import DIRECTIONS, counted, grade_of, mean
from scorecards.model import Bar, Chart, Fact, Part, Report, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording

_MOST_BARS = 16


def impact_report(found: Json, lang: Language = "zh", *, whole: bool = False) -> Report:
    """The report of ``{"impact": 1, …}``; ``whole`` for a workbook: every unit, and sheets that are called by what they hold."""
    say = Wording(lang)
    listed = tables.units(found, say, whole=whole)
    parts = [tables.criteria(found, say), tables.regions(found, say), tables.unknown(found, say)]
    # Printed, what concerns all comes first; a workbook is searched by unit.
    parts = [listed, *parts] if whole else [*_chart(found, say), *_grades(found, say), *parts, listed]
    old, new = found["old"], found["new"]
    versions = f"{old['id']}@{old['version']} → {new['id']}@{new['version']}"
    return Report(
        lang=lang,
        title=Line(
            say(f"修订影响测算：{say.line(new['title']).text}", f"Impact: {say.line(new['title']).text}")
        ),
        subtitle=say(f"{found['totals']['units']} 个单位", f"{found['totals']['units']} units"),
        running=say("修订影响测算\u3000", "Impact\u3000") + versions,
        facts=tuple(_facts(found, versions, say)),
        parts=tuple(parts) if whole else numbered(parts, say),
        remarks=tuple(_remarks(say)),
        wide=True,
        sheet=say("概览", "Overview"),
    )


def _facts(found: Json, versions: str, say: Wording) -> Iterator[Fact]:
    totals, accepted = found["totals"], found["totals"]["accepted"]
    yield Fact(say("规则", "Rules"), (Line(versions),), wide=True)
    yield Fact(say("阶段", "Stage"), (Line(say.pick(labels.STAGES[found["stage"]])),))
    yield Fact(say("单位数", "Units"), (Line(str(totals["units"])),))
    yield Fact(say("已确认分", "Confirmed score"), (Line(counted(totals["score"], say)),))
    yield Fact(say("等级", "Grade"), (Line(counted(totals["grade"], say)),))
    became = say(
        f"修订前 {accepted['old']} 个，修订后 {accepted['new']} 个"
        + (f"，另有 {accepted['unknown']} 个无法测算" if accepted["unknown"] else ""),
        f"{accepted['old']} before, {accepted['new']} after"
        + (f", {accepted['unknown']} cannot be told" if accepted["unknown"] else ""),
    )
    crossed = say(
        f"新达标 {accepted['gains']} 个，不再达标 {accepted['loses']} 个",
        f"{accepted['gains']} newly accepted, {accepted['loses']} no longer",
    )
    yield Fact(say("达标", "Accepted"), (Line(became), Line(crossed)), wide=True)
    yield Fact(say("平均变化", "Mean change"), (Line(mean(totals["mean_change"], say)),))
    yield Fact(
        say("新增缺口", "Newly short"),
        (Line(say(f"{totals['newly_short']} 个单位", f"{totals['newly_short']} units")),),
    )
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


def _remarks(say: Wording) -> Iterator[Line]:
    for zh, en in (
        (
            "升降按已确认分比：没有判定的都按 0 分。",
            "Up and down compare confirmed scores: what is undecided counts as nothing.",
        ),
        (
            "修订前判得了、修订后判不了的（多是新要的佐证从未收过），按全无和全有各算一次：",
            "What was decided before and cannot be now (mostly for want of evidence that was never asked for)",
        ),
        (
            "两次方向一致才说升降，否则列为无法测算，不当作 0 分。",
            "is taken once as nothing and once as all: only where both agree is a direction told.",
        ),
    ):
        yield Line(say(zh, en))


def _chart(found: Json, say: Wording) -> Iterator[Part]:
    rows = [(say("全部", "All"), found["totals"])]
    depth = _first_split(found["regions"])
    within = [one for one in found["regions"] if len(one["path"]) == depth]
    if 1 < len(within) <= _MOST_BARS // 2 - 1:
        rows += [(one["path"][-1], one) for one in within]
    bars = []
    for name, totals in rows:
        units, accepted = totals["units"], totals["accepted"]
        for when, sure, maybe in (
            (say("修订前", "before"), accepted["old"], 0),
            (say("修订后", "after"), accepted["new"], accepted["unknown"]),
        ):
            bars.append(_bar(say(f"{name}，{when}", f"{name}, {when}"), sure, maybe, units, say))
    if found["totals"]["units"]:
        title = say("达标单位的比例", "Share of units that are accepted")
        yield Part(
            title, chart=Chart(title, tuple(bars), say("达标", "Accepted"), say("无法测算", "Cannot be told"))
        )


def _bar(name: str, sure: int, maybe: int, units: int, say: Wording) -> Bar:
    value = str(sure) if not maybe else f"{sure}–{sure + maybe}"
    shown = say(f"{value} / {units}", f"{value} of {units}")
    return Bar(say.submitted(name), sure * 100 / units, (sure + maybe) * 100 / units, shown)


def _first_split(regions: list[Json]) -> int:
    """The first level of regions at which the units lie in several."""
    for depth in range(1, 8):
        if sum(len(one["path"]) == depth for one in regions) > 1:
            return depth
    return 0


def _grades(found: Json, say: Wording) -> Iterator[Part]:
    moved = [one for one in found["grades"] if one["unknown"] or one["from"] != one["to"]]
    if not moved:
        return
    heads = say("修订前等级", "Grade before"), say("修订后等级", "Grade after"), say("单位数", "Units")
    rows = [
        row(
            grade_of(one["from"], found["old"], say),
            say.pick(DIRECTIONS["unknown"]) if one["unknown"] else grade_of(one["to"], found["new"], say),
            number(str(one["units"])),
        )
        for one in moved
    ]
    yield Part(
        say("等级的变动", "Grades that changed"), table=table("grades", heads, rows, widths=(40, 40, 20))
    )
