"""The tables of what a change of rules does: units, criteria, regions, and what cannot be told."""

from __future__ import annotations

from scorecards import labels
from scorecards.impact_words import DIRECTIONS, REASONS, grade_of, short_words
from scorecards.model import Part, Row, Table, cell, number, row, table
from scorecards.wording import Json, Line, Wording

# A printed report tells of so many units; a workbook of all.
_MOST_UNITS = 60


def units(found: Json, say: Wording, *, whole: bool) -> Part:
    """Every unit (``whole``), or those that are affected most."""
    chosen = sorted(found["units"], key=_concern)
    shown = chosen if whole else [one for one in chosen if _concern(one)[0] < 5][:_MOST_UNITS]
    intro = []
    rest = len(chosen) - len(shown)
    if rest and shown:
        zh = f"先列不再达标、掉级、降分最多的；其余 {rest} 个见表格（.xlsx）。"
        intro.append(Line(say(zh, f"Those that lose most come first; {rest} more stand in the workbook.")))
    elif rest:
        intro.append(
            Line(say(f"{rest} 个单位的分数、等级都不变。", f"All {rest} units keep score and grade."))
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
    return table("units", heads, rows, widths=widths)


def _unit(one: Json, found: Json, say: Wording, *, whole: bool) -> Row:
    by_id = {each["id"]: each for each in found["criteria"]}
    new, best = one["new"]["score"], one["new_at_best"]["score"]
    grades = [
        grade_of(one[side]["grade"], found[rules], say) for side, rules in (("old", "old"), ("new", "new"))
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
        number(_change(one, say)),
        cell(grade if grades[0] == grade else f"{grades[0]} → {grade}", kind="outcome"),
        cell(_acceptance(one, say), kind="outcome"),
        cell(*lines),
    ]
    if whole:
        cells.insert(1, cell(one["id"]))
    return row(*cells)


def _change(one: Json, say: Wording) -> str:
    if one["score"] == "unknown" or one["change"] is None:
        return say.pick(DIRECTIONS[one["score"]])
    best = one["change_at_best"]
    return str(one["change"]) if one["change"] == best else f"{one['change']} ~ {best}"


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


def criteria(found: Json, say: Wording) -> Part:
    """Each criterion that comes out otherwise, and what it moves the mean score by."""
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
        "各指标对总分的平均影响（百分制的分，全部单位平均）相加，等于已确认分的平均变化；无法测算的按全无计。",
        "The mean effects (points of 100, over all units) add up to the mean change of the confirmed score; "
        "what is unknown counts as nothing.",
    )
    return Part(
        say("指标", "Criteria"),
        (Line(intro),),
        table("causes", heads, rows, say("无。", "None."), (34, 8, 8, 10, 14, 26)),
    )


def regions(found: Json, say: Wording) -> Part:
    """Each region at each level."""
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


def unknown(found: Json, say: Wording) -> Part:
    """What was decided and cannot be decided any more, and why."""
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
