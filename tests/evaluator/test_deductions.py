"""Deductions and alternatives: points lost line by line, or the best of several ways to earn them."""

import pytest
from pydantic import ValidationError

from tests.evaluator.building import ruleset, shown, verdict

DESK = "{kind: statement, statement: desk}"
HOTLINE = "{kind: statement, statement: hotline}"
QUARTERLY = "{kind: cadence, events: meeting, every: quarter}"


def left(lines: str, given: str, points: str = "5", **more: str) -> str:
    """The points that are left of ``points``."""
    credit = verdict(f"{{points: {points}, deduct: [{lines}]}}", given, **more).credit
    return shown(
        None if credit is None else type(credit)(credit.floor * int(points), credit.ceiling * int(points))
    )


@pytest.mark.parametrize(
    ("line", "given", "expected"),
    [
        pytest.param(f"{{unless: {DESK}, lose: 3}}", "{statements: {desk: false}}", "2", id="unless it holds, points are lost"),
        pytest.param(f"{{unless: {DESK}, lose: 3}}", "{statements: {desk: true}}", "5", id="where it holds, nothing is lost"),
        pytest.param(f"{{unless: {DESK}, lose: all}}", "{statements: {desk: false}}", "0", id="all points are lost"),
        pytest.param(f"{{unless: {DESK}, lose: 9}}", "{statements: {desk: false}}", "0", id="a loss stops at 0"),
        pytest.param(f"{{unless: {QUARTERLY}, lose: 2}}", '{events: {meeting: ["2025-01-05"]}}', "3", id="partly is not yet"),
        pytest.param("{each: {count: incidents}, lose: 2}", "{counts: {incidents: 2}}", "1", id="each one costs"),
        pytest.param("{each: {count: incidents}, lose: 2, cap: 3}", "{counts: {incidents: 2}}", "2", id="up to the cap"),
        pytest.param("{each: {count: incidents}, lose: 2}", "{counts: {incidents: 0}}", "5", id="none costs nothing"),
        pytest.param("{each: {events: meeting}, lose: 1}", '{events: {meeting: ["2025-01-05", "2024-01-05"]}}', "4",
                     id="each event in the period costs"),
        pytest.param("{each: {documents: rules}, lose: 1}", '{documents: {rules: ["2025-01-05", "2024-01-05"]}}', "4",
                     id="each document of the period costs"),
        pytest.param(f"{{each_missed: {QUARTERLY}, lose: 0.25}}", '{events: {meeting: ["2025-01-05"]}}', "17/4",
                     id="each missed window costs"),
        pytest.param(f"{{each_missed: {{kind: group, all: [{DESK}, {HOTLINE}]}}, lose: 1}}",
                     "{statements: {desk: false, hotline: true}}", "4", id="each missed member costs"),
        pytest.param(f"{{each_missed: {{kind: group, each: quarter, check: {DESK}}}, lose: 1}}",
                     "{units: {quarter: [{id: Q1, statements: {desk: false}}, {id: Q2, statements: {desk: false}}]}}", "3",
                     id="each missed unit costs"),
        pytest.param(f"{{unless: {DESK}, lose: 1}}, {{unless: {HOTLINE}, lose: 2}}",
                     "{statements: {desk: false, hotline: false}}", "2", id="lines add up"),
    ],
)  # fmt: skip
def test_what_is_left(line: str, given: str, expected: str) -> None:
    assert left(line, given) == expected


@pytest.mark.parametrize(
    ("part_step", "model", "expected"),
    [
        pytest.param("ignore", 90, "10", id="at the line nothing is lost"),
        pytest.param("ignore", 88, "6", id="two whole steps"),
        pytest.param("full", 88, "6", id="two whole steps, no part"),
        pytest.param("proportional", 88, "6", id="two whole steps exactly"),
        pytest.param("ignore", 10, "0", id="never below 0"),
    ],
)
def test_each_step_below_a_line_costs(part_step: str, model: int, expected: str) -> None:
    line = (
        "{each_below: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 90%}, "
        f"step: 1%, lose: 2, part_step: {part_step}}}"
    )
    assert left(line, f"{{counts: {{buildings: 100, model_buildings: {model}}}}}", points="10") == expected


@pytest.mark.parametrize(("part_step", "expected"), [("ignore", "8"), ("full", "6"), ("proportional", "7")])
def test_a_part_of_a_step_is_what_part_step_says(part_step: str, expected: str) -> None:
    line = (
        "{each_below: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 90%}, "
        f"step: 1%, lose: 2, part_step: {part_step}}}"
    )
    assert left(line, "{counts: {buildings: 200, model_buildings: 177}}", points="10") == expected


def test_a_zero_denominator_that_counts_as_satisfied_is_below_no_line() -> None:
    line = (
        "{each_below: {kind: ratio, numerator: visits, denominator: buildings, at_least: 90%, when_zero: satisfied}, "
        "step: 10%, lose: 1, part_step: full}"
    )
    assert left(line, "{counts: {buildings: 0, visits: 0}}") == "5"


@pytest.mark.parametrize(
    ("line", "stage", "expected"),
    [
        pytest.param(f"{{unless: {DESK}, lose: 3}}", "self_check", "[2, 5]", id="unless: perhaps lost"),
        pytest.param(f"{{unless: {DESK}, lose: 3}}", "inspection", "2", id="unless: closed"),
        pytest.param(
            "{each: {count: incidents}, lose: 2, cap: 3}", "self_check", "[2, 5]", id="each: up to the cap"
        ),
        pytest.param(
            "{each: {count: incidents}, lose: 2, cap: 3}", "inspection", "2", id="each: closed at the cap"
        ),
        pytest.param(
            f"{{each_missed: {QUARTERLY}, lose: 1}}", "self_check", "[0, 5]", id="each_missed: undecided"
        ),
        pytest.param(
            f"{{each_missed: {QUARTERLY}, lose: 1, cap: 3}}",
            "inspection",
            "2",
            id="each_missed: closed at the cap",
        ),
    ],
)
def test_what_was_not_submitted(line: str, stage: str, expected: str) -> None:
    assert left(line, "{}", stage=stage) == expected


def test_the_worked_example_of_decision_1_one_lost_surely_two_more_perhaps() -> None:
    lines = f"{{unless: {DESK}, lose: 1}}, {{unless: {HOTLINE}, lose: 2}}, {{each: {{count: incidents}}, lose: 1}}"
    given = "{statements: {desk: false}, counts: {incidents: 0}}"
    found = verdict(f"{{points: 5, deduct: [{lines}]}}", given, stage="self_check")
    assert shown(found.credit) == "[2/5, 4/5]"


def test_open_windows_are_perhaps_missed() -> None:
    given = '{events: {meeting: ["2025-02-01"]}}'
    assert left(f"{{each_missed: {QUARTERLY}, lose: 1}}", given, as_of="2025-08-15") == "[2, 4]"


def test_events_that_can_still_happen_can_still_cost() -> None:
    given = '{events: {meeting: ["2025-02-01"]}}'
    assert left("{each: {events: meeting}, lose: 1, cap: 3}", given, as_of="2025-08-15") == "[2, 4]"


def test_a_line_that_does_not_apply_takes_nothing_and_all_of_them_make_the_criterion_not_apply() -> None:
    idle = "{unless: {kind: ratio, numerator: visits, denominator: buildings, at_least: 5%}, lose: 3}"
    given = "{counts: {visits: 0, buildings: 0}, statements: {desk: false}}"
    assert left(f"{idle}, {{unless: {DESK}, lose: 1}}", given) == "4"
    assert left(idle, given) == "n/a"


@pytest.mark.parametrize(
    ("given", "stage", "outcome"),
    [
        pytest.param("{statements: {desk: true}}", "inspection", "satisfied", id="nothing lost"),
        pytest.param("{statements: {desk: false}}", "inspection", "not_satisfied", id="all lost"),
        pytest.param("{}", "inspection", "no_evidence", id="all lost because nothing was submitted"),
        pytest.param("{}", "self_check", "no_evidence", id="undecided for lack of evidence"),
    ],
)
def test_the_outcome_is_read_off_the_credit(given: str, stage: str, outcome: str) -> None:
    assert (
        verdict(f"{{points: 5, deduct: [{{unless: {DESK}, lose: all}}]}}", given, stage=stage).outcome
        == outcome
    )


def test_the_best_alternative_counts() -> None:
    best = f"{{points: 5, best_of: [{{check: {DESK}, points: 5}}, {{check: {HOTLINE}, points: 2}}]}}"
    assert shown(verdict(best, "{statements: {desk: true, hotline: true}}").credit) == "1"
    assert shown(verdict(best, "{statements: {desk: false, hotline: true}}").credit) == "2/5"
    assert shown(verdict(best, "{statements: {desk: false, hotline: false}}").credit) == "0"


def test_the_worked_example_of_decision_1_the_better_alternative_is_open() -> None:
    best = f"{{points: 5, best_of: [{{check: {DESK}, points: 5}}, {{check: {HOTLINE}, points: 2}}]}}"
    assert shown(verdict(best, "{statements: {hotline: true}}", stage="self_check").credit) == "[2/5, 1]"


def test_alternatives_that_do_not_apply_drop_out() -> None:
    idle = "{kind: ratio, numerator: visits, denominator: buildings, at_least: 5%}"
    given = "{counts: {visits: 0, buildings: 0}, statements: {hotline: true}}"
    both = f"{{points: 5, best_of: [{{check: {idle}, points: 5}}, {{check: {HOTLINE}, points: 2}}]}}"
    assert shown(verdict(both, given).credit) == "2/5"
    assert shown(verdict(f"{{points: 5, best_of: [{{check: {idle}, points: 5}}]}}", given).credit) == "n/a"


def test_steps_in_points_inside_an_alternative_are_shares_of_its_points() -> None:
    graded = "{kind: quantity, count: visits, steps: [{at_least: 2, points: 4}, {at_least: 1, points: 1}]}"
    best = f"{{points: 10, best_of: [{{check: {graded}, points: 4}}]}}"
    assert shown(verdict(best, "{counts: {visits: 2}}").credit) == "2/5"
    assert shown(verdict(best, "{counts: {visits: 1}}").credit) == "1/10"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("{lose: 3}", "one_deduction", id="no form"),
        pytest.param(f"{{unless: {DESK}, each: {{count: incidents}}, lose: 3}}", "one_deduction", id="two forms"),
        pytest.param("{each: {count: incidents}, lose: all}", "lose_all", id="all for each"),
        pytest.param(f"{{unless: {DESK}, lose: all, cap: 2}}", "lose_all", id="all with a cap"),
        pytest.param("{each: {count: incidents, events: meeting}, lose: 1}", "one_quantity", id="each of two things"),
        pytest.param(f"{{unless: {DESK}, lose: 1, step: 1%}}", "step_of_below", id="a step without a line"),
        pytest.param("{each_below: {kind: quantity, count: visits, at_least: 9}, lose: 1}", "step_of_below", id="no step"),
        pytest.param(
            "{each_below: {kind: quantity, count: visits, at_least: 9}, step: 0, part_step: full, lose: 1}",
            "step_of_below", id="a step of 0",
        ),
        pytest.param(
            "{each_below: {kind: quantity, count: visits, above: 9}, step: 1, part_step: full, lose: 1}",
            "below_at_least", id="below something else than at_least",
        ),
        pytest.param(
            "{each_missed: {kind: cadence, events: meeting, every: quarter, scale: {from: 0%, to: 100%}}, lose: 1}",
            "idle_credit", id="a scale that would not count",
        ),
    ],
)  # fmt: skip
def test_a_line_has_exactly_one_form(line: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ruleset(f"[{{points: 5, deduct: [{line}]}}]")
    assert [error["type"] for error in caught.value.errors()] == [code]


@pytest.mark.parametrize(("as_of", "expected"), [("2025-06-30", "4"), ("2025-06-29", "5")])
def test_each_document_up_to_the_data_date_costs(as_of: str, expected: str) -> None:
    given = '{documents: {rules: ["2025-06-30"]}, statements: {desk: true}}'
    line = "{each: {documents: rules}, lose: 1, cap: 1}"
    found = left(line, given, as_of=as_of)
    assert found == (expected if expected == "4" else "[4, 5]")


def test_windows_or_members_that_do_not_apply_cost_nothing() -> None:
    idle = "{kind: ratio, numerator: visits, denominator: buildings, at_least: 5%}"
    given = "{counts: {visits: 0, buildings: 0}, statements: {desk: false}}"
    lines = f"{{each_missed: {{kind: group, all: [{idle}]}}, lose: 1}}, {{unless: {DESK}, lose: 1}}"
    assert left(lines, given) == "4"


def test_a_line_that_takes_nothing_is_itself_met() -> None:
    found = verdict("{points: 5, deduct: [{each: {count: incidents}, lose: 1}]}", "{counts: {incidents: 0}}")
    member = found.findings[0][1].members[0]
    assert (member.credit, member.reason) == ((1, 1), "met")
