"""Facts: a submission indexed once."""

from datetime import date

import pytest

from evaluator.facts import facts_of
from tests.evaluator.building import facts, submitted

EVENTS = """
events:
  - {id: E9, type: meeting, date: "2025-03-12"}
  - {id: E1, type: meeting, date: "2025-03-12"}
  - {id: E5, type: meeting, date: "2024-12-31"}
  - {id: E6, type: meeting, date: "2025-08-02"}
  - {id: E7, type: training, date: "2024-01-01"}
"""


def test_events_are_those_inside_the_period_and_not_after_as_of_in_order_of_day_and_id() -> None:
    found = facts_of(submitted(EVENTS), date(2025, 8, 1))
    assert [one.id for one in found.events["meeting"]] == ["E1", "E9"]


def test_a_type_with_an_entry_or_said_to_be_none_is_complete() -> None:
    found = facts_of(submitted(EVENTS + "none: [rules]"), date(2025, 8, 1))
    assert found.complete == {"meeting", "training", "rules"}
    assert list(found.events["training"]) == []


@pytest.mark.parametrize(
    ("stage", "closing"),
    [("self_check", False), ("preliminary", True), ("inspection", True), ("final", True)],
)
def test_every_stage_but_the_self_check_closes(stage: str, closing: bool) -> None:
    found = facts("{units: {quarter: [{id: Q1}]}}", stage=stage)
    unit = found.units["quarter"][0][1]
    assert (found.closing, unit.closing) == (closing, closing)
    assert not found.leniently.closing
    assert not found.leniently.units["quarter"][0][1].closing


def test_without_closing_everything_else_is_the_same() -> None:
    found = facts(
        '{counts: {visits: 3}, events: {meeting: ["2025-03-12"]}, statements: {desk: true}, attributes: {class: rural}}'
    )
    loose = found.leniently
    for name in (
        "span",
        "as_of",
        "counts",
        "previous",
        "events",
        "documents",
        "statements",
        "complete",
        "attributes",
        "over",
    ):
        assert getattr(loose, name) == getattr(found, name)


@pytest.mark.parametrize(
    ("as_of", "over"), [("2025-12-30", False), ("2025-12-31", True), ("2026-02-01", True)]
)
def test_the_period_is_over_on_its_last_day(as_of: str, over: bool) -> None:
    assert facts("{}", as_of=as_of).over == over


def test_documents_and_statements_say_whether_something_is_attached() -> None:
    sent = submitted(
        """
        documents: [{id: D1, type: rules, issued: "2013-01-01", files: [a.pdf]}, {id: D2, type: rules, issued: "2012-01-01"}]
        statements: [{id: S1, type: desk, value: true}, {id: S2, type: hotline, value: true, files: [b.jpg]}]
        """
    )
    found = facts_of(sent, date(2025, 12, 31))
    rules = found.documents["rules"]
    assert [(one.id, found.attached(one)) for one in rules] == [("D2", False), ("D1", True)]
    assert {name: said.attached for name, said in found.statements.items()} == {
        "desk": False,
        "hotline": True,
    }


def test_self_ratings_are_not_facts() -> None:
    sent = submitted("{ratings: [{criterion: c1, level: 3, reason: 自评}]}")
    assert facts_of(sent, date(2025, 12, 31)).ratings == {}
    assert facts_of(sent, date(2025, 12, 31), "final", {"c1": 2}).ratings == {"c1": 2}


def test_a_unit_knows_only_its_own_numbers_and_statements() -> None:
    found = facts(
        "{counts: {visits: 9}, units: {quarter: [{id: Q1, counts: {buildings: 2}, statements: {desk: false}}]}}"
    )
    name, unit = found.units["quarter"][0]
    assert (name, dict(unit.counts), unit.statements["desk"].value) == ("Q1", {"buildings": 2}, False)


@pytest.mark.parametrize(("given", "kind"), [("{}", "community"), ("{attributes: {kind: zone}}", "zone")])
def test_the_attribute_kind_is_the_kind_of_subject_unless_it_is_stated(given: str, kind: str) -> None:
    assert facts(given).attributes["kind"] == kind
