"""What an assessment says of sections, criteria, findings and deductions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evaluator.assessment_parts import Read
from evaluator.assessment_shape.base import (
    Amount,
    Both,
    Day,
    Ends,
    Exact,
    Outcome,
    Stage,
    Value,
    Waits,
    Worded,
)
from evaluator.assessment_shape.reviews import SignedEntry
from evaluator.evaluate import Role
from evaluator.finding import WindowState
from evaluator.model import Basis, DutyHolder, Identifier
from evaluator.ruleset import Level, Method


class SectionShown(Read):
    """One section."""

    id: Identifier
    title: Both
    points: Amount
    not_applicable_points: Amount
    cap: Amount | None
    earned: Ends
    rate: Ends | None
    bonus: Ends
    lost: Ends | None = None


class MeasuredShown(Read):
    """What was measured."""

    value: Value | None
    parts: dict[str, int | str]
    text: Both


class RequiredShown(Read):
    """What was required."""

    value: Value | None
    text: Both


class ShortfallShown(Read):
    """How far short it falls."""

    amount: Amount
    of: str
    possible: bool
    text: Both


class WindowShown(Read):
    """One window of a cadence."""

    from_: Day = Field(alias="from")
    to: Day
    needed: int
    found: int
    state: WindowState


class FindingShown(Read):
    """One check's outcome."""

    kind: str
    role: Role
    parent: int | None
    of: list[str]
    outcome: Outcome
    waits: Waits | None
    credit: Exact | None
    measured: MeasuredShown | None
    required: RequiredShown | None
    shortfall: ShortfallShown | None
    evidence: list[str]
    reason: Both
    unit: str | None = None
    windows: list[WindowShown] | None = None


class SelfRatingShown(Read):
    """The level that the subject gave itself."""

    level: int
    reason: str


class VerdictShown(Read):
    """A verdict: outcome, what it waits for, points."""

    outcome: Outcome
    waits: list[Waits]
    earned: Ends


class VerdictAtStage(VerdictShown):
    """A verdict at one stage, and who decided it."""

    stage: Stage
    decided_by: Literal["machine", "rating", "decision"]
    machine: VerdictShown | None = None


class BasisShown(Read):
    """Where each figure comes from."""

    threshold: Basis | None = None
    points: Basis
    level: Basis
    veto: Basis | None = None


class CriterionShown(Read):
    """One criterion's conclusion."""

    id: Identifier
    supersedes: Identifier | None = None
    section: Identifier
    clause: str
    item: str | None
    printed: str | None
    anchors: list[str]
    title: Both
    requirement: Worded
    remedy: Worded
    level: Level
    veto: bool
    veto_effect: Literal["cap", "end"] | None = None
    veto_grade: Identifier | None = None
    nature: Literal["requirement", "prohibition"]
    basis: BasisShown
    duty_of: list[DutyHolder]
    responsible: list[str]
    method: Method
    outcome: Outcome
    waits: list[Waits]
    points: Amount
    credit: Exact | None
    earned: Ends
    findings: list[FindingShown]
    self_rating: SelfRatingShown | None
    machine: VerdictShown | None = None
    stages: list[VerdictAtStage] | None = None
    review: SignedEntry | None = None
    changes: list[SignedEntry] | None = None


class DeductionShown(Read):
    """A line of the deductions from the total."""

    title: Both
    section: Identifier | None = None
    lost: Ends
    exact: Exact
    findings: list[FindingShown]
