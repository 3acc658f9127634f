"""Who wins what: the points of each criterion, shared among the actions that win them together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import factorial
from typing import NamedTuple

from evaluator.evaluate import Verdict
from evaluator.exact import Number
from evaluator.planning.actions import Chosen
from evaluator.planning.change import Change
from evaluator.planning.ledger import Ledger
from evaluator.planning.world import World
from evaluator.ruleset import full_points

# Up to so many actions on one criterion are put in every order; more in the order in which they come.
MOST_IN_EVERY_ORDER = 6


class Gain(NamedTuple):
    """What an action wins of one element: points of a criterion or a section's deduction, score points of one from the total."""

    element: str
    points: Number


def gains(world: World, chosen: Sequence[Chosen], fixed: Sequence[Change] = ()) -> list[tuple[Gain, ...]]:
    """For each of ``chosen``, what it wins beyond what the changes ``fixed`` win already.

    What one action wins by itself is its own. What several win only together is shared as if they were done in every order,
    each order counting alike (Shapley's value): the gains of all of them add up to what they win.
    """
    ledger = Ledger(world.ruleset)
    elements = dict.fromkeys(name for one in chosen for name in one.action.elements)
    found: list[list[Gain]] = [[] for _ in chosen]
    for name in elements:
        own = [n for n, one in enumerate(chosen) if name in one.action.elements]
        if _satisfies(world, name, [chosen[n] for n in own], fixed):
            for n in own:
                found[n].append(Gain(name, 0))
            continue
        for n, points in zip(own, _shares(world, ledger, name, [chosen[n] for n in own], fixed), strict=True):
            if points:
                found[n].append(Gain(name, points))
    return [tuple(one) for one in found]


def _satisfies(world: World, name: str, own: list[Chosen], fixed: Sequence[Change]) -> bool:
    """Whether they satisfy together what carries no points: a veto or a prerequisite."""
    criterion = world.criteria.get(name)
    if criterion is None or full_points(criterion, world.ruleset.scoring):
        return False
    before, after = (
        world.judged((name,), changes)[name] for changes in (fixed, (*fixed, *(one.change for one in own)))
    )
    assert isinstance(before, Verdict)
    assert isinstance(after, Verdict)
    return before.outcome != "satisfied" == after.outcome


def _shares(
    world: World, ledger: Ledger, name: str, own: list[Chosen], fixed: Sequence[Change]
) -> Iterator[Number]:
    known: dict[tuple[int, ...], Number] = {}

    def worth(done: tuple[int, ...]) -> Number:
        if done not in known:
            changes = (*fixed, *(own[n].change for n in done))
            known[done] = ledger.worth(name, world.judged((name,), changes)[name])
        return known[done]

    many, everyone = len(own), range(len(own))
    for n in everyone:
        if many > MOST_IN_EVERY_ORDER:
            yield worth((*range(n), n)) - worth(tuple(range(n)))
            continue
        others = [one for one in everyone if one != n]
        share: Number = 0
        for size in range(many):
            orders = Fraction(factorial(size) * factorial(many - size - 1), factorial(many))
            for before in combinations(others, size):
                share += orders * (worth(tuple(sorted((*before, n)))) - worth(before))
        yield share
