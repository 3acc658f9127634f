"""What of a ruleset's points the score needs, worked out once: whole numbers over one denominator, and positions."""

from __future__ import annotations

from functools import lru_cache
from math import lcm
from typing import NamedTuple

from evaluator.exact import Number, over, total
from evaluator.identity import Same
from evaluator.ruleset import Ruleset, Section, full_points


class Part(NamedTuple):
    """What of one section is the same for all subjects.

    Its criteria stand at ``first`` to ``last`` among the verdicts; ``weights`` are theirs, each in so many parts of a point, 0
    for an encouraged one. ``extras`` are the encouraged ones, position and weight; ``losses`` the positions of its deductions.
    """

    section: Section
    first: int
    last: int
    weights: tuple[int, ...]
    extras: tuple[tuple[int, int], ...]
    losses: tuple[int, ...]
    points: Number


class Weights:
    """The weights of all criteria as whole numbers of ``1 / scale`` points, and where in a judgement what stands."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.scoring = ruleset.scoring
        criteria = [one for _, _, one in ruleset.criteria()]
        points = [full_points(one, self.scoring) for one in criteria]
        self.scale = lcm(*(one.denominator for one in points))
        each = [int(one * self.scale) for one in points]
        self.vetoes = tuple(n for n, one in enumerate(criteria) if one.veto)
        taken = tuple(ruleset.taken())
        self.losses = tuple(n for n, one in enumerate(taken) if one.section is None)
        self.parts: list[Part] = []
        first = 0
        for section in ruleset.sections:
            own = range(first, first := first + len(section.criteria))
            extras = tuple((n, each[n]) for n in own if criteria[n].level == "may")
            weights = tuple(0 if criteria[n].level == "may" else each[n] for n in own)
            losses = tuple(n for n, one in enumerate(taken) if one.section is section)
            worth = over(sum(weights), self.scale)
            self.parts.append(Part(section, own.start, own.stop, weights, extras, losses, worth))
        self.points = total(
            [
                min(one.points, one.section.cap.value) if one.section.cap is not None else one.points
                for one in self.parts
            ]
        )


def weights_of(ruleset: Ruleset) -> Weights:
    """The weights of ``ruleset``, reckoned once for each ruleset object."""
    return _weights(Same(ruleset))


@lru_cache(maxsize=64)
def _weights(ruleset: Same[Ruleset]) -> Weights:
    return Weights(ruleset.value)
