"""A case that is based on another: its facts, but for what it gives itself."""

from __future__ import annotations

import pytest

from evaluator.checking import case_faults
from evaluator.testing.good import plain_given
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.rule_tests.trials import case_file

BASE = """
{name: 齐全, expect: {accepted: true}, given: {counts: {buildings: 40, model_buildings: 2}, events: {meeting: ["2025-02-01"]},
 documents: {plan: ["2025-01-08"]}, statements: {desk: true}, none: [training]}}
"""


def given(own: str) -> dict[str, object]:
    """What the second case gives in all, without what is empty."""
    cases = case_file(
        f"[{BASE}, {{name: 又一例, based_on: 齐全, given: {own}, expect: {{accepted: true}}}}]"
    ).cases
    full = plain_given(cases[1].given)
    return {key: value for key, value in full.items() if value and value != {"counts": {}}}


def test_without_facts_of_its_own_it_has_those_of_the_other() -> None:
    whole = given("{}")
    assert whole["counts"] == {"buildings": 40, "model_buildings": 2}
    assert whole["events"] == {"meeting": ["2025-02-01"]}
    assert whole["none"] == ["training"]


@pytest.mark.parametrize(
    ("own", "kind", "found"),
    [
        ("{counts: {model_buildings: 1}}", "counts", {"buildings": 40, "model_buildings": 1}),
        ('{events: {meeting: ["2025-03-01"]}}', "events", {"meeting": ["2025-03-01"]}),
        ("{none: [plan]}", "none", ["training", "plan"]),
        ('{events: {training: ["2025-03-01"]}}', "none", None),
    ],
    ids=[
        "a count",
        "events",
        "none of a type that the other has",
        "some of a type of which the other has none",
    ],
)
def test_what_it_gives_itself_takes_the_place(own: str, kind: str, found: object) -> None:
    assert given(own).get(kind) == found


def test_none_of_a_type_takes_away_what_the_other_has() -> None:
    assert "documents" not in given("{none: [plan]}")


def test_a_case_may_be_based_on_one_that_is_itself_based_on_another() -> None:
    chain = f"""
    [{BASE}, {{name: 二, based_on: 齐全, given: {{counts: {{buildings: 50}}}}, expect: {{accepted: true}}}},
     {{name: 三, based_on: 二, given: {{none: [meeting]}}, expect: {{accepted: true}}}}]
    """
    last = plain_given(case_file(chain).cases[2].given)
    assert (last["counts"], last["events"]) == ({"buildings": 50, "model_buildings": 2}, {})


def test_a_case_further_down_or_unknown_is_a_fault() -> None:
    file = case_file(f"[{{name: 先, based_on: 齐全了, expect: {{accepted: true}}}}, {BASE}, "
                     "{name: 后, based_on: 齐全了, expect: {accepted: true}}]")  # fmt: skip
    rules = ruleset("[{check: {kind: statement, statement: desk}}]")
    assert [
        (one.code, one.path, one.mend and one.mend.zh) for one in case_faults(rules, file, CATALOGUE)
    ] == [
        ("unknown_case", ("cases", 0, "based_on"), "请在目录中查找正确的标识"),
        ("unknown_case", ("cases", 2, "based_on"), "是否想写 齐全"),
    ]


def test_an_explanation_of_an_unknown_criterion_is_a_fault() -> None:
    rules = ruleset("[{id: desk, check: {kind: statement, statement: desk}}]")
    file = case_file("[]", '[{criterion: deck, change: "points 1 → 2", reason: {zh: 试}}]')
    assert [(one.code, one.mend and one.mend.zh) for one in case_faults(rules, file, CATALOGUE)] == [
        ("unknown_criterion", "是否想写 desk")
    ]
