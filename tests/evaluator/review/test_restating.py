"""Reviews carried over to another version of the rules: facts stay, opinions on what is judged otherwise do not."""

from __future__ import annotations

from evaluator.review import review_digest
from evaluator.reviewing.restating import restated
from evaluator.ruleset import Ruleset
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.review.written import faults, faults_together, review, sent

BOTH = "[{check: {kind: statement, statement: desk}}, {id: c2, check: {kind: quantity, events: meeting, at_least: 1}}]"
DECIDED = (
    "{corrections: [{statement: desk, verified: true, reason: 现场有受理点}], "
    "decisions: [{criterion: c1, outcome: satisfied, reason: 现场核实}, {criterion: c2, outcome: satisfied, reason: 现场核实}]}"
)


def later(rules: str, version: str = "1.1.0") -> Ruleset:
    """The rules as another version."""
    return ruleset(rules).model_copy(update={"version": version})


def test_under_its_own_version_a_review_stays_as_it_is() -> None:
    one = review(DECIDED)
    rules = ruleset(BOTH)
    assert restated([one], (rules, CATALOGUE), (rules, CATALOGUE)).reviews == (one,)


def test_what_was_established_stays_and_an_opinion_on_what_is_judged_otherwise_goes() -> None:
    old, new = ruleset(BOTH), later(BOTH.replace("at_least: 1", "at_least: 2"))
    found = restated([review(DECIDED)], (old, CATALOGUE), (new, CATALOGUE))
    assert found.left_out == ("c2",)
    assert [one.criterion for one in found.reviews[0].decisions] == ["c1"]
    assert len(found.reviews[0].corrections) == 1
    assert found.reviews[0].ruleset.version == "1.1.0"
    assert faults(new, sent(), found.reviews[0]) == []


def test_an_opinion_on_a_criterion_that_is_gone_goes_with_it() -> None:
    old, new = ruleset(BOTH), later("[{check: {kind: statement, statement: desk}}]")
    found = restated([review(DECIDED)], (old, CATALOGUE), (new, CATALOGUE))
    assert found.left_out == ("c2",)


def test_a_later_review_follows_the_earlier_one_as_it_stands_now() -> None:
    first = review(DECIDED, "preliminary", "0001")
    second = review("{}", "inspection", "0002", follows=[review_digest(first)], date="2026-01-20")
    old, new = ruleset(BOTH), later(BOTH)
    found = restated([first, second], (old, CATALOGUE), (new, CATALOGUE))
    assert found.left_out == ()
    assert found.reviews[1].follows == (review_digest(found.reviews[0]),)
    assert faults_together(*found.reviews) == []
