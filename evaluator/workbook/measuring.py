"""How much room a text takes in a cell: not every program measures rows when it opens a file. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from math import ceil

# The height of a line of 10.5 points, and the least height of a row, in points.
LINE, LEAST = 15.0, 19.5
_MOST_LINES = 26


def height(cells: Iterable[tuple[str, float]]) -> float:
    """The height of a row whose cells hold these texts in columns of these widths (in characters)."""
    most = max((lines(text, width) for text, width in cells), default=1)
    return max(LEAST, min(most, _MOST_LINES) * LINE + 4)


def lines(text: str, width: float) -> int:
    """How many lines ``text`` takes in a column of ``width``."""
    room = max(2.0, width - 1.2)
    return sum(max(1, ceil(across(line) / room)) for line in text.split("\n"))


def across(text: str) -> float:
    """The width of one line: a Chinese character is twice as wide as a digit."""
    return sum(2.05 if unicodedata.east_asian_width(one) in "WFA" else 1.05 for one in text)
