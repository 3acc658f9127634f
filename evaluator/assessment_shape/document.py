"""The assessment as a whole."""

from __future__ import annotations

from typing import Literal

from evaluator.assessment_parts import Read
from evaluator.assessment_shape.base import Day, Digest, ScoreShown, Stage, StageShown
from evaluator.assessment_shape.plans import PlanShown, RectificationShown
from evaluator.assessment_shape.reviews import ReviewShown
from evaluator.assessment_shape.sources import (
    EngineShown,
    EvidenceShown,
    IntegrityShown,
    RulesetShown,
    SubmissionShown,
)
from evaluator.assessment_shape.verdicts import CriterionShown, DeductionShown, SectionShown
from evaluator.model import Identifier


class Assessment(Read):
    """``{"assessment": 1, …}`` with every key."""

    assessment: Literal[1]
    engine: EngineShown
    digest: Digest
    stage: Stage
    as_of: Day
    ruleset: RulesetShown
    submission: SubmissionShown
    reviews: list[ReviewShown]
    stages: list[StageShown] | None = None
    supersedes: Digest | None = None
    score: ScoreShown | None
    grade: Identifier | None
    accepted: bool | None
    vetoes: list[Identifier]
    sections: list[SectionShown]
    criteria: list[CriterionShown]
    evidence: list[EvidenceShown]
    deductions: list[DeductionShown]
    integrity: list[IntegrityShown]
    plan: PlanShown | None = None
    rectification: RectificationShown | None = None
