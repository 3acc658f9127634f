"""``cadence``: enough events in every month, quarter, half-year, year, or in the period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context, CreditAt, Graded, credit_at, interval, requirement_of, spread
from evaluator.exact import Exact
from evaluator.facts import NO_EVENTS, Events, Facts
from evaluator.finding import (
    FULL,
    UNDECIDED,
    Finding,
    Interval,
    Measure,
    Requirement,
    Shortfall,
    Window,
    WindowState,
)
from evaluator.model import DatedExact, Identifier, Tuple, Use, at_date, refusal
from evaluator.windows import Every, Slot, slots

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
        outlook = tuple((slot, _prepared(slot, needed)) for slot in grid)
        counting = frozenset(month for slot in grid for month in slot.months) if self.months else None
        graded = credit_at(required, tally=True) if self.steps or self.scale else None
        strict = self.credit == "all_or_nothing"
        absent = missing("cadence", of, required)

        def judge(facts: Facts) -> Finding:
            held = facts.events.get(name)
            if held is None:
                if name not in facts.complete:
                    return absent(facts)
                held = NO_EVENTS
            ids = held.ids if counting is None else _counted(held, counting)
            windows = _windows(outlook, held, needed, facts.as_of)
            return _concluded(of, required, windows, ids, graded, strict)

        return judge


# Hardly a window holds more; what a rule file can ask for has no end.
_MOST_PREPARED = 100


def _prepared(slot: Slot, needed: int) -> tuple[dict[int, Window], dict[int, Window]]:
    # Windows as they will mostly be found, once for all subjects: open ones, and those that are over.
    counts = range(min(needed, _MOST_PREPARED) + 3)
    open_, over = ({n: _found(slot, needed, n, over=ended) for n in counts} for ended in (False, True))
    return open_, over


def _found(slot: Slot, needed: int, number: int, *, over: bool) -> Window:
    state: WindowState = "met" if number >= needed else "cut" if slot.cut else "missed" if over else "open"
    return Window(slot.start, slot.end, needed, number, state)


def _counted(held: Events, months: frozenset[int]) -> tuple[str, ...]:
    return tuple(one for month, ids in held.by_month.items() if month in months for one in ids)


def _windows(
    outlook: tuple[tuple[Slot, tuple[dict[int, Window], dict[int, Window]]], ...],
    held: Events,
    needed: int,
    as_of: date,
) -> tuple[Window, ...]:
    by_month = held.by_month
    windows = []
    for slot, prepared in outlook:
        found = 0
        for month in slot.months:
            if month in by_month:
                found += len(by_month[month])
        over = slot.end <= as_of
        windows.append(prepared[over].get(found) or _found(slot, needed, found, over=over))
    return tuple(windows)


def _concluded(
    of: tuple[str, ...],
    required: Requirement,
    windows: tuple[Window, ...],
    ids: tuple[str, ...],
    graded: CreditAt | None,
    strict: bool,
) -> Finding:
    states = [window.state for window in windows]
    met, missed, open_ = states.count("met"), states.count("missed"), states.count("open")
    judged = met + missed + open_
    if not judged:
        return Finding(
            "cadence", of, UNDECIDED, "no_window", required, None, None, ids, windows, waits="person"
        )
    measured = Measure(met, judged, ((of[0], len(ids)),))
    earned = _credit(met, open_, judged, graded, strict)
    if earned.floor == 1:
        return Finding("cadence", of, FULL, "met", required, measured, None, ids, windows)
    short = None
    if met < judged:
        wanting = "open" if open_ else "missed"
        amount = sum(one.needed - one.found for one in windows if one.state == wanting)
        short = Shortfall("windows", amount, of[0], open_ > 0, (str(missed), str(open_)))
    reason = "open_windows" if open_ else "missed_windows"
    waits: Literal["time"] | None = "time" if earned.floor < earned.ceiling else None
    return Finding("cadence", of, earned, reason, required, measured, short, ids, windows, waits=waits)


def _credit(met: int, open_: int, judged: int, graded: CreditAt | None, strict: bool) -> Interval:
    if graded is not None:
        return spread(graded, range(met, met + open_ + 1), judged)
    if strict:
        return Interval(int(met == judged), int(met + open_ == judged))
    if not open_:
        return interval(Fraction(met, judged) if 0 < met < judged else int(met == judged))
    return Interval(Fraction(met, judged), Fraction(met + open_, judged))
