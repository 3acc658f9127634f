"""What an element adds to the sure score, as a row of numbers that can be added up, capped and turned into a score."""

from __future__ import annotations

from copy import copy
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from evaluator.deductions import Loss
from evaluator.exact import Number, total
from evaluator.planning.reach import LOSS
from evaluator.planning.world import Element
from evaluator.ruleset import Criterion, Ruleset, Scoring, full_points
from evaluator.score import earned, out_of_100, weight

Row = tuple[Number, ...]


class Bar(NamedTuple):
    """From which score on a grade cannot be had while a veto is not satisfied; ``ends``: nor is there any score."""

    line: Number
    ends: bool


class Ledger:
    """Rows for one ruleset.

    A row holds points earned and points not applicable of all sections without a cap or deductions, then of each section with
    one; then bonus, deductions; then for each of ``bars`` how many vetoes with it are not satisfied; then what the deductions of
    each of these sections take. ``caps`` bound its numbers, in the same places.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        self.scoring = ruleset.scoring
        own = [one for one in ruleset.sections if one.cap is not None or one.deductions]
        slots = {section.id: 2 + 2 * n for n, section in enumerate(own)}
        self._slot = {criterion.id: slots.get(section.id, 0) for _, section, criterion in ruleset.criteria()}
        self._bonus = 2 + 2 * len(own)
        self._bar = {one.id: bar_of(one, self.scoring) for _, _, one in ruleset.criteria() if one.veto}
        self.bars = tuple(sorted(set(self._bar.values())))
        self._vetoes = self._bonus + 2
        self._lost = self._vetoes + len(self.bars)
        self._losing = {slots[one.id]: self._lost + n for n, one in enumerate(own)}
        self._loses = tuple(
            self._bonus + 1 if taken.section is None else self._losing[slots[taken.section.id]]
            for taken in ruleset.taken()
        )
        self.nothing: Row = (0,) * (self._lost + len(own))
        points: list[Number] = [Fraction(0)] * self._bonus
        for _, _, criterion in ruleset.criteria():
            if criterion.level != "may":
                points[self._slot[criterion.id]] += full_points(criterion, self.scoring)
        self._points = tuple(points)
        caps: list[Number | None] = [None] * len(self.nothing)
        for section in own:
            # More than a section can earn cannot be taken from it.
            caps[slots[section.id]] = caps[self._losing[slots[section.id]]] = section.worth(self.scoring)
        caps[self._bonus] = self.scoring.bonus.cap.value if self.scoring.bonus else Fraction(0)
        caps[self._bonus + 1] = self.scoring.deductions.cap.value if self.scoring.deductions else Fraction(0)
        self.caps = tuple(caps)

    @property
    def denominator(self) -> int:
        """The common denominator of its caps."""
        return lcm(*(Fraction(cap).denominator for cap in self.caps if cap is not None))

    def scaled(self, scale: int) -> Ledger:
        """This ledger for rows in which every number is ``scale`` times as large."""
        found = copy(self)
        found.caps = tuple(None if cap is None else int(cap * scale) for cap in self.caps)
        return found

    def row(self, name: str, element: Element) -> Row:
        """What one verdict or loss, called ``name`` as elements are, adds at least."""
        found = list(self.nothing)
        if isinstance(element, Loss):
            found[self._loses[int(name.removeprefix(LOSS))]] = element.most
            return tuple(found)
        criterion = element.criterion
        slot, may = self._slot[criterion.id], criterion.level == "may"
        if element.credit is not None:
            found[self._bonus if may else slot] = earned(element, self.scoring).floor
            if criterion.veto and element.credit.floor < 1:
                found[self._vetoes + self.bars.index(self._bar[criterion.id])] = 1
        elif not may:
            found[slot + 1] = weight(element, self.scoring)
        return tuple(found)

    def barred(self, row: Row, line: Number) -> bool:
        """Whether a veto that is not satisfied stands in the way of a grade that begins at ``line``."""
        return any(row[self._vetoes + n] for n, bar in enumerate(self.bars) if bar.line <= line)

    def of_the_score(self, name: str) -> bool:
        """Whether the deduction ``name`` takes score points, not points of a section."""
        return self._loses[int(name.removeprefix(LOSS))] == self._bonus + 1

    def add(self, one: Row, other: Row) -> Row:
        """Both rows together; what a cap cuts off now can bring nothing later, for nothing in a row is below 0."""
        return tuple(
            [
                a + b if cap is None or a + b <= cap else cap
                for a, b, cap in zip(one, other, self.caps, strict=True)
            ]
        )

    def worth(self, name: str, element: Element) -> Number:
        """What one verdict or loss brings at least: points or bonus, of a loss (below 0) points or score points."""
        row = self.row(name, element)
        return total(row[0 : self._bonus + 1 : 2]) - row[self._bonus + 1] - total(row[self._lost :])

    def score(self, row: Row) -> Number | None:
        """The sure score of the sum of all rows, capped or not; None where nothing applies."""
        row = self.add(row, self.nothing)
        sums, applicable, away = row[0], self._points[0] - row[1], row[1]
        for n in range(2, self._bonus, 2):
            cap = self.caps[n]
            assert cap is not None
            sums += max(0, row[n] - row[self._losing[n]])
            applicable += min(self._points[n] - row[n + 1], cap)
            away += row[n + 1]
        if not applicable:
            return None
        if any(row[self._vetoes + n] for n, bar in enumerate(self.bars) if bar.ends):
            return 0
        if self.scoring.total is not None and self.scoring.not_applicable == "full":
            sums += away
        return out_of_100(sums, applicable, row[self._bonus], row[self._bonus + 1], self.scoring)

    def estimate(self, row: Row) -> tuple[Number, ...]:
        """A rough value of a part of the rows: fewer vetoes first, then points."""
        vetoes = sum(row[self._vetoes : self._lost])
        return (-vetoes, sum(row[0 : self._bonus + 1 : 2]) - row[self._bonus + 1] - sum(row[self._lost :]))

    def better(self, one: Row, other: Row) -> bool:
        """Whether ``one`` is at least as good as ``other`` whatever is added to both; of rows without their first number."""
        last = self._bonus - 1
        if any(one[n] != other[n] for n in range(0, last, 2)):
            return False
        return (
            all(one[n] >= other[n] for n in range(1, last, 2))
            and one[last] >= other[last]
            and all(one[n] <= other[n] for n in range(last + 1, len(one)))
        )


def bar_of(criterion: Criterion, scoring: Scoring) -> Bar:
    """What a veto stands in the way of while it is not satisfied."""
    lines = sorted(grade.at_least.value for grade in scoring.grades)
    if criterion.veto_effect == "end":
        return Bar(lines[min(1, len(lines) - 1)], True)
    if criterion.veto_effect == "cap":
        kept = next(one.at_least.value for one in scoring.grades if one.id == criterion.veto_grade)
        return Bar(next((line for line in lines if line > kept), Fraction(101)), False)
    return Bar(scoring.pass_line, False)
