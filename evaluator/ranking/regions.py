"""Entries summed up by region: at each level of the tree, and those whose region ends above the lowest level."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evaluator.ranking.entry import Entry
from evaluator.ranking.figures import Prints, Sample, Values, share, spread
from evaluator.submission import natural

Json = dict[str, Any]
Path = tuple[str, ...]
# Stands at the end of the path of what lies in a region and in none of its parts.
DIRECT = ""


class Group:
    """The sums of some entries: how many, accepted or not, and their scores."""

    __slots__ = ("accepted", "ceilings", "floors", "ranked", "refused", "subjects")

    def __init__(self, values: Values) -> None:
        self.subjects = self.ranked = self.accepted = self.refused = 0
        self.floors, self.ceilings = Sample(values), Sample(values)

    def add(self, entry: Entry, *, ranked: bool) -> None:
        """One more entry."""
        self.subjects += 1
        self.ranked += ranked
        self.accepted += entry.accepted is True
        self.refused += entry.accepted is False
        if entry.score is not None:
            self.floors.add(entry.score.floor)
            self.ceilings.add(entry.score.ceiling)

    def document(self, prints: Prints) -> Json:
        """The sums as JSON data. Rates are in percent; ``scored`` is the number that the figures of scores are made of."""
        undecided = self.subjects - self.accepted - self.refused
        return {
            "subjects": self.subjects,
            "ranked": self.ranked,
            "accepted": {"yes": self.accepted, "no": self.refused, "undecided": undecided},
            "pass_rate": {
                "floor": share(self.accepted, self.subjects),
                "ceiling": share(self.accepted + undecided, self.subjects),
            },
            "scored": len(self.floors),
            "floor": spread(self.floors.ordered(), prints),
            "ceiling": spread(self.ceilings.ordered(), prints),
        }


class Regions:
    """The groups of a tree of regions."""

    def __init__(self, values: Values) -> None:
        self._values = values
        self.groups: dict[Path, Group] = {}

    def add(self, entry: Entry, *, ranked: bool) -> None:
        """One more entry, at each level of its region."""
        region = entry.region
        for depth in range(len(region) + 1):
            self._group(region[:depth]).add(entry, ranked=ranked)
        self._group((*region, DIRECT)).add(entry, ranked=ranked)

    def _group(self, path: Path) -> Group:
        found = self.groups.get(path)
        if found is None:
            found = self.groups[path] = Group(self._values)
        return found

    def shown(self) -> Iterator[tuple[Path, Group]]:
        """The whole (an empty path), then each region before its parts. A region that has no parts is not shown twice."""
        parents = {path[:-1] for path in self.groups if path and path[-1] != DIRECT}
        for path in sorted(self.groups, key=_last):
            if not path or path[-1] != DIRECT or path[:-1] in parents:
                yield path, self.groups[path]

    def document(self, prints: Prints) -> list[Json]:
        """Every group with its path."""
        return [{"path": list(path), **group.document(prints)} for path, group in self.shown()]


def _last(path: Path) -> tuple[tuple[bool, tuple[tuple[int, int | str], ...], str], ...]:
    """In the order of names, as people count; what lies in no part stands after the parts."""
    return tuple((name == DIRECT, natural(name), name) for name in path)
