"""Reviews from short YAML: what a test does not show is the same everywhere."""

from __future__ import annotations

from typing import Any

from evaluator.assessment import assess
from evaluator.errors import Fault
from evaluator.review import Review
from evaluator.reviewing.chain import chain_faults
from evaluator.reviewing.faults import review_faults
from evaluator.reviewing.setting import Setting
from evaluator.reviewing.standing import NOTHING, standings
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission
from tests.evaluator.building import CATALOGUE, data

RATING = (
    "{kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, "
    "{level: 2, credit: 50%, text: {zh: 中}}, {level: 3, credit: 1, text: {zh: 好}}]}"
)


def review(text: str = "{}", stage: str = "inspection", number: str = "0042", **more: Any) -> Review:
    """A review of ``demo`` under ``trial``: on site, on 10 January 2026, unless ``text`` says otherwise."""
    whole = {
        "review": 1,
        "submission": {"id": "demo"},
        "ruleset": {"id": "trial", "version": "1.0.0"},
        "stage": stage,
        "reviewer": {"role": "provincial_inspector", "unit": "省民族宗教事务委员会", "number": number},
        "date": "2026-01-10",
        "method": "on_site",
        **data(text),
        **more,
    }
    return Review.model_validate(whole)


def sent(text: str = "{}") -> Submission:
    """A submission of ``demo`` for 2025, from its evidence in full."""
    return Submission.model_validate(
        {
            "submission": 1,
            "subject": {"id": "demo", "name": "示例社区", "kind": "community"},
            "period": {"from": "2025-01-01", "to": "2025-12-31"},
            **data(text),
        }
    )


def reviewed(rules: Ruleset, submission: Submission, *reviews: Review, **more: Any) -> dict[str, Any]:
    """The assessment after ``reviews``."""
    return assess(rules, CATALOGUE, submission, reviews=reviews, **more).document


def criterion(document: dict[str, Any], name: str = "c1") -> dict[str, Any]:
    """One criterion of an assessment."""
    return next(one for one in document["criteria"] if one["id"] == name)


def setting(rules: Ruleset, submission: Submission, *before: Review) -> Setting:
    """What a review is checked against."""
    stood = standings(before)
    return Setting(
        submission,
        rules,
        CATALOGUE,
        stood[-1] if stood else NOTHING,
    )


def faults(rules: Ruleset, submission: Submission, one: Review, *before: Review) -> list[Fault]:
    """The faults of one review."""
    return list(review_faults(one, setting(rules, submission, *before)))


def faults_together(*reviews: Review) -> list[tuple[int, str]]:
    """The faults of reviews together: position and code."""
    return [(n, fault.code) for n, fault in chain_faults(reviews)]
