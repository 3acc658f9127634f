"""Laws of recounting: what the engine writes never contradicts itself, whatever the rules, evidence and reviews."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.assessment import assess
from evaluator.planning.plan import Wanted
from evaluator.ruleset import Ruleset
from evaluator.submission import Submission
from evaluator.verifying import recounted, shape_faults
from tests.evaluator.building import CATALOGUE
from tests.evaluator.review.test_review_laws import reviews, worlds
from tests.evaluator.strategies import STAGES

World = tuple[Ruleset, Submission, date]


def told(document: dict[str, Any]) -> Any:
    """The assessment as it is read back."""
    return json.loads(json.dumps(document))


def said(document: Any) -> list[str]:
    return [f"{one.path}: {one.words().en}" for one in recounted(document)]


@settings(max_examples=30)
@given(worlds(), STAGES)
def test_an_assessment_of_any_submission_recounts_to_itself(world: World, stage: Any) -> None:
    rules, submission, as_of = world
    document = told(assess(rules, CATALOGUE, submission, stage=stage, as_of=as_of, wanted=Wanted()).document)
    assert list(shape_faults(document)) == []
    assert said(document) == []


@settings(max_examples=30)
@given(st.data(), worlds())
def test_an_assessment_with_any_reviews_recounts_to_itself(data: st.DataObject, world: World) -> None:
    rules, submission, as_of = world
    chain = [
        data.draw(reviews(rules, submission, "preliminary")),
        data.draw(reviews(rules, submission, "final")),
    ]
    document = told(assess(rules, CATALOGUE, submission, as_of=as_of, reviews=chain).document)
    assert list(shape_faults(document)) == []
    assert said(document) == []
