"""``document``: whether a document of a type is there, in force or issued in time, attached and complete."""

import pytest

from tests.evaluator.building import credit, judge


@pytest.mark.parametrize(
    ("documents", "expected", "reason"),
    [
        pytest.param('rules: ["2013-01-01"]', "1", "met", id="in force until replaced"),
        pytest.param('rules: ["2025-12-31"]', "1", "met", id="issued on the data date"),
        pytest.param('rules: ["2026-01-01"]', "0", "after_as_of", id="issued after the data date"),
        pytest.param('rules: [{issued: "2013-01-01", valid_to: "2025-12-31"}]', "1", "met", id="valid to the data date"),
        pytest.param('rules: [{issued: "2013-01-01", valid_to: "2025-12-30"}]', "0", "expired", id="expired the day before"),
        pytest.param("rules: [{}]", "[0, 1]", "undated", id="without an issue date a person decides"),
        pytest.param('plan: ["2025-01-01"]', "1", "met", id="a yearly document of this period"),
        pytest.param('plan: ["2024-12-31"]', "0", "of_another_year", id="a yearly document of the year before"),
        pytest.param('plan: [{issued: "2024-12-31", valid_to: "2025-12-31"}]', "1", "met", id="a yearly one that still runs"),
        pytest.param('plan: [{issued: "2024-12-31", valid_to: "2025-12-30"}]', "0", "expired", id="a yearly one that ran out"),
        pytest.param('permit: [{issued: "2020-01-01", valid_to: "2027-01-01"}]', "1", "met", id="a dated one within its term"),
        pytest.param('permit: ["2025-01-01"]', "[0, 1]", "no_term", id="a dated document without its term is for a person"),
        pytest.param('permit: [{issued: "2020-01-01", valid_to: "2025-06-30"}]', "0", "expired", id="a dated one after its term"),
        pytest.param('rules: ["2013-01-01", {issued: "2012-01-01", valid_to: "2012-12-31"}]', "1", "met", id="the best counts"),
    ],
)  # fmt: skip
def test_in_force_is_asked_of_the_data_date(documents: str, expected: str, reason: str) -> None:
    check = f"{{kind: document, documents: {documents.split(':', maxsplit=1)[0]}, state: in_force}}"
    given = f"{{documents: {{{documents}}}}}"
    assert (credit(check, given), judge(check, given).reason) == (expected, reason)


def test_without_state_and_deadline_it_must_be_in_force() -> None:
    check = "{kind: document, documents: rules}"
    assert credit(check, '{documents: {rules: [{issued: "2013-01-01", valid_to: "2014-01-01"}]}}') == "0"


@pytest.mark.parametrize(
    ("documents", "as_of", "expected", "reason"),
    [
        pytest.param('["2025-01-01"]', "2025-12-31", "1", "met", id="on the first day of the period"),
        pytest.param('["2024-12-31"]', "2025-12-31", "0", "outside_period", id="the day before the period"),
        pytest.param('["2024-12-31"]', "2025-12-30", "[0, 1]", "outside_period", id="the period is not over"),
        pytest.param('["2025-07-01"]', "2025-06-30", "[0, 1]", "after_as_of", id="after the data date"),
        pytest.param("[{}]", "2025-12-31", "[0, 1]", "undated", id="undated"),
    ],
)
def test_issued_is_asked_of_the_period(documents: str, as_of: str, expected: str, reason: str) -> None:
    check, given = (
        "{kind: document, documents: rules, state: issued}",
        f"{{documents: {{rules: {documents}}}}}",
    )
    assert (credit(check, given, as_of=as_of), judge(check, given, as_of=as_of).reason) == (expected, reason)


@pytest.mark.parametrize(
    ("deadline", "documents", "as_of", "expected", "reason"),
    [
        pytest.param("2025-08-31", '["2025-08-31"]', "2025-12-31", "1", "met", id="on the day"),
        pytest.param("2025-08-31", '["2025-09-01"]', "2025-12-31", "0", "late", id="the day after"),
        pytest.param("2025-08-31", "[]", "2025-08-30", "[0, 1]", "none_said", id="before the day it is open"),
        pytest.param("2025-08-31", "[]", "2025-08-31", "0", "none_said", id="once the day has come it is missed"),
        pytest.param("08-31", '["2025-08-31"]', "2025-12-31", "1", "met", id="each year's day is the one in the period"),
        pytest.param("08-31", '["2025-09-01"]', "2025-12-31", "0", "late", id="after the one in the period"),
        pytest.param("02-29", '["2025-01-01"]', "2025-12-31", "[0, 1]", "no_such_day", id="a period without that day"),
        pytest.param("2013-08-31", '["2012-01-01"]', "2025-12-31", "1", "met", id="a fixed day need not lie in the period"),
        pytest.param("2025-08-31", "[{}]", "2025-12-31", "[0, 1]", "undated", id="undated"),
    ],
)  # fmt: skip
def test_a_deadline(deadline: str, documents: str, as_of: str, expected: str, reason: str) -> None:
    check = f'{{kind: document, documents: rules, issued_by: "{deadline}"}}'
    given = f"{{documents: {{rules: {documents}}}}}" if documents != "[]" else "{none: [rules]}"
    found = judge(check, given, as_of=as_of)
    assert (credit(check, given, as_of=as_of), found.reason) == (expected, reason)


def test_a_yearly_deadline_in_a_period_over_new_year_is_its_first_such_day() -> None:
    check = '{kind: document, documents: rules, issued_by: "03-31"}'
    assert credit(check, '{documents: {rules: ["2025-03-31"]}}', period="2024-07-01/2025-06-30") == "1"
    assert credit(check, '{documents: {rules: ["2025-04-01"]}}', period="2024-07-01/2025-06-30") == "0"


def test_parts_and_attachment_are_asked_for() -> None:
    check = "{kind: document, documents: plan, contains: [goals, tasks], attachment: required}"
    parts = judge(check, '{documents: {plan: [{issued: "2025-01-08", contains: [goals]}]}}')
    file = judge(check, '{documents: {plan: [{issued: "2025-01-08", contains: [goals, tasks], files: []}]}}')
    assert (parts.credit, parts.reason, parts.details) == ((0, 0), "parts_missing", ("tasks",))
    assert (file.credit, file.reason) == ((0, 0), "not_attached")
    assert credit(check, '{documents: {plan: [{issued: "2025-01-08", contains: [tasks, goals]}]}}') == "1"


def test_the_nearest_document_is_the_one_that_is_spoken_of() -> None:
    given = '{documents: {plan: ["2024-01-01", {issued: "2025-01-08", contains: [goals]}]}}'
    found = judge("{kind: document, documents: plan, contains: [goals, tasks]}", given)
    assert (found.reason, found.evidence) == ("parts_missing", ("D2",))


def test_a_document_that_a_person_could_accept_keeps_the_check_open() -> None:
    given = '{documents: {rules: [{issued: "2013-01-01", valid_to: "2014-01-01"}, {}]}}'
    found = judge("{kind: document, documents: rules}", given, stage="final")
    assert (found.credit, found.waits, found.evidence) == ((0, 1), "person", ("D2",))


@pytest.mark.parametrize(("stage", "expected"), [("self_check", "[0, 1]"), ("final", "0")])
def test_what_was_not_submitted_is_undecided_then_closed(stage: str, expected: str) -> None:
    assert credit("{kind: document, documents: rules}", "{}", stage=stage) == expected


def test_said_to_be_none_is_decided() -> None:
    found = judge("{kind: document, documents: rules}", "{none: [rules]}", stage="self_check")
    assert (found.credit, found.reason, found.waits) == ((0, 0), "none_said", None)


@pytest.mark.parametrize(
    ("check", "given", "as_of", "code", "possible"),
    [
        pytest.param("state: in_force", "{none: [rules]}", "2025-12-31", "document", True, id="one in force can be issued"),
        pytest.param("state: issued", "{none: [rules]}", "2025-12-31", "document", False, id="none can be issued in the past"),
        pytest.param("state: issued", "{none: [rules]}", "2025-06-30", "document", True, id="one can be issued this period"),
        pytest.param('issued_by: "2025-08-31"', '{documents: {rules: ["2025-09-30"]}}', "2025-12-31", "document", False,
                     id="what is late stays late: nothing invites a back-dated document"),
        pytest.param('issued_by: "2025-08-31", attachment: required', '{documents: {rules: [{issued: "2025-08-01", files: []}]}}',
                     "2025-12-31", "not_attached", True, id="an attachment can be added"),
        pytest.param('issued_by: "2025-08-31", contains: [goals]', '{documents: {rules: ["2025-08-01"]}}',
                     "2025-12-31", "parts_missing", False, id="what it did not say by its deadline it can no longer say"),
        pytest.param('issued_by: "2025-08-31", contains: [goals]', '{documents: {rules: ["2025-06-01"]}}',
                     "2025-06-30", "parts_missing", True, id="before its deadline it can still say more"),
    ],
)  # fmt: skip
def test_the_shortfall(check: str, given: str, as_of: str, code: str, possible: bool) -> None:
    short = judge(f"{{kind: document, documents: rules, {check}}}", given, as_of=as_of).shortfall
    assert short is not None
    assert (short.code, short.possible) == (code, possible)


def test_a_yearly_document_issued_after_the_period_is_not_of_this_period() -> None:
    given = '{documents: {plan: ["2026-01-10"]}}'
    assert credit("{kind: document, documents: plan}", given, as_of="2026-02-01") == "0"
