"""Entries and tallies → a ranking: its sums as one document, and its rows one after another, in order."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.errors import Words
from evaluator.ranking.circulation import for_circulation
from evaluator.ranking.criteria import criteria
from evaluator.ranking.entry import Entry, Tally
from evaluator.ranking.figures import Values
from evaluator.ranking.regions import Regions
from evaluator.ranking.reviewed import Reviewed
from evaluator.ranking.rows import Rows
from evaluator.ranking.standing import Standings, reasons
from evaluator.ranking.totals import Totals, ruleset_document
from evaluator.ranking.years import LastYear
from evaluator.ruleset import Ruleset
from evaluator.submission import natural
from evaluator.wording import Wording

Json = dict[str, Any]
# So many entries are held at once while they are brought into order; each further pass over the source brings as many.
HELD = 20_000
_SHOWN = 20


class Ranking:
    """Many subjects ranked. ``document`` are the sums as JSON data; rows come from iterators, each going over the source.

    Memory holds some numbers for each subject, and at most ``held`` entries.
    """

    def __init__(
        self,
        entries: Iterable[Entry],
        tallies: Iterable[Tally],
        ruleset: Ruleset,
        catalogue: Catalogue,
        *,
        previous: Iterable[Entry] | None = None,
        refused: int = 0,
        held: int = HELD,
    ) -> None:
        self._entries, self._previous, self._held = entries, previous, held
        self._values = values = Values()
        self._standings, self._last = Standings(values), None
        if previous is not None:
            self._last = LastYear(previous, ruleset, values)
        self._deviations: list[tuple[int, int]] = []
        self._reviewed = Reviewed(values)
        self._public: list[tuple[int, tuple[str, ...], str, str]] = []
        totals, regions = self._gather(ruleset, values)
        self._standings.settle()
        if self._last is not None:
            self._last.settle()
            for entry in entries:
                self._last.compare(entry)
        self._rows = Rows(ruleset, self._standings, self._last)
        self._grades = list(self._rows.bounds)
        prints = self._rows.prints
        titles = {name: Words(one.title.zh, one.title.en) for name, one in ruleset.by_id().items()}
        groups = regions.document(prints)
        whole = groups[0] if groups else {"path": [], **_nothing()}
        self.document: Json = {
            "ranking": 1,
            "ruleset": ruleset_document(ruleset),
            "refused": refused,
            "repeated": self._standings.repeated(),
            "whole": whole,
            **totals.document(prints),
            "reviewed": self._reviewed.document(self._rows.differences),
            "longest": self._longest,
            "depth": max((len(path) for path in regions.groups if path and path[-1]), default=0),
            "regions": groups[1:],
            "criteria": criteria(tallies, ruleset, Wording(catalogue, titles)),
            "years": None
            if self._last is None
            else self._last.document(totals, len(self._standings), self._rows.differences),
        }
        self.document["first"] = self._first()

    @property
    def circulated(self) -> Json:
        """The document as it may circulate."""
        return for_circulation(self.document)

    def _gather(self, ruleset: Ruleset, values: Values) -> tuple[Totals, Regions]:
        totals, regions = Totals(ruleset), Regions(values)
        grades = {grade.id: n for n, grade in enumerate(ruleset.scoring.grades)}
        paths: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._longest = {"name": 0, "id": 0}
        for n, entry in enumerate(self._entries):
            why = reasons(entry)
            self._standings.add(entry, why)
            totals.add(entry, why)
            regions.add(entry, ranked=not why)
            self._longest["name"] = max(self._longest["name"], _across(entry.name))
            self._longest["id"] = max(self._longest["id"], len(entry.id))
            if entry.accepted and entry.grade is not None:
                region = paths.setdefault(entry.region, entry.region)
                self._public.append((grades[entry.grade], region, entry.name, entry.id))
            if entry.claimed is not None and entry.score is not None:
                difference = entry.score.floor - entry.claimed.floor
                self._deviations.append((values.number(abs(difference)), n))
                self._reviewed.add(difference)
        self._public.sort(key=lambda one: (one[0], [natural(part) for part in one[1]], *one[1:]))
        return totals, regions

    def _first(self) -> Json:
        """The head of each list by subject, for a page: the ranked, and those of each reason why others are not."""
        ranked: list[Json] = []
        unranked: list[Json] = []
        wanted = {
            position
            for position in range(len(self._standings))
            if position < _SHOWN or 0 <= position - self._standings.ranked < 2 * _SHOWN
        }
        positions = array("I", sorted(wanted))
        for row in self._in_order(positions):
            (ranked if row["place"] else unranked).append(row)
        return {"ranked": ranked[:_SHOWN], "unranked": unranked[: 2 * _SHOWN]}

    def rows(self) -> Iterator[Json]:
        """Every subject once: those ranked, best first, then the others by the reason why they are not."""
        return self._in_order(range(len(self._standings)))

    def deviations(self) -> Iterator[Json]:
        """The subjects with a self-check beneath their reviews, those whose confirmed score moved most first."""
        positions = self._standings.positions
        ranks = self._values.ranks()
        self._deviations.sort(key=lambda one: (-ranks[one[0]], positions[one[1]]))
        return self._in_order([positions[n] for _, n in self._deviations])

    def published(self) -> Iterator[Json]:
        """Name, region and grade of those accepted, by grade, region and name: nothing tells their rank."""
        for grade, region, name, _ in self._public:
            yield {"name": name, "region": list(region), "grade": self._grades[grade]}

    def gone(self) -> Iterator[Json]:
        """The subjects of the year before that have no entry this year, by id."""
        if self._previous is None or self._last is None:
            return
        found: dict[str, Json] = {}
        for entry in self._previous:
            if self._last.unmatched(entry) and (last := self._last.of(entry.id)) is not None:
                found[entry.id] = {
                    "id": entry.id,
                    "name": entry.name,
                    "region": list(entry.region),
                    "last": self._rows.before(last),
                }
        yield from (found[name] for name in sorted(found))

    def _in_order(self, positions: range | list[int] | array[int]) -> Iterator[Json]:
        """The rows at these positions of the whole list, in the order given, a piece at a time."""
        for start in range(0, len(positions), self._held):
            piece = {position: n for n, position in enumerate(positions[start : start + self._held])}
            held: list[tuple[int, Entry] | None] = [None] * len(piece)
            for n, entry in enumerate(self._entries):
                if n >= len(self._standings) or self._standings.ids[n] != entry.id:
                    raise ValueError("the source of entries gave others than before")
                here = piece.get(self._standings.positions[n])
                if here is not None:
                    held[here] = n, entry
            for here, one in enumerate(held):
                if one is None:
                    raise ValueError("the source of entries gave fewer than before")
                held[here] = None
                yield self._rows.row(*one)


def ranked(
    entries: Iterable[Entry],
    tallies: Iterable[Tally],
    ruleset: Ruleset,
    catalogue: Catalogue,
    *,
    previous: Iterable[Entry] | None = None,
    refused: int = 0,
) -> Ranking:
    """Rank ``entries``, judged under ``ruleset``.

    ``entries`` and ``previous`` (the year before, matched by the subject's id) are gone through several times and give the same
    in the same order each time; ``tallies`` once. ``catalogue`` has the labels of what subjects fall short of. ``refused`` is how
    many submissions could not be read.
    """
    return Ranking(entries, tallies, ruleset, catalogue, previous=previous, refused=refused)


def _across(text: str) -> int:
    """How many columns of a fixed face ``text`` takes, nearly: what is not ASCII takes two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le"))


def _nothing() -> Json:
    return {
        "subjects": 0,
        "ranked": 0,
        "accepted": {"yes": 0, "no": 0, "undecided": 0},
        "pass_rate": {"floor": None, "ceiling": None},
        "scored": 0,
        "floor": None,
        "ceiling": None,
    }
