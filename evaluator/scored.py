"""Verdicts and score of one submission, after each of its reviews: numbers alone, nothing put into words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.evaluate import Judgement, program
from evaluator.facts import Facts, Stage, facts_of
from evaluator.review import Review
from evaluator.reviewing.standing import NOTHING, Standing, reviewed_facts, rulings, standings
from evaluator.ruleset import Ruleset
from evaluator.score import Result, score
from evaluator.submission import Submission


class Passed(NamedTuple):
    """One stage that a submission has passed: what stood after it, the facts, the verdicts on them and the score."""

    standing: Standing
    facts: Facts
    judgement: Judgement
    result: Result


class Scored(NamedTuple):
    """What a submission came to at ``stage`` on the day ``as_of``.

    ``alone`` is what the machine says of the submission itself, ``passed`` begins with what was claimed where there are reviews;
    the last of ``passed`` is what stands.
    """

    stage: Stage
    as_of: date
    alone: Judgement
    passed: tuple[Passed, ...]

    @property
    def stands(self) -> Passed:
        """What stands after the last review."""
        return self.passed[-1]

    @property
    def reviewed(self) -> bool:
        """Whether there were reviews."""
        return len(self.passed) > 1


def scored(
    ruleset: Ruleset,
    catalogue: Catalogue,
    submission: Submission,
    *,
    stage: Stage | None = None,
    as_of: date | None = None,
    ratings: Mapping[str, int] | None = None,
    reviews: Sequence[Review] = (),
) -> Scored:
    """Judge and score ``submission``, which is ``in_order``, under ``ruleset``; the arguments are those of ``assess``."""
    stood = standings(reviews)
    at = stood[-1].stage if stood else stage or "self_check"
    if stage not in (None, at):
        raise ValueError(f"the last review is of the stage {at}, not of {stage}")
    day = as_of or submission.as_of or submission.period.to
    judge = program(ruleset, catalogue, submission.period.span).judge
    facts = facts_of(submission, day, at, ratings)
    alone = judge(facts)
    if not stood:
        return Scored(at, day, alone, (Passed(NOTHING, facts, alone, score(ruleset, alone)),))
    claimed = facts_of(submission, day)
    known = [claimed, *(reviewed_facts(submission, one, day, ratings or {}) for one in stood)]
    judged = [
        judge(claimed),
        *(judge(found, rulings(ruleset, one)) for one, found in zip(stood, known[1:], strict=True)),
    ]
    passed = [
        Passed(one, found, judgement, score(ruleset, judgement))
        for one, found, judgement in zip((NOTHING, *stood), known, judged, strict=True)
    ]
    return Scored(at, day, alone, tuple(passed))
