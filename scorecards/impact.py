"""From what a change of rules does (its JSON) to a report: overview, units, criteria, regions, and what cannot be told."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from scorecards import labels
from scorecards.labels import Pairs
from scorecards.model import Bar, Chart, Fact, Part, Report, Row, Table, cell, number, row, table
from scorecards.numbering import numbered
from scorecards.wording import Json, Language, Line, Wording

DIRECTIONS: Pairs = MappingProxyType(
    {
        "gains": ("升", "up"),
        "loses": ("降", "down"),
        "same": ("不变", "same"),
        "unknown": ("无法测算", "cannot be told"),
    }
)
REASONS: Pairs = MappingProxyType(
    {
        "never_asked": ("原来没有要过", "never asked for"),
        "not_submitted": ("要过而没有提交", "asked for, not submitted"),
        "person": ("等人核验", "waits for a person"),
        "time": ("未到时限", "not yet due"),
        "prerequisite": ("前提指标无法测算", "a prerequisite cannot be told"),
        "no_score": ("没有适用的指标，没有总分", "nothing applies: no score"),
    }
)
# A printed report tells of so many units; a workbook of all.
MOST_UNITS = 60
_MOST_BARS = 16


def impact_report(found: Json, lang: Language = "zh", *, whole: bool = False) -> Report:
    """The report of ``{"impact": 1, …}``; ``whole`` for a workbook: every unit, and sheets that are called by what they hold."""
    say = Wording(lang)
    parts = [*_chart(found, say), *_grades(found, say)] if not whole else []
    parts += [_units(found, say, whole=whole), _criteria(found, say), _regions(found, say)]
    parts.append(_unknown(found, say))
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


def counted(counts: Json, say: Wording) -> str:
    """升 12、降 340、不变 640、无法测算 8."""
    return say.join(f"{say.pick(DIRECTIONS[name])} {counts[name]}" for name in DIRECTIONS)


def mean(change: Json, say: Wording) -> str:
    """A mean difference of scores, as two where it depends on what is unknown."""
    if change["low"] is None:
        return "—"
    if change["low"] == change["high"]:
        return say(f"{change['low']} 分", f"{change['low']} points")
    return say(f"{change['low']} 至 {change['high']} 分", f"{change['low']} to {change['high']} points")


def _remarks(say: Wording) -> Iterator[Line]:
    yield Line(
        say(
            "升降按已确认分比：没有判定的都按 0 分。修订前已判定、修订后判不了的（多是新要的佐证从未收过），"
            "分别按全无和全有各算一次，两次方向一致才说升降，否则列为无法测算，不当作 0 分。",
            "Up and down compare confirmed scores: what is undecided counts as nothing. "
            "What was decided before and cannot be decided now (mostly evidence that was never asked for) is taken once as "
            "nothing and once as all: only where both agree is a direction told.",
        )
    )


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
            _grade(one["from"], found["old"], say),
            say.pick(DIRECTIONS["unknown"]) if one["unknown"] else _grade(one["to"], found["new"], say),
            number(str(one["units"])),
        )
        for one in moved
    ]
    yield Part(
        say("等级的变动", "Grades that changed"), table=table("grades", heads, rows, widths=(40, 40, 20))
    )


def _grade(name: str | None, side: Json, say: Wording) -> str:
    return "—" if name is None else say.line(side["grades"][name]).text


def _units(found: Json, say: Wording, *, whole: bool) -> Part:
    chosen = sorted(found["units"], key=_concern)
    shown = chosen if whole else [one for one in chosen if _concern(one)[0] < 5][:MOST_UNITS]
    intro = []
    if not whole and len(shown) < len(chosen):
        rest = len(chosen) - len(shown)
        intro.append(
            Line(
                say(
                    f"先列不再达标、掉级、降分最多的；其余 {rest} 个见表格（.xlsx）。",
                    f"Those that lose most come first; {rest} more stand in the workbook.",
                )
            )
        )
    return Part(say("单位明细", "Units"), tuple(intro), _unit_table(found, shown, say, whole=whole))


def _unit_table(found: Json, chosen: list[Json], say: Wording, *, whole: bool) -> Table:
    heads = [
        say("单位", "Unit"),
        say("地区", "Region"),
        say("修订前得分", "Before"),
        say("修订后得分", "After"),
        say("升降", "Change"),
        say("等级", "Grade"),
        say("达标", "Accepted"),
        say("变差的指标与新增缺口", "Criteria that fall, newly short"),
    ]
    widths = [15, 15, 8, 11, 8, 12, 9, 30]
    if whole:
        heads.insert(1, say("标识", "Id"))
        widths.insert(1, 12)
    rows = (_unit(one, found, say, whole=whole) for one in chosen)
    return table("units", heads, rows, say("无。", "None."), widths)


def _unit(one: Json, found: Json, say: Wording, *, whole: bool) -> Row:
    by_id = {each["id"]: each for each in found["criteria"]}
    new, best = one["new"]["score"], one["new_at_best"]["score"]
    grades = [
        _grade(one[side]["grade"], found[rules], say) for side, rules in (("old", "old"), ("new", "new"))
    ]
    grade = say.pick(DIRECTIONS["unknown"]) if one["grade"] == "unknown" else grades[1]
    lines = []
    for each in one["criteria"]:
        if each["direction"] == "loses" or each["short"]:
            name = by_id[each["id"]]
            short = say.join(say.line(text["text"]).text for text in each["short"])
            head = f"{name['clause']} {say.line(name['title']).text}"
            lines.append(Line(head + (say.colon + short if short else "")))
    lines += [Line(_unknown_words(each, by_id, say)) for each in one["unknown"]]
    cells = [
        cell(say.submitted(one["name"])),
        cell(say.submitted("".join(one["region"]) if say.lang == "zh" else ", ".join(one["region"]) or "—")),
        number(one["old"]["score"] or "—"),
        number((new or "—") if new == best else f"{new}–{best}"),
        number(
            one["change"]
            if one["score"] != "unknown" and one["change"]
            else say.pick(DIRECTIONS[one["score"]])
        ),
        cell(grade if grades[0] == grade else f"{grades[0]} → {grade}", kind="outcome"),
        cell(_acceptance(one, say), kind="outcome"),
        cell(*lines),
    ]
    if whole:
        cells.insert(1, cell(one["id"]))
    return row(*cells)


def _acceptance(one: Json, say: Wording) -> str:
    if one["acceptance"] == "unknown":
        return say.pick(DIRECTIONS["unknown"])
    if one["acceptance"] == "same":
        return say.pick(labels.ACCEPTED[True]) if one["old"]["accepted"] else say("未达标", "no")
    return say("新达标", "newly") if one["acceptance"] == "gains" else say("不再达标", "no longer")


def _unknown_words(one: Json, by_id: Json, say: Wording) -> str:
    name = by_id.get(one["criterion"])
    head = f"{name['clause']} {say.line(name['title']).text}" if name else say("总分", "score")
    items = say.join(say.line(item["label"]).text for item in one["items"])
    why = say.pick(REASONS[one["reason"]])
    return say(
        f"〔无法测算〕{head}：{why}{'，' if items else ''}{items}",
        f"[cannot be told] {head}: {why} {items}".strip(),
    )


def _concern(one: Json) -> tuple[int, float, str]:
    """The order of units: no longer accepted, lower grade, lower score, unknown, newly accepted, the rest."""
    change = float(one["change"] or 0)
    for n, holds in enumerate(
        (
            one["acceptance"] == "loses",
            one["grade"] == "loses",
            one["score"] == "loses",
            "unknown" in (one["score"], one["grade"], one["acceptance"]),
            one["acceptance"] == "gains" or one["grade"] == "gains",
        )
    ):
        if holds:
            return n, change, one["id"]
    return 5, change, one["id"]


def _criteria(found: Json, say: Wording) -> Part:
    heads = (
        say("条款与指标", "Clause and criterion"),
        say("变差", "Fall"),
        say("变好", "Rise"),
        say("无法测算", "Unknown"),
        say("对总分的平均影响", "Mean effect"),
        say("新增缺口", "Newly short"),
    )
    rows = (
        row(
            cell(say.standard(f"{one['clause']} {say.line(one['title']).text}".strip())),
            *(number(str(one[name])) for name in ("loses", "gains", "unknown")),
            number(one["effect"]),
            cell(*(Line(short_words(each, say)) for each in one["short"])),
        )
        for one in found["criteria"]
    )
    intro = say(
        "各指标对总分的平均影响（百分制的分，全部单位平均）相加，等于已确认分的平均变化。",
        "The mean effects (points of 100, over all units) add up to the mean change of the confirmed score.",
    )
    return Part(
        say("指标", "Criteria"),
        (Line(intro),),
        table("causes", heads, rows, say("无。", "None."), (34, 8, 8, 10, 14, 26)),
    )


def short_words(one: Json, say: Wording) -> str:
    """140 个单位共缺 312 个文明楼组."""
    label, unit = say.line(one["label"]).text, say.line(one["unit"]).text
    return say(
        f"{label}：{one['units']} 个单位共 {one['amount']} {unit}",
        f"{label}: {one['amount']} {unit} in {one['units']} units",
    )


def _regions(found: Json, say: Wording) -> Part:
    heads = (
        say("地区", "Region"),
        say("单位数", "Units"),
        say("升", "Up"),
        say("降", "Down"),
        say("不变", "Same"),
        say("无法测算", "Unknown"),
        say("修订前达标", "Accepted before"),
        say("修订后达标", "Accepted after"),
        say("平均变化", "Mean change"),
    )
    rows = (_region(one, say) for one in found["regions"])
    return Part(
        say("地区", "Regions"),
        table=table("regions", heads, rows, say("无。", "None."), (26, 8, 7, 7, 8, 9, 11, 11, 13)),
    )


def _region(one: Json, say: Wording) -> Row:
    path, accepted = one["path"], one["accepted"]
    name = "\u3000" * (len(path) - 1) + path[-1] if path else say("没有填地区", "no region stated")
    after = str(accepted["new"]) + (
        f"–{accepted['new'] + accepted['unknown']}" if accepted["unknown"] else ""
    )
    change = one["mean_change"]
    shown = change["low"] if change["low"] == change["high"] else f"{change['low']} ~ {change['high']}"
    return row(
        cell(say.submitted(name)),
        number(str(one["units"])),
        *(number(str(one["score"][name])) for name in ("gains", "loses", "same", "unknown")),
        number(str(accepted["old"])),
        number(after),
        number(shown or "—"),
        kind="lead" if len(path) == 1 else "row",
    )


def _unknown(found: Json, say: Wording) -> Part:
    heads = (
        say("条款与指标", "Clause and criterion"),
        say("原因", "Reason"),
        say("佐证", "Evidence"),
        say("单位数", "Units"),
    )
    rows = (
        row(
            cell(say.standard(f"{one['clause']} {say.line(one['title']).text}".strip())),
            say.pick(REASONS[one["reason"]]),
            cell(*(say.line(item["label"]) for item in one["items"])),
            number(str(one["units"])),
        )
        for one in found["unknown"]
    )
    intro = say(
        "修订前判得了、修订后判不了的指标。要知道影响，先向这些单位收这些佐证。",
        "Criteria that were decided before and cannot be decided now. To know, ask these units for this evidence first.",
    )
    empty = say("没有无法测算的。", "Everything can be told.")
    return Part(
        say("无法测算", "Cannot be told"),
        (Line(intro),),
        table("unknown", heads, rows, empty, (36, 20, 34, 10)),
    )
