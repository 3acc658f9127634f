"""Whom a change affects: who gains and loses, by which criterion, how far short, and what the evidence cannot tell."""

from __future__ import annotations

from typing import Any

import pytest

from evaluator.impact.judging import Judging
from evaluator.impact.summing import impact
from evaluator.impact.targets import BadShift, shift_of
from evaluator.impact.trying import Trying, trial
from evaluator.impact.unit import UnitImpact
from evaluator.submission import Submission
from tests.evaluator.building import CATALOGUE, ruleset, submitted

Json = dict[str, Any]
RATIO = "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}"
DESK = "{kind: statement, statement: desk}"
PLAN = "{kind: document, documents: plan, contains: [goals]}"
HOTLINE = "{kind: statement, statement: hotline}"
NONE_BUT = "counts: {buildings: 40, model_buildings: 2}"
WITH_DESK = NONE_BUT + "\nstatements: [{id: S1, type: desk, value: true}]"


def between(old: str, new: str, given: str, stage: Any = "inspection", **scoring: str) -> UnitImpact:
    """What a change does to one submission."""
    sides = ruleset(old, scoring.get("old", "")), ruleset(new, scoring.get("new", ""))
    return Judging((sides[0], CATALOGUE), (sides[1], CATALOGUE), stage).unit(submitted(given))


def test_a_raised_threshold_loses_points_grade_and_acceptance_and_says_how_many_are_short() -> None:
    unit = between(f"[{{check: {RATIO}}}]", f"[{{check: {RATIO.replace('5%', '8%')}}}]", NONE_BUT)
    assert (unit.old.score, unit.low.score, unit.direction) == (100, 0, "loses")
    assert (unit.old.grade, unit.low.grade, unit.grade, unit.acceptance) == (
        "model",
        "not_ready",
        "loses",
        "loses",
    )
    assert [(one.criterion, one.direction, one.effect) for one in unit.touched] == [("c1", "loses", -100)]
    assert [(one.of, one.amount, one.before, one.text.zh) for one in unit.touched[0].short] == [
        ("model_buildings", 2, 0, "再创建 2 个楼组")
    ]


def test_what_was_short_already_counts_only_what_is_short_anew() -> None:
    raised = f"[{{check: {RATIO.replace('5%', '8%')}}}]"
    unit = between(f"[{{check: {RATIO}}}]", raised, "counts: {buildings: 40, model_buildings: 1}")
    assert unit.direction == "same"
    assert [(one.amount, one.before) for one in unit.touched[0].short] == [(3, 1)]


def test_evidence_that_was_never_asked_for_is_unknown_and_not_zero_at_every_stage() -> None:
    old, new = f"[{{check: {RATIO}}}]", f"[{{check: {RATIO}}}, {{check: {HOTLINE}, points: 3}}]"
    for stage in ("self_check", "inspection"):
        unit = between(old, new, NONE_BUT, stage)
        assert (unit.low.score, unit.high.score) == (25, 100)
        assert (unit.direction, unit.grade, unit.acceptance) == ("unknown", "unknown", "unknown")
        assert [(one.criterion, one.reason, one.items) for one in unit.unknown] == [
            ("c2", "never_asked", (("statements", "hotline"),))
        ]


def test_what_was_asked_for_and_not_submitted_is_lost_once_the_stage_closes_it() -> None:
    old = f"[{{check: {RATIO}}}, {{check: {DESK}}}]"
    new = f"[{{check: {RATIO}, points: 1}}, {{check: {DESK}, points: 3}}]"
    unit = between(old, new, NONE_BUT)
    assert (unit.old.score, unit.low.score, unit.unknown) == (50, 25, ())
    assert unit.direction == "loses"


def test_evidence_that_happens_to_be_there_decides_although_it_was_never_asked_for() -> None:
    new = f"[{{check: {RATIO}}}, {{check: {DESK}}}]"
    unit = between(f"[{{check: {RATIO}}}]", new, WITH_DESK)
    assert (unit.direction, unit.unknown) == ("same", ())


def test_a_content_or_an_attachment_that_was_never_asked_of_a_document_is_unknown() -> None:
    papers = 'documents: [{id: D1, type: plan, issued: "2025-02-01", contains: [goals]}]'
    old = f"[{{check: {PLAN}}}]"
    for new, item in (
        (PLAN.replace("goals", "goals, tasks"), ("parts", "plan.tasks")),
        (PLAN.replace("}", ", attachment: required}"), ("attachments", "plan")),
    ):
        unit = between(old, f"[{{check: {new}}}]", papers)
        assert unit.direction == "unknown"
        assert unit.unknown[0].items == (item,)
    empty = 'documents: [{id: D1, type: plan, issued: "2024-02-01", contains: [goals]}]'
    assert between(old, f"[{{check: {PLAN.replace('goals', 'goals, tasks')}}}]", empty).direction == "same", (
        "it fails whatever it states"
    )


def test_a_criterion_that_waits_for_what_is_unknown_is_unknown_too() -> None:
    old = f"[{{id: a, check: {RATIO}}}]"
    new = f"[{{id: a, check: {RATIO}, requires: [b]}}, {{id: b, check: {HOTLINE}}}]"
    unit = between(old, new, NONE_BUT)
    assert {one.criterion: one.reason for one in unit.unknown} == {"a": "prerequisite", "b": "never_asked"}


def test_a_dropped_criterion_and_moved_points_add_up() -> None:
    old = f"[{{id: a, check: {RATIO}, points: 2}}, {{id: b, check: {DESK}, points: 2}}]"
    unit = between(old, f"[{{id: a, check: {RATIO}, points: 5}}]", NONE_BUT)
    assert (unit.old.score, unit.low.score) == (50, 100)
    assert sum((one.effect for one in unit.touched), unit.rest) == 50
    assert {one.criterion for one in unit.touched} == {"a", "b"}


def test_a_renamed_criterion_is_compared_with_its_former_self() -> None:
    unit = between(f"[{{id: a, check: {DESK}}}]", f"[{{id: z, check: {DESK}}}]", WITH_DESK)
    assert (unit.direction, unit.touched) == ("same", ())


def crowd(*counts: int) -> list[Submission]:
    """Communities of 40 buildings with so many model buildings, every second one in another district."""
    return [
        submitted(
            f"subject: {{id: u{n}, name: 示例{n}, kind: community, region: [云南省, 昆明市, {'甲区' if n % 2 else '乙区'}]}}\n"
            f"counts: {{buildings: 40, model_buildings: {count}}}"
        )
        for n, count in enumerate(counts)
    ]


def test_a_crowd_is_added_up_by_direction_criterion_and_region() -> None:
    rules = ruleset(f"[{{check: {RATIO}}}]"), ruleset(f"[{{check: {RATIO.replace('5%', '8%')}}}]")
    judging = Judging((rules[0], CATALOGUE), (rules[1], CATALOGUE), "inspection")
    found = impact(judging, [judging.unit(one) for one in crowd(1, 2, 3, 4)])
    assert found["totals"]["score"] == {"gains": 0, "loses": 2, "same": 2, "unknown": 0}
    assert (found["totals"]["accepted"]["old"], found["totals"]["accepted"]["new"]) == (3, 1)
    assert found["grades"] == [
        {"from": "model", "to": "model", "unknown": False, "units": 1},
        {"from": "model", "to": "not_ready", "unknown": False, "units": 2},
        {"from": "not_ready", "to": "not_ready", "unknown": False, "units": 1},
    ]
    [row] = found["criteria"]
    assert (row["loses"], row["effect"]) == (2, "-50.00")
    assert [(one["units"], one["amount"]) for one in row["short"]] == [(3, "5")]
    assert [(one["path"][-1], one["units"], one["score"]["loses"]) for one in found["regions"]] == [
        ("云南省", 4, 2),
        ("昆明市", 4, 2),
        ("乙区", 2, 1),
        ("甲区", 2, 1),
    ]


def test_a_trial_judges_every_value_and_compares_with_the_one_in_force() -> None:
    rules = ruleset(f"[{{check: {RATIO}}}]")
    trying = Trying((rules, CATALOGUE), shift_of("c1=4%..8%/2%", rules, CATALOGUE), "inspection")
    found = trial(trying, [trying.unit(one) for one in crowd(1, 2, 3, 4)])
    assert [(one["value"], one["in_force"], one["outcomes"]["satisfied"]) for one in found["rows"]] == [
        ("4%", False, 3),
        ("5%", True, 3),
        ("6%", False, 2),
        ("8%", False, 1),
    ]
    assert [one["lose_acceptance"] for one in found["rows"]] == [0, 0, 1, 2]
    assert [one["short"][0]["amount"] for one in found["rows"]] == ["1", "1", "3", "6"]


def test_a_trial_judges_criteria_that_require_the_one_again() -> None:
    rules = ruleset(f"[{{id: a, check: {RATIO}}}, {{id: b, check: {DESK}, requires: [a]}}]")
    trying = Trying((rules, CATALOGUE), shift_of("a=8%..8%", rules, CATALOGUE), "inspection")
    unit = trying.unit(submitted(WITH_DESK))
    assert [one.score for one in unit.trials] == [100, 0]


def test_the_threshold_of_a_grade_can_be_tried() -> None:
    rules = ruleset(f"[{{check: {RATIO}, points: 7}}, {{check: {DESK}, points: 3}}]")
    trying = Trying((rules, CATALOGUE), shift_of("model=65..75/5", rules, CATALOGUE), "inspection")
    found = trial(trying, [trying.unit(one) for one in crowd(2)])
    assert [(one["value"], one["accepted"]) for one in found["rows"]] == [
        ("65", 1),
        ("70", 1),
        ("75", 0),
        ("90", 0),
    ]


RANGES = [
    ("c1=6%..10%", "6% 7% 8% 9% 10%"),
    ("c1=10%..6%/2%", "10% 8% 6%"),
    ("c1=6%..10%/3%", "6% 9% 10%"),
    ("c1=5%..6%", "5% 5.1% 5.2% 5.3% 5.4% 5.5% 5.6% 5.7% 5.8% 5.9% 6%"),
    ("c1=8%..8%", "8%"),
    ("c2:check.at_least=2..4", "2 3 4"),
    ("c2=1..31", "1 6 11 16 21 26 31"),
    ("c3:check.steps.0.at_least=90%..100%/5%", "90% 95% 100%"),
    ("c4:check.at_least.2026-01-01=8%..9%/1%", "8% 9%"),
]
STEPS = "steps: [{at_least: 95%, credit: 1}, {at_least: 80%, credit: 50%}]"
TARGETS = f"""
- {{check: {RATIO}}}
- {{check: {{kind: quantity, events: meeting, at_least: 2}}}}
- {{check: {{kind: ratio, numerator: visits, denominator: buildings, {STEPS}}}}}
- {{check: {RATIO.replace("5%", "{2010-01-01: 5%, 2026-01-01: 8%}")}}}
- {{check: {DESK}}}
"""


@pytest.mark.parametrize(("text", "values"), RANGES)
def test_a_range_names_its_values(text: str, values: str) -> None:
    shift = shift_of(text, ruleset(TARGETS), CATALOGUE)
    assert " ".join(map(str, shift.values)) == values


REFUSED = [
    ("c1", "看不懂“c1”"),
    ("c1=6%", "看不懂“c1=6%”"),
    ("c1=六..十", "看不懂"),
    ("c9=6%..8%", "没有指标或等级 c9"),
    ("c1=6..10", "范围和步长也要带 %"),
    ("c1=6%..10%/0%", "里的数看不懂"),
    ("c1=0%..10%/1%", "0% 不能用：at_least 为 0 的条件永远成立"),
    ("c1=1%..100%/1%", "要试的值超过 50 个"),
    ("c3=90%..95%", "c3 有 2 个阈值"),
    ("c4=8%..9%", "c4 有 2 个阈值"),
    ("c5=1..2", "c5 没有阈值，要试别的数"),
    ("c1:check.nothing=1%..2%", "c1 里没有 check.nothing"),
    ("not_ready=1..2", "没有指标或等级 not_ready"),
]


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_a_range_that_cannot_be_tried_is_refused_with_a_reason(text: str, words: str) -> None:
    with pytest.raises(BadShift, match=words.replace("(", r"\(")):
        shift_of(text, ruleset(TARGETS), CATALOGUE)


def test_several_thresholds_are_listed_with_what_they_are_now() -> None:
    with pytest.raises(BadShift) as refused:
        shift_of("c3=90%..95%", ruleset(TARGETS), CATALOGUE)
    assert refused.value.mend is not None
    assert refused.value.mend.zh == (
        "写明是哪一个：c3:check.steps.0.at_least（现为 95%）、c3:check.steps.1.at_least（现为 80%）"
    )


MISSED = "{id: missed, points: 3, deduct: [{each_missed: {kind: cadence, events: meeting, every: month%s}, lose: 1}]}"


def test_a_threshold_that_nobody_wrote_is_not_tried_where_points_are_lost() -> None:
    with pytest.raises(BadShift, match="missed 没有阈值，要试别的数") as refused:
        shift_of("missed=1..3", ruleset(f"[{MISSED % ''}]"), CATALOGUE)
    assert refused.value.mend is not None
    assert "missed:deduct.0.lose（现为 1）" in refused.value.mend.zh


def test_one_that_was_written_or_that_is_all_there_is_is_tried() -> None:
    written = shift_of("missed=1..3", ruleset(f"[{MISSED % ', at_least: 2'}]"), CATALOGUE)
    alone = shift_of(
        "c1=1..2", ruleset("[{check: {kind: cadence, events: meeting, every: month}}]"), CATALOGUE
    )
    assert (written.target.path, alone.target.path) == ("deduct.0.each_missed.at_least", "check.at_least")
