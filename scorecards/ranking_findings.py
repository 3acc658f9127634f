"""The first page of the briefing: what the ranking found, a sentence with its numbers each."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards.ranking_changes import reviewed, years
from scorecards.ranking_words import (
    MIXED,
    REASONS,
    counted,
    criterion_title,
    integrity,
    mixed_value,
    number_of,
    pass_grade,
    place_name,
    section_title,
    short_words,
    split_regions,
    units,
)
from scorecards.wording import Json, Line, Wording

_WORST = 3
_MOST_VALUES = 3


def findings(document: Json, say: Wording) -> tuple[Line, ...]:
    """The sentences in order, numbered; warnings first."""
    found = [
        *_warnings(document, say),
        *_outcomes(document, say),
        *_scores(document, say),
        *_near(document, say),
        *_criteria(document, say),
        *_sections(document, say),
        *_regions(document, say),
        *reviewed(document, say),
        *years(document, say),
        *_integrity(document, say),
    ]
    return tuple(Line(say(f"{n}. {text}", f"{n}. {text}")) for n, text in enumerate(found, 1))


def _warnings(document: Json, say: Wording) -> Iterator[str]:
    if document["mixed"]:
        told = say.semicolon.join(_mixed(one, say) for one in document["mixed"])
        yield say(
            f"注意：放在一起排的结果不一致，比较前请先分开——{told}。",
            f"Take care: results that differ are ranked together; part them before you compare. {told}.",
        )
    if document["repeated"]:
        number = number_of(document["repeated"], say)
        yield say(
            f"注意：有 {number} 份结果的单位已有另一份结果，各算一个。",
            f"Take care: {number} results are of subjects that have another one; each counts.",
        )


def _mixed(one: Json, say: Wording) -> str:
    shown = [
        counted(mixed_value(one["of"], each["value"], say), each["subjects"], say)
        for each in one["values"][:_MOST_VALUES]
    ]
    more = len(one["values"]) > _MOST_VALUES
    return say.pick(MIXED[one["of"]]) + say("：", " – ") + say.join(shown) + (say("等", " …") if more else "")


def _outcomes(document: Json, say: Wording) -> Iterator[str]:
    whole = document["whole"]
    accepted, rate = whole["accepted"], whole["pass_rate"]["floor"]
    share = "" if rate is None else say(f"（{rate}%）", f" ({rate}%)")
    refused = document["refused"]
    no, open_ = accepted["no"], accepted["undecided"]
    yield say(
        f"共评 {units(whole['subjects'], say)}单位：达标 {units(accepted['yes'], say)}{share}，"
        f"未达标 {units(no, say)}，待定 {units(open_, say)}。"
        + (f"另有 {number_of(refused, say)} 份申报退回，未计入。" if refused else ""),
        f"{number_of(whole['subjects'], say)} subjects were judged: {number_of(accepted['yes'], say)} accepted{share}, "
        f"{number_of(no, say)} not, {number_of(open_, say)} undecided."
        + (f" {number_of(refused, say)} submissions were refused and do not count." if refused else ""),
    )
    reasons = [
        counted(say.pick(REASONS[code]), number, say)
        for code, number in document["unranked"].items()
        if number
    ]
    ranked = units(whole["ranked"], say)
    if reasons:
        yield say(
            f"参加排名 {ranked}；其余不排名：{say.join(reasons)}。",
            f"{ranked} are ranked; the others are not: {say.join(reasons)}.",
        )
    else:
        yield say(f"全部参加排名，共 {ranked}。", f"All are ranked: {ranked}.")


def _scores(document: Json, say: Wording) -> Iterator[str]:
    floor, ceiling = document["whole"]["floor"], document["whole"]["ceiling"]
    if floor is None:
        yield say("有分数的单位太少，不列中位数。", "Too few subjects have a score for a median to be told.")
        return
    reach = ceiling["median"]
    same = reach == floor["median"]
    yield say(
        f"已确认分的中位数是 {floor['median']} 分"
        + ("" if same else f"（最高可达的中位数 {reach} 分）")
        + f"，中间一半的单位在 {floor['q1']} 至 {floor['q3']} 分之间，最低 {floor['min']} 分，最高 {floor['max']} 分。",
        f"The median of the confirmed scores is {floor['median']}"
        + ("" if same else f" ({reach} of the highest that can be reached)")
        + f"; the middle half lies between {floor['q1']} and {floor['q3']}, the lowest at {floor['min']}, "
        f"the highest at {floor['max']}.",
    )


def _near(document: Json, say: Wording) -> Iterator[str]:
    line = pass_grade(document)
    one = next((one for one in document["near"] if one["grade"] == line["id"]), None)
    if one is None:
        return
    below, above = number_of(one["below"], say), number_of(one["above"], say)
    title = say.line(line["title"]).text
    yield say(
        f"离达标线（{title}，{line['at_least']} 分）2 分以内：线下 {below} 个，线上 {above} 个。",
        f"Within 2 points of the pass line ({title}, {line['at_least']}): {below} below it, {above} on or above it.",
    )


def _criteria(document: Json, say: Wording) -> Iterator[str]:
    known = document["ruleset"]["criteria"]
    failing = [
        one
        for one in document["criteria"]
        if isinstance(one["failing"], int) and one["failing"] and known[one["id"]]["level"] != "may"
    ]
    failing.sort(key=lambda one: -one["failing"])
    for n, one in enumerate(failing[:_WORST]):
        title = criterion_title(one["id"], document, say).text
        share = (one["of_applied"] or one["of_all"])["failing_rate"]
        rate = "" if share is None else say(f"（{share}%）", f" ({share}%)")
        short = say.semicolon + short_words(one["short"][0], say) if one["short"] else ""
        head = (
            say("没有做到的单位最多的指标：", "Most often not met: ") if n == 0 else say("其次：", "Next: ")
        )
        yield say(
            f"{head}“{title}”，{one['failing']} 个单位{rate}{short}。",
            f"{head}{title}, by {one['failing']} subjects{rate}{short}.",
        )


def _sections(document: Json, say: Wording) -> Iterator[str]:
    rated = [one for one in document["sections"] if one["rate"] is not None]
    if len(rated) < 2:
        return
    rated.sort(key=lambda one: float(one["rate"]["floor"]))
    low, high = rated[0], rated[-1]
    yield say(
        f"得分率最低的类目是“{section_title(low['id'], document, say)}”（{low['rate']['floor']}%），"
        f"最高的是“{section_title(high['id'], document, say)}”（{high['rate']['floor']}%）。",
        f"The section that earned least of its points is {section_title(low['id'], document, say)} "
        f"({low['rate']['floor']}%); most earned {section_title(high['id'], document, say)} ({high['rate']['floor']}%).",
    )


def _regions(document: Json, say: Wording) -> Iterator[str]:
    level = sorted(split_regions(document), key=lambda one: (float(one["floor"]["median"]), one["path"]))
    if len(level) < 2:
        return
    low, high = level[0], level[-1]
    yield say(
        f"中位数最高的地区是{place_name(high['path'], say)}（{high['floor']['median']} 分{_rate(high, say)}），"
        f"最低的是{place_name(low['path'], say)}（{low['floor']['median']} 分{_rate(low, say)}）。",
        f"The region with the highest median is {place_name(high['path'], say)} ({high['floor']['median']}"
        f"{_rate(high, say)}), the lowest {place_name(low['path'], say)} ({low['floor']['median']}{_rate(low, say)}).",
    )


def _rate(one: Json, say: Wording) -> str:
    rate = one["pass_rate"]["floor"]
    return "" if rate is None else say(f"，达标率 {rate}%", f", pass rate {rate}%")


def _integrity(document: Json, say: Wording) -> Iterator[str]:
    found = document["integrity"]
    if not found["subjects"] or not found["codes"]:
        return
    codes = [counted(integrity(one, say), one["subjects"], say) for one in found["codes"][:_MOST_VALUES]]
    more = say("等", " …") if len(found["codes"]) > _MOST_VALUES else ""
    yield say(
        f"{units(found['subjects'], say)}单位有数据提示（不改变分数），最多的是{say.join(codes)}{more}。",
        f"{units(found['subjects'], say)} subjects have integrity findings (no score changes), most often "
        f"{say.join(codes)}{more}.",
    )
