"""A plan over a review: it begins with what the inspector left standing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from evaluator.assessment import assess
from evaluator.planning.plan import Wanted
from evaluator.review import Review
from evaluator.submission import Submission
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.review.written import review, sent

SHARE = "{check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 10%}}"
DESK = "{check: {kind: statement, statement: desk}}"
MEETING = "{check: {kind: quantity, events: meeting, at_least: 2}}"
PLAN = "{check: {kind: document, documents: plan, attachment: required}}"
DAY = date(2025, 6, 30)


def assessed(criteria: str, submission: Submission, *reviews: Review) -> dict[str, Any]:
    return assess(
        ruleset(criteria), CATALOGUE, submission, reviews=reviews, as_of=DAY, wanted=Wanted()
    ).document


def texts(document: dict[str, Any]) -> list[str]:
    plan = document["plan"]
    return [one["text"]["zh"] for one in (*plan["steps"], *plan["further"])]


def test_a_figure_counts_as_it_was_verified() -> None:
    claimed = sent("{counts: {buildings: 40, model_buildings: 1}}")
    found = review("{corrections: [{count: model_buildings, claimed: 1, verified: 3, reason: 两个已挂牌}]}")
    assert texts(assessed(f"[{SHARE}]", claimed)) == ["再创建 3 个楼组"]
    assert texts(assessed(f"[{SHARE}]", claimed, found)) == ["再创建 1 个楼组"]


@pytest.mark.parametrize("outcome", ["satisfied", "not_satisfied", "not_applicable"])
def test_what_a_person_decided_is_no_longer_for_anybody_to_do(outcome: str) -> None:
    decided = review(f"{{decisions: [{{criterion: c1, outcome: {outcome}, reason: 现场看过}}]}}")
    assert texts(assessed(f"[{DESK}, {MEETING}]", sent())) == ["做到“设有受理点”", "举办 2 次“会议”"]
    assert texts(assessed(f"[{DESK}, {MEETING}]", sent(), decided)) == ["举办 2 次“会议”"]


def test_a_meeting_that_was_rejected_is_made_good_by_another_one_that_is_still_to_come() -> None:
    held = "{id: E1, type: meeting, date: 2025-03-12}, {id: E2, type: meeting, date: 2025-04-09}"
    rejected = review("{rejected_evidence: [{id: E1, reason: 照片不是本次会议}]}")
    document = assessed(f"[{MEETING}]", sent(f"{{events: [{held}]}}"), rejected)
    (step,) = document["plan"]["steps"]
    assert (step["text"]["zh"], step["schedule"][0]["from"]) == ("再举办 1 次“会议”", "2025-07-01")
    more = sent(f"{{events: [{held}, {{id: E3, type: meeting, date: 2025-07-01}}]}}")
    after = assess(
        ruleset(f"[{MEETING}]"), CATALOGUE, more, reviews=[rejected], as_of=date(2025, 12, 31)
    ).document
    assert (step["score"], after["score"]["floor"]) == ("100.00", "100.00")


def test_all_that_was_rejected_is_made_good_too() -> None:
    given = sent("{documents: [{id: D1, type: plan, issued: 2025-02-01, files: [a.pdf]}]}")
    rejected = review("{rejected_evidence: [{id: D1, reason: 没有印章}]}")
    document = assessed(f"[{PLAN}]", given, rejected)
    assert document["criteria"][0]["outcome"] == "not_satisfied"
    (step,) = document["plan"]["steps"]
    assert (step["does"], step["score"]) == ("issue", "100.00")
