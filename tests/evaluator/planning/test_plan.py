"""The plan: the path, its order, what is lost for good, and that the engine says so, too."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.assessment import assess
from evaluator.evaluate import Verdict
from evaluator.finding import FULL
from evaluator.planning.plan import Plan, Step, Wanted, make_plan
from evaluator.planning.world import World
from evaluator.ruleset import Ruleset
from evaluator.submission_faults import submission_faults
from tests.evaluator.building import CATALOGUE, ruleset, submitted
from tests.evaluator.planning.test_actions import kindly
from tests.evaluator.strategies import STAGES, evidence, rulesets, sent

AS_OF = st.dates(date(2024, 12, 1), date(2025, 12, 30))
DESK, HOTLINE = "{kind: statement, statement: desk}", "{kind: statement, statement: hotline}"
RULES, PLAN = "{kind: document, documents: rules}", "{kind: document, documents: plan}"
MEETINGS = "{kind: cadence, events: meeting, every: month}"


def planned(
    criteria: str, given: str = "{}", as_of: str = "2025-10-15", grade: str | None = None, **more: Any
) -> Plan:
    rules = ruleset(criteria, **more)
    world = World(rules, CATALOGUE, submitted(given), date.fromisoformat(as_of))
    return make_plan(world, Wanted(grade))


def ids(steps: tuple[Step, ...]) -> list[str]:
    return [step.chosen.action.id for step in steps]


def test_the_fewest_actions_are_not_the_first_that_win_most() -> None:
    """The yearly plan wins most of all single actions; desk and hotline win nothing alone and the grade together."""
    both = f"{{kind: group, all: [{DESK}, {HOTLINE}], credit: all_or_nothing}}"
    criteria = f"[{{points: 6, check: {both}}}, {{points: 3, check: {PLAN}}}, {{points: 1, check: {RULES}}}]"
    plan = planned(criteria, grade="rectify")
    assert (plan.state, plan.exact) == ("reachable", True)
    assert ids(plan.steps) == ["statement:desk", "statement:hotline"]
    assert plan.planned == (60, 100)


def test_one_piece_of_evidence_may_serve_several_criteria() -> None:
    plan = planned(f"[{{check: {DESK}}}, {{check: {DESK}}}, {{check: {RULES}}}]", grade="rectify")
    assert ids(plan.steps) == ["statement:desk"]
    assert [gain for step in plan.steps for gain in step.gains] == [("c1", 1), ("c2", 1)]


def test_a_criterion_may_need_several_actions_and_they_share_its_points() -> None:
    check = f"{{kind: group, all: [{DESK}, {RULES}], credit: all_or_nothing}}"
    plan = planned(f"[{{points: 3, check: {check}}}]")
    assert [[(gain.element, gain.points) for gain in step.gains] for step in plan.steps] == [
        [("c1", Fraction(3, 2))],
        [("c1", Fraction(3, 2))],
    ]
    assert [step.score for step in plan.steps] == [0, 100]


def test_an_action_on_what_is_required_first_wins_what_it_sets_free() -> None:
    given = '{documents: [{id: D1, type: rules, issued: "2025-01-09"}]}'
    plan = planned(f"[{{check: {DESK}}}, {{check: {RULES}, requires: [c1]}}]", given)
    assert [(step.chosen.action.id, step.gains) for step in plan.steps] == [
        ("statement:desk", (("c1", 1), ("c2", 1)))
    ]


def test_of_as_few_actions_those_with_the_higher_score_are_taken() -> None:
    plan = planned(
        f"[{{points: 1, check: {DESK}}}, {{points: 2, check: {RULES}}}, {{points: 3, check: {PLAN}}}]",
        grade="rectify",
    )
    assert ids(plan.steps) == ["document:rules", "document:plan"][::-1]


def test_what_is_due_first_comes_first_then_what_wins_most() -> None:
    criteria = f"""[
      {{points: 1, check: {DESK}}}, {{points: 2, check: {HOTLINE}}}, {{points: 1, check: {MEETINGS}}},
      {{points: 1, check: {{kind: document, documents: rules, issued_by: "11-15"}}}}]"""
    plan = planned(criteria, "{none: [meeting]}", grade="model")
    assert ids((*plan.steps, *plan.further)) == [
        "event:meeting", "document:rules", "statement:hotline", "statement:desk",
    ]  # fmt: skip
    assert [step.chosen.option.begins for step in plan.steps] == sorted(
        step.chosen.option.begins for step in plan.steps
    )


@pytest.mark.parametrize(
    ("given", "as_of", "grade", "state", "target", "steps"),
    [
        pytest.param("{}", "2025-10-15", None, "reachable", "model", 2, id="the pass grade by default"),
        pytest.param("{}", "2025-10-15", "rectify", "reachable", "rectify", 2, id="the grade that is wanted"),
        pytest.param("{}", "2025-12-31", None, "over", "model", 0, id="the period is over"),
        pytest.param('{statements: [{id: S1, type: desk, value: true}], '
                     'documents: [{id: D1, type: rules, issued: "2020-01-01"}]}',
                     "2025-10-15", None, "reached", "model", 0, id="the highest grade is reached"),
        pytest.param('{documents: [{id: D1, type: rules}]}', "2025-10-15", None, "out_of_reach", "model", 1,
                     id="the rest waits for a person"),
    ],
)  # fmt: skip
def test_the_state(given: str, as_of: str, grade: str | None, state: str, target: str, steps: int) -> None:
    plan = planned(f"[{{check: {DESK}}}, {{check: {RULES}}}]", given, as_of, grade)
    assert (plan.state, plan.target.id, len(plan.steps)) == (state, target, steps)


def test_the_next_grade_is_planned_for_once_acceptance_is_sure() -> None:
    criteria = f"[{{points: 7, check: {DESK}}}, {{points: 3, check: {RULES}}}]"
    plan = planned(criteria, "{statements: [{id: S1, type: desk, value: true}]}", scoring="{pass: rectify}")
    assert (plan.target.id, ids(plan.steps)) == ("model", ["document:rules"])


def test_a_grade_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no grade gold in trial"):
        planned(f"[{{check: {DESK}}}]", grade="gold")


def test_acceptance_needs_every_veto_whatever_the_score() -> None:
    criteria = f"[{{points: 19, check: {DESK}}}, {{points: 1, veto: true, check: {RULES}}}]"
    plan = planned(criteria)
    assert ids(plan.steps) == ["statement:desk", "document:rules"]
    lost = planned(
        criteria.replace(RULES, '{kind: document, documents: rules, issued_by: "08-31"}'), "{none: [rules]}"
    )
    assert (lost.state, lost.vetoes) == ("out_of_reach", ("c2",))
    below = planned(criteria, grade="rectify")
    assert (below.state, ids(below.steps)) == ("reachable", ["statement:desk"]), "a lower grade needs no veto"


def test_nothing_applies_nothing_is_planned() -> None:
    criteria = f"[{{check: {DESK}, applies_when: {{kind: subject, attribute: class, in: [rural]}}}}]"
    plan = planned(
        criteria, "{subject: {id: demo-01, name: 示例社区, kind: community, attributes: {class: urban}}}"
    )
    assert (plan.state, plan.steps, plan.idle) == ("unscored", (), None)


def test_what_is_missed_is_lost_and_never_planned() -> None:
    plan = planned(
        f"[{{points: 12, check: {MEETINGS}}}]", '{events: [{id: E1, type: meeting, date: "2025-03-09"}]}'
    )
    assert [step.chosen.option.amount for step in plan.steps] == [3]
    assert [(one.element, one.points) for one in plan.lost] == [("c1", 8)]
    assert plan.planned == (Fraction(400, 12), Fraction(400, 12))


def test_what_waits_for_a_person_is_listed_apart() -> None:
    rating = "{kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好}}]}"
    plan = planned(f"[{{points: 2, check: {rating}}}, {{check: {DESK}}}]")
    assert [(one.element, one.points, one.waits) for one in plan.waiting] == [("c1", 2, ("person",))]
    assert plan.planned == (Fraction(100, 3), 100)


def test_a_bonus_and_a_deduction_from_the_total_count_in_score_points() -> None:
    scoring = (
        f"{{deductions: {{cap: 10, lines: [{{title: {{zh: 扣, en: Lost}}, unless: {HOTLINE}, lose: 4}}]}}}}"
    )
    criteria = f"[{{points: 9, check: {DESK}}}, {{points: 1, check: {PLAN}}}, {{points: 2, level: may, check: {RULES}}}]"
    plan = planned(
        criteria,
        "{statements: [{id: S1, type: desk, value: true}, {id: S2, type: hotline, value: false}]}",
        scoring=scoring,
    )
    assert plan.idle == (86, 98), "the plan wins ten, the bonus two and the hotline four"
    assert [(step.chosen.action.id, step.gains) for step in plan.steps] == [("document:plan", (("c2", 1),))]
    assert [(step.chosen.action.id, step.gains) for step in plan.further] == [
        ("statement:hotline", (("=0", 4),)),
    ]  # fmt: skip


def test_a_person_s_decision_stays_whatever_is_done() -> None:
    rules = ruleset(f"[{{check: {DESK}}}, {{check: {RULES}}}]")
    settled = {"c1": Verdict(rules.by_id()["c1"], FULL, "satisfied", (), ())}
    world = World(rules, CATALOGUE, submitted("{}"), date(2025, 10, 15), settled=settled)
    assert ids(make_plan(world, Wanted()).steps) == ["document:rules"]


def test_too_many_ways_are_taken_one_by_one_and_the_plan_says_so() -> None:
    members = (
        f"{DESK}, {HOTLINE}, {RULES}, {PLAN}, {MEETINGS}, {{kind: quantity, count: visits, at_least: 3}}"
    )
    rules = ruleset(f"[{{check: {{kind: group, of: [{members}], at_least: 3, credit: all_or_nothing}}}}]")
    world = World(rules, CATALOGUE, submitted("{}"), date(2025, 10, 15))
    exact, greedy = make_plan(world, Wanted()), make_plan(world, Wanted(), most_judged=10)
    assert (exact.exact, greedy.exact) == (True, False)
    assert len(exact.steps) == 3
    assert (greedy.state, greedy.planned) == ("reachable", (100, 100))


@given(rulesets(), evidence(), STAGES, AS_OF)
def test_what_is_predicted_is_what_the_engine_says_of_the_submission_with_the_actions_done(
    rules: Ruleset, found: dict[str, Any], stage: Any, day: date
) -> None:
    world = World(rules, CATALOGUE, sent(found), day, stage=stage)
    plan = make_plan(world, Wanted())
    done, scores = [], []
    for step in (*plan.steps, *plan.further):
        done.append(step.chosen.change)
        scores.append(step.score)
        one = assess(rules, CATALOGUE, world.done(done), stage=stage, as_of=date(2025, 12, 31)).result.score
        assert (None if one is None else one.score.floor) == scores[-1]
        score = None if one is None else one.score
        if len(done) == len(plan.steps):
            assert score == plan.planned
    sure = [end.floor for end in (plan.idle, plan.planned, plan.most) if end is not None]
    assert sure == sorted(sure), "no plan lowers the score"


@given(rulesets(), evidence(), AS_OF)
def test_a_submission_with_the_actions_done_is_a_sound_submission(
    rules: Ruleset, found: dict[str, Any], day: date
) -> None:
    found["counts"]["model_buildings"] = min(
        found["counts"].get("model_buildings", 0), found["counts"].get("buildings", 0)
    )
    world = World(rules, CATALOGUE, sent(found), day)
    plan = make_plan(world, Wanted())
    done = world.done(step.chosen.change for step in (*plan.steps, *plan.further))
    assert list(submission_faults(done, CATALOGUE, "community")) == []


@given(kindly(), evidence(), AS_OF, st.integers(0, 200))
def test_waiting_never_makes_a_plan_cheaper(
    rules: Ruleset, found: dict[str, Any], day: date, days: int
) -> None:
    """Where nothing that is dated later than the earlier day counts for the later one."""
    found = {
        **found,
        "events": [one for one in found["events"] if one["date"] <= str(day)],
        "documents": [one for one in found["documents"] if not one["issued"] or one["issued"] <= str(day)],
    }
    found["none"] = [one for one in ("meeting", "training", "plan", "rules", "permit")
                     if one not in {entry["type"] for entry in (*found["events"], *found["documents"])}]  # fmt: skip
    early, late = (
        make_plan(World(rules, CATALOGUE, sent(found), one), Wanted("model"))
        for one in (day, day + timedelta(days))
    )
    if late.state == "reachable":
        assert early.state in ("reachable", "reached")
        assert len(early.steps) <= len(late.steps)
