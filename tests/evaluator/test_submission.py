"""What a submission may say, and that the order of its entries says nothing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from evaluator.assessment import assess
from evaluator.digests import submission_digest
from evaluator.loading import load_ruleset
from evaluator.reading import read_yaml
from evaluator.submission import Submission, in_order, natural
from evaluator.submission_faults import submission_faults

HEAD: dict[str, Any] = {
    "submission": 1,
    "subject": {"id": "demo-01", "name": "示例社区", "kind": "community"},
    "period": {"from": "2025-01-01", "to": "2025-12-31"},
}
EVENTS = [{"id": f"E{n}", "type": "publicity_session", "date": f"2025-{n:02}-05"} for n in range(1, 13)]
PAPERS = [
    {"id": f"D{n}", "type": name, "issued": "2025-01-08"}
    for n, name in enumerate(("annual_publicity_plan", "unity_creation_plan"), 1)
]


def submission(**more: Any) -> Submission:
    return Submission.model_validate({**HEAD, **more})


def codes(kind: str = "community", **more: Any) -> list[str]:
    loaded = load_ruleset("kunming-model-community")
    return [one.code for one in submission_faults(submission(**more), loaded.catalogue, kind)]


def test_ids_are_put_in_order_as_people_count() -> None:
    assert sorted(["E10", "E2", "E1", "F1", "E2a"], key=natural) == ["E1", "E2", "E2a", "E10", "F1"]


@given(st.permutations(EVENTS), st.permutations(PAPERS))
def test_moving_the_entries_changes_neither_digest_nor_assessment(events, papers) -> None:
    loaded = load_ruleset("kunming-model-community")
    one, other = submission(events=EVENTS, documents=PAPERS), submission(events=events, documents=papers)
    assert submission_digest(one) == submission_digest(other)
    first, second = (assess(loaded.ruleset, loaded.catalogue, each).document for each in (one, other))
    assert first == second


def test_what_a_count_was_taken_from_is_printed_and_judges_nothing() -> None:
    loaded = load_ruleset("kunming-model-community")
    plain, named = (
        assess(loaded.ruleset, loaded.catalogue, submission(counts={"buildings": 40}, **more)).document
        for more in ({}, {"sources": {"buildings": "社区统计台账 2025 年 12 月"}})
    )
    assert named["evidence"][0]["source"] == "社区统计台账 2025 年 12 月"
    assert named["score"] == plain["score"]


def test_a_source_of_an_unknown_count_is_a_fault() -> None:
    assert codes(sources={"bulidings": "台账"}) == ["unknown_item"]


def test_pages_stand_for_the_parts_that_are_contained() -> None:
    paper = {"id": "D1", "type": "annual_publicity_plan", "contains": ["goals"]}
    assert codes(documents=[{**paper, "pages": {"goals": "第2页"}}]) == []
    assert codes(documents=[{**paper, "pages": {"tasks": "第3页"}}]) == ["page_of_no_part"]


@pytest.mark.parametrize("mark", ["是", "否", "√", "×", "没有", "No"])
def test_a_bare_yes_or_no_is_no_page(mark) -> None:
    with pytest.raises(ValidationError, match="不是页码或段落"):
        submission(documents=[{"id": "D1", "type": "annual_publicity_plan", "page": mark}])


def test_attendance_is_two_numbers_and_no_names() -> None:
    event = {"id": "E1", "type": "publicity_session", "date": "2025-03-12"}
    held = submission(events=[{**event, "expected": 40, "present": 36}]).events[0]
    assert (held.expected, held.present) == (40, 36)
    with pytest.raises(ValidationError):
        submission(events=[{**event, "present": "三十六人"}])


def test_a_street_states_what_it_did_for_its_communities() -> None:
    meeting = {"id": "E1", "type": "street_special_meeting", "date": "2025-03-12"}
    assert codes("street", events=[meeting]) == []
    assert codes("street", counts={"families": 1200}) == ["item_not_for_subject"]


def test_a_community_does_not_state_what_only_a_city_can() -> None:
    item = next(
        name
        for name, one in load_ruleset("wuhu-pilot-2013").catalogue.documents.items()
        if one.subjects == ("city",)
    )
    assert codes("community", documents=[{"id": "D1", "type": item}]) == ["item_not_for_subject"]


def test_the_same_entries_in_yaml_are_in_order_too() -> None:
    text = (
        "[{id: E2, type: unity_month, date: '2025-09-10'}, {id: E1, type: unity_month, date: '2025-09-11'}]"
    )
    found = submission(events=read_yaml(text, "f").data)
    assert [one.id for one in in_order(found).events] == ["E1", "E2"]
