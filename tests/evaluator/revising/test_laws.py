"""What holds of the difference of any two rulesets, and of what it does to any submission."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.assessment import assess
from evaluator.crediting import credit_at
from evaluator.impact.judging import Judging
from evaluator.impact.summing import impact
from evaluator.impact.targets import targets, tried, tried_faults
from evaluator.loading import load_ruleset
from evaluator.revising import difference
from evaluator.revising.direction import in_force, measured_effect
from evaluator.ruleset import Criterion, Ruleset
from tests.evaluator.building import CATALOGUE, check_of
from tests.evaluator.strategies import STAGES, criteria, evidence, rulesets, sent

Json = dict[str, Any]


def differ(old: Ruleset, new: Ruleset) -> Json:
    return difference((old, CATALOGUE), (new, CATALOGUE))


@settings(max_examples=30)
@given(rulesets())
def test_a_ruleset_does_not_differ_from_itself(rules: Ruleset) -> None:
    found = differ(rules, rules)
    assert found["same"]
    assert found["entries"] == []
    assert found["version"]["enough"]


@st.composite
def revised(draw: st.DrawFn) -> tuple[Ruleset, Ruleset]:
    """A ruleset, and the same with another criterion in the place of one, or with the head of another."""
    old = draw(rulesets())
    if draw(st.integers(0, 3)) == 0:
        return old, old.model_copy(update={"scoring": draw(rulesets()).scoring})
    place, _, gone = draw(st.sampled_from(list(old.criteria())))
    fresh = Criterion.model_validate(draw(criteria(gone.id, gone.requires)))
    sections = list(old.sections)
    within = list(sections[place[1]].criteria)  # type: ignore[index]
    within[place[3]] = fresh  # type: ignore[index]
    sections[place[1]] = sections[place[1]].model_copy(update={"criteria": tuple(within)})  # type: ignore[index]
    return old, old.model_copy(update={"sections": tuple(sections)})


@settings(max_examples=50)
@given(revised(), evidence(), STAGES)
def test_whatever_comes_out_otherwise_is_told_as_a_change_of_judgement(
    both: tuple[Ruleset, Ruleset], submitted: Json, stage: Any
) -> None:
    results = [
        {
            "criteria": [(one["id"], one["credit"]) for one in document["criteria"]],
            "score": document["score"],
            "grade": document["grade"],
            "accepted": document["accepted"],
        }
        for document in (assess(one, CATALOGUE, sent(submitted), stage=stage).document for one in both)
    ]
    natures = [change["nature"] for entry in differ(*both)["entries"] for change in entry["changes"]]
    if results[0] != results[1]:
        assert "judgement" in natures


def test_every_number_of_a_ruleset_in_force_is_told_when_it_moves() -> None:
    loaded = load_ruleset("wuhu-pilot-2013")
    rules, missed = loaded.ruleset, []
    numbers = [one for name in rules.by_id() for one in targets(rules, name)]
    for target in numbers[::9]:
        value = target.value._replace(value=target.value.value * Fraction(9, 10))
        if not value.value or tried_faults(rules, loaded.catalogue, target, value):
            continue
        found = difference((rules, loaded.catalogue), (tried(rules, target, value), loaded.catalogue))
        if {one["nature"] for entry in found["entries"] for one in entry["changes"]} != {"judgement"}:
            missed.append(target)
    assert len(numbers) > 60
    assert missed == []


@settings(max_examples=40)
@given(rulesets(), rulesets())
def test_every_criterion_of_both_sides_is_accounted_for_once(old: Ruleset, new: Ruleset) -> None:
    entries = [one for one in differ(old, new)["entries"] if one["scope"] == "criterion"]
    for side, key in ((old, "old"), (new, "new")):
        told = [name for one in entries for name in one[key]]
        assert len(told) == len(set(told))
        assert set(told) <= set(side.by_id())
    alone = {name for one in entries if not one["old"] for name in one["new"]}
    assert alone <= set(new.by_id()) - set(old.by_id())


@settings(max_examples=40)
@given(rulesets(), evidence(), STAGES)
def test_under_the_same_rules_nobody_gains_or_loses(rules: Ruleset, submitted: Json, stage: Any) -> None:
    judging = Judging((rules, CATALOGUE), (rules, CATALOGUE), stage)
    unit = judging.unit(sent(submitted))
    assert (unit.direction, unit.grade, unit.acceptance) == ("same", "same", "same")
    assert (unit.touched, unit.rest, unit.unknown) == ((), 0, ())
    assert impact(judging, [unit])["criteria"] == []


@settings(max_examples=40)
@given(rulesets(), rulesets(), evidence(), STAGES)
def test_both_sides_stand_as_they_are_assessed_and_what_criteria_move_adds_up(
    old: Ruleset, new: Ruleset, submitted: Json, stage: Any
) -> None:
    unit = Judging((old, CATALOGUE), (new, CATALOGUE), stage).unit(sent(submitted))
    for rules, standing in ((old, unit.old), (new, unit.low)):
        found = assess(rules, CATALOGUE, sent(submitted), stage=stage).document
        score = found["score"]
        assert standing.score == (None if score is None else Fraction(score["exact"]["floor"]))
        assert standing.accepted == (found["accepted"] is True)
    if unit.old.score is not None and unit.low.score is not None:
        moved = sum((one.effect for one in unit.touched), Fraction(0)) + unit.rest
        assert moved == unit.low.score - unit.old.score
        assert unit.high.score is not None
        assert unit.low.score <= unit.high.score


LIMITS = st.lists(
    st.tuples(st.sampled_from(["at_least", "at_most", "above", "below", "equals"]), st.integers(1, 9)),
    min_size=1,
    max_size=2,
    unique_by=lambda one: one[0],
).map(lambda found: ", ".join(f"{name}: {value}" for name, value in found))
STEPS = st.lists(
    st.tuples(st.sampled_from(["at_least", "above", "at_most"]), st.integers(1, 9), st.integers(0, 4)),
    min_size=1,
    max_size=3,
).map(lambda found: "steps: [" + ", ".join(f"{{{n}: {v}, credit: {c * 25}%}}" for n, v, c in found) + "]")
SCALES = (
    st.tuples(st.integers(0, 9), st.integers(0, 9))
    .filter(lambda one: one[0] != one[1])
    .map(lambda one: f"scale: {{from: {one[0]}, to: {one[1]}}}")
)
PROPORTIONAL = st.integers(1, 9).map(lambda one: f"at_least: {one}, credit: proportional")
ASKED = st.one_of(LIMITS, STEPS, SCALES, PROPORTIONAL)


@settings(max_examples=300)
@given(ASKED, ASKED, st.integers(0, 400))
def test_stricter_never_earns_more_and_looser_never_less(old: str, new: str, tenths: int) -> None:
    sides = [check_of(f"{{kind: quantity, count: budget, {one}}}") for one in (old, new)]
    effect = measured_effect(sides[0], sides[1], (None, None))  # type: ignore[arg-type]
    value = Fraction(tenths, 20)
    before, after = (
        credit_at(in_force(one, date.min, None), proportional=one.credit == "proportional")(value, 1)  # type: ignore[union-attr,arg-type]
        for one in sides
    )
    assert effect in {"stricter", "depends"} or before <= after
    assert effect in {"looser", "depends"} or before >= after
