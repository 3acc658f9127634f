"""An assessment as it is read back: the keys that later commands rely on, typed; whatever else stands there is kept.

What the engine wrote is checked against itself: its digest, and that the score follows from the criteria.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from evaluator.accounting import ENDS, account
from evaluator.canonical import digest
from evaluator.errors import Fault, Words
from evaluator.exact import Number
from evaluator.finding import Outcome
from evaluator.model import Identifier, IsoDate, Model, SubjectKind, refusal
from evaluator.review import Role
from evaluator.ruleset import Method

Json = dict[str, Any]
Stage = Literal["self_check", "preliminary", "inspection", "final"]
Ratio = Annotated[str, Field(pattern=r"^-?[0-9]{1,400}(/[1-9][0-9]{0,400})?$")]
Printed = Annotated[str, Field(pattern=r"^-?[0-9]{1,20}(\.[0-9]{1,20})?…?$")]
Points = Annotated[str, Field(pattern=r"^[0-9]{1,20}(\.[0-9]{1,20})?$")]
Digest = Annotated[str, Field(pattern=r"^sha256:[0-9a-f]{64}$")]


class _Read(Model):
    # A later version of the program adds keys; they belong to what the digest covers.
    model_config = ConfigDict(extra="allow")


class Said(_Read):
    """A text in Chinese and, mostly, in English."""

    zh: str
    en: str | None = None


class ExactEnds(_Read):
    """The two ends of an interval as fractions."""

    floor: Ratio
    ceiling: Ratio


class PrintedEnds(_Read):
    """The two ends of an interval as they are printed."""

    floor: Printed
    ceiling: Printed


class GradeRead(_Read):
    """A grade of the ruleset."""

    id: Identifier
    title: Said
    at_least: Points


class ScoringRead(_Read):
    """How points became a score."""

    model: Literal["points", "flat", "absolute"]
    total: Points | None
    not_applicable: Literal["full", "zero"] | None
    grades: list[GradeRead]
    pass_: Identifier = Field(alias="pass")
    bonus_cap: Points | None
    deductions_cap: Points | None


class RulesetRead(_Read):
    """Which rules judged."""

    id: Identifier
    version: str
    digest: Digest
    title: Said
    scoring: ScoringRead


class SubjectRead(_Read):
    """Who was judged."""

    id: Identifier
    name: str
    kind: SubjectKind
    region: list[str]


class PeriodRead(_Read):
    """The days that were judged."""

    from_: IsoDate = Field(alias="from")
    to: IsoDate


class FileRead(_Read):
    """One file that came with a submission."""

    name: str
    digest: Digest
    size: int
    evidence: list[str]


class SubmissionRead(_Read):
    """What was judged."""

    digest: Digest
    subject: SubjectRead
    period: PeriodRead
    package: Digest | None = None
    files: list[FileRead] | None = None


class ScoreRead(_Read):
    """The score."""

    floor: Printed
    ceiling: Printed
    exact: ExactEnds


class SectionRead(_Read):
    """One section."""

    id: Identifier
    title: Said
    cap: Points | None


class TextRead(_Read):
    """What was measured, required or short, in words."""

    text: Said


class WindowRead(_Read):
    """One window of a cadence."""

    from_: IsoDate = Field(alias="from")
    to: IsoDate
    needed: int
    found: int
    state: Literal["met", "missed", "open", "cut"]


class FindingRead(_Read):
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


class EntryRead(_Read):
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


class CriterionRead(_Read):
    """One criterion's conclusion."""

    id: Identifier
    section: Identifier
    supersedes: Identifier | None = None
    clause: str
    item: str | None
    title: Said
    level: Literal["must", "should", "may"]
    veto: bool
    method: Method
    outcome: Outcome
    waits: list[Literal["evidence", "person", "time"]]
    points: Points
    credit: ExactEnds | None
    earned: PrintedEnds
    findings: list[FindingRead]
    review: EntryRead | None = None
    changes: list[EntryRead] = []


class _Signed(_Read):
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


class ReviewerRead(_Read):
    """A reviewer: role, unit, staff number."""

    role: Role
    unit: str
    number: str


class ReviewRead(_Read):
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


class EvidenceRead(_Read):
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


class DeductionRead(_Read):
    """A line of the deductions from the total."""

    title: Said
    lost: PrintedEnds
    exact: ExactEnds


class IntegrityRead(_Read):
    """One integrity finding."""

    code: str
    evidence: list[str]
    message: Said


class AssessmentFile(_Read):
    """``{"assessment": 1, …}`` as ``duibiao score`` writes it."""

    assessment: Literal[1]
    digest: Digest
    stage: Stage
    as_of: IsoDate
    ruleset: RulesetRead
    submission: SubmissionRead
    reviews: list[ReviewRead]
    supersedes: Digest | None = None
    score: ScoreRead | None
    grade: Identifier | None
    accepted: bool | None
    sections: list[SectionRead]
    criteria: list[CriterionRead]
    evidence: list[EvidenceRead]
    deductions: list[DeductionRead]
    integrity: list[IntegrityRead]


def not_an_assessment(data: Any) -> Fault | None:
    """What keeps ``data`` from being an assessment of this format as it was written, or None."""
    if not isinstance(data, dict) or "assessment" not in data:
        what = Words("这不是评估结果", "this is no assessment")
        mend = Words("用 duibiao score 写出的 .json", "use a .json that duibiao score wrote")
        return Fault("no_assessment", (), what, mend)
    if data["assessment"] != 1:
        what = Words("评估结果的格式版本不认识", "this version of the format is not known")
        return Fault("unknown_format", ("assessment",), what)
    if digest({key: value for key, value in data.items() if key != "digest"}) != data.get("digest"):
        what = Words(
            "内容与校验码不符，写出之后被改动过", "the content does not match its digest: it was altered"
        )
        mend = Words("用原来的文件，或重新评分", "use the file as it was written, or score again")
        return Fault("altered", ("digest",), what, mend)
    return None


def contradictions(document: Json) -> Iterator[Fault]:
    """Where an assessment of the right shape contradicts itself: ids that repeat, a score that its criteria do not make."""
    ids = [one["id"] for one in document["criteria"]]
    sections = {one["id"] for one in document["sections"]}
    if len(set(ids)) != len(ids) or any(one["section"] not in sections for one in document["criteria"]):
        what = Words("指标重复，或不属于任何类目", "a criterion stands twice or in no section")
        yield Fault("contradiction", ("criteria",), what)
        return
    scoring = document["ruleset"]["scoring"]
    grades = {one["id"] for one in scoring["grades"]}
    if scoring["pass"] not in grades or not {document["grade"]} <= {*grades, None}:
        what = Words("等次不在规则集的等次之中", "a grade that the ruleset does not have")
        yield Fault("contradiction", ("grade",), what)
    for end in ENDS:
        made, stated = account(document, end), document["score"]
        total: Number | None = None if made is None else made.score
        if (None if stated is None else stated["exact"][end]) != (None if total is None else str(total)):
            what = Words("总分与各项指标的得分对不上", "the score does not follow from the criteria")
            mend = Words("用本版程序重新评分", "score again with this version of the program")
            yield Fault("contradiction", ("score", "exact", end), what, mend)
