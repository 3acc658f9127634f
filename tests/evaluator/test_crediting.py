"""From a measured number to credit: the parts that every kind shares."""

import pytest
from pydantic import ValidationError

from evaluator.crediting import credit_at, growing
from evaluator.exact import parse_exact
from evaluator.finding import Requirement
from tests.evaluator.building import check_of

RATIO = "{kind: ratio, numerator: model_buildings, denominator: buildings, "


def exact(text: str):
    found = parse_exact(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("way", "code"),
    [
        pytest.param(
            "at_least: 5%, steps: [{at_least: 5%, credit: 1}]",
            "one_way_to_credit",
            id="a threshold with steps",
        ),
        pytest.param(
            "at_least: 5%, scale: {from: 0%, to: 5%}", "one_way_to_credit", id="a threshold with a scale"
        ),
        pytest.param(
            "steps: [{at_least: 5%, credit: 1}], scale: {from: 0%, to: 5%}",
            "two_credits",
            id="steps with a scale",
        ),
        pytest.param("minimum_sample: 3", "one_way_to_credit", id="no way at all"),
        pytest.param(
            "at_most: 5%, credit: proportional", "proportional_needs_at_least", id="proportional to at_most"
        ),
        pytest.param("at_least: 0", "always_met", id="a threshold that always holds"),
        pytest.param(
            'at_least: {"2011-01-01": 5%, "2020-01-01": 0}', "always_met", id="a dated one that always holds"
        ),
        pytest.param("at_least: {}", "no_threshold", id="a dated one without a date"),
        pytest.param("steps: []", "no_steps", id="steps without a step"),
        pytest.param("steps: [{at_least: 5%}]", "bad_step", id="a step that earns nothing said"),
        pytest.param(
            "steps: [{at_least: 5%, credit: 1, points: 2}]", "bad_step", id="a step that earns twice"
        ),
        pytest.param(
            "steps: [{at_least: 5%, above: 4%, credit: 1}]", "bad_step", id="a step with two comparisons"
        ),
        pytest.param("steps: [{at_least: 5%, credit: 101%}]", "bad_step", id="a step above full credit"),
        pytest.param("scale: {from: 5%, to: 5%}", "bad_scale", id="a scale without width"),
    ],
)
def test_a_check_says_in_exactly_one_way_how_it_becomes_credit(way: str, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        check_of(f"{RATIO}{way}}}")
    assert [error["type"] for error in caught.value.errors()] == [code]


def test_a_tally_compares_a_number_with_the_count_and_a_percentage_with_the_share() -> None:
    by_number = credit_at(Requirement("group", steps=(("at_least", exact("2"), 1),)), tally=True)
    by_share = credit_at(Requirement("group", steps=(("at_least", exact("50%"), 1),)), tally=True)
    assert [by_number(n, 5) for n in (1, 2)] == [0, 1]
    assert [by_share(n, 5) for n in (2, 3)] == [0, 1]


def test_every_number_that_can_still_come_is_represented() -> None:
    requirement = Requirement("quantity", (("equals", exact("7")),))
    assert {2, 3, 6, 7, 8} <= set(growing(2, requirement))
    assert min(growing(9, requirement)) == 9
