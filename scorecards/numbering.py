"""The parts of a report, numbered as official documents number them."""

from __future__ import annotations

from collections.abc import Iterable

from scorecards.model import Part
from scorecards.wording import Wording

_NUMERALS = "一二三四五六七八九十"


def numbered(parts: Iterable[Part], say: Wording) -> tuple[Part, ...]:
    """``parts`` with 一、二、… or 1. 2. … before their headings; at most ten."""
    return tuple(
        Part(say(f"{numeral}、", f"{n}. ") + part.heading, part.intro, part.table, part.passages)
        for n, (numeral, part) in enumerate(zip(_NUMERALS, parts, strict=False), 1)
    )
