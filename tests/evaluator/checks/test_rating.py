"""``rating``: a level that an inspector gives."""

import pytest
from pydantic import ValidationError

from tests.evaluator.building import assessed, check_of, credit, judge

THREE = (
    "{kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 50%, text: {zh: 中}}, "
    "{level: 3, credit: 1, text: {zh: 好}}]}"
)


@pytest.mark.parametrize(("level", "expected"), [(1, "0"), (2, "1/2"), (3, "1")])
def test_the_level_gives_the_credit(level: int, expected: str) -> None:
    assert credit(THREE, f"{{ratings: {{c1: {level}}}}}") == expected


@pytest.mark.parametrize("stage", ["self_check", "preliminary", "inspection", "final"])
def test_without_a_level_a_person_decides_at_every_stage(stage: str) -> None:
    found = judge(THREE, "{}", stage=stage)
    assert (found.credit, found.waits, found.reason, found.closed) == ((0, 1), "person", "not_rated", False)


def test_a_level_of_another_criterion_does_not_count() -> None:
    assert credit(THREE, "{ratings: {c2: 3}}") == "[0, 1]"


def test_a_level_that_the_rating_does_not_have_decides_nothing() -> None:
    assert credit(THREE, "{ratings: {c1: 4}}") == "[0, 1]"


def test_a_self_rating_never_decides() -> None:
    from evaluator.assessment import assess
    from tests.evaluator.building import CATALOGUE, ruleset, submitted

    sent = submitted("{ratings: [{criterion: c1, level: 3, reason: 自评}]}")
    found = assess(ruleset(f"[{{check: {THREE}}}]"), CATALOGUE, sent)
    assert found.document["criteria"][0]["outcome"] == "needs_review"


def test_an_inspectors_level_decides() -> None:
    found = assessed(f"[{{check: {THREE}}}]", "{ratings: {c1: 3}}")
    assert found.document["criteria"][0]["outcome"] == "satisfied"


def test_a_lower_level_falls_short_by_levels() -> None:
    short = judge(THREE, "{ratings: {c1: 1}}").shortfall
    assert short is not None
    assert (short.code, short.amount) == ("level", 2)


def test_the_shortfall_is_the_least_rise_that_earns_full_credit() -> None:
    check = (
        "{kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好}}, "
        "{level: 3, credit: 1, text: {zh: 很好}}]}"
    )
    short = judge(check, "{ratings: {c1: 1}}").shortfall
    assert short is not None
    assert short.amount == 1


def test_a_level_says_whether_it_met_the_best() -> None:
    assert [judge(THREE, f"{{ratings: {{c1: {level}}}}}").reason for level in (1, 2, 3)] == [
        "rated",
        "rated",
        "met",
    ]


@pytest.mark.parametrize(
    "levels",
    [
        pytest.param("{level: 1, credit: 1, text: {zh: 好}}", id="a single level"),
        pytest.param(
            "{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 2, text: {zh: 好}}",
            id="above full credit",
        ),
        pytest.param(
            "{level: 1, credit: 1, text: {zh: 差}}, {level: 2, credit: 50%, text: {zh: 好}}",
            id="a better level earns less",
        ),
        pytest.param(
            "{level: 1, credit: 0, text: {zh: 差}}, {level: 1, credit: 1, text: {zh: 好}}", id="a level twice"
        ),
    ],
)
def test_levels_that_make_no_sense_are_refused(levels: str) -> None:
    with pytest.raises(ValidationError, match="档次"):
        check_of(f"{{kind: rating, levels: [{levels}]}}")
