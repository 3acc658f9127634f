"""``cadence``: enough events in every window of the period."""

import pytest

from tests.evaluator.building import credit, judge, states

QUARTERLY = "{kind: cadence, events: meeting, every: quarter}"


def test_the_worked_example_of_decision_2() -> None:
    found = judge(QUARTERLY, '{events: {meeting: ["2025-02-01", "2025-05-01"]}}', as_of="2025-08-15")
    assert states(found.windows) == "met met open open"
    assert (str(found.credit.floor), found.credit.ceiling) == ("1/2", 1)  # type: ignore[union-attr]


def test_the_worked_example_of_decision_1_two_met_one_missed_one_open() -> None:
    given = '{events: {meeting: ["2025-02-01", "2025-08-01"]}}'
    assert states(judge(QUARTERLY, given, as_of="2025-10-15").windows) == "met missed met open"
    assert credit(QUARTERLY, given, as_of="2025-10-15") == "[1/2, 3/4]"


@pytest.mark.parametrize(
    ("every", "days", "expected"),
    [
        pytest.param("every: month", [f"2025-{month:02}-01" for month in range(1, 13)], "1", id="each month of twelve"),
        pytest.param("every: month", [f"2025-{month:02}-28" for month in range(1, 12)], "11/12", id="eleven months"),
        pytest.param("every: quarter", ["2025-03-31", "2025-04-01", "2025-09-30", "2025-12-31"], "1", id="the edge days count"),
        pytest.param("every: quarter", ["2025-01-01", "2025-02-01", "2025-03-01", "2025-03-31"], "1/4", id="four in one quarter"),
        pytest.param("every: half_year", ["2025-06-30", "2025-07-01"], "1", id="each half-year"),
        pytest.param("every: half_year", ["2025-01-01", "2025-06-30"], "1/2", id="two in the first half-year"),
        pytest.param("every: year", ["2025-12-31"], "1", id="once in the year"),
        pytest.param("every: year, at_least: 2", ["2025-12-31"], "0", id="once where twice is asked"),
        pytest.param("every: period, at_least: 2", ["2025-01-01", "2025-12-31"], "1", id="twice in the period"),
        pytest.param("every: year, months: [9]", ["2025-09-30"], "1", id="in the month that is named"),
        pytest.param("every: year, months: [9]", ["2025-10-01"], "0", id="not in another month"),
        pytest.param("every: quarter, months: [3, 9]", ["2025-03-01"], "1/2", id="quarters without a named month drop out"),
        pytest.param("every: half_year, at_least: 2", ["2025-01-01", "2025-06-01", "2025-07-01"], "1/2", id="half met is missed"),
    ],
)  # fmt: skip
def test_credit_is_the_share_of_judged_windows(every: str, days: list[str], expected: str) -> None:
    assert (
        credit(f"{{kind: cadence, events: meeting, {every}}}", f"{{events: {{meeting: {days}}}}}") == expected
    )


def test_all_or_nothing_needs_every_window() -> None:
    check = "{kind: cadence, events: meeting, every: half_year, credit: all_or_nothing}"
    assert credit(check, '{events: {meeting: ["2025-03-01"]}}') == "0"
    assert credit(check, '{events: {meeting: ["2025-03-01"]}}', as_of="2025-09-01") == "[0, 1]"
    assert credit(check, '{events: {meeting: ["2025-09-01"]}}', as_of="2025-09-01") == "0"
    assert credit(check, '{events: {meeting: ["2025-03-01", "2025-09-01"]}}', as_of="2025-09-01") == "1"


@pytest.mark.parametrize(
    ("grading", "days", "expected"),
    [
        pytest.param(
            "steps: [{at_least: 4, credit: 1}, {at_least: 3, credit: 50%}]",
            3,
            "1/2",
            id="steps by the number met",
        ),
        pytest.param(
            "steps: [{at_least: 100%, credit: 1}, {at_least: 50%, credit: 30%}]",
            2,
            "3/10",
            id="steps by the share",
        ),
        pytest.param("scale: {from: 50%, to: 100%}", 3, "1/2", id="a scale over the share"),
    ],
)
def test_steps_and_scales_grade_the_windows_met(grading: str, days: int, expected: str) -> None:
    held = ["2025-01-05", "2025-04-05", "2025-07-05", "2025-10-05"][:days]
    check = f"{{kind: cadence, events: meeting, every: quarter, {grading}}}"
    assert credit(check, f"{{events: {{meeting: {held}}}}}") == expected


def test_steps_span_what_the_open_windows_can_still_become() -> None:
    check = "{kind: cadence, events: meeting, every: quarter, steps: [{at_least: 4, credit: 1}, {at_least: 3, credit: 50%}]}"
    assert credit(check, '{events: {meeting: ["2025-01-05", "2025-05-05"]}}', as_of="2025-08-01") == "[0, 1]"


def test_a_window_is_open_until_its_last_day_has_come() -> None:
    assert states(judge(QUARTERLY, "{none: [meeting]}", as_of="2025-03-30").windows) == "open open open open"
    assert (
        states(judge(QUARTERLY, "{none: [meeting]}", as_of="2025-03-31").windows) == "missed open open open"
    )


def test_a_window_already_met_is_not_open() -> None:
    found = judge(QUARTERLY, '{events: {meeting: ["2025-01-02"]}}', as_of="2025-01-02")
    assert states(found.windows) == "met open open open"


@pytest.mark.parametrize(
    ("days", "windows", "expected"),
    [
        pytest.param(["2025-01-20", "2025-02-01", "2025-05-01", "2025-08-01"], "met met met met cut", "1",
                     id="a cut window that is met counts"),
        pytest.param(["2025-02-01", "2025-05-01"], "cut met met missed cut", "2/3", id="a cut window that is not met does not"),
    ],
)  # fmt: skip
def test_a_window_that_the_edge_cuts_counts_only_if_met(days: list[str], windows: str, expected: str) -> None:
    given = f"{{events: {{meeting: {days}}}}}"
    found = judge(QUARTERLY, given, period="2025-01-15/2025-12-31")
    assert states(found.windows) == windows
    assert credit(QUARTERLY, given, period="2025-01-15/2025-12-31") == expected


def test_an_event_before_the_period_does_not_meet_its_cut_window() -> None:
    found = judge(QUARTERLY, '{events: {meeting: ["2025-01-14"]}}', period="2025-01-15/2025-12-31")
    assert states(found.windows) == "cut missed missed missed cut"


def test_without_a_window_to_judge_a_person_decides_at_every_stage() -> None:
    check = "{kind: cadence, events: meeting, every: year}"
    unmet = judge(check, "{none: [meeting]}", stage="final", period="2025-01-01/2025-03-31")
    met = judge(check, '{events: {meeting: ["2025-02-01"]}}', stage="final", period="2025-01-01/2025-03-31")
    assert (unmet.credit, unmet.waits, unmet.reason) == ((0, 1), "person", "no_window")
    assert met.credit == (1, 1)


def test_a_period_from_july_to_june_loses_nothing() -> None:
    given = '{events: {meeting: ["2024-08-01", "2025-02-01"]}}'
    assert (
        credit("{kind: cadence, events: meeting, every: half_year}", given, period="2024-07-01/2025-06-30")
        == "1"
    )


@pytest.mark.parametrize(("stage", "expected"), [("self_check", "[0, 1]"), ("inspection", "0")])
def test_what_was_not_submitted_is_undecided_then_closed(stage: str, expected: str) -> None:
    assert credit(QUARTERLY, "{}", stage=stage) == expected


def test_said_to_be_none_is_missed_at_every_stage() -> None:
    found = judge(QUARTERLY, "{none: [meeting]}", stage="self_check")
    assert (found.credit, states(found.windows)) == ((0, 0), "missed missed missed missed")


@pytest.mark.parametrize(
    ("days", "as_of", "amount", "possible", "details"),
    [
        pytest.param(["2025-02-01"], "2025-08-15", 2, True, ("1", "2"), id="what is open can still be held"),
        pytest.param(
            ["2025-02-01"], "2025-12-31", 3, False, ("3", "0"), id="what was missed cannot be made up"
        ),
    ],
)
def test_the_shortfall(
    days: list[str], as_of: str, amount: int, possible: bool, details: tuple[str, str]
) -> None:
    short = judge(QUARTERLY, f"{{events: {{meeting: {days}}}}}", as_of=as_of).shortfall
    assert short is not None
    assert (short.amount, short.possible, short.details) == (amount, possible, details)


def test_events_after_as_of_meet_no_window() -> None:
    found = judge(QUARTERLY, '{events: {meeting: ["2025-02-01", "2025-03-01"]}}', as_of="2025-01-31")
    assert states(found.windows) == "open open open open"


def test_the_number_in_a_window_may_be_dated() -> None:
    check = '{kind: cadence, events: meeting, every: year, at_least: {"2011-01-01": 1, "2025-01-01": 2}}'
    assert credit(check, '{events: {meeting: ["2024-02-01"]}}', period="2024-01-01/2024-12-31") == "1"
    assert credit(check, '{events: {meeting: ["2025-02-01"]}}', period="2025-01-01/2025-12-31") == "0"


def test_the_evidence_is_every_event_that_counts() -> None:
    given = '{events: {meeting: ["2025-05-01", "2024-05-01", "2025-02-01"]}}'
    assert sorted(judge(QUARTERLY, given).evidence) == ["E1", "E3"]


@pytest.mark.parametrize(("held", "expected"), [(149, "0"), (150, "1"), (151, "1")])
def test_many_events_in_a_window_are_counted_one_by_one(held: int, expected: str) -> None:
    days = [f"2025-{1 + n % 12:02}-{1 + n // 12:02}" for n in range(held)]
    given = f"{{events: {{meeting: {days}}}}}"
    assert credit("{kind: cadence, events: meeting, every: year, at_least: 150}", given) == expected


def test_as_many_events_as_nobody_holds_are_judged_like_few() -> None:
    days = ", ".join(f'"2025-{month:02}-{day:02}"' for month in range(1, 10) for day in range(1, 21))
    found = judge("{kind: cadence, events: meeting, every: quarter}", f"{{events: {{meeting: [{days}]}}}}")
    assert (states(found.windows), [one.found for one in found.windows]) == (
        "met met met missed",
        [60, 60, 60, 0],
    )
    assert len(found.evidence) == 180
