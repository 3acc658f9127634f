"""``quantity``: a count, or the number of events or documents in the period."""

import pytest

from tests.evaluator.building import credit, judge


@pytest.mark.parametrize(
    ("check", "given", "expected"),
    [
        pytest.param("count: visits, at_least: 12", "{counts: {visits: 12}}", "1", id="a count at its threshold"),
        pytest.param("count: visits, at_least: 12", "{counts: {visits: 11}}", "0", id="a count below its threshold"),
        pytest.param("count: incidents, equals: 0", "{counts: {incidents: 0}}", "1", id="none where none may be"),
        pytest.param("count: incidents, equals: 0", "{counts: {incidents: 1}}", "0", id="one where none may be"),
        pytest.param("count: budget, at_least: 0.5", "{counts: {budget: 0.5}}", "1", id="a decimal at its threshold"),
        pytest.param("count: budget, at_least: 0.5", "{counts: {budget: 0.499999}}", "0", id="a decimal just below"),
        pytest.param("count: visits, at_least: 12, credit: proportional", "{counts: {visits: 9}}", "3/4", id="proportional"),
        pytest.param(
            "events: meeting, at_least: 2", '{events: {meeting: ["2025-01-01", "2025-12-31"]}}', "1",
            id="both edge days of the period count",
        ),
        pytest.param(
            "events: meeting, at_least: 2", '{events: {meeting: ["2024-12-31", "2025-05-01", "2026-01-01"]}}', "0",
            id="events outside the period do not count",
        ),
        pytest.param("events: meeting, at_least: 1", "{none: [meeting]}", "0", id="said to be none is none"),
        pytest.param("events: meeting, at_most: 1", "{none: [meeting]}", "1", id="none is at most one"),
        pytest.param(
            "documents: rules, at_least: 2", '{documents: {rules: ["2025-01-01", "2025-12-31"]}}', "1",
            id="documents issued in the period count",
        ),
        pytest.param(
            "documents: rules, at_least: 2", '{documents: {rules: ["2024-12-31", "2025-12-31"]}}', "0",
            id="documents issued before it do not",
        ),
        pytest.param("documents: rules, at_least: 1", "{none: [rules]}", "0", id="no document where said so"),
    ],
)  # fmt: skip
def test_credit(check: str, given: str, expected: str) -> None:
    assert credit(f"{{kind: quantity, {check}}}", given) == expected


@pytest.mark.parametrize("source", ["count: visits", "events: meeting", "documents: rules"])
def test_what_was_not_submitted_is_undecided_at_self_check_and_closed_later(source: str) -> None:
    check = f"{{kind: quantity, {source}, at_least: 1}}"
    early, late = judge(check, stage="self_check"), judge(check, stage="inspection")
    assert (early.credit, early.waits, early.reason) == ((0, 1), "evidence", "missing")
    assert (late.credit, late.closed, late.reason) == ((0, 0), True, "closed")


def test_a_type_whose_only_event_lies_outside_the_period_is_short_not_missing() -> None:
    found = judge(
        "{kind: quantity, events: meeting, at_least: 1}",
        '{events: {meeting: ["2024-05-01"]}}',
        stage="self_check",
    )
    assert (found.credit, found.reason) == ((0, 0), "short")


@pytest.mark.parametrize(
    ("check", "as_of", "expected"),
    [
        pytest.param("at_least: 3", "2025-06-30", "[0, 1]", id="too few so far may still become enough"),
        pytest.param("at_least: 2", "2025-06-30", "1", id="enough already is decided"),
        pytest.param("at_most: 1", "2025-06-30", "0", id="too many already is decided"),
        pytest.param("at_most: 3", "2025-06-30", "[0, 1]", id="few enough so far may still become too many"),
        pytest.param("at_most: 3", "2025-12-31", "1", id="on the last day few enough is decided"),
        pytest.param("equals: 3", "2025-06-30", "[0, 1]", id="a number on the way is open"),
        pytest.param("equals: 2", "2025-06-30", "[0, 1]", id="the number itself may be passed"),
        pytest.param("equals: 1", "2025-06-30", "0", id="a number that was passed does not come back"),
        pytest.param("at_least: 4, credit: proportional", "2025-06-30", "[1/2, 1]", id="proportional credit can grow"),
        pytest.param(
            "steps: [{at_most: 1, credit: 1}, {at_most: 3, credit: 50%}]", "2025-06-30", "[0, 1/2]",
            id="every step that can still come is considered",
        ),
        pytest.param(
            "steps: [{at_least: 5, credit: 0}, {at_least: 3, credit: 1}]", "2025-06-30", "[0, 1]",
            id="a step between two others is found",
        ),
        pytest.param("scale: {from: 0, to: 4}", "2025-06-30", "[1/2, 1]", id="a scale can still rise"),
    ],
)  # fmt: skip
def test_a_number_that_can_still_grow_is_an_interval(check: str, as_of: str, expected: str) -> None:
    given = '{events: {meeting: ["2025-02-01", "2025-03-01"]}}'
    assert credit(f"{{kind: quantity, events: meeting, {check}}}", given, as_of=as_of) == expected


def test_an_open_number_waits_for_time_and_an_over_one_for_nothing() -> None:
    check, given = "{kind: quantity, events: meeting, at_least: 3}", '{events: {meeting: ["2025-02-01"]}}'
    before = judge(check, given, as_of="2025-12-30")
    after = judge(check, given, as_of="2025-12-31")
    assert (before.waits, before.reason) == ("time", "open_period")
    assert (after.waits, after.reason) == (None, "short")


def test_events_after_as_of_do_not_count() -> None:
    check = "{kind: quantity, events: meeting, at_least: 1}"
    assert credit(check, '{events: {meeting: ["2025-07-01"]}}', as_of="2025-06-30") == "[0, 1]"
    assert credit(check, '{events: {meeting: ["2025-06-30"]}}', as_of="2025-06-30") == "1"


def test_a_count_is_not_open_although_the_period_is() -> None:
    check = "{kind: quantity, count: visits, at_least: 12}"
    assert credit(check, "{counts: {visits: 3}}", as_of="2025-06-30") == "0"


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        pytest.param('["2025-03-01", {}]', "[0, 1]", id="an undated document may be the second"),
        pytest.param('["2025-03-01", "2025-04-01", {}]', "1", id="enough dated ones leave no doubt"),
        pytest.param("[{}]", "0", id="one undated document can never be two"),
    ],
)
def test_an_undated_document_is_for_a_person(documents: str, expected: str) -> None:
    check = "{kind: quantity, documents: rules, at_least: 2}"
    given = f"{{documents: {{rules: {documents}}}}}"
    found = judge(check, given)
    assert credit(check, given) == expected
    assert found.waits == ("person" if expected == "[0, 1]" else None)


@pytest.mark.parametrize(
    ("check", "given", "as_of", "amount", "code", "possible"),
    [
        pytest.param("count: visits, at_least: 12", "{counts: {visits: 9}}", "2025-12-31", 3, "more", True,
                     id="a count can be raised"),
        pytest.param("events: meeting, at_least: 3", "{none: [meeting]}", "2025-06-30", 3, "more", True,
                     id="an event can be held while the period lasts"),
        pytest.param("events: meeting, at_least: 3", "{none: [meeting]}", "2025-12-31", 3, "more", False,
                     id="an event cannot be held in a period that is over"),
        pytest.param("documents: rules, at_least: 1", "{none: [rules]}", "2025-12-31", 1, "more", False,
                     id="a document cannot be issued in a period that is over"),
        pytest.param("events: meeting, at_most: 0", '{events: {meeting: ["2025-01-02"]}}', "2025-06-30", 1, "fewer", False,
                     id="an event cannot be undone"),
        pytest.param("count: visits, at_most: 5", "{counts: {visits: 7}}", "2025-12-31", 2, "fewer", True,
                     id="a count can be lowered"),
        pytest.param("count: visits, above: 5", "{counts: {visits: 5}}", "2025-12-31", 1, "more", True,
                     id="above needs one beyond"),
    ],
)  # fmt: skip
def test_the_shortfall(check: str, given: str, as_of: str, amount: int, code: str, possible: bool) -> None:
    short = judge(f"{{kind: quantity, {check}}}", given, as_of=as_of).shortfall
    assert short is not None
    assert (short.amount, short.code, short.possible) == (amount, code, possible)


def test_what_must_never_occur_cannot_be_undone() -> None:
    short = judge(
        "{kind: quantity, count: incidents, equals: 0}", "{counts: {incidents: 2}}", prohibition=True
    ).shortfall
    assert short is not None
    assert (short.amount, short.possible) == (2, False)


def test_above_a_decimal_says_that_it_takes_more_than_the_gap() -> None:
    short = judge("{kind: quantity, count: budget, above: 1}", "{counts: {budget: 1}}").shortfall
    assert short is not None
    assert (short.amount, short.details) == (0, ("beyond",))


def test_the_evidence_is_what_was_counted() -> None:
    found = judge(
        "{kind: quantity, events: meeting, at_least: 3}", '{events: {meeting: ["2025-02-01", "2024-02-01"]}}'
    )
    assert found.evidence == ("E1",)


def test_events_are_counted_whole_whatever_the_threshold() -> None:
    short = judge(
        "{kind: quantity, events: meeting, at_least: 1.5}", '{events: {meeting: ["2025-02-01"]}}'
    ).shortfall
    assert short is not None
    assert short.amount == 1
