"""What a finding required, read back from its sentence: thresholds, steps, a scale, the form of a group.

An assessment words what was required (``evaluator.required_wording``); only the words say how a number is compared.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NamedTuple

from evaluator.exact import Exact, parse_exact
from evaluator.finding import Requirement

_COMPARISONS = {
    "at least": "at_least",
    "at most": "at_most",
    "above": "above",
    "more than": "above",
    "below": "below",
    "fewer than": "below",
    "equal to": "equals",
    "exactly": "equals",
}
_NUMBER = r"[0-9]{1,15}(?:\.[0-9]{1,12})?"
_LIMIT = rf"({'|'.join(_COMPARISONS)}) ({_NUMBER}%?)(?: [^;:]*?)?"
_LIMITS = re.compile(rf"{_LIMIT}(?: and {_LIMIT})?")
_STEP = re.compile(rf"{_LIMIT} earns ({_NUMBER}) ?(points|%)")
_SCALE = re.compile(rf"credit rises from ({_NUMBER}%?) to ({_NUMBER}%?)")
_EARNS = re.compile(rf"each of .* earns ({_NUMBER}) points, at most ({_NUMBER})", re.DOTALL)
_BEST = re.compile(rf"the best alternative: ({_NUMBER}(?:, {_NUMBER})*) points")
_OF = re.compile(r"at least ([0-9]{1,6}) members hold")
_EVERY = re.compile(r"every .* holds", re.DOTALL)


class Form(NamedTuple):
    """How a group combines its members: ``all``, ``any``, ``of`` so many, ``each``."""

    name: str
    wanted: int = 0


def comparison(text: str, points: Fraction | None) -> Requirement | None:
    """The limits, steps or scale at the end of ``text`` (English); None where they are not told for sure.

    Steps in points are shares of ``points``, those of the criterion.
    """
    if found := _EARNS.fullmatch(text):
        each, most = (Fraction(one) for one in found.groups())
        return None if not each else Requirement("earns", (("at_least", Exact(most / each)),))
    tail = text.rpartition("steps: ")[2] if "steps: " in text else text.rpartition(": ")[2]
    if found := _SCALE.fullmatch(tail):
        start, end = (_exact(one) for one in found.groups())
        return None if start.value == end.value else Requirement("scale", scale=(start, end))
    if "steps: " in text:
        return _steps(tail, points)
    found = _LIMITS.fullmatch(tail)
    if found is None:
        return None
    groups = [one for one in found.groups() if one is not None]
    limits = tuple((_COMPARISONS[groups[n]], _exact(groups[n + 1])) for n in range(0, len(groups), 2))
    return Requirement("limits", limits)


def _steps(tail: str, points: Fraction | None) -> Requirement | None:
    steps = []
    for line in tail.split("; "):
        found = _STEP.fullmatch(line)
        if found is None:
            return None
        name, limit, earned, kind = found.groups()
        if kind == "points" and not points:
            return None
        share = Fraction(earned) / (points if kind == "points" and points else 100)
        steps.append((_COMPARISONS[name], _exact(limit), share))
    return Requirement("steps", steps=tuple(steps))


def form(text: str) -> Form | None:
    """How the group that ``text`` (English) speaks of combines its members; None where it counts them by steps."""
    if text == "all members hold":
        return Form("all")
    if text == "one member holds":
        return Form("any")
    if found := _OF.fullmatch(text):
        return Form("of", int(found[1]))
    return Form("each") if _EVERY.fullmatch(text) else None


def alternatives(text: str) -> list[Fraction]:
    """The points of each alternative that ``text`` (English) names."""
    found = _BEST.fullmatch(text)
    return [] if found is None else [Fraction(one) for one in found[1].split(", ")]


def _exact(text: str) -> Exact:
    found = parse_exact(text)
    assert found is not None
    return found
