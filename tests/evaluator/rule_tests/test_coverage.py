"""Coverage: which outcomes the cases of a criterion show, on which sides of a boundary they stand, what they never give."""

from __future__ import annotations

import pytest

from evaluator.testing.coverage import coverage
from evaluator.testing.running import ran
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.rule_tests.trials import case_file, covered


def missing(check: str, given: str, **more: str) -> dict[str, tuple[str, ...]]:
    """The sides that no case stands on, where the only case gives ``given``."""
    rest = "".join(f", {key}: {value}" for key, value in more.items())
    rules = ruleset(f"[{{id: c1, points: 10, {check}}}]")
    file = f"[{{criterion: c1, given: {given}{rest}, expect: {{earned: {{floor: 0, ceiling: 10}}}}}}]"
    found = coverage(ran(case_file(file), rules, CATALOGUE), rules, CATALOGUE)
    return {one.boundary.where: one.missing for one in found.criteria[0].boundaries}


RATIO = "check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}"


@pytest.mark.parametrize(
    ("buildings", "model", "lacking"),
    [(40, 1, ("on", "above")), (40, 2, ("below", "above")), (40, 3, ("below", "on")), (0, 0, ("below", "on", "above"))],
)  # fmt: skip
def test_a_threshold_has_a_side_below_and_above_and_itself(
    buildings: int, model: int, lacking: tuple[str, ...]
) -> None:
    given = f"{{counts: {{buildings: {buildings}, model_buildings: {model}}}}}"
    assert missing(RATIO, given) == {"check.at_least": lacking}


@pytest.mark.parametrize(
    ("check", "given", "lacking"),
    [
        pytest.param("check: {kind: quantity, count: incidents, at_most: 0}", "{}", {"check.at_most": ("on", "above")},
                     id="nothing is below 0"),
        pytest.param(RATIO.replace("5%", "100%"), "{}", {"check.at_least": ("below", "on")},
                     id="a part is never more than its whole"),
        pytest.param("check: {kind: quantity, count: visits, scale: {from: 2, to: 6}}", "{counts: {visits: 2}}",
                     {"check.scale.from": ("below", "above"), "check.scale.to": ("on", "above")}, id="a scale has two ends"),
        pytest.param("check: {kind: quantity, count: visits, steps: "
                     "[{at_least: 4, points: 10}, {at_least: 2, points: 5}]}", "{counts: {visits: 3}}",
                     {"check.steps#1.at_least": ("on", "above"), "check.steps#2.at_least": ("below", "on")}, id="steps"),
        pytest.param("check: {kind: cadence, events: meeting, every: half_year}", '{events: {meeting: ["2025-02-01"]}}',
                     {"check.at_least": ("above",)}, id="a cadence stands where its windows stand"),
        pytest.param("check: {kind: document, documents: rules, issued_by: 2025-08-31}", '{documents: {rules: ["2025-08-31"]}}',
                     {"check.issued_by": ("below", "above")}, id="a deadline"),
        pytest.param("check: {kind: group, of: [{kind: statement, statement: desk}, {kind: statement, statement: hotline}], "
                     "at_least: 2}", "{statements: {desk: true, hotline: false}}", {"check.at_least": ("on",)},
                     id="a group counts the members that hold"),
        pytest.param("check: {kind: rating, levels: [{level: 2, credit: 1, text: {zh: 好}}, "
                     "{level: 1, credit: 0, text: {zh: 差}}]}",
                     "{ratings: {c1: 2}}", {"check.levels": ("on",)}, id="levels of a rating"),
        pytest.param("deduct: [{each: {count: incidents}, lose: 2, cap: 4}]", "{counts: {incidents: 1}}",
                     {"deduct#1.cap": ("on",)}, id="the cap of a deduction"),
        pytest.param("check: {kind: group, each: quarter, check: {kind: quantity, count: visits, at_least: 2}}",
                     "{units: {quarter: [{id: Q1, counts: {visits: 1}}, {id: Q2, counts: {visits: 3}}]}}",
                     {"check.check.at_least": ("on",)}, id="units stand each for itself"),
    ],
)  # fmt: skip
def test_each_kind_of_boundary_says_where_a_case_stands(
    check: str, given: str, lacking: dict[str, tuple[str, ...]]
) -> None:
    assert missing(check, given) == lacking


def test_a_dated_threshold_has_a_boundary_for_each_value_and_a_case_stands_on_that_in_force() -> None:
    check = "check: {kind: quantity, count: visits, at_least: {'2010-01-01': 2, '2026-01-01': 3}}"
    rules = ruleset(f"[{{id: c1, {check}}}]")
    found = covered(rules, "[{criterion: c1, given: {counts: {visits: 2}}, expect: {outcome: satisfied}}]")
    assert [(one.boundary.since, one.missing) for one in found.criteria[0].boundaries] == [
        ("2010-01-01", ("below", "above")),
        ("2026-01-01", ("below", "on", "above")),
    ]


def test_a_criterion_wants_a_case_that_satisfies_it_one_that_fails_and_one_to_which_it_does_not_apply() -> (
    None
):
    rules = ruleset(
        "[{id: c1, applies_when: {kind: statement, statement: hotline}, check: {kind: statement, statement: desk}}]"
    )
    empty = covered(rules, "[{given: {}, expect: {accepted: false}}]").criteria[0]
    assert empty.wanting == ("satisfied", "not_satisfied", "not_applicable")
    one = covered(
        rules, "[{criterion: c1, given: {statements: {hotline: false}}, expect: {outcome: not_applicable}}]"
    ).criteria[0]
    assert (dict(one.outcomes), one.wanting) == ({"not_applicable": 1}, ("satisfied", "not_satisfied"))


def test_an_item_that_no_case_gives_is_listed_unless_one_says_that_there_is_none() -> None:
    rules = ruleset(
        "[{check: {kind: document, documents: plan}}, {check: {kind: statement, statement: desk}}]"
    )
    assert covered(rules, "[{given: {}, expect: {accepted: false}}]").never_given == ("plan", "desk")
    assert covered(rules, "[{given: {none: [plan]}, expect: {accepted: false}}]").never_given == ("desk",)


def test_the_lines_of_grades_and_the_caps_of_the_score_are_boundaries_of_cases_of_the_whole() -> None:
    rules = ruleset(
        "[{points: 9, check: {kind: statement, statement: desk}}, {points: 1, check: {kind: statement, statement: hotline}}]"
    )
    found = covered(
        rules, "[{given: {statements: {desk: true, hotline: false}}, expect: {score: 90}}]"
    ).scoring
    assert [(one.boundary.where, one.boundary.value, one.missing) for one in found] == [
        ("scoring.grades#1.at_least", "90", ("below", "above")),
        ("scoring.grades#2.at_least", "60", ("below", "on")),
        ("scoring.bonus.cap", "5", ()),
    ]
