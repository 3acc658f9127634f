"""One year beside another: the entries of both matched by subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from evaluator.ranking.entry import Entry
from evaluator.ranking.figures import HALF, Prints, Sample, Values, quantile
from evaluator.ranking.regions import Path, Regions
from evaluator.ranking.standing import Place, Standings, reasons
from evaluator.ranking.totals import Totals
from evaluator.ruleset import Ruleset

Json = dict[str, Any]
_DIRECTIONS = ("up", "down", "same", "unscored")


class Last(NamedTuple):
    """What a subject came to the year before."""

    floor: Fraction | None
    ceiling: Fraction | None
    grade: str | None
    accepted: bool | None
    place: Place | None


class LastYear:
    """The year before: its standings and sums, and what each subject came to. Of two of one subject the later period stands."""

    def __init__(self, entries: Iterable[Entry], ruleset: Ruleset, values: Values) -> None:
        self._values = values
        self.standings, self.regions = Standings(values), Regions(values)
        self.totals = Totals(ruleset)
        latest: dict[str, tuple[str, str, str]] = {}
        for entry in entries:
            latest[entry.id] = max(latest.get(entry.id, ("", "", "")), _when(entry))
        self._found: dict[str, int] = {}
        told: list[tuple[Fraction | None, Fraction | None, str | None, bool | None]] = []
        for entry in entries:
            if latest[entry.id] != _when(entry) or entry.id in self._found:
                continue
            self._found[entry.id] = len(told)
            why = reasons(entry)
            self.standings.add(entry, why)
            self.regions.add(entry, ranked=not why)
            self.totals.add(entry, why)
            ends = (None, None) if entry.score is None else tuple(map(values.shared, entry.score))
            told.append((ends[0], ends[1], entry.grade, entry.accepted))
        self._told = told
        self._known: set[str] = set()
        self._matched = 0
        self._counts: Counter[str] = Counter()
        self._gained = self._lost = 0
        self._changes = Sample(values)
        self._by_region: dict[Path, Sample] = {}

    def settle(self) -> None:
        """Give the entries of that year their places."""
        self.standings.settle()

    def of(self, name: str) -> Last | None:
        """What the subject ``name`` came to."""
        found = self._found.get(name)
        return None if found is None else Last(*self._told[found], self.standings.place(found))

    def compare(self, entry: Entry) -> None:
        """Take one entry of this year."""
        last = self.of(entry.id)
        if last is None:
            return
        self._known.add(entry.id)
        self._matched += 1
        self._gained += entry.accepted is True and last.accepted is False
        self._lost += entry.accepted is False and last.accepted is True
        if entry.score is None or last.floor is None:
            self._counts["unscored"] += 1
            return
        change = entry.score.floor - last.floor
        self._counts["up" if change > 0 else "down" if change < 0 else "same"] += 1
        self._changes.add(change)
        for depth in range(1, len(entry.region) + 1):
            self._by_region.setdefault(entry.region[:depth], Sample(self._values)).add(change)

    def unmatched(self, entry: Entry) -> bool:
        """Whether a subject of that year has no entry this year."""
        return entry.id not in self._known

    def document(self, now: Totals, subjects: int, prints: Prints) -> Json:
        """The comparison as JSON data; ``now`` are the sums of this year, of so many ``subjects``."""
        whole = dict(self.regions.shown()).get(())
        before, after = self.totals.section_rates(), now.section_rates()
        return {
            "last": None if whole is None else whole.document(prints),
            "common": self.totals.document(prints)["common"],
            "matched": self._matched,
            "new": subjects - self._matched,
            "gone": len(self._found) - len(self._known),
            "directions": {name: self._counts[name] for name in _DIRECTIONS},
            "newly_accepted": self._gained,
            "no_longer_accepted": self._lost,
            "median_change": _median(self._changes, prints),
            "regions": [
                {"path": list(path), "subjects": len(changes), "median_change": _median(changes, prints)}
                for path, changes in sorted(self._by_region.items())
            ],
            "sections": [
                {
                    "id": name,
                    "last": prints(old[0]),
                    "rate": prints(new[0]),
                    "change": prints(new[0] - old[0]),
                }
                for name in after
                if (old := before.get(name)) is not None and (new := after[name]) is not None
            ],
        }


def _when(entry: Entry) -> tuple[str, str, str]:
    return entry.period[1], entry.as_of, entry.digest


def _median(changes: Sample, prints: Prints) -> str | None:
    return prints(quantile(changes.ordered(), HALF)) if len(changes) else None
