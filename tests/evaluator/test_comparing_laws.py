"""What holds of the comparison of any two assessments that the engine makes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.accounting import ENDS, account
from evaluator.assessment import assess
from evaluator.assessment_file import AssessmentFile, contradictions
from evaluator.comparing import compare
from evaluator.ruleset import Ruleset
from tests.evaluator.building import CATALOGUE
from tests.evaluator.review.test_review_laws import reviews, worlds
from tests.evaluator.strategies import AS_OF, STAGES, evidence, rulesets, sent

Json = dict[str, Any]


@st.composite
def made(draw: st.DrawFn, rules: Ruleset) -> Json:
    """An assessment under ``rules``, of random evidence at a random stage and day."""
    return assess(rules, CATALOGUE, sent(draw(evidence())), stage=draw(STAGES), as_of=draw(AS_OF)).document


@st.composite
def reviewed_once(draw: st.DrawFn) -> tuple[Json, Json]:
    """A submission as it was claimed, and after a review."""
    rules, submission, day = draw(worlds())
    after = assess(rules, CATALOGUE, submission, as_of=day, reviews=(draw(reviews(rules, submission)),))
    return assess(rules, CATALOGUE, submission, as_of=day).document, after.document


@st.composite
def two(draw: st.DrawFn) -> tuple[Json, Json]:
    """Two assessments: under one ruleset, under two that share some ids (as editions do), or before and after a review."""
    form = draw(st.sampled_from(["one", "editions", "review"]))
    if form == "review":
        return draw(reviewed_once())
    before = draw(rulesets())
    after = before if form == "one" else draw(rulesets())
    return draw(made(before)), draw(made(after))


def exact(effect: Json) -> dict[str, Fraction]:
    return {end: Fraction(effect["exact"][end]) for end in ENDS}


def effects(found: Json) -> list[Json]:
    return [one["effect"] for one in (*found["criteria"], *found["adjustments"])]


@settings(max_examples=80)
@given(st.data())
def test_an_assessment_is_made_of_its_criteria_caps_and_deductions(choose: st.DataObject) -> None:
    document = choose.draw(
        st.one_of(made(choose.draw(rulesets())), reviewed_once().map(lambda both: both[1]))
    )
    AssessmentFile.model_validate(document)
    assert list(contradictions(document)) == []
    for end in ENDS:
        one = account(document, end)
        assert (one is None) == (document["score"] is None)
        if one is not None:
            whole = one.earned * 100 / one.weight + sum(entry.direct for entry in one.entries.values())
            assert whole == Fraction(document["score"]["exact"][end])
            assert sum(entry.earned for entry in one.entries.values()) == one.earned
            assert sum(entry.weight for entry in one.entries.values()) == one.weight


@settings(max_examples=60)
@given(two())
def test_the_listed_effects_add_up_to_the_difference_exactly_and_as_printed(both: tuple[Json, Json]) -> None:
    before, after = both
    found = compare(before, after)
    if before["score"] is None or after["score"] is None:
        assert found["score"] is None
        assert not [one for one in found["criteria"] if one["effect"] is not None]
        return
    for end in ENDS:
        difference = Fraction(after["score"]["exact"][end]) - Fraction(before["score"]["exact"][end])
        assert (
            sum(exact(one)[end] for one in effects(found))
            == difference
            == Fraction(found["score"]["exact"][end])
        )
        printed = Fraction(after["score"][end]) - Fraction(before["score"][end])
        assert sum(Fraction(one[end]) for one in effects(found)) == printed == Fraction(found["score"][end])
        by_cause = sum(Fraction(one["effect"][end]) for one in found["causes"])
        assert by_cause == sum(Fraction(one["effect"][end]) for one in found["criteria"])


@settings(max_examples=60)
@given(two())
def test_the_other_way_round_every_effect_turns_its_sign(both: tuple[Json, Json]) -> None:
    there, back = compare(*both), compare(*reversed(both))
    if there["score"] is None:
        return
    # A pair that supersedes would bear the other id; these rulesets have none.
    effect = {one["id"]: exact(one["effect"]) for one in back["criteria"]}
    for one in there["criteria"]:
        assert exact(one["effect"]) == {end: -effect[one["id"]][end] for end in ENDS}


@settings(max_examples=80)
@given(two())
def test_what_moved_the_score_has_a_cause_and_a_sentence(both: tuple[Json, Json]) -> None:
    found = compare(*both)
    for one in found["criteria"]:
        states = [one["before"], one["after"]]
        if one["match"] == "same" and states[0] == states[1] and found["score"] is not None:
            assert exact(one["effect"]) == dict.fromkeys(ENDS, Fraction(0))
        else:
            assert one["changed"] or states[0] == states[1]
        if one["changed"]:
            assert one["cause"]
            assert all(change["text"]["zh"] and change["text"]["en"] for change in one["changes"])
        else:
            assert one["cause"] is None


@given(st.data())
def test_an_assessment_does_not_differ_from_itself(choose: st.DataObject) -> None:
    document = choose.draw(made(choose.draw(rulesets())))
    found = compare(document, document)
    assert found["same"]
    assert not [one for one in found["criteria"] if one["changed"]]
    assert found["causes"] == found["adjustments"] == found["integrity"]["added"] == []
