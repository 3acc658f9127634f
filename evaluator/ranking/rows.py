"""One entry as JSON data: a row of the lists by subject."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from evaluator.exact import printed
from evaluator.ranking.entry import Entry, Extent, SectionEntry
from evaluator.ranking.figures import Prints
from evaluator.ranking.standing import Place, Standings, reasons
from evaluator.ranking.totals import NEAR, near, spanned
from evaluator.ranking.years import Last, LastYear
from evaluator.ruleset import Ruleset

Json = dict[str, Any]
_ZERO, _HUNDRED = Fraction(0), Fraction(100)
_REMEMBERED = 50_000


class Rows:
    """Makes rows. Every number is a printed decimal that contradicts no comparison."""

    def __init__(self, ruleset: Ruleset, standings: Standings, last: LastYear | None) -> None:
        self.ruleset, self.standings, self.last = ruleset, standings, last
        self.bounds = {grade.id: grade.at_least.value for grade in ruleset.scoring.grades}
        self.limits = tuple(self.bounds.values())
        self.prints = Prints(self.limits)
        self.shares = Prints((_ZERO, _HUNDRED))
        self.differences = Prints((-NEAR, _ZERO, NEAR))
        self._known: dict[tuple[int, ...], Json] = {}

    def row(self, n: int, entry: Entry) -> Json:
        """The row of the ``n``-th entry."""
        place = self.standings.place(n)
        return {
            "place": _place(place),
            "id": entry.id,
            "name": entry.name,
            "kind": entry.kind,
            "region": list(entry.region),
            "period": list(entry.period),
            "stage": entry.stage,
            "as_of": entry.as_of,
            "score": self._score(n, entry.score),
            "decided": self.shares(entry.decided * 100),
            "applicable_points": self.prints.points(entry.applicable_points),
            "not_applicable_points": self.prints.points(entry.not_applicable_points),
            "grade": entry.grade,
            "accepted": entry.accepted,
            "vetoes": list(entry.vetoes),
            "open_vetoes": list(entry.open_vetoes),
            "reasons": [] if place else self._reasons(entry),
            "integrity": [
                {"code": code, "number": number} for code, number in sorted(Counter(entry.integrity).items())
            ],
            "sections": {one.section: self._section(one) for one in entry.sections if one.applicable},
            "near": [] if entry.score is None else self._near(entry.score.floor),
            "claimed": self._claimed(entry),
            "last": None if self.last is None else self._last(entry, self.last.of(entry.id)),
        }

    def _score(self, n: int, score: Extent | None) -> Json | None:
        if score is None:
            return None
        beside = self.standings.between(n)
        floor = printed(score.floor, (*self.limits, *beside)) if beside else self.prints(score.floor)
        # What is decided is one number, not two.
        return {
            "floor": floor,
            "ceiling": floor if score.floor == score.ceiling else self.prints(score.ceiling),
        }

    def _reasons(self, entry: Entry) -> list[Json]:
        found: list[Json] = []
        for code in reasons(entry):
            one: Json = {"code": code}
            if code == "veto_failed":
                one["criteria"] = list(entry.vetoes)
            elif code == "veto_open":
                one["criteria"] = list(entry.open_vetoes)
            elif code == "grade_open" and entry.score is not None:
                one["grades"] = list(spanned(entry.score, self.ruleset))
            found.append(one)
        return found

    def _section(self, one: SectionEntry) -> Json:
        floor, ceiling = one.earned
        key = one.applicable.as_integer_ratio() + floor.as_integer_ratio() + ceiling.as_integer_ratio()
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            points = self.prints.points
            found = self._known[key] = {
                "applicable": points(one.applicable),
                "floor": points(floor),
                "ceiling": points(ceiling),
                "rate": self.shares(floor * 100 / one.applicable),
            }
        return found

    def _near(self, floor: Fraction) -> list[Json]:
        return [
            {"grade": name, "difference": self.differences(difference)}
            for name, difference in near(floor, self.bounds)
        ]

    def _claimed(self, entry: Entry) -> Json | None:
        if entry.claimed is None:
            return None
        claimed = {"floor": self.prints(entry.claimed.floor), "ceiling": self.prints(entry.claimed.ceiling)}
        if entry.score is None:
            return {**claimed, "difference": None}
        return {**claimed, "difference": self.differences(entry.score.floor - entry.claimed.floor)}

    def _last(self, entry: Entry, last: Last | None) -> Json | None:
        if last is None:
            return None
        return {
            **self.before(last),
            "change": None
            if entry.score is None or last.floor is None
            else self.differences(entry.score.floor - last.floor),
        }

    def before(self, last: Last) -> Json:
        """What a subject came to the year before."""
        return {
            "floor": None if last.floor is None else self.prints(last.floor),
            "ceiling": None if last.ceiling is None else self.prints(last.ceiling),
            "grade": last.grade,
            "accepted": last.accepted,
            "rank": last.place.rank if last.place else None,
        }


def _place(place: Place | None) -> Json | None:
    return None if place is None else place._asdict()
