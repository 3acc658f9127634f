"""The results as a drawing that can be read in black and white: three panels, each with its own scale."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

Json = dict[str, Any]
WIDTH, LEFT, RIGHT, ROW, HEAD, FOOT = 820, 215, 90, 24, 46, 44
FONT = 'font-family="Helvetica, Arial, sans-serif"'


class Mark(NamedTuple):
    """One row of a panel: its name, the value, the least of its rounds, how it is printed, whether it is ours."""

    name: str
    value: float
    least: float
    text: str
    own: bool


def chart(results: Json) -> str:
    """``docs/benchmarks.svg``."""
    panels = [
        ("Microseconds a submission, a hundred checks (logarithmic; less is better)", _engines(results)),
        ("PDF pages a second, two processes (logarithmic; more is better)", _pdfs(results)),
    ]
    parts: list[str] = []
    top = 10
    for title, marks in panels:
        parts.extend(_rows(title, marks, top))
        top += HEAD + ROW * len(marks) + FOOT
    parts.extend(_growth(results, top))
    height = top + 330
    said = "Time a submission by engine, pages a second by program, and seconds by number of submissions"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" {FONT} font-size="13">\n<title>{said}</title>\n<rect width="100%" height="100%" fill="#fff"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _engines(results: Json) -> list[Mark]:
    rows = [(row["name"], row["total"]) for row in results["engines"]["engines"]]
    rows.append((results["spreadsheet"]["name"], results["spreadsheet"]["each"]))
    marks = [
        Mark(name, one["median"], one["minimum"], f"{one['median']:,.0f}", n == 0)
        for n, (name, one) in enumerate(rows)
    ]
    return sorted(marks, key=lambda one: one.value)


def _pdfs(results: Json) -> list[Mark]:
    marks = []
    for n, row in enumerate(results["pdfs"]["presses"]):
        seconds, pages = row["seconds"]["2"], row["pages"]
        rate = pages / seconds["median"]
        marks.append(Mark(row["name"], rate, pages / seconds["minimum"], f"{rate:.1f}", n == 0))
    return sorted(marks, key=lambda one: -one.value)


class _Scale(NamedTuple):
    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def decades(self) -> Iterator[tuple[float, float]]:
        for power in range(math.ceil(self.low), math.floor(self.high) + 1):
            yield 10.0**power, self.at(10.0**power)


def _scale(values: list[float], start: float, end: float) -> _Scale:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return _Scale(low, max(high, low + 1), start, end)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def _rows(title: str, marks: list[Mark], top: float) -> Iterator[str]:
    scale = _scale([one for mark in marks for one in (mark.value, mark.least)], LEFT, WIDTH - RIGHT)
    bottom = top + HEAD + ROW * len(marks)
    yield f'<text x="10" y="{top + 18}" font-weight="bold">{escape(title)}</text>'
    for value, x in scale.decades():
        yield f'<line x1="{x:.1f}" y1="{top + HEAD - 12}" x2="{x:.1f}" y2="{bottom}" stroke="#bbb" stroke-width="1"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle" fill="#444">{_plain(value)}</text>'
    for n, mark in enumerate(marks):
        y = top + HEAD + ROW * n
        x, least = scale.at(mark.value), scale.at(mark.least)
        weight = ' font-weight="bold"' if mark.own else ""
        yield f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end"{weight}>{escape(mark.name)}</text>'
        yield f'<line x1="{LEFT}" y1="{y}" x2="{x:.1f}" y2="{y}" stroke="#777" stroke-width="1" stroke-dasharray="1 3"/>'
        yield f'<line x1="{least:.1f}" y1="{y}" x2="{x:.1f}" y2="{y}" stroke="#000" stroke-width="3"/>'
        fill = "#000" if mark.own else "#fff"
        yield f'<circle cx="{x:.1f}" cy="{y}" r="5.5" fill="{fill}" stroke="#000" stroke-width="1.5"/>'
        yield f'<text x="{x + 12:.1f}" y="{y + 4}"{weight}>{mark.text}</text>'
    if any(mark.own for mark in marks):
        said = "● ours, ○ others; the line at a mark reaches to its best round"
        yield f'<text x="{LEFT}" y="{bottom + 33}" fill="#444" font-size="11">{said}</text>'


def _growth(results: Json, top: float) -> Iterator[str]:
    lines = (
        ("engine alone, one core (processor time)", results["scaling"]["points"], "", "#000"),
        (
            "duibiao batch, whole program",
            [one for one in results["batch"]["points"] if one["number"] > 1],
            "6 4",
            "#fff",
        ),
    )
    numbers = [float(one["number"]) for _, points, _, _ in lines for one in points]
    seconds = [one["minimum"] for _, points, _, _ in lines for one in points]
    across = _scale(numbers, LEFT, WIDTH - RIGHT)
    up = _scale(seconds, top + 270, top + 50)
    yield f'<text x="10" y="{top + 18}" font-weight="bold">Seconds by number of submissions (both logarithmic)</text>'
    for value, x in across.decades():
        yield f'<line x1="{x:.1f}" y1="{up.end}" x2="{x:.1f}" y2="{up.start}" stroke="#bbb"/>'
        yield f'<text x="{x:.1f}" y="{up.start + 18}" text-anchor="middle" fill="#444">{_plain(value)}</text>'
    for value, y in up.decades():
        yield f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#bbb"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" fill="#444">{value:g} s</text>'
    for n, (name, points, dashes, fill) in enumerate(lines):
        at = [(across.at(one["number"]), up.at(one["minimum"])) for one in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        yield f'<polyline points="{path}" fill="none" stroke="#000" stroke-width="1.5" stroke-dasharray="{dashes or "none"}"/>'
        for x, y in at:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{fill}" stroke="#000" stroke-width="1.5"/>'
        y = up.start + 40
        x = LEFT + 270 * n
        style = f'stroke="#000" stroke-width="1.5" stroke-dasharray="{dashes or "none"}"'
        yield f'<line x1="{x}" y1="{y - 4}" x2="{x + 26}" y2="{y - 4}" {style}/>'
        yield f'<circle cx="{x + 13}" cy="{y - 4}" r="4.5" fill="{fill}" stroke="#000" stroke-width="1.5"/>'
        yield f'<text x="{x + 34}" y="{y}" font-size="11">{escape(name)}</text>'
