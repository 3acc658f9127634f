"""The assessment: the full, machine-readable result, as the contract in docs/assessment.md says. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from evaluator.assessment_document import (
    document_of,
    earned_of,
    submission_of,
    told,
    wording_of,
)
from evaluator.canonical import digest
from evaluator.catalogue import Catalogue
from evaluator.evaluate import Judgement, program
from evaluator.facts import Facts, Stage, facts_of
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
from evaluator.reviewing.standing import (
    NOTHING,
    Standing,
    amended_by,
    in_chain,
    reviewed_facts,
    rulings,
    standings,
)
from evaluator.ruleset import Ruleset
from evaluator.score import Result, score
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
) -> Assessed:
    """Judge and score ``submission`` under ``ruleset``.

    ``as_of`` is the day up to which the evidence speaks: by default the submission's, else the period's last day. ``reviews``
    are a chain that ``loading.load_reviews`` found sound; the stage is that of the last one, and ``self_check`` where there is
    none. ``ratings`` are an inspector's levels by criterion where no review states any; ``observations`` and ``files`` are what
    ``loading.receive`` saw; without ``files`` nobody looked at any. ``supersedes`` is the digest of the assessment that this one
    amends. ``wanted`` asks for an action plan, over what stands after the last review; ``returned`` is a rectification list that
    came back, and asks for a plan, too.
    """
    submission = in_order(submission)
    stood = standings(reviews)
    at = stood[-1].stage if stood else stage or "self_check"
    if stage not in (None, at):
        raise ValueError(f"the last review is of the stage {at}, not of {stage}")
    day = as_of or submission.as_of or submission.period.to
    sent = submission_of(submission, None if files is None else sorted(files, key=lambda one: one.name))
    judge = program(ruleset, catalogue, submission.period.span).judge
    facts = facts_of(submission, day, at, ratings)
    alone = judge(facts)
    if not stood:
        result = score(ruleset, alone)
        document = document_of(ruleset, catalogue, submission, sent, facts, alone, result, at, observations)
        if wanted is not None or returned is not None:
            world = World(ruleset, catalogue, submission, day, stage=at, ratings=ratings)
            _plan(document, world, alone, wanted, returned)
        return Assessed(alone, result, facts, _sealed(document, supersedes))
    claimed = facts_of(submission, day)
    known = [claimed, *(reviewed_facts(submission, one, day, ratings or {}) for one in stood)]
    judged = [
        judge(claimed),
        *(judge(found, rulings(ruleset, one)) for one, found in zip(stood, known[1:], strict=True)),
    ]
    results = [score(ruleset, one) for one in judged]
    passed = [
        Passed(one, found, told(result, ruleset))
        for one, found, result in zip((NOTHING, *stood), judged, results, strict=True)
    ]
    shown = with_additions(submission, amended_by(submission, stood[-1]))
    document = with_reviews(
        document_of(ruleset, catalogue, shown, sent, known[-1], judged[-1], results[-1], at, observations),
        in_chain(reviews),
        passed,
        alone,
        known[-1],
        Telling(ruleset, catalogue, submission),
        lambda verdict: earned_of(verdict, ruleset),
    )
    if wanted is not None or returned is not None:
        world = _reviewed_world(ruleset, catalogue, submission, stood[-1], day, ratings or {}, judged[-1])
        _plan(document, world, judged[-1], wanted, returned)
    return Assessed(judged[-1], results[-1], known[-1], _sealed(document, supersedes))


def _reviewed_world(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    standing: Standing,
    day: date,
    ratings: Mapping[str, int],
    judgement: Judgement,
) -> World:
    """The submission as corrected; what a person decided stays as it was decided."""
    found = amended_by(submission, standing)
    decided = {one.criterion.id: one for one in judgement.verdicts if one.criterion.id in standing.decisions}
    given = {name: one.entry.level for name, one in standing.ratings.items()}
    return World(
        ruleset,
        catalogue,
        found.submission,
        day,
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


def _sealed(document: Json, supersedes: str | None) -> Json:
    """``document`` with what it supersedes, and its digest."""
    found = document if supersedes is None else {**document, "supersedes": supersedes}
    return {**found, "digest": digest(found)}
