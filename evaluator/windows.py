"""The calendar of a cadence: which windows a period holds, and which its edges cut (decision 2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

Every = Literal["month", "quarter", "half_year", "year", "period"]
LENGTH: dict[str, int] = {"month": 1, "quarter": 3, "half_year": 6, "year": 12}


class Span(NamedTuple):
    """The days from ``start`` to ``end``, both inclusive."""

    start: date
    end: date

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end


class Slot(NamedTuple):
    """One window: its days inside the period, the months that count (as ``month_number``), and whether it is cut."""

    start: date
    end: date
    months: tuple[int, ...]
    cut: bool


def month_number(day: date) -> int:
    """Months since the year 0: a whole number that grows by one each calendar month."""
    return day.year * 12 + day.month - 1


def first_day(month: int) -> date:
    """The first day of the month with this number."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last day of the month with this number."""
    return first_day(month + 1) - timedelta(days=1)


def whole_months(span: Span) -> int | None:
    """How many whole calendar months (or months to the day) ``span`` lasts; None where it is not whole months."""
    after = span.end + timedelta(days=1)
    months = month_number(after) - month_number(span.start)
    return months if months > 0 and after.day == span.start.day else None


def slots(
    span: Span, every: Every, months: Iterable[int] = (), starts: int | None = None
) -> tuple[Slot, ...]:
    """The windows of ``every`` that touch ``span``, in order.

    ``months`` (1–12) narrows each window to these calendar months; ``starts`` (1–12) aligns the windows so that one begins in
    that month, instead of the period's first full month.
    """
    wanted = frozenset(months)
    return tuple(
        slot
        for window in _windows(span, every, starts)
        if (slot := _narrowed(window, span, wanted, never_cut=every == "period")) is not None
    )


def _windows(span: Span, every: Every, starts: int | None) -> Iterator[range]:
    first, last = month_number(span.start), month_number(span.end)
    if every == "period":
        yield range(first, last + 1)
        return
    length = LENGTH[every]
    if starts is not None:
        anchor = starts - 1
    else:
        anchor = first if span.start.day == 1 else first + 1
    begin = first - (first - anchor) % length
    for month in range(begin, last + 1, length):
        yield range(month, month + length)


def _narrowed(window: range, span: Span, wanted: frozenset[int], *, never_cut: bool) -> Slot | None:
    kept = tuple(month for month in window if not wanted or month % 12 + 1 in wanted)
    if not kept:
        return None
    start, end = first_day(kept[0]), last_day(kept[-1])
    inside = Span(max(start, span.start), min(end, span.end))
    if inside.start > inside.end:
        return None
    cut = not never_cut and inside != (start, end)
    return Slot(inside.start, inside.end, kept, cut)
