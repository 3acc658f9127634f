"""The geometry of a chart of upright columns, in SVG user units: black, hatched and white, so that a photocopy still tells."""

from __future__ import annotations

from dataclasses import dataclass

from scorecards.chart import FAMILY, hatch
from scorecards.model import Column, Columns

WIDTH, LEFT, RIGHT = 450.0, 8.0, 442.0
TOP, HEIGHT, GAP = 20.0, 78.0, 0.18
# Black, hatched, white: from below.
FILLS = ("#333", "#fff", "#fff")
_HATCHED = 1


@dataclass(frozen=True, slots=True)
class Box:
    """One part of a column, and its hatch as an SVG path."""

    y: float
    height: float
    fill: str
    hatch: str


@dataclass(frozen=True, slots=True)
class PlottedColumn:
    """One column with its boxes from below, the words under it and those on it."""

    x: float
    middle: float
    value_y: float
    boxes: tuple[Box, ...]
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Upright:
    """The whole chart; all lengths in user units. ``size`` is that of the letters on the columns."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    thick: float
    size: float
    columns: tuple[PlottedColumn, ...]
    mark: tuple[float, float, str, str] | None
    key: tuple[tuple[float, str, str, str], ...]
    key_y: float
    family: str = FAMILY


def plot_columns(chart: Columns) -> Upright:
    """Lay ``chart`` out."""
    bottom = TOP + HEIGHT
    pitch = (RIGHT - LEFT) / max(len(chart.columns), 1)
    thick = pitch * (1 - GAP)
    columns = tuple(
        _column(one, LEFT + pitch * n + pitch * GAP / 2, thick, bottom) for n, one in enumerate(chart.columns)
    )
    longest = max((len(one.value) for one in chart.columns), default=1)
    size = round(max(4.5, min(7.5, pitch * 1.7 / max(longest, 1))), 2)
    key_y = bottom + 18
    key = tuple(
        (LEFT + 92 * n, FILLS[n], hatch(LEFT + 92 * n, key_y, 16, 8) if n == _HATCHED else "", text)
        for n, text in enumerate(chart.parts)
    )
    mark = None
    if chart.mark is not None:
        x, words = LEFT + pitch * chart.mark[0], chart.mark[1]
        # The words stand on the side that has room for them.
        left = x > (LEFT + RIGHT) / 2
        mark = (round(x, 2), round(x - 3 if left else x + 3, 2), "end" if left else "start", words)
    height = key_y + (12 if key else -4)
    return Upright(WIDTH, height, LEFT, RIGHT, TOP, bottom, round(thick, 2), size, columns, mark, key, key_y)


def _column(one: Column, x: float, thick: float, bottom: float) -> PlottedColumn:
    boxes, y = [], bottom
    for n, part in enumerate(one.parts):
        height = round(part * HEIGHT, 2)
        if height > 0:
            y -= height
            lines = hatch(x, y, thick, height) if n == _HATCHED else ""
            boxes.append(Box(round(y, 2), height, FILLS[n], lines))
    return PlottedColumn(
        round(x, 2), round(x + thick / 2, 2), round(y - 2.5, 2), tuple(boxes), one.label, one.value
    )
