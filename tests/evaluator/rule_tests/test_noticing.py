"""A change of the rules is noticed where a case comes out otherwise; what is not noticed is listed, or explained."""

from __future__ import annotations

import pytest

from tests.evaluator.building import ruleset
from tests.evaluator.rule_tests.trials import left, tried

SHARE = ruleset(
    "[{id: share, points: 2, check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}}]"
)
ON = "{criterion: share, given: {counts: {buildings: 40, model_buildings: 2}}, expect: {outcome: satisfied, earned: 2}}"
BELOW = "{criterion: share, given: {counts: {buildings: 200, model_buildings: 9}}, expect: {outcome: not_satisfied}}"
NONE = "{criterion: share, given: {counts: {buildings: 0, model_buildings: 0}}, expect: {outcome: not_applicable}}"


@pytest.mark.parametrize(
    ("cases", "unnoticed"),
    [
        pytest.param(
            f"[{ON}]",
            ["check.at_least → at_most", "check.at_least 5% → 4%", "check.credit - → proportional",
             "check.when_zero not_applicable → satisfied", "check.when_zero not_applicable → not_satisfied",
             "check.when_zero not_applicable → needs_review"],
            id="a case on the threshold notices that it rises, not that it falls",
        ),
        pytest.param(f"[{ON}, {BELOW}, {NONE}]", [], id="a case on it, one just below, one with nothing to share"),
    ],
)  # fmt: skip
def test_a_change_is_noticed_where_a_case_comes_out_otherwise(cases: str, unnoticed: list[str]) -> None:
    assert left(SHARE, cases) == unnoticed


def test_points_are_noticed_where_a_case_states_what_was_earned() -> None:
    bare = ON.replace(", earned: 2", "")
    assert left(SHARE, f"[{bare}]", of="points") == ["points 2 → 3", "points 2 → 1"]
    assert left(SHARE, f"[{ON}]", of="points") == []


BOTH = ruleset(
    """
    - {id: desk, check: {kind: statement, statement: desk}}
    - {id: line, check: {kind: statement, statement: hotline}, requires: [desk]}
    """
)
ALL = "given: {statements: {desk: true, hotline: true}}"


def test_a_dropped_prerequisite_is_noticed_where_only_it_fails() -> None:
    met = f"{{criterion: line, {ALL}, expect: {{outcome: satisfied}}}}"
    held_back = "{criterion: line, given: {statements: {desk: false, hotline: true}}, expect: {outcome: not_satisfied}}"
    assert left(BOTH, f"[{met}]", of="requires") == ["requires desk → -"]
    assert left(BOTH, f"[{met}, {held_back}]", of="requires") == []


def test_a_case_of_what_requires_a_criterion_sees_it_too() -> None:
    rules = ruleset(
        """
        - {id: plan, check: {kind: document, documents: plan, contains: [goals]}}
        - {id: line, check: {kind: statement, statement: hotline}, requires: [plan]}
        """
    )
    seen = """
    [{criterion: line, given: {documents: {plan: ["2025-02-01"]}, statements: {hotline: true}},
      expect: {outcome: not_satisfied}}]
    """
    assert "check.contains goals → -" not in left(rules, seen)


def test_levels_and_vetoes_are_noticed_by_cases_of_the_whole_ruleset() -> None:
    half = "{given: {statements: {desk: true, hotline: false}}, expect: {score: 50}}"
    assert left(BOTH, f"[{half}]", of="level") == []
    assert left(BOTH, f"[{half}]", of="veto") == ["veto false → true", "veto false → true"]
    none = "{given: {}, expect: {score: 0, vetoes: []}}"
    assert left(BOTH, f"[{none}]", of="veto") == []


def test_a_line_of_a_grade_is_noticed_by_a_score_on_it_and_by_one_a_little_below() -> None:
    rules = ruleset(
        "\n".join(
            f"- {{id: c{n}, points: {points}, check: {{kind: statement, statement: {name}}}}}"
            for n, (points, name) in enumerate((("90", "desk"), ("10", "hotline")))
        )
    )
    on = "{given: {statements: {desk: true, hotline: false}}, expect: {score: 90, grade: model}}"
    found = left(rules, f"[{on}]", of="scoring.grades#1")
    assert found == ["scoring.grades#1.at_least 90 → 89"]


def test_what_is_explained_is_not_listed_again() -> None:
    reason = '[{criterion: share, change: "check.at_least 5% → 4%", reason: {zh: 试}}]'
    found = tried(SHARE, f"[{ON}, {NONE}]", reason)
    assert [one.change.name for one, _ in found.explained] == ["check.at_least 5% → 4%"]
    assert "check.at_least 5% → 4%" not in [one.change.name for one in found.unnoticed]
    assert found.outdated == ()
    assert found.tried == found.noticed + len(found.explained) + len(found.unnoticed)


def test_an_explanation_of_what_is_noticed_or_no_longer_there_is_outdated() -> None:
    reasons = """
    - {criterion: share, change: "check.at_least 5% → 6%", reason: {zh: 试}}
    - {criterion: share, change: "check.at_least 7% → 8%", reason: {zh: 试}}
    """
    found = tried(SHARE, f"[{ON}]", reasons)
    assert [(one.change, exists) for _, one, exists in found.outdated] == [
        ("check.at_least 5% → 6%", True),
        ("check.at_least 7% → 8%", False),
    ]


def test_what_rules_check_would_refuse_needs_no_case() -> None:
    rules = ruleset(
        """
        - id: steps
          points: 2
          check: {kind: quantity, count: visits, steps: [{at_least: 4, points: 2}, {at_least: 1, points: 1}]}
        """
    )
    assert "check.steps#1.points 2 → 3" not in [one.change.name for one in tried(rules, "[]").unnoticed]
