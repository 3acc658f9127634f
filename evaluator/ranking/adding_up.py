"""Which counts of a ranking add up to which: what a reader of a circulated table can reckon with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from evaluator.ranking.suppression import LEAST, Key, Mark, Sum, marks

Json = Mapping[str, Any]
Path = tuple[str, ...]
ALL: Key = ("subjects", ())
ACCEPTED: Key = ("accepted", ())


class Told:
    """What stands in a circulated document for each count of ``document``: the number, or its mark."""

    def __init__(self, document: Json) -> None:
        made = _Counts()
        made.whole(document)
        made.regions(document["whole"], document["regions"])
        for one in document["criteria"]:
            made.criterion(one)
        if document["years"] is not None:
            made.years(document["years"])
        self._counts = made.counts
        self._found = marks(made.counts, made.sums, unprinted=made.unprinted, unlabelled=made.unlabelled)

    def __call__(self, *key: Any) -> int | Mark:
        """The count that goes by ``key``, or its mark."""
        return self.of(key)

    def of(self, key: Key) -> int | Mark:
        """The same, of a key that is one already."""
        return self._found.get(key, self._counts[key])

    def shown(self, *keys: Key) -> bool:
        """Whether none of these counts is hidden."""
        return self._found.keys().isdisjoint(keys)


def within(document: Json) -> list[Json]:
    """The steps of the distribution between the least and the greatest score: where these are told, nobody is beyond them."""
    spread, steps = document["whole"]["floor"], document["distribution"]
    if spread is None or document["whole"]["scored"] < LEAST:
        return list(steps)
    least, greatest = float(spread["min"]), float(spread["max"])
    return [one for one in steps if one["to"] >= least and one["from"] <= greatest]


class _Counts:
    def __init__(self) -> None:
        self.counts: dict[Key, int] = {}
        self.sums: list[Sum] = []
        self.unprinted: set[Key] = set()
        self.unlabelled: set[Key] = set()

    def parts(self, total: Key, parts: Mapping[Key, int]) -> None:
        """``parts`` that add up to the count ``total``."""
        self.counts.update(parts)
        self.sums.append(Sum(total, tuple(parts)))

    def part(self, total: Key, key: Key, count: int) -> None:
        """A part of ``total``; the rest is printed nowhere, but follows."""
        rest: Key = ("rest", key)
        self.counts[key], self.counts[rest] = count, self.counts[total] - count
        self.unprinted.add(rest)
        self.sums.append(Sum(total, (key, rest)))

    def whole(self, document: Json) -> None:
        """The counts of all subjects."""
        whole = document["whole"]
        accepted = whole["accepted"]
        self.counts[ALL] = whole["subjects"]
        self.part(ALL, ACCEPTED, accepted["yes"])
        self.parts(("rest", ACCEPTED), {(name,): accepted[name] for name in ("no", "undecided")})
        self.part(ALL, ("ranked",), whole["ranked"])
        unranked = document["unranked"].items()
        self.parts(("rest", ("ranked",)), {("reason", code): number for code, number in unranked if number})
        self.parts(ALL, {("grade", one["id"]): one["subjects"] for one in document["grades"]})
        self.part(ALL, ("scored",), whole["scored"])
        self.parts(("scored",), {("bin", one["from"]): one["subjects"] for one in within(document)})
        for one in document["near"]:
            for side in ("below", "above"):
                self.part(ALL, ("near", one["grade"], side), one[side])
        self.part(ALL, ("integrity",), document["integrity"]["subjects"])
        for one in document["integrity"]["codes"]:
            self.part(("integrity",), ("code", one["code"]), one["subjects"])
        for one in document["vetoes"]:
            self.part(ALL, ("veto", one["criterion"]), one["subjects"])
        self.part(ALL, ("claimed",), document["claimed"])
        for one in document["mixed"]:
            values = one["values"]
            self.parts(ALL, {(one["of"], n): each["subjects"] for n, each in enumerate(values)})

    def regions(self, whole: Json, regions: Iterable[Json]) -> None:
        """Number and number accepted of each region, and of its parts."""
        below: dict[Path, list[Path]] = {}
        for one in regions:
            path = tuple(one["path"])
            below.setdefault(path[:-1], []).append(path)
            self.counts["subjects", path] = one["subjects"]
            self.part(("subjects", path), ("accepted", path), one["accepted"]["yes"])
            self.unlabelled.add(("accepted", path))
        for path, parts in below.items():
            for name in ("subjects", "accepted"):
                self.sums.append(Sum((name, path), tuple((name, one) for one in parts)))
            rests = tuple(("rest", ("accepted", one)) for one in parts)
            self.sums.append(Sum(("rest", ("accepted", path)), rests))

    def criterion(self, one: Json) -> None:
        """How many fail it, how many wait."""
        for what in ("failing", "waiting"):
            self.part(ALL, (what, one["id"]), one[what])

    def years(self, years: Json) -> None:
        """The subjects of both years."""
        self.parts(ALL, {("matched",): years["matched"], ("new",): years["new"]})
        directions = years["directions"].items()
        self.parts(("matched",), {("direction", name): number for name, number in directions})
        for name in ("newly_accepted", "no_longer_accepted"):
            self.part(("matched",), (name,), years[name])
        last = years["last"]
        if last is None:
            self.counts["gone",] = years["gone"]
            return
        self.counts["last",] = last["subjects"]
        self.part(("last",), ("gone",), years["gone"])
        self.part(("last",), ("accepted last",), last["accepted"]["yes"])
        if years["matched"] + years["gone"] == last["subjects"]:
            self.sums.append(Sum(("last",), (("matched",), ("gone",))))
