"""The shape of what ``duibiao verify --format json`` writes."""

from __future__ import annotations

from typing import Literal

from evaluator.assessment_parts import Printed, Read, Stage
from evaluator.assessment_shape.base import Both, Day
from evaluator.model import Identifier
from evaluator.verifying.answer import Check, State, Verdict


class SubjectVerified(Read):
    """Whose scorecard it is."""

    id: Identifier
    name: str


class RulesetVerified(Read):
    """By which rules it says it was made."""

    id: Identifier
    version: str
    title: Both


class ScoreVerified(Read):
    """The score that is attached."""

    floor: Printed
    ceiling: Printed


class AssessmentVerified(Read):
    """The assessment that is attached."""

    digest: str
    subject: SubjectVerified
    ruleset: RulesetVerified
    stage: Stage
    as_of: Day
    score: ScoreVerified | None
    accepted: bool | None


class CheckVerified(Read):
    """One thing that was looked at."""

    check: Check
    state: State
    text: Both


class SignatureVerified(Read):
    """One signature."""

    field: str
    signer: str
    issuer: str
    serial: str
    intact: bool
    covers_whole_file: bool
    only_signed: bool
    trusted: bool
    why: Both
    signed_at: str | None
    timestamp: bool | None
    algorithm: str


class FileVerified(Read):
    """What one file came to."""

    file: str
    kind: Literal["pdf", "json"]
    verdict: Verdict
    assessment: AssessmentVerified | None
    checks: list[CheckVerified]
    signatures: list[SignatureVerified]


class SummaryVerified(Read):
    """How many files came to each verdict."""

    agrees: int
    layout_differs: int
    altered: int
    mismatch: int
    other_rules: int
    unverified: int
    unreadable: int


class Verification(Read):
    """``{"verification": 1, …}``."""

    verification: Literal[1]
    files: list[FileVerified]
    summary: SummaryVerified
