"""The fewest actions that reach a grade.

Actions are linked where they bear on one criterion (or one that it requires). Each linked set is judged by the engine in every
way that its actions can be done, a set that is too large for that after its most linked action has been fixed each way; what
remains of each are the ways that none betters in cost and in every number of its row. The sets are then put together by dynamic
programming over the number of actions. That is exact. Only where a linked set still holds too many ways, actions are added to it
one by one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import lcm, prod
from typing import Any, NamedTuple

from evaluator.exact import Number
from evaluator.planning.actions import Action, Chosen
from evaluator.planning.change import Change
from evaluator.planning.ledger import Ledger, Row
from evaluator.planning.reach import LOSS
from evaluator.planning.world import World

# Ways of one linked set that are judged at once, and the most that are judged of it in all.
AT_ONCE = 64
MOST_JUDGED = 6000
# Beyond so many labels it is worth asking which are bettered although no two of them are alike.
_MANY = 3000
_MOST_LABELS = 20_000


class Way(NamedTuple):
    """Actions chosen, how many, what they come to, and how much work is in them."""

    cost: int
    row: Row
    units: int
    chosen: Any

    def choices(self) -> Iterator[Chosen]:
        """The actions with their options."""
        queue = [self.chosen]
        while queue:
            one = queue.pop()
            if isinstance(one, Chosen):
                yield one
            else:
                queue.extend(one)


class Solution(NamedTuple):
    """The ways that are worth choosing from, and whether they are all of them."""

    ways: tuple[tuple[Way, Number | None], ...]
    exact: bool
    ledger: Ledger

    def cheapest(self, line: Number) -> Way | None:
        """The way with the fewest actions to a grade that begins at ``line``; of these the one with the highest score."""
        reaching = [
            (way, score)
            for way, score in self.ways
            if score is not None and score >= line and not self.ledger.barred(way.row, line)
        ]
        return _first(reaching, lambda way, score: (way.cost, -score, way.units))

    def most(self) -> Way | None:
        """The way to the highest score; of these the one with the fewest actions."""
        scored = [(way, score) for way, score in self.ways if score is not None]
        return _first(scored, lambda way, score: (-score, way.cost, way.units))


def _first(ways: list[tuple[Way, Number]], order: Callable[[Way, Number], tuple[Number, ...]]) -> Way | None:
    return min(ways, key=lambda one: order(*one))[0] if ways else None


class _TooLarge(Exception):
    pass


def solve(
    world: World, actions: Sequence[Action], fixed: Sequence[Change] = (), most_judged: int = MOST_JUDGED
) -> Solution:
    """Every way to choose from ``actions`` that is worth it, after the changes that are ``fixed``."""
    ledger = Ledger(world.ruleset)
    everything = (*world.criteria, *(f"{LOSS}{n}" for n in range(len(world.losses))))
    linked = list(_linked(actions))
    touched = {name for _, names in linked for name in names}
    still = world.judged((name for name in everything if name not in touched), fixed)
    base = ledger.nothing
    for name, element in still.items():
        base = ledger.add(base, ledger.row(name, element))
    exact, sets = True, []
    for own, names in linked:
        search = _Search(world, ledger, most_judged)
        try:
            ways = search.ways(own, names, tuple(fixed))
        except _TooLarge:
            exact, ways = False, search.step_by_step(own, names, tuple(fixed))
        sets.append(ways)
    ways, scale, complete = _together(Way(0, base, 0, ()), sets, ledger)
    scored = tuple((way, ledger.score(tuple(Fraction(number, scale) for number in way.row))) for way in ways)
    return Solution(scored, exact and complete, ledger)


def _linked(actions: Sequence[Action], apart: Iterable[str] = ()) -> Iterator[tuple[list[Action], list[str]]]:
    """Actions in sets that share no element, each with its elements; ``apart`` are elements that no action bears on."""
    sets: list[tuple[list[Action], dict[str, None]]] = [([], {name: None}) for name in apart]
    for action in actions:
        own: tuple[list[Action], dict[str, None]] = ([], {})
        rest = []
        for one in sets:
            if one[1].keys().isdisjoint(action.elements):
                rest.append(one)
            else:
                own[0].extend(one[0])
                own[1].update(one[1])
        own[0].append(action)
        own[1].update(dict.fromkeys(action.elements))
        sets = [*rest, own]
    for members, names in sets:
        yield members, list(names)


class _Search:
    """The ways of one linked set."""

    def __init__(self, world: World, ledger: Ledger, most_judged: int) -> None:
        self.world, self.ledger, self.left = world, ledger, most_judged

    def ways(self, actions: Sequence[Action], names: Sequence[str], changes: tuple[Change, ...]) -> list[Way]:
        if prod(len(action.options) + 1 for action in actions) <= AT_ONCE:
            picks = product(*((None, *action.options) for action in actions))
            return _unbettered(
                (
                    self.way([Chosen(a, o) for a, o in zip(actions, pick, strict=True) if o], names, changes)
                    for pick in picks
                ),
                self.ledger,
            )
        hub = max(actions, key=lambda one: len(set(one.elements)))
        others = [one for one in actions if one is not hub]
        found: list[Way] = []
        for option in (None, *hub.options):
            own = changes if option is None else (*changes, option.change)
            start = Way(0, self.ledger.nothing, 0, ())
            if option is not None:
                start = Way(1, self.ledger.nothing, option.units, Chosen(hub, option))
            sets = [self.ways(members, parts, own) for members, parts in _linked(others, names)]
            found.extend(_sum(start, sets, self.ledger))
        return _unbettered(found, self.ledger)

    def way(self, chosen: list[Chosen], names: Sequence[str], changes: tuple[Change, ...]) -> Way:
        self.left -= 1
        if self.left < 0:
            raise _TooLarge
        judged = self.world.judged(names, (*changes, *(one.change for one in chosen)))
        row = self.ledger.nothing
        for name in names:
            row = self.ledger.add(row, self.ledger.row(name, judged[name]))
        return Way(len(chosen), row, sum(one.option.units for one in chosen), tuple(chosen))

    def step_by_step(
        self, actions: Sequence[Action], names: Sequence[str], changes: tuple[Change, ...]
    ) -> list[Way]:
        """One action after another, each time the one that wins most; then all of them, and the needless ones taken back."""
        self.left = len(actions) ** 2 * 8 + 8
        found, chosen = [self.way([], names, changes)], list[Chosen]()
        while len(chosen) < len(actions):
            taken = {one.action.id for one in chosen}
            tries = [
                [*chosen, Chosen(action, option)]
                for action in actions
                if action.id not in taken
                for option in action.options
            ]
            ways = [self.way(one, names, changes) for one in tries]
            best = max(range(len(ways)), key=lambda n: (self.value(ways[n]), -n))
            chosen = tries[best]
            found.append(ways[best])
        for one in list(chosen):
            without = [other for other in chosen if other is not one]
            way = self.way(without, names, changes)
            if self.value(way) >= self.value(found[-1]):
                chosen = without
                found.append(way)
        return _unbettered(found, self.ledger)

    def value(self, way: Way) -> tuple[Number, ...]:
        return self.ledger.estimate(way.row)


def _together(start: Way, sets: list[list[Way]], ledger: Ledger) -> tuple[list[Way], int, bool]:
    """All sets put together, in whole numbers: the common denominator of their rows comes with them."""
    numbers = [number for ways in (*sets, [start]) for way in ways for number in way.row]
    scale = lcm(*(Fraction(number).denominator for number in numbers), ledger.denominator)
    whole = [[_scaled(way, scale) for way in ways] for ways in sets]
    # What only earns points comes first: so long there is one best way for each number of actions.
    whole.sort(key=lambda ways: len({way.row[1:] for way in ways}))
    try:
        return _sum(_scaled(start, scale), whole, ledger.scaled(scale)), scale, True
    except _TooLarge:
        return _sum(_scaled(start, scale), whole, ledger.scaled(scale), strictly=False), scale, False


def _scaled(way: Way, scale: int) -> Way:
    return way._replace(row=tuple(int(number * scale) for number in way.row))


def _sum(start: Way, sets: Iterable[list[Way]], ledger: Ledger, *, strictly: bool = True) -> list[Way]:
    found = [start]
    for ways in sets:
        found = _unbettered(
            (
                Way(
                    one.cost + other.cost,
                    ledger.add(one.row, other.row),
                    one.units + other.units,
                    (one.chosen, other.chosen),
                )
                for one in found
                for other in ways
            ),
            ledger,
        )
        if len(found) > _MOST_LABELS:
            if strictly:
                raise _TooLarge
            found = sorted(found, key=lambda way: (way.cost, -way.row[0], way.units))[:_MOST_LABELS]
    return found


def _unbettered(ways: Iterable[Way], ledger: Ledger) -> list[Way]:
    """The ways that no other betters: of those with the same cost and row the one with the fewest units, else the first."""
    best: dict[tuple[Any, ...], Way] = {}
    for way in ways:
        key = (way.cost, *way.row[1:])
        other = best.get(key)
        if other is None or (way.row[0], -way.units) > (other.row[0], -other.units):
            best[key] = way
    alike: dict[Row, list[Way]] = {}
    for way in sorted(best.values(), key=lambda one: one.cost):
        kept = alike.setdefault(way.row[1:], [])
        if not kept or way.row[0] > kept[-1].row[0]:
            kept.append(way)
    if sum(map(len, alike.values())) > _MANY:
        alike = _unbettered_across(alike, ledger)
    return [way for kept in alike.values() for way in kept]


def _unbettered_across(alike: dict[Row, list[Way]], ledger: Ledger) -> dict[Row, list[Way]]:
    """Without the ways that one with a better rest of its row betters; within a rest, ways rise in cost and in points."""
    left: dict[Row, list[Way]] = {}
    for rest, ways in alike.items():
        above = [others for other, others in alike.items() if other != rest and ledger.better(other, rest)]
        kept = [way for way in ways if not any(_bettered(way, others) for others in above)]
        if kept:
            left[rest] = kept
    return left


def _bettered(way: Way, others: list[Way]) -> bool:
    n = bisect_right(others, way.cost, key=lambda one: one.cost)
    return n > 0 and others[n - 1].row[0] >= way.row[0]
