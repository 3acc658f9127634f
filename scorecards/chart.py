"""The geometry of the bar chart, in SVG user units. Black, hatched and white, so that a photocopy still tells."""

from __future__ import annotations

from dataclasses import dataclass

from scorecards.model import Bar, Chart
from scorecards.wording import has_han

FAMILY = "Duibiao Song, Songti SC, SimSun, Noto Serif CJK SC, serif"
WIDTH, LEFT, RIGHT = 450.0, 130.0, 375.0
TOP, PITCH, THICK, HATCH = 4.0, 22.0, 11.0, 3.0
LABEL_UNITS, LABEL_LINES, FONT = 13.0, 2, 9.0


@dataclass(frozen=True, slots=True)
class PlottedBar:
    """One bar: label lines with their baselines, lengths of the solid and the whole bar, and the hatch as an SVG path."""

    y: float
    label: tuple[tuple[str, float], ...]
    floor: float
    full: float
    hatch: str
    value: str


@dataclass(frozen=True, slots=True)
class Plot:
    """The whole chart; all lengths in user units."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    thick: float
    key: float
    key_hatch: str
    ticks: tuple[tuple[float, str], ...]
    bars: tuple[PlottedBar, ...]
    family: str = FAMILY


def plot(chart: Chart) -> Plot:
    """Lay ``chart`` out."""
    bottom = TOP + PITCH * len(chart.bars)
    ticks = tuple((LEFT + (RIGHT - LEFT) * share / 100, f"{share}%") for share in range(0, 101, 20))
    bars = tuple(_bar(bar, TOP + PITCH * index + (PITCH - THICK) / 2) for index, bar in enumerate(chart.bars))
    return Plot(
        WIDTH,
        bottom + 32,
        LEFT,
        RIGHT,
        TOP,
        bottom,
        THICK,
        bottom + 18,
        hatch(LEFT + 90, bottom + 18, 16, 8),
        ticks,
        bars,
    )


def _bar(bar: Bar, y: float) -> PlottedBar:
    scale = (RIGHT - LEFT) / 100
    texts = _wrapped(bar.label.text)
    first = y + THICK / 2 + FONT * 0.35 - (len(texts) - 1) * FONT * 0.55
    label = tuple((text, round(first + index * FONT * 1.1, 2)) for index, text in enumerate(texts))
    if bar.floor is None or bar.ceiling is None:
        return PlottedBar(y, label, 0, 0, "", bar.value)
    floor, ceiling = (round(min(max(end, 0.0), 100.0) * scale, 2) for end in (bar.floor, bar.ceiling))
    return PlottedBar(y, label, floor, 100 * scale, hatch(LEFT + floor, y, ceiling - floor, THICK), bar.value)


def hatch(x: float, y: float, width: float, height: float) -> str:
    """Slanting lines that fill a rectangle, closed by an upright line at its right end."""
    if width <= 0:
        return ""
    strokes = []
    offset = HATCH - height
    while offset < width:
        # Each line rises from the lower edge by 45 degrees; both ends are cut at the rectangle.
        start, end = max(offset, 0.0), min(offset + height, width)
        strokes.append(
            f"M{x + start:.2f} {y + height - (start - offset):.2f}L{x + end:.2f} {y + height - (end - offset):.2f}"
        )
        offset += HATCH
    return "".join(strokes) + f"M{x + width:.2f} {y:.2f}v{height:g}"


def _wrapped(text: str) -> list[str]:
    """``text`` on at most two lines of 13 ems; what is longer ends in an ellipsis (the table has it in full)."""
    words = list(text) if has_han(text) else [word + " " for word in text.split()]
    texts, room = [""], LABEL_UNITS
    for word in words:
        size = sum(1.0 if has_han(letter) or ord(letter) > 0x2000 else 0.52 for letter in word)
        if size > room and texts[-1]:
            if len(texts) == LABEL_LINES:
                texts[-1] = texts[-1].rstrip()[:-1] + "…"
                break
            texts.append("")
            room = LABEL_UNITS
        texts[-1] += word
        room -= size
    return [item.strip() for item in texts]
