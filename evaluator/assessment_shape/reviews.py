"""What an assessment says of the reviews that were applied."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from evaluator.assessment_parts import Read
from evaluator.assessment_shape.base import Amount, Both, Day, Digest, ReviewerShown, Stage, Worded
from evaluator.model import Identifier
from evaluator.review_entries import Decided, ThingKind
from evaluator.ruleset import Method


class ValueShown(Read):
    """A value that was claimed or verified."""

    value: str | int | bool | list[str] | None
    text: Both


class _Said(Read):
    method: Method | None
    date: Day | None
    reason: str
    by: list[str]


class CorrectionShown(_Said):
    """A correction."""

    kind: ThingKind
    id: str
    unit: str | None
    field: Literal["issued", "valid_to", "contains", "attachment"] | None
    label: Both
    claimed: ValueShown
    verified: ValueShown


class OnEvidenceShown(_Said):
    """Evidence that was rejected, or accepted again."""

    id: str
    label: Both


class LevelShown(_Said):
    """A level that was given."""

    criterion: Identifier
    level: int
    text: Worded


class DecisionShown(_Said):
    """A decision."""

    criterion: Identifier
    outcome: Decided
    earned: Amount | None


class ConfirmationShown(_Said):
    """A confirmation."""

    criterion: Identifier


class _Signed(Read):
    stage: Stage
    digest: Digest
    reviewer: ReviewerShown
    also: list[ReviewerShown]


class SignedCorrection(_Signed, CorrectionShown):
    """A correction, with its review."""

    entry: Literal["correction"]


class SignedRejection(_Signed, OnEvidenceShown):
    """A rejection, with its review."""

    entry: Literal["rejection"]


class SignedLevel(_Signed, LevelShown):
    """A level, with its review."""

    entry: Literal["rating"]


class SignedDecision(_Signed, DecisionShown):
    """A decision, with its review."""

    entry: Literal["decision"]


class SignedConfirmation(_Signed, ConfirmationShown):
    """A confirmation, with its review."""

    entry: Literal["confirmation"]


SignedEntry: TypeAlias = Annotated[
    SignedCorrection | SignedRejection | SignedLevel | SignedDecision | SignedConfirmation,
    Field(discriminator="entry"),
]


class OfSubmissionShown(Read):
    """The submission as the review states it."""

    id: Identifier
    digest: Digest | None


class MergedShown(Read):
    """What the review was reconciled from."""

    of: list[Digest]
    gap: Amount
    third: Digest | None


class ReviewShown(Read):
    """A whole review."""

    stage: Stage
    digest: Digest
    reviewer: ReviewerShown
    also: list[ReviewerShown]
    date: Day | None
    method: Method | None
    submission: OfSubmissionShown
    follows: list[Digest]
    settles: list[Digest]
    merged: MergedShown | None
    corrections: list[CorrectionShown]
    rejected_evidence: list[OnEvidenceShown]
    accepted_evidence: list[OnEvidenceShown]
    ratings: list[LevelShown]
    decisions: list[DecisionShown]
    confirmations: list[ConfirmationShown]
