"""The fewest actions, against every way there is; what is predicted, against what the engine says once it is done."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any
from unittest.mock import patch

from hypothesis import assume, given
from hypothesis import strategies as st

from evaluator.assessment import assess
from evaluator.planning import solving
from evaluator.planning.actions import Action, actions_of
from evaluator.planning.solving import Solution, solve
from evaluator.planning.world import World
from evaluator.ruleset import Ruleset
from tests.evaluator.building import CATALOGUE
from tests.evaluator.strategies import STAGES, evidence, rulesets, sent

AS_OF = st.dates(date(2024, 12, 1), date(2025, 12, 30))


def world_of(rules: Ruleset, found: dict[str, Any], stage: Any, day: date) -> World:
    return World(rules, CATALOGUE, sent(found), day, stage=stage)


def every_way(
    world: World, actions: tuple[Action, ...], stage: Any, line: int
) -> list[tuple[int, Fraction | None, bool]]:
    """How many actions, the sure score, whether no veto keeps it from ``line``: of every way to choose, by assessing it anew."""
    scoring = world.ruleset.scoring
    starts = {grade.id: grade.at_least.value for grade in scoring.grades}
    found = []
    for pick in product(*((None, *action.options) for action in actions)):
        chosen = [option for option in pick if option is not None]
        done = world.done(option.change for option in chosen)
        one = assess(world.ruleset, CATALOGUE, done, stage=stage, as_of=max(world.as_of, world.last))
        sure = None if one.result.score is None else Fraction(one.result.score.score.floor)
        open_ = [
            v.criterion
            for v in one.judgement.verdicts
            if v.criterion.veto and v.credit is not None and v.outcome != "satisfied"
        ]
        barred = any(
            starts[veto.veto_grade] < line
            if veto.veto_grade is not None
            else veto.veto_effect == "end" or line >= scoring.pass_line
            for veto in open_
        )
        found.append((len(chosen), sure, not barred))
    return found


@given(
    rulesets(),
    evidence(),
    STAGES,
    AS_OF,
    st.sampled_from([60, 90]),
    st.sampled_from([1, 4, 64]),
)
def test_no_way_reaches_the_grade_with_fewer_actions(
    rules: Ruleset, found: dict[str, Any], stage: Any, day: date, line: int, at_once: int
) -> None:
    """``at_once`` makes linked sets be taken apart as large ones are."""
    world = world_of(rules, found, stage, day)
    actions = actions_of(world)
    assume(1 <= len(actions) <= 6)
    with patch.object(solving, "AT_ONCE", at_once):
        solution = solve(world, actions)
    assert solution.exact
    ways = every_way(world, actions, stage, line)
    reaching = [(cost, -sure) for cost, sure, passed in ways if sure is not None and sure >= line and passed]
    cheapest = solution.cheapest(line)
    assert (cheapest is None) == (not reaching)
    if cheapest is not None:
        assert (cheapest.cost, -score_of(solution, cheapest)) == min(reaching)
    most = solution.most()
    highest = [(-sure, cost) for cost, sure, _ in ways if sure is not None]
    assert (most is None) == (not highest)
    if most is not None:
        assert (-score_of(solution, most), most.cost) == min(highest)


def score_of(solution: Solution, way: Any) -> Fraction:
    return Fraction(next(score for one, score in solution.ways if one is way) or 0)
