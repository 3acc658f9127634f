"""What Chinese scoring tables say beyond one check a criterion: earnings, section deductions, vetoes that cap or end."""

from datetime import date

import pytest
from pydantic import ValidationError

from evaluator.accounting import ENDS, account
from evaluator.exact import parse_exact
from evaluator.ruleset import Ruleset, TotalDeduction
from evaluator.score import Result, score
from tests.evaluator.building import assessed, data, judgement, result, ruleset, shown, verdict

DESK = "{kind: statement, statement: desk}"
TWICE = '{events: {meeting: ["2025-02-01", "2025-03-01"]}, none: [training], counts: {visits: 1}}'


def earned(lines: str, given: str, points: int = 5, **more: str) -> str:
    credit = verdict(f"{{points: {points}, earn: [{lines}]}}", given, **more).credit
    return "n/a" if credit is None else shown(type(credit)(credit.floor * points, credit.ceiling * points))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        pytest.param("{each: {events: meeting}, points: 2}", "4", id="each meeting earns"),
        pytest.param("{each: {events: meeting}, points: 2, cap: 3}", "3", id="up to the line's cap"),
        pytest.param("{each: {events: meeting}, points: 4}", "5", id="up to the criterion's points"),
        pytest.param("{each: {events: training}, points: 2}", "0", id="none earns nothing"),
        pytest.param("{each: {events: meeting}, points: 2}, {each: {count: visits}, points: 0.5}", "9/2", id="lines add up"),
        pytest.param("{each: {events: meeting}, points: 2}, {each: {count: visits}, points: 2}", "5", id="but no further"),
        pytest.param(f"{{when: {DESK}, points: 1}}, {{each: {{events: meeting}}, points: 1}}", "2", id="the unstated earns 0"),
    ],
)  # fmt: skip
def test_points_add_up_by_occurrence(lines: str, expected: str) -> None:
    assert earned(lines, TWICE) == expected


def test_while_the_period_lasts_more_can_be_earned() -> None:
    assert (
        earned(
            "{each: {events: meeting}, points: 2, cap: 4}",
            '{events: {meeting: ["2025-02-01"]}}',
            as_of="2025-06-30",
        )
        == "[2, 4]"
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        pytest.param("{points: 1}", "one_earning", id="neither an occurrence nor a check"),
        pytest.param(f"{{each: {{count: visits}}, when: {DESK}, points: 1}}", "one_earning", id="both"),
        pytest.param(f"{{when: {DESK}, points: 1, cap: 1}}", "cap_of_each", id="a cap on what happens once"),
        pytest.param(
            "{each: {count: visits}, points: 2, cap: 1}", "cap_of_each", id="a cap below one occurrence"
        ),
        pytest.param("{each: {count: visits}, points: 0}", "bad_points", id="no points"),
    ],
)
def test_an_earning_that_earns_nothing_or_twice_is_refused(line: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ruleset(f"[{{points: 5, earn: [{line}]}}]")
    assert code in {one["type"] for one in refused.value.errors()}


@pytest.mark.parametrize(
    ("line", "given", "expected"),
    [
        pytest.param("{kind: lateness, documents: plan, due: 03-31, at_most: 0}", '{documents: {plan: ["2025-04-04"]}}', "3",
                     id="four days late, half a point a day"),
        pytest.param("{kind: lateness, documents: plan, due: 03-31, at_most: 0}", '{documents: {plan: ["2025-03-31"]}}', "5",
                     id="in time"),
        pytest.param("{kind: lateness, documents: plan, due: 03-31, at_most: 0}", "{none: [plan]}", "0",
                     id="what never came loses all"),
        pytest.param("{kind: quantity, count: incidents, at_most: 2}", "{counts: {incidents: 5}}", "7/2",
                     id="three above the limit"),
    ],
)  # fmt: skip
def test_each_unit_above_a_limit_costs(line: str, given: str, expected: str) -> None:
    text = f"{{points: 5, deduct: [{{each_above: {line}, step: 1, part_step: ignore, lose: 0.5}}]}}"
    credit = verdict(text, given).credit
    assert credit is not None
    assert shown(type(credit)(credit.floor * 5, credit.ceiling * 5)) == expected


def test_a_number_that_still_grows_can_lose_all_above_its_limit() -> None:
    line = "{each_above: {kind: quantity, events: meeting, at_most: 0}, step: 1, part_step: ignore, lose: 1}"
    credit = verdict(
        f"{{points: 5, deduct: [{line}]}}", '{events: {meeting: ["2025-02-01"]}}', as_of="2025-06-30"
    ).credit
    assert shown(credit) == "[0, 4/5]"


def with_deductions(lines: str, cap: str | None = None) -> Ruleset:
    """Two sections of ten points; the second has ``lines``."""
    check = "check: {kind: statement, statement: desk}"
    base = ruleset(f"[{{points: 10, section: a, {check}}}, {{points: 10, section: b, {check}}}]")
    first, second = base.sections
    taken = tuple(TotalDeduction.model_validate(one) for one in data(f"[{lines}]"))
    limit = None if cap is None else parse_exact(cap)
    second = second.model_copy(update={"deductions": taken, "cap": limit})
    return base.model_copy(update={"sections": (first, second)})


def scored(rules: Ruleset, given: str, **more: str) -> Result:
    return score(rules, judgement(rules, given, **more))


LINE = "{title: {zh: 事件, en: Incidents}, each: {count: incidents}, lose: 4}"


@pytest.mark.parametrize(
    ("incidents", "left", "total"),
    [
        pytest.param(0, "10", "100", id="nothing happened"),
        pytest.param(2, "2", "60", id="two take eight of the section's ten points"),
        pytest.param(9, "0", "50", id="no more than the section earned"),
    ],
)
def test_a_section_loses_until_nothing_of_it_is_left(incidents: int, left: str, total: str) -> None:
    found = scored(
        with_deductions(LINE), f"{{statements: {{desk: true}}, counts: {{incidents: {incidents}}}}}"
    )
    assert found.score is not None
    assert (shown(found.sections[1].earned), shown(found.score.score)) == (left, total)


def test_the_cap_of_a_section_comes_before_its_deductions() -> None:
    found = scored(with_deductions(LINE, "8"), "{statements: {desk: true}, counts: {incidents: 1}}")
    assert shown(found.sections[1].earned) == "4"


def test_what_a_section_may_still_lose_is_open() -> None:
    found = scored(with_deductions(LINE), "{statements: {desk: true}}", stage="self_check")
    assert shown(found.sections[1].earned) == "[0, 10]"


CAP = "veto_effect: cap, veto_grade:"
GOOD = "{points: 8, check: {kind: quantity, count: visits, at_least: 1}}"


def vetoed(effect: str, given: str, **more: str) -> Result:
    veto = (
        f"{{points: 1, level: may, check: {DESK}}}, {GOOD}, {{points: 2, veto: true, {effect} check: {DESK}}}"
    )
    return result(f"[{veto}]", given, scoring="{pass: rectify, bonus: {cap: 20}}", **more)


@pytest.mark.parametrize(
    ("effect", "desk", "expected"),
    [
        pytest.param("", "false", ("80", "rectify", False), id="a veto refuses acceptance, whatever the grade"),
        pytest.param("veto_effect: end,", "false", ("0", "not_ready", False), id="one that ends leaves no score"),
        pytest.param(f"{CAP} not_ready,", "false", ("80", "not_ready", False), id="one that caps below the pass grade"),
        pytest.param(f"{CAP} rectify,", "false", ("80", "rectify", True), id="one that caps at it accepts"),
        pytest.param(f"{CAP} not_ready,", "true", ("100", "model", True), id="what is satisfied caps nothing"),
        pytest.param("veto_effect: end,", "true", ("100", "model", True), id="nor ends it"),
    ],
)  # fmt: skip
def test_a_failed_veto_has_its_effect(effect: str, desk: str, expected: tuple[str, str, bool]) -> None:
    found = vetoed(effect, f"{{counts: {{visits: 1}}, statements: {{desk: {desk}}}}}")
    assert found.score is not None
    assert (shown(found.score.score), found.grade, found.accepted) == expected


@pytest.mark.parametrize(
    ("effect", "score"),
    [
        pytest.param("veto_effect: end,", "[0, 100]", id="one that may end it leaves nothing sure"),
        pytest.param(f"{CAP} not_ready,", "[80, 100]", id="one that may cap leaves the score"),
    ],
)
def test_a_veto_that_is_open_leaves_grade_and_acceptance_open(effect: str, score: str) -> None:
    found = vetoed(effect, "{counts: {visits: 1}}", stage="self_check")
    assert found.score is not None
    assert (shown(found.score.score), found.grade, found.accepted) == (score, None, None)


def test_the_account_of_an_ended_assessment_comes_to_nothing() -> None:
    made = assessed(
        f"[{GOOD}, {{points: 2, veto: true, veto_effect: end, check: {DESK}}}]",
        "{counts: {visits: 1}, statements: {desk: false}}",
    ).document
    for end in ENDS:
        found = account(made, end)
        assert found is not None
        assert (found.score, found.entries["ended", ""].direct) == (0, -80)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param("veto_effect: end", "idle_veto_effect", id="an effect without a veto"),
        pytest.param("veto: true, veto_effect: cap", "grade_of_veto", id="a cap without its grade"),
        pytest.param("veto: true, veto_grade: rectify", "grade_of_veto", id="a grade without a cap"),
    ],
)
def test_an_effect_that_does_nothing_is_refused(wrong: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        ruleset(f"[{{{wrong}, check: {DESK}}}]")
    assert code in {one["type"] for one in refused.value.errors()}


@pytest.mark.parametrize(
    ("start", "end"),
    [
        pytest.param("2025-01-01", "2025-12-31", id="a year from the first of January"),
        pytest.param("2024-02-29", "2025-02-27", id="a year from a leap day"),
        pytest.param("2025-08-31", "2026-08-30", id="a year from the 31st"),
    ],
)
def test_a_ruleset_in_force_from_any_day_has_a_first_period(start: str, end: str) -> None:
    base = ruleset(f"[{{check: {DESK}}}]")
    day = date.fromisoformat(start)
    one = base.model_copy(update={"effective": base.effective.model_copy(update={"from_": day})})
    assert [str(each) for each in one.first_period()] == [start, end]
