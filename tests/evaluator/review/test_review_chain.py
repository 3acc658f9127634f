"""A chain of reviews: one opinion a stage, each after the one before."""

from __future__ import annotations

import pytest

from evaluator.review import review_digest
from tests.evaluator.review.written import faults_together, review

LEVEL = "ratings: [{criterion: c3, level: 2, reason: 看过}]"
MOVED = 'corrections: [{event: E1, claimed: "2025-03-12", verified: "2025-03-13", reason: 签到表}]'
GONE = "rejected_evidence: [{id: E1, reason: 不清}]"


def test_stages_in_any_order_of_files_are_a_chain() -> None:
    first, second = review(stage="preliminary", date="2025-11-01"), review(stage="final", date="2026-02-01")
    assert faults_together(second, review(), first) == []


def test_two_people_at_one_stage_are_back_to_back() -> None:
    assert faults_together(review(), review(number="0051")) == [(1, "back_to_back")]


def test_one_person_s_form_and_record_are_parts_of_one_opinion() -> None:
    assert faults_together(review(LEVEL), review(GONE)) == []


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (LEVEL, LEVEL, "repeated_entry"),
        (LEVEL, "decisions: [{criterion: c3, outcome: satisfied, reason: 已补}]", "repeated_entry"),
        (GONE, GONE, "repeated_entry"),
        (GONE, MOVED, "corrected_yet_rejected"),
        (MOVED, GONE, "corrected_yet_rejected"),
    ],
)
def test_parts_of_one_opinion_do_not_contradict_each_other(first, second, wanted) -> None:
    assert faults_together(review(first), review(second)) == [(1, wanted)]


def test_a_stage_does_not_end_before_the_one_before_it() -> None:
    late, early = review(LEVEL, "preliminary", date="2026-03-01"), review(LEVEL, date="2026-02-01")
    assert faults_together(late, early) == [(1, "stages_out_of_order")]
    assert faults_together(early, late) == [(0, "stages_out_of_order")]


def test_a_review_made_over_another_needs_that_other() -> None:
    before = review(LEVEL, "preliminary", date="2025-11-01")
    after = review(follows=[review_digest(before)])
    assert faults_together(before, after) == []
    assert faults_together(after) == [(0, "follows_another")]
    changed = review(LEVEL.replace("看过", "又看过"), "preliminary", date="2025-11-01")
    assert faults_together(changed, after) == [(1, "follows_another")]


def test_a_third_s_word_does_not_stand_alone() -> None:
    assert faults_together(review(settles=[review_digest(review())])) == [(0, "settles_others")]
