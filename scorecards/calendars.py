"""The windows of every cadence, month by month (a passage of the part on the method)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from scorecards import labels
from scorecards.entries import Entry
from scorecards.model import Cell, Passage, Row, Table, cell, row, table
from scorecards.numbering import within
from scorecards.wording import Json, Line, Wording

MOST_MONTHS = 14
Cadence = tuple[Entry, Json]


def calendars(assessment: Json, entries: Sequence[Entry], say: Wording) -> Passage:
    """One row a cadence with a column a month; a list of windows where the windows do not fit such a grid."""
    cadences = [
        (entry, finding)
        for entry in entries
        if entry.applies
        for finding in entry.findings()
        if finding.get("windows")
    ]
    signs = say.semicolon.join(
        f"{sign} {say.pick(labels.WINDOWS[state])}" for state, sign in labels.SIGNS.items()
    )
    legend = say(
        f"{signs}。斜线前为时段内已有次数，斜线后为所需次数；空格表示该月不要求。",
        f"{signs}. Before the slash: how many there are; after it: how many are needed. A blank month asks for nothing.",
    )
    heading = within(
        "method", 3, assessment, "周期性要求逐月情况", "Periodic requirements, month by month", say
    )
    if not cadences:
        return Passage(heading, (Line(say("本规则集没有周期性要求。", "No periodic requirement applies.")),))
    return Passage(
        heading,
        (Line(legend),),
        _grid(cadences, assessment["submission"]["period"], say) or _listed(cadences, say),
    )


def _month(day: str) -> int:
    parsed = date.fromisoformat(day)
    return parsed.year * 12 + parsed.month - 1


def _grid(cadences: Sequence[Cadence], period: Json, say: Wording) -> Table | None:
    """Twelve or so columns, one a month; None where the period is too long or two windows share a month."""
    first, last = _month(period["from"]), _month(period["to"])
    if last - first >= MOST_MONTHS:
        return None
    rows = [_grid_row(entry, finding, first, last) for entry, finding in cadences]
    if any(made is None for made in rows):
        return None
    heads = [
        say("指标", "Criterion"),
        *(_month_name(month, month == first or month % 12 == 0, say) for month in range(first, last + 1)),
    ]
    return table("calendar", heads, [made for made in rows if made is not None])


def _month_name(month: int, with_year: bool, say: Wording) -> str:
    year, index = divmod(month, 12)
    name = say.month(index + 1)
    return say(f"{year}年{name}", f"{name} {year}") if with_year else name


def _grid_row(entry: Entry, finding: Json, first: int, last: int) -> Row | None:
    """One cadence over the months ``first`` to ``last``; None where two of its windows share a month."""
    cells: list[Cell] = [_label(entry)]
    month = first
    for window in sorted(finding["windows"], key=lambda item: str(item["from"])):
        start, end = max(_month(window["from"]), first), min(_month(window["to"]), last)
        if start < month or end < start:
            return None
        cells += [cell()] * (start - month)
        cells.append(_window_cell(window, end - start + 1))
        month = end + 1
    return row(*cells, *[cell()] * (last + 1 - month))


def _window_cell(window: Json, months: int) -> Cell:
    """The sign over the count where the window is one narrow month, beside it where there is room."""
    sign, count = _mark(window), _count(window)
    lines = (Line(sign), Line(count)) if months == 1 else (Line(f"{sign} {count}"),)
    return Cell(lines, span=months, kind="number")


def _label(entry: Entry) -> Cell:
    return cell(Line(f"{entry.number}. {entry.title.text}", entry.title.lang))


def _mark(window: Json) -> str:
    return labels.SIGNS[window["state"]]


def _count(window: Json) -> str:
    return f"{window['found']}/{window['needed']}"


def _listed(cadences: Iterable[Cadence], say: Wording) -> Table:
    heads = (say("指标", "Criterion"), say("时段", "Windows"))
    return table(
        "windows",
        heads,
        [
            row(_label(entry), cell(*(_window(window, say) for window in finding["windows"])))
            for entry, finding in cadences
        ],
    )


def _window(window: Json, say: Wording) -> str:
    return f"{_mark(window)} {_count(window)}\u3000{say.span(window['from'], window['to'])}"
