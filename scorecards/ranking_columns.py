"""What a column of the ranking workbook is, and those that many of its sheets share: who it is, score, grade, place."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from scorecards import labels
from scorecards.ranking_words import (
    MIXED,
    grade_title,
    mixed_value,
    reason,
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


def region_columns(document: Json, say: Wording) -> Iterator[Column]:
    """A column for each level of regions; what lies deeper than the last stands in it."""
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
    yield from region_columns(document, say)


def mixed_columns(document: Json, say: Wording) -> Iterator[Column]:
    """What differs among the subjects."""
    for found in document["mixed"]:
        of = found["of"]
        width = 30 if of == "period" else 14
        yield Column(say.pick(MIXED[of]), width, "text", _reading(of, say))


def _reading(of: str, say: Wording) -> Callable[[Json], str]:
    def read(one: Json) -> str:
        return mixed_value(of, one[of] if of == "period" else [one[of]], say)

    return read


def score_of(end: str) -> Callable[[Json], Value]:
    """Reads the floor or the ceiling of a row's score."""
    return lambda one: None if one["score"] is None else one["score"][end]


def place_of(name: str) -> Callable[[Json], Value]:
    """Reads the rank, the best or the worst of a row that is ranked."""
    return lambda one: None if one["place"] is None else one["place"][name]


def rank_column(say: Wording) -> Column:
    """名次."""
    return Column(say("名次", "Rank"), 8, "count", place_of("rank"))


def grade_column(document: Json, say: Wording) -> Column:
    """等级."""
    return Column(say("等级", "Grade"), 12, "text", lambda one: grade_title(one["grade"], document, say))


def accepted_word(one: Json, say: Wording) -> str:
    """达标, 未达标 or 待定."""
    return say.pick(labels.ACCEPTED[one["accepted"]])


def score_columns(say: Wording) -> Iterator[Column]:
    """The score, how much of it is decided, and the points that applied and did not."""
    yield Column(say("已确认分", "Confirmed score"), 11, "score", score_of("floor"))
    yield Column(say("最高可达", "Highest reach"), 11, "score", score_of("ceiling"))
    yield Column(say("已定比例", "Share decided"), 10, "percent", lambda one: one["decided"])
    yield Column(say("适用分值", "Points applied"), 10, "points", lambda one: one["applicable_points"])
    yield Column(
        say("不适用分值", "Points not applied"), 11, "points", lambda one: one["not_applicable_points"]
    )


def reasons_told(one: Json, document: Json, say: Wording) -> str:
    """Why a row is not ranked, in full."""
    return say.semicolon.join(reason(each, document, say) for each in one["reasons"])
