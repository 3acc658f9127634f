"""The findings that set one score beside another: the final one beside the self-check, this year beside the last."""

from __future__ import annotations

from collections.abc import Iterator

from scorecards.ranking_words import MIXED, number_of, place_name, section_title, split_regions
from scorecards.wording import Json, Wording


def reviewed(document: Json, say: Wording) -> Iterator[str]:
    """What reviews changed, where there are any."""
    found = document["reviewed"]
    if found is None:
        return
    number, median = number_of(document["claimed"], say), signed(found["median_change"])
    by = found["directions"]
    if by is None:
        yield say(
            f"有复核的 {number} 个单位，终评与自评之差的中位数是 {median} 分。",
            f"Of {number} subjects with reviews the final score less the self-check has a median of {median}.",
        )
        return
    yield say(
        f"有复核的 {number} 个单位中，终评低于自评 {by['down']} 个、高于自评 {by['up']} 个、相同 {by['same']} 个，"
        f"差的中位数是 {median} 分。",
        f"Of {number} subjects with reviews {by['down']} came to less than by their self-check, {by['up']} to more, "
        f"{by['same']} to the same; the median difference is {median}.",
    )


def years(document: Json, say: Wording) -> Iterator[str]:
    """This year beside the last."""
    found = document["years"]
    if found is None:
        return
    if not found["matched"]:
        yield say("与上年没有对应得上的单位。", "No subject has a result of the year before.")
        return
    up, down = number_of(found["directions"]["up"], say), number_of(found["directions"]["down"], say)
    median = found["median_change"]
    change = (
        ""
        if median is None
        else say(f"，变化的中位数 {signed(median)} 分", f"; the median change is {signed(median)}")
    )
    matched = number_of(found["matched"], say)
    gained, lost = (number_of(found[name], say) for name in ("newly_accepted", "no_longer_accepted"))
    yield say(
        f"与上年对得上的 {matched} 个单位中，{up} 个升、{down} 个降{change}；新达标 {gained} 个，不再达标 {lost} 个。",
        f"Of {matched} subjects with a result of the year before {up} rose and {down} fell{change}; "
        f"{gained} are newly accepted, {lost} no longer.",
    )
    differs = [
        say.pick(MIXED[name])
        for name in ("stage", "kind")
        if found["common"][name] != document["common"][name]
    ]
    if differs:
        yield say(
            f"注意：两年的{say.join(differs)}不同，升降不宜当作进退。",
            f"Take care: the years differ in {say.join(differs)}; such changes are no progress or decline.",
        )
    yield from _moves(found, document, say)


def _moves(found: Json, document: Json, say: Wording) -> Iterator[str]:
    told = []
    split = {tuple(one["path"]) for one in split_regions(document)}
    regions = [
        one for one in found["regions"] if tuple(one["path"]) in split and _moved(one, "median_change")
    ]
    if regions:
        most = max(regions, key=lambda one: (abs(float(one["median_change"])), one["path"]))
        name, change = place_name(most["path"], say), signed(most["median_change"])
        told.append(say(f"地区是{name}（中位数 {change} 分）", f"among regions {name} (median {change})"))
    sections = [one for one in found["sections"] if _moved(one, "change")]
    if sections:
        most = max(sections, key=lambda one: abs(float(one["change"])))
        name, change = section_title(most["id"], document, say), signed(most["change"])
        told.append(
            say(
                f"类目是“{name}”（得分率 {change} 个百分点）",
                f"among sections {name} ({change} percentage points)",
            )
        )
    if told:
        yield say(f"比上年变化最大的{say.comma.join(told)}。", f"What changed most: {say.join(told)}.")


def _moved(one: Json, name: str) -> bool:
    return one[name] is not None and float(one[name]) != 0


def signed(number: str) -> str:
    """A change with its sign, for a sentence."""
    return number if number.startswith("-") or float(number) == 0 else f"+{number}"
