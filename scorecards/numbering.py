"""The numbers of the parts of a scorecard and of other reports, numbered as official documents number them.

On a scorecard an action plan, where there is one, stands before the list of all criteria.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from scorecards.model import Part
from scorecards.wording import Json, Wording

_PARTS = (
    "conclusion",
    "sections",
    "unmet",
    "waiting",
    "plan",
    "criteria",
    "evidence",
    "method",
    "signing",
)
_NUMERALS = "〇一二三四五六七八九十"


def numbered(parts: Iterable[Part], say: Wording) -> tuple[Part, ...]:
    """``parts`` with 一、二、… or 1. 2. … before their headings; at most ten."""
    return tuple(
        replace(part, heading=say(f"{numeral}、", f"{n}. ") + part.heading)
        for n, (numeral, part) in enumerate(zip(_NUMERALS[1:], parts, strict=False), 1)
    )


def number_of(part: str, assessment: Json) -> int:
    """The number of ``part`` in the scorecard of ``assessment``."""
    return [one for one in _PARTS if one != "plan" or "plan" in assessment].index(part) + 1


def heading(part: str, assessment: Json, zh: str, en: str, say: Wording) -> str:
    """The numbered heading of a part: 六、佐证清单."""
    number = number_of(part, assessment)
    return say(f"{_NUMERALS[number]}、{zh}", f"{number}. {en}")


def within(part: str, position: int, assessment: Json, zh: str, en: str, say: Wording) -> str:
    """The numbered heading of a passage of a part: （二）算例, 7.2 A worked example."""
    return say(f"（{_NUMERALS[position]}）{zh}", f"{number_of(part, assessment)}.{position} {en}")


def named(part: str, assessment: Json, say: Wording) -> str:
    """A part as a sentence refers to it: 第六部分, part 6."""
    number = number_of(part, assessment)
    return say(f"第{_NUMERALS[number]}部分", f"part {number}")


def numeral(number: int) -> str:
    """A number from 1 to 99 as official documents number their parts.

    >>> [numeral(n) for n in (1, 10, 11, 20, 35)]
    ['一', '十', '十一', '二十', '三十五']
    """
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _NUMERALS[tens]) + ("十" if tens else "") + (_NUMERALS[ones] if ones else "")
