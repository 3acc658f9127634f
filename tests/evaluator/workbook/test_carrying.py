"""What a new form takes over from last year's submission, and what it does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evaluator.submission import Submission
from evaluator.windows import Span
from evaluator.workbook.carrying import carried, following
from tests.evaluator.building import CATALOGUE


def last(**more: Any) -> Submission:
    return Submission.model_validate(
        {
            "submission": 1,
            "subject": {
                "id": "demo-01",
                "name": "示例社区",
                "kind": "community",
                "region": ["云南省"],
                "attributes": {"class": "rural"},
            },
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
            **more,
        }
    )


def test_the_subject_and_the_period_after() -> None:
    found = carried(last(as_of="2025-10-15", includes=["street.xlsx"]), CATALOGUE)
    assert (found.kind, found.id, found.name, found.region) == (
        "community",
        "demo-01",
        "示例社区",
        ("云南省",),
    )
    assert found.attributes == {"class": "rural"}
    assert (found.start, found.end) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (found.as_of, found.includes) == (None, ())


def test_last_year_s_figures_are_those_of_the_period_before() -> None:
    found = carried(
        last(counts={"buildings": 40}, previous={"counts": {"buildings": 38}}), CATALOGUE
    ).evidence
    assert (found.counts, found.previous.counts) == ({}, {"buildings": 40})


def test_events_statements_and_ratings_are_stated_anew() -> None:
    found = carried(
        last(
            events=[{"id": "E1", "type": "meeting", "date": "2025-03-12"}],
            statements=[{"id": "S1", "type": "desk", "value": True}],
            none=["training"],
            units={"quarter": [{"id": "Q1"}]},
            sources={"buildings": "台账"},
            ratings=[{"criterion": "c1", "level": 1, "reason": "自评"}],
        ),
        CATALOGUE,
    )
    evidence = found.evidence
    assert (evidence.events, evidence.statements, evidence.none, evidence.units) == ((), (), (), {})
    assert (evidence.sources, found.ratings) == ({}, ())


@pytest.mark.parametrize(
    ("paper", "kept"),
    [
        ({"type": "plan", "issued": "2025-01-08"}, False),
        ({"type": "plan", "issued": "2025-01-08", "valid_to": "2027-01-01"}, False),
        ({"type": "rules", "issued": "2020-01-08"}, True),
        ({"type": "rules", "valid_to": "2025-12-31"}, False),
        ({"type": "rules", "valid_to": "2026-01-01"}, True),
        ({"type": "permit", "issued": "2025-01-08"}, False),
        ({"type": "permit", "valid_to": "2025-12-31"}, False),
        ({"type": "permit", "valid_to": "2026-01-01"}, True),
    ],
)
def test_documents_are_kept_that_are_in_force_when_the_new_period_begins(paper, kept) -> None:
    whole = {"id": "D1", "title": "文件", "files": ["a.pdf"], **paper}
    found = carried(last(documents=[whole]), CATALOGUE).evidence.documents
    assert [one.files for one in found] == ([("a.pdf",)] if kept else [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2025-01-01/2025-12-31", "2026-01-01/2026-12-31"),
        ("2024-07-01/2025-06-30", "2025-07-01/2026-06-30"),
        ("2024-01-01/2024-02-29", "2024-03-01/2024-04-30"),
        ("2023-03-01/2024-02-29", "2024-03-01/2025-02-28"),
        ("2025-01-15/2026-01-14", "2026-01-15/2027-01-14"),
        ("2024-02-29/2024-12-30", "2025-02-28/2025-12-30"),
    ],
)
def test_the_period_after_is_as_long_in_months(before, after) -> None:
    spans = [Span(*map(date.fromisoformat, one.split("/"))) for one in (before, after)]
    assert following(spans[0]) == spans[1]


def test_another_period_may_be_named() -> None:
    span = Span(date(2026, 7, 1), date(2027, 6, 30))
    paper = {"id": "D1", "type": "permit", "valid_to": "2026-06-30"}
    found = carried(last(documents=[paper]), CATALOGUE, span)
    assert (found.start, found.end, found.evidence.documents) == (span.start, span.end, ())
