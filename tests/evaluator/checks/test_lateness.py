"""``lateness``: how long after its due day a document came."""

import pytest
from pydantic import ValidationError

from tests.evaluator.building import WORDING, check_of, credit, judge

DAYS = "{kind: lateness, documents: plan, due: 03-31, steps: [{at_most: 0, credit: 100%}, {at_most: 30, credit: 50%}]}"


def late(check: str, documents: str, **more: str) -> str:
    return credit(check, f"{{documents: {{plan: {documents}}}}}", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        pytest.param('["2025-03-31"]', "1", id="on the due day it is not late"),
        pytest.param('["2025-01-02"]', "1", id="before it, neither"),
        pytest.param('["2025-04-01"]', "1/2", id="one day late"),
        pytest.param('["2025-04-30"]', "1/2", id="thirty days late"),
        pytest.param('["2025-05-01"]', "0", id="thirty-one days late"),
        pytest.param('["2025-05-01", "2025-04-02"]', "1/2", id="the first one counts"),
        pytest.param('["2024-03-01"]', "0", id="one of the year before is none of this period"),
        pytest.param('["2024-03-01", "2025-03-01"]', "1", id="nor does it stand in the way"),
        pytest.param("[{}]", "[0, 1]", id="without a date a person decides"),
    ],
)
def test_days_after_the_due_day_are_counted(documents: str, expected: str) -> None:
    assert late(DAYS, documents) == expected


@pytest.mark.parametrize(
    ("per", "issued", "expected"),
    [
        pytest.param("week", "2025-04-07", 1, id="seven days are one week"),
        pytest.param("week", "2025-04-08", 2, id="the eighth day begins the second"),
        pytest.param("month", "2025-04-30", 1, id="the rest of April is one month"),
        pytest.param("month", "2025-05-01", 2, id="the first of May begins the second"),
        pytest.param("day", "2025-05-01", 31, id="in days"),
    ],
)
def test_begun_weeks_and_months_count_whole(per: str, issued: str, expected: int) -> None:
    check = f"{{kind: lateness, documents: plan, due: 03-31, per: {per}, at_most: 0}}"
    measured = judge(check, f'{{documents: {{plan: ["{issued}"]}}}}').measured
    assert measured is not None
    assert measured.numerator == expected


@pytest.mark.parametrize(
    ("as_of", "expected", "possible"),
    [
        pytest.param("2025-02-01", "[0, 1]", True, id="before the due day it can still come in time"),
        pytest.param("2025-04-10", "[0, 1/2]", True, id="ten days late it can still earn half"),
        pytest.param("2025-04-30", "0", False, id="thirty days late nothing can be earned any more"),
        pytest.param("2025-12-31", "0", False, id="the period is over"),
    ],
)
def test_what_has_not_come_yet_can_still_come_but_only_from_tomorrow_on(
    as_of: str, expected: str, possible: bool
) -> None:
    found = judge(DAYS, "{none: [plan]}", as_of=as_of)
    assert credit(DAYS, "{none: [plan]}", as_of=as_of) == expected
    assert found.shortfall is not None
    assert found.shortfall.possible is possible


def test_what_was_not_submitted_is_open_at_the_self_check_and_closed_later() -> None:
    assert (credit(DAYS, stage="self_check"), credit(DAYS)) == ("[0, 1]", "0")
    assert judge(DAYS).closed


def test_a_due_day_that_the_period_does_not_hold_is_for_a_person() -> None:
    found = judge(DAYS, '{documents: {plan: ["2025-08-01"]}}', period="2025-07-01/2025-12-31")
    assert (found.waits, found.reason) == ("person", "no_such_day")


def test_it_says_what_was_due_how_late_it_came_and_that_nothing_makes_it_up() -> None:
    found = judge(DAYS, '{documents: {plan: ["2025-04-12"]}}')
    required, measured, short = WORDING.required(found), WORDING.measured(found), WORDING.shortfall(found)
    assert required is not None
    assert (
        required.zh
        == "年度计划应于 2025-03-31 前印发，按迟的时间计：分档：不超过 0 天 得 100%；不超过 30 天 得 50%"
    )
    assert measured is not None
    assert measured.zh == "迟 12 天"
    assert WORDING.reason(found).zh == "印发于 2025-04-12，晚于期限 2025-03-31"
    assert short is not None
    assert short.zh == "比期限迟 12 天（本期已不能补）"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        pytest.param("at_least: 3", "later_is_worse", id="at least so late"),
        pytest.param("at_most: 5%", "percent_of_number", id="a percentage of days"),
        pytest.param("scale: {from: 0, to: 30}", "later_is_worse", id="a scale that rewards being late"),
        pytest.param("at_most: 0, due: 02-30", "bad_deadline", id="no such day"),
    ],
)
def test_what_rewards_being_late_or_cannot_be_counted_is_refused(wrong: str, code: str) -> None:
    due = "" if "due" in wrong else "due: 03-31, "
    with pytest.raises(ValidationError) as refused:
        check_of(f"{{kind: lateness, documents: plan, {due}{wrong}}}")
    assert code in {one["type"] for one in refused.value.errors()}


def test_a_scale_falls_from_full_credit_to_none() -> None:
    check = "{kind: lateness, documents: plan, due: 03-31, scale: {from: 20, to: 0}}"
    assert [late(check, f'["{day}"]') for day in ("2025-03-31", "2025-04-05", "2025-04-20")] == [
        "1",
        "3/4",
        "0",
    ]
