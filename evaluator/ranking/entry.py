"""What a ranking knows of one assessment: a few exact numbers, never the whole document."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from evaluator.finding import Outcome


class Extent(NamedTuple):
    """Points between what is certain and what can still be reached."""

    floor: Fraction
    ceiling: Fraction


class SectionEntry(NamedTuple):
    """What one section came to: the points that applied, and those earned of them."""

    section: str
    applicable: Fraction
    earned: Extent


class Entry(NamedTuple):
    """One subject's result under one ruleset.

    ``score`` is out of 100, None where nothing applied; ``decided`` is the share of the points that is certain. ``vetoes``
    are the criteria whose veto failed, ``open_vetoes`` those that are not decided; ``integrity`` are the codes of the
    integrity findings, one for each. ``claimed`` is the score of the self-check beneath the reviews, None where there is no
    review. ``digest`` is the submission's.
    """

    id: str
    name: str
    kind: str
    region: tuple[str, ...]
    period: tuple[str, str]
    stage: str
    as_of: str
    score: Extent | None
    decided: Fraction
    applicable_points: Fraction
    not_applicable_points: Fraction
    grade: str | None
    accepted: bool | None
    vetoes: tuple[str, ...]
    open_vetoes: tuple[str, ...]
    integrity: tuple[str, ...]
    sections: tuple[SectionEntry, ...]
    claimed: Extent | None
    digest: str


class Tally(NamedTuple):
    """How many subjects of a region came to the same of one criterion: outcome, points earned, and how far they fell short.

    ``short`` is the amount that is missing of the item ``of``, ``short_by`` in what way (``more``, ``fewer``, ``windows``,
    ``late_day`` …); None where the machine states none. ``of`` is empty where it is of several things of which some do not hold.
    """

    criterion: str
    region: tuple[str, ...]
    outcome: Outcome
    points: Fraction
    earned: Extent
    short: Fraction | None
    of: str | None
    short_by: str | None
    subjects: int
