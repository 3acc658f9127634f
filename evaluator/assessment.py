"""The assessment: the full, machine-readable result, as the contract in docs/assessment.md says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from evaluator.algorithms import Algorithm
from evaluator.assessment_document import (
    document_of,
    earned_of,
    submission_of,
    told,
    wording_of,
)
from evaluator.canonical import digest
from evaluator.catalogue import Catalogue
from evaluator.evaluate import Judgement
from evaluator.facts import Facts, Stage
from evaluator.integrity import Observation
from evaluator.packages.records import FileRecord
from evaluator.planning.account import account
from evaluator.planning.plan import Wanted, make_plan
from evaluator.planning.rectification import Returned, closing
from evaluator.planning.world import World
from evaluator.review import Review
from evaluator.reviewing.amending import with_additions
from evaluator.reviewing.document import Passed, with_reviews
from evaluator.reviewing.entries import Telling
from evaluator.reviewing.standing import amended_by, in_chain
from evaluator.ruleset import Ruleset
from evaluator.score import Result
from evaluator.scored import Scored, scored
from evaluator.submission import Submission, in_order

Json = dict[str, Any]


class Assessed(NamedTuple):
    """One assessment and what it was made from."""

    judgement: Judgement
    result: Result
    facts: Facts
    document: Json


def assess(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    *,
    stage: Stage | None = None,
    as_of: date | None = None,
    ratings: Mapping[str, int] | None = None,
    observations: Iterable[Observation] = (),
    files: Iterable[FileRecord] | None = None,
    reviews: Sequence[Review] = (),
    supersedes: str | None = None,
    wanted: Wanted | None = None,
    returned: Returned | None = None,
    algorithm: Algorithm = "sha256",
) -> Assessed:
    """Judge and score ``submission`` under ``ruleset``.

    ``as_of`` is the day up to which the evidence speaks: by default the submission's, else the period's last day. ``reviews``
    are a chain that ``loading.load_reviews`` found sound; the stage is that of the last one, and ``self_check`` where there is
    none. ``ratings`` are an inspector's levels by criterion where no review states any; ``observations`` and ``files`` are what
    ``loading.receive`` saw; without ``files`` nobody looked at any. ``supersedes`` is the digest of the assessment that this one
    amends. ``wanted`` asks for an action plan, over what stands after the last review; ``returned`` is a rectification list that
    came back, and asks for a plan, too. ``algorithm`` is that of every digest; those of ``files`` are made with it already.
    """
    submission = in_order(submission)
    found = scored(ruleset, catalogue, submission, stage=stage, as_of=as_of, ratings=ratings, reviews=reviews)
    document = document_over(
        found,
        ruleset,
        catalogue,
        submission,
        ratings=ratings,
        observations=observations,
        files=files,
        reviews=reviews,
        supersedes=supersedes,
        wanted=wanted,
        returned=returned,
        algorithm=algorithm,
    )
    stands = found.stands
    return Assessed(stands.judgement, stands.result, stands.facts, document)


def document_over(
    found: Scored,
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    *,
    ratings: Mapping[str, int] | None = None,
    observations: Iterable[Observation] = (),
    files: Iterable[FileRecord] | None = None,
    reviews: Sequence[Review] = (),
    supersedes: str | None = None,
    wanted: Wanted | None = None,
    returned: Returned | None = None,
    algorithm: Algorithm = "sha256",
) -> Json:
    """The assessment that tells what ``submission`` (``in_order``) came to; the other arguments are those of ``assess``."""
    document = _worded(found, ruleset, catalogue, submission, observations, files, reviews, algorithm)
    if wanted is not None or returned is not None:
        if found.reviewed:
            world = _reviewed_world(ruleset, catalogue, submission, found, ratings or {})
        else:
            world = World(ruleset, catalogue, submission, found.as_of, stage=found.stage, ratings=ratings)
        _plan(document, world, found.stands.judgement, wanted, returned)
    return _sealed(document, supersedes, algorithm)


def shown_by(submission: Submission, found: Scored) -> Submission:
    """``submission`` with what its reviews added: what the evidence and the integrity findings of an assessment speak of."""
    if not found.reviewed:
        return submission
    return with_additions(submission, amended_by(submission, found.stands.standing))


def _worded(
    found: Scored,
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    observations: Iterable[Observation],
    files: Iterable[FileRecord] | None,
    reviews: Sequence[Review],
    algorithm: Algorithm,
) -> Json:
    """The assessment but for its plan and its digest."""
    listed = None if files is None else sorted(files, key=lambda one: one.name)
    sent = submission_of(submission, listed, algorithm)
    stands = found.stands
    document = document_of(
        ruleset,
        catalogue,
        shown_by(submission, found),
        sent,
        stands.facts,
        stands.judgement,
        stands.result,
        found.stage,
        observations,
        algorithm,
    )
    if not found.reviewed:
        return document
    return with_reviews(
        document,
        in_chain(reviews),
        [Passed(one.standing, one.judgement, told(one.result, ruleset)) for one in found.passed],
        found.alone,
        stands.facts,
        Telling(ruleset, catalogue, submission, algorithm),
        lambda verdict: earned_of(verdict, ruleset),
    )


def _reviewed_world(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    scored_: Scored,
    ratings: Mapping[str, int],
) -> World:
    """The submission as corrected; what a person decided stays as it was decided."""
    standing, judgement = scored_.stands.standing, scored_.stands.judgement
    found = amended_by(submission, standing)
    decided = {one.criterion.id: one for one in judgement.verdicts if one.criterion.id in standing.decisions}
    given = {name: one.entry.level for name, one in standing.ratings.items()}
    return World(
        ruleset,
        catalogue,
        found.submission,
        scored_.as_of,
        stage=standing.stage,
        ratings={**ratings, **given},
        settled=decided,
        rejected=found.rejected,
        seen=found.seen,
    )


def _plan(
    document: Json, world: World, judgement: Judgement, wanted: Wanted | None, returned: Returned | None
) -> None:
    plan, wording = make_plan(world, wanted or Wanted()), wording_of(world.ruleset, world.catalogue)
    document["plan"] = account(plan, judgement, wording)
    if returned is not None:
        document["rectification"] = closing(returned, plan, document["plan"], wording)


def _sealed(document: Json, supersedes: str | None, algorithm: Algorithm) -> Json:
    """``document`` with what it supersedes, and its digest."""
    found = document if supersedes is None else {**document, "supersedes": supersedes}
    return {**found, "digest": digest(found, algorithm)}
