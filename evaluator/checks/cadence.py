"""``cadence``: enough events in every month, quarter, half-year, year, or in the period."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache, partial
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context, CreditAt, Graded, credit_at, interval, requirement_of, spread
from evaluator.exact import Exact
from evaluator.facts import Facts
from evaluator.finding import (
    FULL,
    UNDECIDED,
    Finding,
    Interval,
    Measure,
    Shortfall,
    Waits,
    Window,
    WindowState,
    new_tuple,
)
from evaluator.model import DatedExact, Identifier, Tuple, Use, at_date, refusal
from evaluator.windows import Every, Slot, Span, month_number, slots

Month = Annotated[int, Field(ge=1, le=12)]


class Cadence(Graded, BaseCheck):
    """The windows that hold at least ``at_least`` events (decision 2)."""

    kind: Literal["cadence"]
    events: Identifier
    every: Every
    at_least: DatedExact = Exact(Fraction(1))
    months: Tuple[Month] = ()
    starts: Month | None = None
    credit: Literal["all_or_nothing"] | None = None

    @model_validator(mode="after")
    def _whole_number(self) -> Self:
        values = [self.at_least] if isinstance(self.at_least, Exact) else list(self.at_least.values())
        if any(one.percent or one.value.denominator != 1 or one.value < 1 for one in values):
            raise refusal(
                "whole_events",
                "每个时段的次数要是不小于 1 的整数",
                "events in a window are a whole number, at least 1",
            )
        if self.credit is not None and (self.steps or self.scale):
            raise refusal(
                "two_credits", "credit 不能与 steps、scale 同写", "credit does not go with steps or scale"
            )
        if self.starts is not None and self.every in ("month", "period"):
            raise refusal(
                "idle_starts",
                "按月或按整个评估期时 starts 不起作用",
                "starts has no effect on months or the period",
            )
        return self

    def uses(self) -> Iterator[Use]:
        """The type of events."""
        yield Use("events", self.events, ("events",))

    def compile(self, context: Context) -> Judge:
        """Judge each window of the period."""
        name, of = self.events, (self.events,)
        needed = int(at_date(self.at_least, context.day).value)
        details = (self.every, str(needed), ",".join(map(str, self.months)))
        required = requirement_of(self, context, "cadence")._replace(details=details)
        grid = slots(context.span, self.every, self.months, self.starts)
        place, ends = _places(context.span, grid).get, tuple(slot.end for slot in grid)
        graded = credit_at(required, tally=True) if self.steps or self.scale else None
        strict = self.credit == "all_or_nothing"
        # Many subjects meet as often: what follows from that is worked out once.
        told = partial(_told, name, grid, needed, graded, strict)
        remembered = lru_cache(maxsize=_MOST_TOLD)(told)
        absent, narrowed = missing("cadence", of, required), bool(self.months)

        def judge(facts: Facts) -> Finding:
            held = facts.events.get(name)
            if held is None:
                if name not in facts.complete:
                    return absent(facts)
                held = ()
            if narrowed:
                held = [event for event in held if place(event.date) is not None]
            ids = tuple([event.id for event in held])
            places = tuple([place(event.date) for event in held])
            ended = bisect_right(ends, facts.as_of)
            found = (remembered if len(ids) < _MANY else told)(places, ended)
            credit, reason, windows, measured, lacking, waits = found
            return new_tuple(
                Finding,
                (
                    "cadence", of, credit, reason, required, measured, lacking, ids, windows, (), waits, False, (), "",
                ),
            )  # fmt: skip

        return judge


def _places(span: Span, grid: tuple[Slot, ...]) -> dict[date, int]:
    """The window, by position, of each day of ``span`` that lies in one."""
    months = {month: n for n, slot in enumerate(grid) for month in slot.months}
    days = (span.start + timedelta(days=n) for n in range((span.end - span.start).days + 1))
    return {day: months[month_number(day)] for day in days if month_number(day) in months}


class _Told(NamedTuple):
    """What a number of events in each window comes to."""

    credit: Interval
    reason: str
    windows: tuple[Window, ...]
    measured: Measure | None = None
    shortfall: Shortfall | None = None
    waits: Waits | None = None


# So many outcomes are kept for one check, and none of a subject with as many events as that.
_MOST_TOLD, _MANY = 256, 100


def _told(
    name: str,
    grid: tuple[Slot, ...],
    needed: int,
    graded: CreditAt | None,
    strict: bool,
    places: tuple[int | None, ...],
    ended: int,
) -> _Told:
    windows = tuple(_window(slot, needed, places.count(n), over=n < ended) for n, slot in enumerate(grid))
    states = [window.state for window in windows]
    met_, missed, open_ = states.count("met"), states.count("missed"), states.count("open")
    judged = met_ + missed + open_
    if not judged:
        return _Told(UNDECIDED, "no_window", windows, waits="person")
    measured = Measure(met_, judged, ((name, len(places)),))
    earned = _credit(met_, open_, judged, graded, strict)
    if earned.floor == 1:
        return _Told(FULL, "met", windows, measured)
    lacking = None
    if met_ < judged:
        wanting = "open" if open_ else "missed"
        amount = sum(one.needed - one.found for one in windows if one.state == wanting)
        lacking = Shortfall("windows", amount, name, open_ > 0, (str(missed), str(open_)))
    reason = "open_windows" if open_ else "missed_windows"
    return _Told(
        earned, reason, windows, measured, lacking, "time" if earned.floor < earned.ceiling else None
    )


def _window(slot: Slot, needed: int, number: int, *, over: bool) -> Window:
    state: WindowState = "met" if number >= needed else "cut" if slot.cut else "missed" if over else "open"
    return Window(slot.start, slot.end, needed, number, state)


def _credit(met: int, open_: int, judged: int, graded: CreditAt | None, strict: bool) -> Interval:
    if graded is not None:
        return spread(graded, range(met, met + open_ + 1), judged)
    if strict:
        return Interval(int(met == judged), int(met + open_ == judged))
    if not open_:
        return interval(Fraction(met, judged) if 0 < met < judged else int(met == judged))
    return Interval(Fraction(met, judged), Fraction(met + open_, judged))
