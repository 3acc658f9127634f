"""The words for what a change of rules does to a unit."""

from __future__ import annotations

from types import MappingProxyType

from scorecards.labels import Pairs
from scorecards.wording import Json, Wording

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


def grade_of(name: str | None, side: Json, say: Wording) -> str:
    """The title of a grade of one of both rulesets."""
    return "—" if name is None else say.line(side["grades"][name]).text


def short_words(one: Json, say: Wording) -> str:
    """140 个单位共缺 312 个文明楼组."""
    label, unit = say.line(one["label"]).text, say.line(one["unit"]).text
    return say(
        f"{label}：{one['units']} 个单位共 {one['amount']} {unit}",
        f"{label}: {one['amount']} {unit} in {one['units']} units",
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
