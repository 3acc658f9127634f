"""The parts of an assessment as it is read back: the keys that later commands rely on, typed; the rest is kept."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from evaluator.finding import Outcome
from evaluator.model import Digest, Identifier, IsoDate, Model, SubjectKind, refusal
from evaluator.review import Role
from evaluator.ruleset import Method, VetoEffect

Stage = Literal["self_check", "preliminary", "inspection", "final"]
Ratio = Annotated[str, Field(pattern=r"^-?[0-9]{1,400}(/[1-9][0-9]{0,400})?$")]
Printed = Annotated[str, Field(pattern=r"^-?[0-9]{1,20}(\.[0-9]{1,20})?…?$")]
Points = Annotated[str, Field(pattern=r"^[0-9]{1,20}(\.[0-9]{1,20})?$")]


class Read(Model):
    """A part of an assessment; keys that are not known here are kept."""

    # A later version of the program adds keys; they belong to what the digest covers.
    model_config = ConfigDict(extra="allow")


class Said(Read):
    """A text in Chinese and, mostly, in English."""

    zh: str
    en: str | None = None


class ExactEnds(Read):
    """The two ends of an interval as fractions."""

    floor: Ratio
    ceiling: Ratio


class PrintedEnds(Read):
    """The two ends of an interval as they are printed."""

    floor: Printed
    ceiling: Printed


class GradeRead(Read):
    """A grade of the ruleset."""

    id: Identifier
    title: Said
    at_least: Points


class ScoringRead(Read):
    """How points became a score."""

    model: Literal["points", "flat", "absolute"]
    total: Points | None
    not_applicable: Literal["full", "zero"] | None
    grades: list[GradeRead]
    pass_: Identifier = Field(alias="pass")
    bonus_cap: Points | None
    deductions_cap: Points | None


class RulesetRead(Read):
    """Which rules judged."""

    id: Identifier
    version: str
    digest: Digest
    title: Said
    scoring: ScoringRead


class SubjectRead(Read):
    """Who was judged."""

    id: Identifier
    name: str
    kind: SubjectKind
    region: list[str]


class PeriodRead(Read):
    """The days that were judged."""

    from_: IsoDate = Field(alias="from")
    to: IsoDate


class FileRead(Read):
    """One file that came with a submission."""

    name: str
    digest: Digest
    size: int
    evidence: list[str]


class SubmissionRead(Read):
    """What was judged."""

    digest: Digest
    subject: SubjectRead
    period: PeriodRead
    package: Digest | None = None
    files: list[FileRead] | None = None


class ScoreRead(Read):
    """The score."""

    floor: Printed
    ceiling: Printed
    exact: ExactEnds


class SectionRead(Read):
    """One section."""

    id: Identifier
    title: Said
    cap: Points | None
    lost: PrintedEnds | None = None


class TextRead(Read):
    """What was measured, required or short, in words."""

    text: Said


class WindowRead(Read):
    """One window of a cadence."""

    from_: IsoDate = Field(alias="from")
    to: IsoDate
    needed: int
    found: int
    state: Literal["met", "missed", "open", "cut"]


class FindingRead(Read):
    """One check's outcome."""

    kind: str
    role: str
    of: list[str]
    outcome: Outcome
    waits: Literal["evidence", "person", "time"] | None
    credit: ExactEnds | None
    measured: TextRead | None
    required: TextRead | None
    evidence: list[str]
    reason: Said | None
    unit: str = ""
    windows: list[WindowRead] = []


class EntryRead(Read):
    """One entry of a review: what was corrected, rejected, rated, decided or confirmed, and why."""

    entry: Literal["correction", "rejection", "rating", "decision", "confirmation"]
    stage: Stage
    reason: str
    label: Said | None = None
    claimed: TextRead | None = None
    verified: TextRead | None = None
    level: int | None = None
    outcome: Outcome | None = None
    earned: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        wanted = {
            "correction": (self.label, self.claimed, self.verified),
            "rejection": (self.label,),
            "rating": (self.level,),
            "decision": (self.outcome,),
        }
        if None in wanted.get(self.entry, ()):
            raise refusal("contradiction", "复核条目缺少内容", "an entry of a review lacks a part")
        return self


class CriterionRead(Read):
    """One criterion's conclusion."""

    id: Identifier
    section: Identifier
    supersedes: Identifier | None = None
    clause: str
    item: str | None
    title: Said
    level: Literal["must", "should", "may"]
    veto: bool
    veto_effect: VetoEffect = "refuse"
    veto_grade: Identifier | None = None
    method: Method
    outcome: Outcome
    waits: list[Literal["evidence", "person", "time"]]
    points: Points
    credit: ExactEnds | None
    earned: PrintedEnds
    findings: list[FindingRead]
    review: EntryRead | None = None
    changes: list[EntryRead] = []


class _Signed(Read):
    # How, when, why and by whom an entry of a review was said.
    method: Method | None
    date: IsoDate | None
    reason: str
    by: list[str]


class CorrectionRead(_Signed):
    """What a review corrected."""

    label: Said
    claimed: TextRead
    verified: TextRead


class OnEvidenceRead(_Signed):
    """What a review rejected, or accepted again."""

    label: Said


class LevelRead(_Signed):
    """The level that a review gave."""

    criterion: Identifier
    level: int


class DecisionRead(_Signed):
    """What a review decided."""

    criterion: Identifier
    outcome: Outcome
    earned: str | None


class ConfirmationRead(_Signed):
    """What a review confirmed."""

    criterion: Identifier


class ReviewerRead(Read):
    """A reviewer: role, unit, staff number."""

    role: Role
    unit: str
    number: str


class ReviewRead(Read):
    """A whole review as an assessment tells it."""

    stage: Stage
    digest: Digest
    reviewer: ReviewerRead
    also: list[ReviewerRead]
    corrections: list[CorrectionRead]
    rejected_evidence: list[OnEvidenceRead]
    accepted_evidence: list[OnEvidenceRead]
    ratings: list[LevelRead]
    decisions: list[DecisionRead]
    confirmations: list[ConfirmationRead]


class EvidenceRead(Read):
    """One item of evidence."""

    id: str
    kind: Literal["count", "event", "document", "statement"]
    type: str
    label: Said
    title: str | None
    number: str | None
    date: str | None
    valid_to: str | None
    value: str | None
    unit: Said | None
    files: list[str]
    criteria: list[str]
    accepted: bool
    reason: Said | None


class DeductionRead(Read):
    """A line of the deductions from the total, or from a section."""

    title: Said
    section: Identifier | None = None
    lost: PrintedEnds
    exact: ExactEnds


class IntegrityRead(Read):
    """One integrity finding."""

    code: str
    evidence: list[str]
    message: Said
