"""Who is ranked and who is not, and the places of those who are: the rules of ranking, in code.

The same rules in words, as they are printed: ``scorecards.ranking_rules``.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from fractions import Fraction
from typing import Literal, NamedTuple

from evaluator.ranking.entry import Entry
from evaluator.ranking.figures import Values

Reason = Literal["veto_failed", "nothing_applies", "veto_open", "grade_open", "acceptance_open"]
# In this order: the first that holds is the one by which a subject is counted.
REASONS: tuple[Reason, ...] = ("veto_failed", "nothing_applies", "veto_open", "grade_open", "acceptance_open")


def reasons(entry: Entry) -> tuple[Reason, ...]:
    """Why ``entry`` is not ranked; empty where it is."""
    holds = (
        bool(entry.vetoes),
        entry.score is None,
        bool(entry.open_vetoes),
        entry.score is not None and entry.grade is None,
        entry.score is not None and entry.accepted is None,
    )
    found = tuple(reason for reason, held in zip(REASONS, holds, strict=True) if held)
    # What leaves the grade or a veto open leaves acceptance open, too: it says nothing more.
    return found if len(found) < 2 else tuple(one for one in found if one != "acceptance_open")


class Place(NamedTuple):
    """A rank, and the best and worst that are still possible while the undecided points of all who are ranked are open."""

    rank: int
    best: int
    worst: int


class Standings:
    """The places of many entries: a few numbers for each, never the entry. ``add`` them all, then ``settle``."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.ids: list[str] = []
        self._marks: list[str] = []
        self._floors, self._ceilings, self._reasons = array("I"), array("I"), array("B")
        self.positions: array[int] = array("I")
        self.ranked = 0
        self._ranks: list[int] = []
        self._floor_ranks: list[int] = []
        self._ceiling_ranks: list[int] = []
        self._distinct: list[Fraction] = []
        self._distinct_ranks: list[int] = []

    def add(self, entry: Entry, why: tuple[Reason, ...]) -> None:
        """Take one more entry; ``why`` it is not ranked."""
        self.ids.append(entry.id)
        # Two of one subject keep their order however the entries come.
        self._marks.append(f"{entry.period[1]}{entry.as_of}{entry.digest[-12:]}")
        floor, ceiling = entry.score or (Fraction(0), Fraction(0))
        self._floors.append(self._values.number(floor))
        self._ceilings.append(self._values.number(ceiling))
        self._reasons.append(REASONS.index(why[0]) + 1 if why else 0)
        self.ranked += not why

    def __len__(self) -> int:
        return len(self.ids)

    def settle(self) -> None:
        """Give each entry its position in the whole list: the ranked by score, then the others by reason; ties by id."""
        self._ranks = ranks = self._values.ranks()
        floors = [ranks[number] for number in self._floors]
        order = sorted(
            range(len(self.ids)),
            key=lambda n: (
                self._reasons[n],
                0 if self._reasons[n] else -floors[n],
                self.ids[n],
                self._marks[n],
            ),
        )
        self.positions = array("I", [0]) * len(order)
        for position, n in enumerate(order):
            self.positions[n] = position
        among = order[: self.ranked]
        self._floor_ranks = sorted(floors[n] for n in among)
        self._ceiling_ranks = sorted(ranks[self._ceilings[n]] for n in among)
        by_rank = {floors[n]: self._values.listed[self._floors[n]] for n in among}
        self._distinct_ranks = sorted(by_rank)
        self._distinct = [by_rank[rank] for rank in self._distinct_ranks]

    def place(self, n: int) -> Place | None:
        """The place of the ``n``-th entry that was added; None where it is not ranked."""
        if self._reasons[n]:
            return None
        ranks = self._ranks
        floor, ceiling = ranks[self._floors[n]], ranks[self._ceilings[n]]
        return Place(
            1 + self._above(self._floor_ranks, floor),
            1 + self._above(self._floor_ranks, ceiling),
            1 + self._above(self._ceiling_ranks, floor) - (ceiling > floor),
        )

    @staticmethod
    def _above(ordered: list[int], rank: int) -> int:
        return len(ordered) - bisect_right(ordered, rank)

    def between(self, n: int) -> tuple[Fraction, ...]:
        """The middles between the ``n``-th entry's confirmed score and the next ones of those ranked.

        A score that is printed on its own side of them never looks like that of another rank.
        """
        if self._reasons[n]:
            return ()
        number = self._floors[n]
        here = bisect_left(self._distinct_ranks, self._ranks[number])
        value = self._values.listed[number]
        return tuple(
            (value + self._distinct[beside]) / 2
            for beside in (here - 1, here + 1)
            if 0 <= beside < len(self._distinct)
        )

    def repeated(self) -> int:
        """How many entries are of a subject that has another one."""
        return len(self.ids) - len(set(self.ids))
