"""What an assessment says of the rules, of the submission, and of the evidence in it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evaluator.assessment_parts import Read
from evaluator.assessment_shape.base import Amount, Both, Day, Days, Digest, GradeShown, Worded
from evaluator.assessment_shape.reviews import SignedEntry
from evaluator.model import Basis, Identifier, SubjectKind


class EngineShown(Read):
    """Which program judged."""

    semantics: str
    version: str


class StandardShown(Read):
    """The published document."""

    title: str
    issuer: str | None
    issued: str | None
    note: Worded | None = None


class EffectiveShown(Read):
    """From when to when the rules are in force."""

    from_: Day = Field(alias="from")
    to: Day | None
    basis: Basis


class GradeOfRules(GradeShown):
    """A grade of the ruleset."""

    basis: Basis


class ScoringShown(Read):
    """How points became a score."""

    model: Literal["points", "flat", "absolute"]
    total: Amount | None
    not_applicable: Literal["full", "zero"] | None
    transition: Literal["period_end", "period_start"]
    grades: list[GradeOfRules]
    pass_: Identifier = Field(alias="pass")
    bonus_cap: Amount | None
    deductions_cap: Amount | None


class RulesetShown(Read):
    """Which rules judged."""

    id: Identifier
    version: str
    digest: Digest
    title: Both
    standard: StandardShown
    effective: EffectiveShown
    period_months: int
    scoring: ScoringShown


class SubjectShown(Read):
    """Who was judged."""

    id: Identifier
    name: str
    kind: SubjectKind
    region: list[str]
    attributes: dict[Identifier, Identifier]


class FileShown(Read):
    """One file that came with the submission."""

    name: str
    digest: Digest
    size: int
    type: str
    evidence: list[str]


class SubmissionShown(Read):
    """What was judged."""

    digest: Digest
    subject: SubjectShown
    period: Days
    package: Digest | None
    files: list[FileShown] | None


class PageShown(Read):
    """Where a part of a document stands."""

    part: Both
    page: str


class EvidenceShown(Read):
    """One item of evidence."""

    id: str
    kind: Literal["count", "event", "document", "statement"]
    type: Identifier
    label: Both
    title: str | None
    number: str | None
    date: Day | None
    valid_to: Day | None
    value: str | None
    unit: Both | None
    files: list[str]
    criteria: list[Identifier]
    accepted: bool
    reason: Both | None
    source: str | None = None
    expected: int | None = None
    present: int | None = None
    page: str | None = None
    pages: list[PageShown] | None = None
    changes: list[SignedEntry] | None = None


class IntegrityShown(Read):
    """One integrity finding."""

    code: str
    evidence: list[str]
    message: Both
    files: list[str]
