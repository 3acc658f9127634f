"""Gains: each action's own, and even shares of what only several win together."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from evaluator.exact import total
from evaluator.planning import sharing
from evaluator.planning.ledger import Ledger
from evaluator.planning.plan import Wanted, make_plan
from evaluator.planning.world import World
from evaluator.ruleset import Ruleset
from tests.evaluator.building import CATALOGUE, ruleset, submitted
from tests.evaluator.strategies import STAGES, evidence, rulesets, sent


@given(
    rulesets(), evidence(), STAGES, st.dates(date(2024, 12, 1), date(2025, 12, 30)), st.sampled_from([1, 6])
)
def test_the_gains_of_all_actions_add_up_to_what_they_win(
    rules: Ruleset, found: dict[str, Any], stage: Any, day: date, in_every_order: int
) -> None:
    world = World(rules, CATALOGUE, sent(found), day, stage=stage)
    with patch.object(sharing, "MOST_IN_EVERY_ORDER", in_every_order):
        plan = make_plan(world, Wanted())
    steps = (*plan.steps, *plan.further)
    names = [*rules.by_id(), *(f"={n}" for n in range(len(world.losses)))]
    ledger, before = Ledger(rules), world.judged(names, ())
    after = world.judged(names, [step.chosen.change for step in steps])
    won = {name: ledger.worth(name, after[name]) - ledger.worth(name, before[name]) for name in names}
    shared = {
        name: total(gain.points for step in steps for gain in step.gains if gain.element == name)
        for name in names
    }
    assert shared == won


def test_what_one_of_three_wins_alone_is_not_shared() -> None:
    desk, hotline, rules = (
        "{kind: statement, statement: desk}",
        "{kind: statement, statement: hotline}",
        "{kind: document, documents: rules}",
    )
    together = f"{{kind: group, all: [{desk}, {hotline}], credit: all_or_nothing}}"
    criteria = f"[{{points: 6, check: {{kind: group, all: [{together}, {rules}]}}}}]"
    world = World(ruleset(criteria), CATALOGUE, submitted("{}"), date(2025, 10, 15))
    plan = make_plan(world, Wanted())
    assert {step.chosen.action.id: step.gains[0].points for step in plan.steps} == {
        "document:rules": 3,
        "statement:desk": 1.5,
        "statement:hotline": 1.5,
    }
