"""What several parts of an assessment are made of."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from evaluator.assessment_parts import ExactEnds as Exact
from evaluator.assessment_parts import Printed, Read, Stage
from evaluator.assessment_parts import PrintedEnds as Ends
from evaluator.finding import Outcome, Waits
from evaluator.model import Digest, Identifier
from evaluator.review import Role

__all__ = ["Digest", "Ends", "Exact", "Outcome", "Printed", "Stage", "Waits"]

Amount = Annotated[str, Field(pattern=r"^(> )?-?[0-9]{1,20}(\.[0-9]{1,20})?…?$")]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Value = Annotated[str, Field(pattern=r"^-?[0-9]{1,400}(/[1-9][0-9]{0,400})?$")]


class Both(Read):
    """A text in Chinese and English."""

    zh: str
    en: str


class Worded(Read):
    """A text of a rule file: English may be absent."""

    zh: str
    en: str | None = None


class Days(Read):
    """From one day to another, both inclusive."""

    from_: Day = Field(alias="from")
    to: Day


class GradeShown(Read):
    """A grade."""

    id: Identifier
    title: Both
    at_least: str


class ReviewerShown(Read):
    """Who reviewed: a role, a unit, a staff number."""

    role: Role
    unit: str
    number: str


class ScoreShown(Read):
    """The score."""

    floor: Printed
    ceiling: Printed
    decided: Printed
    not_applicable_points: Amount
    exact: Exact
    applicable_points: Amount
    earned: Ends
    bonus: Ends
    deductions: Ends


class StageShown(Read):
    """What one stage came to."""

    stage: Stage
    score: ScoreShown | None
    grade: Identifier | None
    accepted: bool | None
    vetoes: list[Identifier]
