"""Verdicts → score, grade, acceptance (decision 1)."""

from fractions import Fraction

import pytest

from evaluator.score import Result
from tests.evaluator.building import result, shown

YES = "check: {kind: statement, statement: desk}"
NO = "check: {kind: statement, statement: hotline}"
HALF = "check: {kind: cadence, events: meeting, every: half_year}"
OPEN = "check: {kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好}}]}"
IDLE = "check: {kind: ratio, numerator: visits, denominator: buildings, at_least: 5%}"
GIVEN = (
    "{statements: {desk: true, hotline: false}, counts: {visits: 0, buildings: 0, incidents: 3}, "
    'events: {meeting: ["2025-02-01"]}}'
)
FOUR = f"[{{points: 2, {YES}}}, {{points: 2, {HALF}}}, {{points: 2, {OPEN}}}, {{points: 2, {IDLE}}}]"
ABSOLUTE = "{model: absolute, total: 20, not_applicable: full}"


def score(found: Result) -> str:
    return shown(found.score.score) if found.score is not None else "null"


def test_the_worked_example_of_decision_1() -> None:
    found = result(FOUR, GIVEN)
    assert found.score is not None
    assert score(found) == "[50, 250/3]"
    assert (found.score.applicable, found.score.not_applicable, found.score.decided) == (6, 2, Fraction(2, 3))


def test_the_worked_example_of_decision_1_with_a_bonus() -> None:
    assert score(result(f"{FOUR[:-1]}, {{points: 1, level: may, {YES}}}]", GIVEN)) == "[51, 253/3]"


@pytest.mark.parametrize(
    ("scoring", "criteria", "expected"),
    [
        pytest.param("{}", f"[{{points: 3, {YES}}}, {{points: 1, {NO}}}]", "75", id="points: earned over applicable"),
        pytest.param("{model: flat}", f"[{{points: 3, {YES}}}, {{points: 1, {NO}}}]", "50", id="flat: every criterion weighs 1"),
        pytest.param("{model: flat}", f"[{{points: 3, {YES}}}, {{points: 9, {IDLE}}}]", "100", id="flat: not applicable"),
        pytest.param(ABSOLUTE, f"[{{points: 10, {YES}}}, {{points: 10, {NO}}}]", "50", id="absolute: earned of the total"),
        pytest.param(ABSOLUTE, f"[{{points: 5, {YES}}}, {{points: 10, {NO}}}, {{points: 5, {IDLE}}}]", "50",
                     id="absolute: what does not apply counts in full"),
        pytest.param("{model: absolute, total: 20, not_applicable: zero}",
                     f"[{{points: 5, {YES}}}, {{points: 10, {NO}}}, {{points: 5, {IDLE}}}]", "25",
                     id="absolute: what does not apply counts nothing"),
        pytest.param(ABSOLUTE, f"[{{points: 30, {YES}}}]", "100", id="never above 100"),
        pytest.param("{}", f"[{{points: 1, level: should, {YES}}}, {{points: 1, level: must, {NO}}}]", "50",
                     id="should scores like must"),
    ],
)  # fmt: skip
def test_the_three_models(scoring: str, criteria: str, expected: str) -> None:
    assert score(result(criteria, GIVEN, scoring)) == expected


@pytest.mark.parametrize(
    ("scoring", "extra", "expected"),
    [
        pytest.param(
            "{}", f"{{level: may, points: 3, {YES}}}", "53", id="what is encouraged adds its points"
        ),
        pytest.param("{}", f"{{level: may, points: 9, {YES}}}", "55", id="up to the cap"),
        pytest.param("{}", f"{{level: may, points: 3, {NO}}}", "50", id="and never lowers a score"),
        pytest.param("{}", f"{{level: may, points: 3, {IDLE}}}", "50", id="nor where it does not apply"),
        pytest.param(
            "{}", f"{{level: may, points: 3, {OPEN}}}", "[50, 53]", id="undecided it raises the ceiling"
        ),
        pytest.param(
            "{bonus: null}", f"{{level: may, points: 3, {YES}}}", "50", id="without a bonus it adds nothing"
        ),
        pytest.param(
            "{}",
            f"{{level: may, points: 4, {YES}}}, {{level: may, points: 4, {HALF}}}",
            "55",
            id="the cap is for all",
        ),
    ],
)
def test_bonus(scoring: str, extra: str, expected: str) -> None:
    assert score(result(f"[{{points: 5, {YES}}}, {{points: 5, {NO}}}, {extra}]", GIVEN, scoring)) == expected


def test_a_bonus_does_not_lift_above_100() -> None:
    assert score(result(f"[{{{YES}}}, {{level: may, points: 5, {YES}}}]", GIVEN)) == "100"


LOSE_EACH = "{title: {zh: 扣, en: Lost}, each: {count: incidents}, lose: 2}"
LOSE_OPEN = "{title: {zh: 扣, en: Lost}, unless: {kind: statement, statement: desk}, lose: 3}"


@pytest.mark.parametrize(
    ("lines", "given", "stage", "expected"),
    [
        pytest.param(LOSE_EACH, "{statements: {desk: true}, counts: {incidents: 2}}", "inspection", "96", id="from the total"),
        pytest.param(LOSE_EACH, "{statements: {desk: true}, counts: {incidents: 9}}", "inspection", "90", id="up to the cap"),
        pytest.param(LOSE_EACH, "{statements: {desk: true}}", "self_check", "[90, 100]", id="perhaps"),
        pytest.param(LOSE_EACH, "{statements: {desk: true}}", "inspection", "90", id="closed at the cap"),
        pytest.param(f"{LOSE_OPEN}, {LOSE_EACH}", "{statements: {desk: false}, counts: {incidents: 1}}", "inspection", "0",
                     id="not below 0"),
    ],
)  # fmt: skip
def test_deductions_from_the_total(lines: str, given: str, stage: str, expected: str) -> None:
    scoring = f"{{deductions: {{cap: 10, lines: [{lines}]}}}}"
    assert score(result(f"[{{{YES}}}]", given, scoring, stage=stage)) == expected


def test_deductions_come_after_the_bonus_which_does_not_make_them_good() -> None:
    scoring = f"{{deductions: {{cap: 10, lines: [{LOSE_EACH}]}}}}"
    criteria = f"[{{{YES}}}, {{level: may, points: 5, {YES}}}]"
    assert score(result(criteria, "{statements: {desk: true}, counts: {incidents: 2}}", scoring)) == "100"


@pytest.mark.parametrize(
    ("caps", "expected"),
    [
        pytest.param("{}", "50", id="without caps"),
        pytest.param('{a: "4"}', "400/13", id="a full section of at most 4 among 13"),
        pytest.param('{b: "1"}', "90", id="a failed section of at most 1 among 10"),
    ],
)
def test_a_section_cap_bounds_what_its_criteria_weigh_together(caps: str, expected: str) -> None:
    criteria = f"[{{section: a, points: 9, {YES}}}, {{section: b, points: 9, {NO}}}]"
    assert score(result(criteria, GIVEN, caps=caps)) == expected


def test_a_capped_section_is_full_as_soon_as_the_cap_is_earned() -> None:
    criteria = f"[{{section: a, points: 4, {YES}}}, {{section: a, points: 4, {NO}}}]"
    assert score(result(criteria, GIVEN, caps='{a: "4"}')) == "100"


@pytest.mark.parametrize(
    ("criteria", "given", "grade", "accepted"),
    [
        pytest.param(
            f"[{{points: 9, {YES}}}, {{points: 1, {NO}}}]", GIVEN, "model", True, id="90 is at least 90"
        ),
        pytest.param(
            f"[{{points: 899, {YES}}}, {{points: 101, {NO}}}]", GIVEN, "rectify", False, id="89.9 is not"
        ),
        pytest.param(
            f"[{{points: 6, {YES}}}, {{points: 4, {NO}}}]", GIVEN, "rectify", False, id="60 is at least 60"
        ),
        pytest.param(f"[{{{NO}}}]", GIVEN, "not_ready", False, id="0 is the lowest grade"),
        pytest.param(
            f"[{{points: 9, {YES}}}, {{points: 1, {OPEN}}}]",
            GIVEN,
            "model",
            True,
            id="both ends name the same grade",
        ),
        pytest.param(
            f"[{{points: 8, {YES}}}, {{points: 2, {OPEN}}}]",
            GIVEN,
            None,
            None,
            id="the ends name different grades",
        ),
        pytest.param(
            f"[{{points: 8, {NO}}}, {{points: 2, {OPEN}}}]",
            GIVEN,
            "not_ready",
            False,
            id="even the ceiling fails",
        ),
    ],
)
def test_grade_and_acceptance(criteria: str, given: str, grade: str | None, accepted: bool | None) -> None:
    found = result(criteria, given)
    assert (found.grade, found.accepted) == (grade, accepted)


@pytest.mark.parametrize(
    ("veto", "given", "accepted", "vetoes"),
    [
        pytest.param(YES, GIVEN, True, (), id="satisfied"),
        pytest.param(NO, GIVEN, False, ("v",), id="failed: not accepted whatever the score"),
        pytest.param(HALF, GIVEN, False, ("v",), id="partly satisfied is not satisfied"),
        pytest.param(OPEN, GIVEN, None, (), id="undecided: nothing is said yet"),
        pytest.param(IDLE, GIVEN, True, (), id="one that does not apply stops nobody"),
    ],
)
def test_vetoes(veto: str, given: str, accepted: bool | None, vetoes: tuple[str, ...]) -> None:
    found = result(f"[{{points: 99, {YES}}}, {{id: v, points: 1, veto: true, {veto}}}]", given)
    assert (found.accepted, found.vetoes) == (accepted, vetoes)
    assert found.grade == "model"


def test_a_failed_veto_is_known_although_the_score_is_open() -> None:
    found = result(f"[{{points: 99, {OPEN}}}, {{id: v, points: 1, veto: true, {NO}}}]", GIVEN)
    assert (found.accepted, found.grade, found.vetoes) == (False, None, ("v",))


def test_a_veto_closed_for_lack_of_evidence_has_failed() -> None:
    found = result(
        f"[{{points: 99, {YES}}}, {{id: v, points: 1, veto: true, {NO}}}]", "{statements: {desk: true}}"
    )
    assert (found.accepted, found.vetoes) == (False, ("v",))


def test_where_nothing_applies_there_is_no_score() -> None:
    found = result(f"[{{{IDLE}}}]", GIVEN)
    assert (found.score, found.grade, found.accepted) == (None, None, None)


def test_a_bonus_alone_is_no_score() -> None:
    assert result(f"[{{level: may, {YES}}}]", GIVEN).score is None


def test_a_section_says_what_it_could_and_did_earn() -> None:
    one = result(FOUR, GIVEN).sections[0]
    assert (one.points, one.not_applicable, one.applicable, shown(one.earned)) == (8, 2, 6, "[3, 5]")


def test_two_rulesets_with_one_id_are_scored_each_by_its_own_points() -> None:
    checks = "check: {kind: statement, statement: desk}"
    given = "{statements: {desk: true}}"
    other = "{kind: statement, statement: hotline}"
    scores = [
        result(f'[{{{checks}, points: "{points}"}}, {{check: {other}, points: "1"}}]', given).score
        for points in (1, 3)
    ]
    assert [shown(one.score) for one in scores if one is not None] == ["50", "75"]
