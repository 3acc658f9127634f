"""What an element adds to the sure score, as a row of numbers that can be added up, capped and turned into a score."""

from __future__ import annotations

from copy import copy
from fractions import Fraction
from math import lcm

from evaluator.deductions import Loss
from evaluator.exact import Number, total
from evaluator.planning.world import Element
from evaluator.ruleset import Ruleset
from evaluator.score import earned, out_of_100, weight

Row = tuple[Number, ...]


class Ledger:
    """Rows for one ruleset.

    A row holds points earned and points not applicable of all sections without a cap, then of each section with one; then bonus,
    deductions, and how many vetoes are not satisfied. ``caps`` bound its numbers, in the same places.
    """

    def __init__(self, ruleset: Ruleset) -> None:
        self.scoring = ruleset.scoring
        capped = [section for section in ruleset.sections if section.cap is not None]
        slots = {section.id: 2 + 2 * n for n, section in enumerate(capped)}
        self._slot = {criterion.id: slots.get(section.id, 0) for _, section, criterion in ruleset.criteria()}
        self._bonus = 2 + 2 * len(capped)
        self.vetoes = self._bonus + 2
        self.nothing: Row = (0,) * (self.vetoes + 1)
        points: list[Number] = [Fraction(0)] * self._bonus
        for _, _, criterion in ruleset.criteria():
            if criterion.level != "may":
                worth = Fraction(1) if self.scoring.model == "flat" else criterion.points.value
                points[self._slot[criterion.id]] += worth
        self._points = tuple(points)
        caps: list[Number | None] = [None] * len(self.nothing)
        for n, section in enumerate(capped, 1):
            caps[2 * n] = section.cap.value if section.cap is not None else None
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

    def row(self, element: Element) -> Row:
        """What one verdict or loss adds at least."""
        found = list(self.nothing)
        if isinstance(element, Loss):
            found[self._bonus + 1] = element.most
            return tuple(found)
        criterion = element.criterion
        slot, may = self._slot[criterion.id], criterion.level == "may"
        if element.credit is not None:
            found[self._bonus if may else slot] = earned(element, self.scoring).floor
            found[self.vetoes] = int(criterion.veto and element.credit.floor < 1)
        elif not may:
            found[slot + 1] = weight(element, self.scoring)
        return tuple(found)

    def add(self, one: Row, other: Row) -> Row:
        """Both rows together; what a cap cuts off now can bring nothing later, for nothing in a row is below 0."""
        return tuple(
            [
                a + b if cap is None or a + b <= cap else cap
                for a, b, cap in zip(one, other, self.caps, strict=True)
            ]
        )

    def worth(self, element: Element) -> Number:
        """What one verdict or loss brings at least: points, of a `may` criterion bonus, of a loss (below 0) score points."""
        row = self.row(element)
        return total(row[0 : self._bonus + 1 : 2]) - row[self._bonus + 1]

    def score(self, row: Row) -> Number | None:
        """The sure score of the sum of all rows, capped or not; None where nothing applies."""
        row = self.add(row, self.nothing)
        sums, applicable, away = row[0], self._points[0] - row[1], row[1]
        for n in range(2, self._bonus, 2):
            cap = self.caps[n]
            assert cap is not None
            sums, applicable = sums + row[n], applicable + min(self._points[n] - row[n + 1], cap)
            away += row[n + 1]
        if not applicable:
            return None
        if self.scoring.total is not None and self.scoring.not_applicable == "full":
            sums += away
        return out_of_100(sums, applicable, row[self._bonus], row[self._bonus + 1], self.scoring)

    def better(self, one: Row, other: Row) -> bool:
        """Whether ``one`` is at least as good as ``other`` whatever is added to both; of rows without their first number."""
        last = self._bonus - 1
        if any(one[n] != other[n] for n in range(0, last, 2)):
            return False
        return (
            all(one[n] >= other[n] for n in range(1, last, 2))
            and one[last] >= other[last]
            and one[last + 1] <= other[last + 1]
            and one[last + 2] <= other[last + 2]
        )
