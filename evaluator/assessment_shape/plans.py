"""What an assessment says of the action plan, and of a rectification list that came back."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from evaluator.assessment_parts import Read
from evaluator.assessment_shape.base import (
    Amount,
    Both,
    Day,
    Days,
    Digest,
    Ends,
    GradeShown,
    Printed,
    Waits,
    Worded,
)
from evaluator.model import Identifier
from evaluator.planning.options import Code
from evaluator.planning.plan import State as PlanState
from evaluator.planning.rectification import State, Status


class PlanScores(Read):
    """The score at the end of the period."""

    idle: Ends | None
    planned: Ends | None
    most: Ends | None


class _Element(Read):
    criterion: Identifier | None
    deduction: int | None
    points: Amount


class GainShown(_Element):
    """What an action wins of one criterion or deduction."""


class VisitShown(Days):
    """When events are to be held, and how many times."""

    times: int


class DueShown(Read):
    """The last days."""

    first: Day
    last: Day


class ActionShown(Read):
    """One action."""

    id: str
    does: Code
    text: Both
    problems: list[Both]
    gains: list[GainShown]
    points: Amount
    bonus: Amount
    score: Printed | None
    schedule: list[VisitShown]
    due: DueShown
    assumed: bool
    reported: bool
    responsible: list[Worded]
    supporting: list[Worded]


class LostShown(_Element):
    """Points that no action wins."""

    items: list[str]
    reasons: list[Both]
    windows: list[Days]
    on: Day | None


class WaitingShown(_Element):
    """Points that wait for a person or for evidence."""

    items: list[str]
    reasons: list[Both]
    waits: list[Waits]


class PlanShown(Read):
    """The action plan."""

    target: GradeShown
    state: PlanState
    method: Literal["exact", "greedy"]
    from_: Day | None = Field(alias="from")
    to: Day
    score: PlanScores
    vetoes: list[Identifier]
    steps: list[ActionShown]
    further: list[ActionShown]
    lost: list[LostShown]
    waiting: list[WaitingShown]


class ReturnedItem(Read):
    """One item of a rectification list that came back."""

    number: int
    id: str
    label: Both
    criteria: list[Identifier]
    status: Status | None
    state: State
    left: Both | None


class RectificationShown(Read):
    """A rectification list that came back."""

    digest: Digest
    as_of: Day
    items: list[ReturnedItem]
