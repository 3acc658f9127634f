"""One-step changes of rules: each is small, each is meant, none says the same in other words."""

from __future__ import annotations

import pytest

from evaluator.testing.altering import altered
from evaluator.testing.mutations import changes
from evaluator.testing.noticing import mutants
from tests.evaluator.building import CATALOGUE, ruleset


def names(criterion: str, months: int = 12) -> list[str]:
    """The changes of the only criterion that the rules' types accept, without those of every criterion."""
    one = ruleset(f"[{criterion}]").sections[0].criteria[0]
    found = [
        change.name for change in changes(one, months) if altered(one, change.path, change.values) is not None
    ]
    return [name for name in found if name.split(" ")[0] not in ("veto", "level", "points")]


@pytest.mark.parametrize(
    ("check", "found"),
    [
        pytest.param(
            "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%, minimum_sample: 20}",
            [
                "check.at_least → above", "check.at_least → at_most", "check.at_least 5% → 6%", "check.at_least 5% → 4%",
                "check.credit - → proportional", "check.when_zero not_applicable → satisfied",
                "check.when_zero not_applicable → not_satisfied", "check.when_zero not_applicable → needs_review",
                "check.minimum_sample 20 → 21", "check.minimum_sample 20 → 19", "check.minimum_sample 20 → -",
            ],
            id="a share: threshold, comparison, credit, nothing to share, sample",
        ),
        pytest.param(
            "{kind: quantity, events: meeting, at_least: 1}",
            ["check.at_least → above", "check.at_least → at_most", "check.at_least 1 → 2"],
            id="at least one: 0 always holds, and there is nothing between none and one to be proportional to",
        ),
        pytest.param(
            "{kind: quantity, count: incidents, at_most: 0}",
            ["check.at_most → below", "check.at_most 0 → 1"],
            id="at most none: at least none would always hold, which is refused",
        ),
        pytest.param(
            "{kind: cadence, events: meeting, every: quarter, months: [3]}",
            [
                "check.every quarter → half_year", "check.every quarter → month", "check.at_least 1 → 2",
                "check.months 3 → -", "check.months 3 → 4", "check.months 3 → 2", "check.credit - → all_or_nothing",
            ],
            id="a cadence: the next longer and shorter window, the months beside",
        ),
        pytest.param(
            "{kind: cadence, events: meeting, every: year}",
            ["check.every year → half_year", "check.at_least 1 → 2"],
            id="one window a period: its share is all or nothing",
        ),
        pytest.param(
            "{kind: document, documents: plan, issued_by: 08-31, attachment: required, contains: [goals, tasks]}",
            [
                "check.issued_by 08-31 → 09-01", "check.issued_by 08-31 → 08-30", "check.issued_by 08-31 → -",
                "check.attachment required → -", "check.contains goals → -", "check.contains tasks → -",
            ],
            id="a document: a day later and earlier, without attachment, without each content",
        ),
        pytest.param(
            "{kind: document, documents: rules, state: in_force}",
            ["check.state in_force → issued"],
            id="in force is what a document without state is",
        ),
        pytest.param(
            "{kind: statement, statement: desk, attachment: required}",
            [],
            id="a yes without attachment stays a yes",
        ),
        pytest.param(
            "{kind: group, of: [{kind: statement, statement: desk}, {kind: statement, statement: hotline}], at_least: 1}",
            [
                "check.of#1 → -", "check.of#2 → -", "check.at_least 1 → 2", "check.credit - → all_or_nothing",
            ],
            id="a group: one member less, one more needed",
        ),
        pytest.param(
            "{kind: group, all: [{kind: statement, statement: desk}, {kind: statement, statement: hotline}]}",
            ["check.all → any", "check.all#1 → -", "check.all#2 → -", "check.credit - → all_or_nothing"],
            id="all becomes any",
        ),
        pytest.param(
            "{kind: change, count: incidents, direction: falls, by: 10%}",
            [
                "check.direction falls → rises", "check.direction falls → not_above", "check.direction falls → not_below",
                "check.by 10% → 11%", "check.by 10% → 9%", "check.by 10% → -",
            ],
            id="a change: other directions, other bounds",
        ),
    ],
)  # fmt: skip
def test_each_part_of_a_check_is_changed_by_one_step(check: str, found: list[str]) -> None:
    assert sorted(names(f"{{check: {check}}}")) == sorted(found)


def test_a_dated_threshold_changes_its_values_and_the_year_from_which_one_holds() -> None:
    check = "{kind: quantity, events: meeting, at_least: {'2010-01-01': 2, '2026-01-01': 3}}"
    assert [name for name in names(f"{{check: {check}}}") if "at_least 20" in name] == [
        "check.at_least 2010-01-01 2 → 3",
        "check.at_least 2010-01-01 2 → 1",
        "check.at_least 2026-01-01 3 → 4",
        "check.at_least 2026-01-01 3 → 2",
        "check.at_least 2026-01-01 → 2027-01-01",
        "check.at_least 2026-01-01 → 2025-01-01",
    ]


def test_steps_and_deductions_change_line_by_line() -> None:
    lines = """
    {points: 10, deduct: [
      {each: {count: incidents}, lose: 5, cap: 5},
      {each_below: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 90%},
       step: 1%, lose: "0.5", part_step: ignore}]}
    """
    found = names(lines)
    for one in (
        "deduct#1 → -", "deduct#1.lose 5 → 4", "deduct#1.cap 5 → 6", "deduct#1.cap 5 → -", "deduct#2.lose 0.5 → 0.6",
        "deduct#2.step 1% → 2%", "deduct#2.part_step ignore → full", "deduct#2.each_below.at_least 90% → 91%",
    ):  # fmt: skip
        assert one in found
    assert not [name for name in found if "each_below.credit" in name], "a deduction counts steps, not credit"


def test_must_and_should_score_alike_so_only_may_is_tried() -> None:
    one = ruleset("[{level: should, check: {kind: statement, statement: desk}}]").sections[0].criteria[0]
    assert [change.name for change in changes(one, 12) if change.name.startswith("level")] == [
        "level should → may"
    ]


def test_a_change_of_the_scoring_is_one_of_the_whole_ruleset() -> None:
    found = mutants(ruleset("[{check: {kind: statement, statement: desk}}]"), CATALOGUE)
    assert [one.change.name for one in found if one.criterion is None] == [
        "scoring.model points → flat",
        "scoring.grades#1.at_least 90 → 91",
        "scoring.grades#1.at_least 90 → 89",
        "scoring.grades#2.at_least 60 → 61",
        "scoring.grades#2.at_least 60 → 59",
        "scoring.bonus … → -",
        "scoring.bonus.cap 5 → 6",
        "scoring.bonus.cap 5 → 4",
        "scoring.pass model → rectify",
    ]
