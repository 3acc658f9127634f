"""Laws that hold of every sound review of every submission under every ruleset."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from evaluator.assessment import assess
from evaluator.review import Review, review_digest
from evaluator.reviewing.claims import claimed
from evaluator.reviewing.entries import levels_of
from evaluator.ruleset import Ruleset, full_points
from evaluator.submission import Submission
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.review.written import faults, review, reviewed
from tests.evaluator.strategies import AS_OF, evidence, rulesets
from tests.evaluator.strategies import sent as whole
from tests.evaluator.test_properties import GROWING

REASON = st.sampled_from(["现场清点", "材料不全", "复核后更正"])
STAGES = ["preliminary", "inspection", "final"]
OUTCOMES = ["satisfied", "partly_satisfied", "not_satisfied", "not_applicable", "needs_review"]


DAYS = st.dates(date(2024, 10, 1), date(2025, 12, 31)).map(str)
NUMBERS = st.integers(0, 12)


def correctable(submission: Submission) -> Iterator[tuple[dict[str, Any], Any, st.SearchStrategy[Any]]]:
    """Everything that can be corrected, what was claimed of it, and what could be verified."""
    for name in ("incidents", "visits", "buildings"):
        yield {"count": name}, submission.counts.get(name), NUMBERS
    for name, number in submission.previous.counts.items():
        yield {"previous": name}, number, NUMBERS
    for said in submission.statements:
        yield {"statement": said.type}, said.value, st.booleans()
    for event in submission.events:
        yield {"event": event.id}, str(event.date), DAYS
    for paper in submission.documents:
        for field in ("issued", "valid_to"):
            claim = getattr(paper, field)
            yield {"document": paper.id, "field": field}, claim and str(claim), st.none() | DAYS
        yield {"document": paper.id, "field": "attachment"}, bool(paper.files), st.booleans()
    for unit in submission.units.get("quarter", ()):
        for name, value in unit.statements.items():
            yield {"statement": name, "unit": unit.id}, value, st.booleans()


def corrections_of(submission: Submission, draw: st.DrawFn, *, alike: bool = False) -> list[dict[str, Any]]:
    """Corrections of some of what can be corrected; ``alike`` verifies just what was claimed."""
    return [
        {**one, "claimed": claim, "verified": claim if alike else draw(values), "reason": draw(REASON)}
        for one, claim, values in correctable(submission)
        if not (alike and "count" in one and claim is None) and draw(st.integers(0, 2)) == 0
    ]


@st.composite
def reviews(draw: st.DrawFn, rules: Ruleset, submission: Submission, stage: str = "inspection") -> Review:
    """A sound review."""
    corrections = corrections_of(submission, draw)
    corrected = {
        str(one.get("event") or one.get("document") or one.get("count") or one.get("statement"))
        for one in corrections
    }
    rejected = [
        {"id": entry.id, "reason": draw(REASON)}
        for _, _, entry in submission.entries()
        if not {entry.id, entry.type} & corrected and draw(st.integers(0, 2)) == 0
    ]
    ratings, decisions = [], []
    for name, criterion in rules.by_id().items():
        levels = [level.level for level in levels_of(criterion)]
        form = draw(st.sampled_from(["", "", "level", "decision"]))
        if form == "level" and levels:
            ratings.append(
                {"criterion": name, "level": draw(st.sampled_from(levels)), "reason": draw(REASON)}
            )
        if form == "decision":
            outcome = draw(st.sampled_from(OUTCOMES if stage != "final" else OUTCOMES[:-1]))
            half = str(float(full_points(criterion, rules.scoring) / 2))
            earned = {"earned": half} if outcome == "partly_satisfied" else {}
            decisions.append({"criterion": name, "outcome": outcome, "reason": draw(REASON), **earned})
    made = review(
        "{}",
        stage,
        corrections=corrections,
        rejected_evidence=rejected,
        ratings=ratings,
        decisions=decisions,
        date="2026-06-01",
    )
    # Numbers drawn at random may contradict each other; then it is no sound review.
    assume(not faults(rules, submission, made))
    return made


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Ruleset, Submission, date]:
    """A ruleset, a submission, and the day up to which it speaks."""
    return draw(rulesets()), whole(draw(evidence())), draw(AS_OF)


def judged(document: dict[str, Any]) -> dict[str, Any]:
    """What an assessment concludes, without what it tells of reviews."""
    told = ("machine", "stages", "review", "changes")
    return {
        **{key: document[key] for key in ("stage", "score", "grade", "accepted", "vetoes", "sections")},
        "criteria": [
            {key: value for key, value in one.items() if key not in told} for one in document["criteria"]
        ],
    }


@settings(max_examples=60)
@given(worlds(), st.sampled_from(STAGES))
def test_an_empty_review_changes_nothing_but_the_stage(world: Any, stage: Any) -> None:
    rules, submission, day = world
    without = assess(rules, CATALOGUE, submission, stage=stage, as_of=day).document
    found = reviewed(rules, submission, review(stage=stage), as_of=day)
    assert judged(found) == judged(without)
    assert found["evidence"] == without["evidence"]
    assert [one["stage"] for one in found["stages"]] == ["self_check", stage]


@settings(max_examples=60)
@given(worlds(), st.data())
def test_corrections_equal_to_what_was_claimed_change_nothing(world: Any, choose: st.DataObject) -> None:
    rules, submission, day = world
    corrections = choose.draw(st.composite(lambda draw: corrections_of(submission, draw, alike=True))())
    made = review("{}", corrections=corrections, date="2026-06-01")
    assert faults(rules, submission, made) == []
    for one in made.corrections:
        assert one.verified == claimed(one.thing, submission)
    assert judged(reviewed(rules, submission, made, as_of=day)) == judged(
        reviewed(rules, submission, review(), as_of=day)
    )


@settings(max_examples=60)
@given(worlds(), st.data())
def test_the_order_of_entries_means_nothing(world: Any, choose: st.DataObject) -> None:
    rules, submission, day = world
    made = choose.draw(reviews(rules, submission))
    random = choose.draw(st.randoms(use_true_random=False))
    lists = ("corrections", "rejected_evidence", "ratings", "decisions")
    mixed = made.model_copy(
        update={name: tuple(random.sample(getattr(made, name), len(getattr(made, name)))) for name in lists}
    )
    assert review_digest(mixed) == review_digest(made)
    first, second = (reviewed(rules, submission, one, as_of=day) for one in (made, mixed))
    assert first["digest"] == second["digest"]


@settings(max_examples=60)
@given(worlds(), st.data())
def test_earlier_stages_are_untouched_by_later_reviews(world: Any, choose: st.DataObject) -> None:
    rules, submission, day = world
    chain = [choose.draw(reviews(rules, submission, stage)) for stage in STAGES]
    found = [reviewed(rules, submission, *chain[:n], as_of=day) for n in (1, 2, 3)]
    for shorter, longer in ((found[0], found[1]), (found[1], found[2])):
        number = len(shorter["stages"])
        assert longer["stages"][:number] == shorter["stages"]
        for one, other in zip(shorter["criteria"], longer["criteria"], strict=True):
            assert other["stages"][:number] == one["stages"]
            assert other["machine"] == one["machine"]
        last = shorter["stages"][-1]
        assert {key: last[key] for key in ("score", "grade", "accepted", "vetoes")} == {
            key: shorter[key] for key in ("score", "grade", "accepted", "vetoes")
        }


@settings(max_examples=80)
@given(worlds(), st.data())
def test_a_review_touches_only_what_it_concerns(world: Any, choose: st.DataObject) -> None:
    """A criterion that it names, one that reads what it corrects or rejects, and one that requires such a criterion."""
    rules, submission, day = world
    made = choose.draw(reviews(rules, submission))
    found = reviewed(rules, submission, made, as_of=day)
    concerned = {one["id"] for one in found["criteria"] if "review" in one or "changes" in one}
    for name, criterion in rules.by_id().items():  # a prerequisite stands before what requires it
        if concerned & set(criterion.requires):
            concerned.add(name)
    before = reviewed(rules, submission, review(), as_of=day)
    for one, other in zip(judged(before)["criteria"], judged(found)["criteria"], strict=True):
        assert one["id"] in concerned or one == other


@settings(max_examples=60)
@given(worlds(), st.data())
def test_what_an_inspector_decided_is_what_stands(world: Any, choose: st.DataObject) -> None:
    rules, submission, day = world
    made = choose.draw(reviews(rules, submission))
    found = {one["id"]: one for one in reviewed(rules, submission, made, as_of=day)["criteria"]}
    for one in made.decisions:
        assert found[one.criterion]["outcome"] == one.outcome
        assert found[one.criterion]["stages"][-1]["decided_by"] == "decision"
        assert bool(found[one.criterion]["waits"]) == (one.outcome == "needs_review")


@settings(max_examples=120)
@given(st.sampled_from(GROWING), evidence(), AS_OF, st.data())
def test_to_reject_evidence_never_raises_a_criterion_that_more_evidence_cannot_lower(
    check: str, found: dict[str, Any], day: date, choose: st.DataObject
) -> None:
    rules, submission = ruleset(f"[{{check: {check}}}]"), whole(found)
    ids = [entry.id for _, _, entry in submission.entries()]
    assume(ids)
    rejected = choose.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
    made = review("{}", rejected_evidence=[{"id": name, "reason": "无法核实"} for name in rejected])
    before, after = (
        reviewed(rules, submission, one, as_of=day)["criteria"][0]["credit"] for one in (review(), made)
    )
    assert Fraction(after["floor"]) <= Fraction(before["floor"])
