"""Ruleset × facts → verdicts: conditions, prerequisites, stages, open time."""

import pytest

from evaluator.evaluate import Program
from tests.evaluator.building import CATALOGUE, facts, period_of, ruleset, shown, verdict, verdicts

DESK = "check: {kind: statement, statement: desk}"
HOTLINE = "check: {kind: statement, statement: hotline}"
RURAL = "applies_when: {kind: subject, attribute: class, in: [rural]}"
RATED = "check: {kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好}}]}"


@pytest.mark.parametrize(
    ("given", "stage", "credit", "outcome"),
    [
        pytest.param(
            "{attributes: {class: rural}, statements: {desk: true}}",
            "self_check",
            "1",
            "satisfied",
            id="it applies",
        ),
        pytest.param(
            "{attributes: {class: urban}, statements: {desk: true}}",
            "self_check",
            "n/a",
            "not_applicable",
            id="not",
        ),
        pytest.param(
            "{attributes: {class: urban}}", "final", "n/a", "not_applicable", id="not, and nothing is closed"
        ),
        pytest.param(
            "{statements: {desk: true}}", "self_check", "[0, 1]", "no_evidence", id="undecided at self-check"
        ),
        pytest.param(
            "{statements: {desk: false}}",
            "self_check",
            "[0, 1]",
            "no_evidence",
            id="undecided whatever the check says",
        ),
        pytest.param(
            "{statements: {desk: true}}",
            "preliminary",
            "1",
            "satisfied",
            id="silence never removes a requirement",
        ),
        pytest.param(
            "{statements: {desk: false}}", "inspection", "0", "not_satisfied", id="nor excuses a no"
        ),
        pytest.param("{}", "final", "0", "no_evidence", id="silence on both is closed"),
    ],
)
def test_applies_when_at_each_stage(given: str, stage: str, credit: str, outcome: str) -> None:
    found = verdict(f"{{{RURAL}, {DESK}}}", given, stage=stage)
    assert (shown(found.credit), found.outcome) == (credit, outcome)


def test_a_condition_holds_only_at_full_credit() -> None:
    partly = "applies_when: {kind: group, all: [{kind: statement, statement: desk}, {kind: statement, statement: hotline}]}"
    given = "{statements: {desk: true, hotline: false}, counts: {visits: 5}}"
    found = verdict(f"{{{partly}, check: {{kind: quantity, count: visits, at_least: 1}}}}", given)
    assert found.outcome == "not_applicable"


def test_a_condition_that_does_not_apply_itself_removes_the_criterion() -> None:
    condition = "applies_when: {kind: ratio, numerator: visits, denominator: buildings, at_least: 5%}"
    assert (
        verdict(f"{{{condition}, {DESK}}}", "{counts: {visits: 0, buildings: 0}}").outcome == "not_applicable"
    )


def test_a_condition_on_units_is_judged_without_closing_too() -> None:
    condition = "applies_when: {kind: group, each: quarter, check: {kind: statement, statement: hotline}}"
    given = "{units: {quarter: [{id: Q1}]}, statements: {desk: true}}"
    assert verdict(f"{{{condition}, {DESK}}}", given, stage="inspection").outcome == "satisfied"


def test_a_failed_part_of_a_condition_that_holds_is_no_failure_of_the_criterion() -> None:
    condition = (
        "applies_when: {kind: group, any: [{kind: subject, attribute: class, in: [rural]}, "
        "{kind: subject, attribute: size, in: [large]}]}"
    )
    given = "{attributes: {class: urban, size: large}}"
    assert verdict(f"{{{condition}, {DESK}}}", given, stage="inspection").outcome == "no_evidence"


@pytest.mark.parametrize(
    ("required", "stage", "credit", "outcome"),
    [
        pytest.param(
            "statements: {desk: true, hotline: true}",
            "self_check",
            "1",
            "satisfied",
            id="satisfied: nothing in the way",
        ),
        pytest.param(
            "statements: {desk: true, hotline: false}",
            "self_check",
            "0",
            "not_satisfied",
            id="failed: no credit",
        ),
        pytest.param(
            "statements: {desk: true}", "self_check", "[0, 1]", "no_evidence", id="undecided: the floor is 0"
        ),
        pytest.param("statements: {desk: true}", "inspection", "0", "not_satisfied", id="closed: no credit"),
        pytest.param(
            "statements: {desk: false}", "self_check", "0", "not_satisfied", id="its own failure stays"
        ),
    ],
)
def test_requires_gives_no_credit_until_satisfied(
    required: str, stage: str, credit: str, outcome: str
) -> None:
    found = verdicts(
        f"[{{id: a, requires: [b], {DESK}}}, {{id: b, {HOTLINE}}}]", f"{{{required}}}", stage=stage
    )["a"]
    assert (shown(found.credit), found.outcome) == (credit, outcome)


def test_a_required_criterion_that_is_partly_satisfied_is_not_satisfied() -> None:
    part = "check: {kind: cadence, events: meeting, every: half_year}"
    given = '{statements: {desk: true}, events: {meeting: ["2025-02-01"]}}'
    assert shown(verdicts(f"[{{id: a, requires: [b], {DESK}}}, {{id: b, {part}}}]", given)["a"].credit) == "0"


def test_a_required_criterion_that_does_not_apply_does_not_stand_in_the_way() -> None:
    rules = f"[{{id: a, requires: [b], {DESK}}}, {{id: b, {RURAL}, {HOTLINE}}}]"
    assert shown(verdicts(rules, "{attributes: {class: urban}, statements: {desk: true}}")["a"].credit) == "1"


def test_prerequisites_pass_on_failure_in_any_order_of_the_file() -> None:
    rules = f"[{{id: a, requires: [b], {DESK}}}, {{id: b, requires: [c], {DESK}}}, {{id: c, {HOTLINE}}}]"
    assert shown(verdicts(rules, "{statements: {desk: true, hotline: false}}")["a"].credit) == "0"


def test_what_waits_for_a_prerequisite_waits_for_the_same() -> None:
    found = verdicts(
        f"[{{id: a, requires: [b], {DESK}}}, {{id: b, {RATED}}}]", "{statements: {desk: true}}", stage="final"
    )["a"]
    assert (found.outcome, found.waits) == ("needs_review", ("person",))


def test_a_criterion_judged_alone_comes_out_as_among_all() -> None:
    rules = ruleset(
        f"[{{id: a, requires: [b], {DESK}}}, {{id: b, requires: [c], {DESK}}}, {{id: c, {HOTLINE}}}, {{id: d, {RATED}}}]"
    )
    compiled = Program(rules, CATALOGUE, period_of("2025-01-01/2025-12-31").span)
    known = facts("{statements: {desk: true}}")
    for one in compiled.judge(known).verdicts:
        assert compiled.judge_one(one.criterion.id, known) == one


def test_verdicts_come_in_the_rulesets_order() -> None:
    rules = f"[{{id: z, requires: [a], {DESK}}}, {{id: m, {DESK}}}, {{id: a, {HOTLINE}}}]"
    assert list(verdicts(rules, "{}")) == ["z", "m", "a"]


def test_a_circle_of_prerequisites_is_refused() -> None:
    rules = ruleset(f"[{{id: a, requires: [b], {DESK}}}, {{id: b, requires: [a], {HOTLINE}}}]")
    with pytest.raises(ValueError, match="a → b → a"):
        Program(rules, CATALOGUE, period_of("2025-01-01/2025-12-31").span)


@pytest.mark.parametrize("stage", ["self_check", "preliminary", "inspection", "final"])
def test_time_that_is_open_stays_open_at_every_stage(stage: str) -> None:
    check = "{check: {kind: cadence, events: meeting, every: half_year}}"
    given = '{events: {meeting: ["2025-02-01"]}}'
    found = verdict(check, given, stage=stage, as_of="2025-08-01")
    assert (shown(found.credit), found.outcome, found.waits) == ("[1/2, 1]", "no_evidence", ("time",))


def test_a_decided_verdict_waits_for_nothing() -> None:
    check = f"{{check: {{kind: group, any: [{{kind: statement, statement: desk}}, {RATED[7:]}]}}}}"
    found = verdict(check, "{statements: {desk: true}}")
    assert (found.outcome, found.waits) == ("satisfied", ())


@pytest.mark.parametrize(("transition", "expected"), [("period_end", "0"), ("period_start", "1")])
def test_the_ruleset_says_which_day_picks_a_dated_threshold(transition: str, expected: str) -> None:
    rules = ruleset(
        '[{check: {kind: quantity, count: visits, at_least: {"2011-01-01": 5, "2025-06-01": 8}}}]',
        f"transition: {transition}",
    )
    compiled = Program(rules, CATALOGUE, period_of("2025-01-01/2025-12-31").span)
    assert shown(compiled.judge(facts("{counts: {visits: 5}}")).verdicts[0].credit) == expected


def test_credit_beside_the_check_means_the_same_as_inside_it() -> None:
    beside = "{credit: all_or_nothing, check: {kind: cadence, events: meeting, every: half_year}}"
    given = '{events: {meeting: ["2025-02-01"]}}'
    assert shown(verdict(beside, given).credit) == "0"


def test_a_prohibition_says_that_what_occurred_cannot_be_undone() -> None:
    check = "{nature: prohibition, check: {kind: quantity, count: incidents, equals: 0}}"
    short = verdict(check, "{counts: {incidents: 1}}").findings[0][1].shortfall
    assert short is not None
    assert not short.possible
