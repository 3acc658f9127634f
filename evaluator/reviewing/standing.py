"""Reviews over a submission: what stands after each stage, and the facts and rulings that follow from it. Pure.

A later stage replaces what an earlier one said of the same thing and leaves the rest as it stands; what an earlier stage
came to is never changed by a later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from evaluator.crediting import interval
from evaluator.evaluate import Ruling
from evaluator.exact import whole
from evaluator.facts import STAGES, Facts, Stage, facts_of
from evaluator.finding import FULL, NONE, UNDECIDED, Interval
from evaluator.review import Provenance, Review, in_order, review_digest
from evaluator.review_entries import AnyCorrection, Confirmation, Decision, LevelGiven, OnEvidence, Thing
from evaluator.reviewing.amending import Amended, amended
from evaluator.ruleset import Ruleset, full_points
from evaluator.submission import Submission


class Standing(NamedTuple):
    """All that stands after a stage, each with who said it.

    Corrections by the thing corrected, rejections by the evidence's id, the rest by criterion.
    """

    stage: Stage
    corrections: Mapping[Thing, Provenance[AnyCorrection]]
    rejected: Mapping[str, Provenance[OnEvidence]]
    ratings: Mapping[str, Provenance[LevelGiven]]
    decisions: Mapping[str, Provenance[Decision]]
    confirmations: Mapping[str, Provenance[Confirmation]]


NOTHING = Standing("self_check", {}, {}, {}, {}, {})


def in_chain(reviews: Iterable[Review]) -> tuple[Review, ...]:
    """``reviews`` in the order of their stages, each with its entries in order; parts of one stage by their digests."""
    ordered = sorted(reviews, key=lambda one: (STAGES.index(one.stage), review_digest(one)))
    return tuple(in_order(one) for one in ordered)


def standings(reviews: Iterable[Review]) -> tuple[Standing, ...]:
    """What stands after each stage of a chain, in order."""
    found: dict[Stage, Standing] = {}
    latest = NOTHING
    for review in in_chain(reviews):
        latest = _after(latest, review)
        found[review.stage] = latest
    return tuple(found.values())


def _after(before: Standing, review: Review) -> Standing:
    readmitted = {one.id for one in review.accepted_evidence}
    rated = {one.criterion for one in review.ratings}
    decided = {one.criterion for one in review.decisions}
    return Standing(
        review.stage,
        {**before.corrections, **{one.thing: Provenance(review, one) for one in review.corrections}},
        {
            **{name: one for name, one in before.rejected.items() if name not in readmitted},
            **{one.id: Provenance(review, one) for one in review.rejected_evidence},
        },
        {**before.ratings, **{one.criterion: Provenance(review, one) for one in review.ratings}},
        {
            # A level given later lifts an earlier decision on the same criterion.
            **{name: one for name, one in before.decisions.items() if name not in rated - decided},
            **{one.criterion: Provenance(review, one) for one in review.decisions},
        },
        {**before.confirmations, **{one.criterion: Provenance(review, one) for one in review.confirmations}},
    )


def amended_by(submission: Submission, standing: Standing) -> Amended:
    """``submission`` with the corrections that stand, and without what stands rejected."""
    return amended(
        submission, [one.entry for one in standing.corrections.values()], frozenset(standing.rejected)
    )


def reviewed_facts(
    submission: Submission, standing: Standing, as_of: date, ratings: Mapping[str, int]
) -> Facts:
    """The facts after ``standing``; ``ratings`` are levels that stand where it has none."""
    found = amended_by(submission, standing)
    given = {name: one.entry.level for name, one in standing.ratings.items()}
    return facts_of(
        found.submission,
        as_of,
        standing.stage,
        {**ratings, **given},
        rejected=found.rejected,
        seen=found.seen,
    )


def rulings(ruleset: Ruleset, standing: Standing) -> dict[str, Ruling]:
    """The decisions that stand, as credit and outcome."""
    known = ruleset.by_id()
    return {
        name: Ruling(_credit(one.entry, full_points(known[name], ruleset.scoring)), one.entry.outcome)
        for name, one in standing.decisions.items()
    }


def _credit(decision: Decision, points: Fraction) -> Interval | None:
    match decision.outcome:
        case "satisfied":
            return FULL
        case "not_satisfied":
            return NONE
        case "needs_review":
            return UNDECIDED
        case "not_applicable":
            return None
        case "partly_satisfied":
            assert decision.earned is not None
            return interval(whole(decision.earned.value / points))
