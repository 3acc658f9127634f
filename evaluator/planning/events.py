"""Events that can still be held: how many, in which windows; never in the past."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from evaluator.entries import Event
from evaluator.finding import Requirement, Window
from evaluator.planning.change import Change, planned_id
from evaluator.planning.options import Option, Visit, floors_of, gaps, worth_choosing
from evaluator.planning.thresholds import ascending
from evaluator.planning.world import Leaf, World
from evaluator.windows import first_day, last_day, month_number

# So many shorter schedules are tried where a longer one might not be the best.
_MOST_TRIED = 40


class Demand(NamedTuple):
    """``needed`` events in the months given, between two days."""

    start: date
    end: date
    months: tuple[int, ...]
    needed: int


def event_options(name: str, world: World) -> tuple[Option, ...]:
    """The ways to hold further events of the type ``name``."""
    held = tuple(one for one in world.submission.events if one.type == name)
    none = Change("events", name, held)
    # A type of which nothing is known shows its windows once it is said that there is none.
    leaves = world.leaves(name, () if name in world.facts.complete else (none,))
    short = gaps(leaves.values())
    helped = [leaf for leaf in short if _helps(leaf, name, held, world)] if len(short) > 1 else short
    visits = _schedule([demand for leaf in helped for demand in _demands(leaf, world)])
    if not visits:
        return ()
    whole = _option(name, held, visits)
    trial = world.leaves(name, (whole.change,))
    simple = all(_only_more(leaf.finding.required) for leaf in trial.values())
    if simple and all(trial[leaf.key].floor == 1 for leaf in helped):
        return worth_choosing([whole], name, world)
    fewer = [_option(name, held, visits[:n]) for n in range(1, min(len(visits), _MOST_TRIED))]
    return worth_choosing([*fewer, whole], name, world)


def _helps(leaf: Leaf, name: str, held: tuple[Event, ...], world: World) -> bool:
    visits = _schedule(_demands(leaf, world))
    if not visits:
        return False
    after = floors_of(world.leaves(name, (_option(name, held, visits).change,)))
    floor = after[leaf.key][0] if leaf.key in after else None
    return floor is not None and leaf.floor is not None and floor > leaf.floor


def _only_more(requirement: Requirement | None) -> bool:
    if requirement is None or requirement.steps or requirement.scale:
        return False
    return requirement.code in ("cadence", "quantity") and all(
        name in ("at_least", "above") for name, _ in requirement.limits
    )


def _demands(leaf: Leaf, world: World) -> Iterator[Demand]:
    finding = leaf.finding
    if finding.kind == "cadence":
        assert finding.required is not None
        wanted = {int(month) for month in finding.required.details[2].split(",") if month}
        for window in finding.windows:
            demand = _open(window, wanted, world)
            if demand is not None:
                yield demand
    elif finding.measured is not None and finding.required is not None and finding.required.code != "each":
        more = max((int(value) for value in ascending(finding.required, 1, whole=True)), default=0)
        needed = more - int(finding.measured.numerator)
        months = range(month_number(world.first), month_number(world.last) + 1)
        if needed > 0 and world.open:
            yield Demand(world.first, world.last, tuple(months), needed)


def _open(window: Window, wanted: set[int], world: World) -> Demand | None:
    """What ``window`` still lacks, in those of its days that lie ahead."""
    start, end = max(window.start, world.first), min(window.end, world.last)
    if start > end or window.found >= window.needed:
        return None
    months = tuple(
        month
        for month in range(month_number(start), month_number(end) + 1)
        if not wanted or month % 12 + 1 in wanted
    )
    if not months:
        return None
    start, end = max(start, first_day(months[0])), min(end, last_day(months[-1]))
    return Demand(start, end, months, window.needed - window.found)


def _schedule(demands: Iterable[Demand]) -> list[Visit]:
    """As few events as meet ``demands``, one visit each, by the last day for each.

    Windows are served by the day on which they end, each as late as it can be: so an event serves the most windows.
    """
    placed: list[tuple[int, Visit]] = []
    for demand in sorted(demands, key=lambda one: (one.end, -one.start.toordinal())):
        serving = sum(month in demand.months for month, _ in placed)
        month = demand.months[-1]
        start = demand.start if len(demand.months) > 1 else max(demand.start, first_day(month))
        visit = Visit(start, min(demand.end, last_day(month)), 1)
        placed.extend([(month, visit)] * (demand.needed - serving))
    return sorted((visit for _, visit in placed), key=lambda one: (one.end, one.start))


def _option(name: str, held: tuple[Event, ...], visits: list[Visit]) -> Option:
    new = tuple(Event(id=planned_id(name, n), type=name, date=visit.end) for n, visit in enumerate(visits, 1))
    return Option(
        "hold",
        Change("events", name, (*held, *new)),
        visits[-1].end,
        len(visits),
        len(visits),
        visits=_together(visits),
    )


def _together(visits: list[Visit]) -> tuple[Visit, ...]:
    times: dict[tuple[date, date], int] = {}
    for start, end, number in visits:
        times[start, end] = times.get((start, end), 0) + number
    return tuple(Visit(start, end, number) for (start, end), number in times.items())
