"""What a change of rules does to one subject: plain data, exact, that can be sent between processes."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, NamedTuple

from evaluator.errors import Words
from evaluator.exact import Number
from evaluator.finding import Outcome

Direction = Literal["gains", "loses", "same", "unknown"]
Reason = Literal["never_asked", "not_submitted", "person", "time", "prerequisite", "no_score"]


class Standing(NamedTuple):
    """How a subject stands by what is confirmed: score (None where nothing applies), its grade, whether it is accepted."""

    score: Number | None
    grade: str | None
    accepted: bool


class Short(NamedTuple):
    """How far a subject newly falls short: ``amount`` of the item ``of``, of which ``before`` was short already."""

    of: str
    amount: Number
    before: Number
    text: Words


class Unknown(NamedTuple):
    """Why a criterion cannot be told: the evidence (kind and id) that was never asked for, or what else it waits for."""

    criterion: str
    reason: Reason
    items: tuple[tuple[str, str], ...] = ()


class Touched(NamedTuple):
    """One criterion that comes out otherwise: its outcomes (None where it does not stand in a ruleset), and its share.

    ``effect`` is in score points; all effects of a subject, with ``rest``, add up to the difference of its confirmed scores.
    """

    criterion: str
    old: Outcome | None
    new: Outcome | None
    direction: Direction
    effect: Fraction
    short: tuple[Short, ...] = ()


class UnitImpact(NamedTuple):
    """One subject under both rulesets.

    ``low`` takes what is unknown as nothing, ``high`` as everything: where they agree, the direction is known.
    """

    subject: str
    name: str
    region: tuple[str, ...]
    old: Standing
    low: Standing
    high: Standing
    direction: Direction
    grade: Direction
    acceptance: Direction
    touched: tuple[Touched, ...]
    rest: Fraction
    unknown: tuple[Unknown, ...]
