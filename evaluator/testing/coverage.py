"""What the cases of a ruleset cover: outcomes of criteria, sides of boundaries, evidence items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.finding import Outcome
from evaluator.ruleset import Criterion, Ruleset
from evaluator.testing.boundaries import Boundary, Side, boundaries
from evaluator.testing.running import Ran
from evaluator.testing.standing import standing

FAILING: tuple[Outcome, ...] = ("not_satisfied", "partly_satisfied")


class Covered(NamedTuple):
    """One boundary: the sides a case can stand on, and for each side the positions of the cases that do."""

    boundary: Boundary
    sides: tuple[Side, ...]
    cases: Mapping[Side, tuple[int, ...]]

    @property
    def missing(self) -> tuple[Side, ...]:
        """The sides that no case stands on."""
        return tuple(side for side in self.sides if side not in self.cases)


class OfCriterion(NamedTuple):
    """One criterion: how many cases (of it alone) came to each outcome, and its boundaries.

    ``wanting`` are the outcomes that a case should show and none does: it satisfied, it failed (``not_satisfied`` or
    ``partly_satisfied``), it not applying where it has a condition.
    """

    criterion: Criterion
    outcomes: Mapping[Outcome, int]
    wanting: tuple[Outcome, ...]
    boundaries: tuple[Covered, ...]


class Coverage(NamedTuple):
    """What the cases cover; ``scoring`` are the boundaries of the score, ``never_given`` the evidence items in no case."""

    criteria: tuple[OfCriterion, ...]
    scoring: tuple[Covered, ...]
    never_given: tuple[str, ...]

    def boundaries(self) -> tuple[Covered, ...]:
        """Every boundary."""
        return (*(one for criterion in self.criteria for one in criterion.boundaries), *self.scoring)

    @property
    def complete(self) -> bool:
        """Whether nothing is missing."""
        return not (
            any(one.wanting for one in self.criteria)
            or any(one.missing for one in self.boundaries())
            or self.never_given
        )


def coverage(cases: Iterable[Ran], ruleset: Ruleset, catalogue: Catalogue) -> Coverage:
    """What ``cases`` of ``ruleset`` cover."""
    cases = tuple(cases)
    stood: dict[Boundary, dict[Side, list[int]]] = {}
    outcomes: dict[str, Counter[Outcome]] = {name: Counter() for name in ruleset.by_id()}
    for one in cases:
        for boundary, side in set(standing(one, ruleset)):
            stood.setdefault(boundary, {}).setdefault(side, []).append(one.number)
        if one.case.criterion is not None:
            outcomes[one.case.criterion][one.verdicts[one.case.criterion].outcome] += 1
    of: dict[str | None, list[Covered]] = {}
    for boundary, sides in boundaries(ruleset, catalogue).items():
        seen = {side: tuple(numbers) for side, numbers in stood.get(boundary, {}).items()}
        of.setdefault(boundary.criterion, []).append(Covered(boundary, sides, seen))
    criteria = tuple(
        OfCriterion(one, outcomes[name], _wanting(one, outcomes[name]), tuple(of.get(name, ())))
        for name, one in ruleset.by_id().items()
    )
    return Coverage(criteria, tuple(of.get(None, ())), _never_given(cases, ruleset))


def _wanting(criterion: Criterion, seen: Mapping[Outcome, int]) -> tuple[Outcome, ...]:
    wanting: list[Outcome] = []
    if not seen.get("satisfied"):
        wanting.append("satisfied")
    if not any(seen.get(one) for one in FAILING):
        wanting.append("not_satisfied")
    if criterion.applies_when is not None and not seen.get("not_applicable"):
        wanting.append("not_applicable")
    return tuple(wanting)


def _never_given(cases: Iterable[Ran], ruleset: Ruleset) -> tuple[str, ...]:
    given: set[str] = set()
    for one in cases:
        facts = one.case.given
        given.update(facts.counts, facts.events, facts.documents, facts.statements, facts.units, facts.none)
        for units in facts.units.values():
            for unit in units:
                given.update(unit.counts, unit.statements)
    lines = ruleset.scoring.deductions.lines if ruleset.scoring.deductions else ()
    used = [use.id for _, _, criterion in ruleset.criteria() for use in criterion.uses()]
    for line in lines:
        used.extend(use.id for use in line.own_uses())
        used.extend(use.id for _, check in line.checks() for use in check.uses())
    return tuple(name for name in dict.fromkeys(used) if name not in given)
