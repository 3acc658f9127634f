"""All entries summed up: outcomes of the ranking, grades, the distribution of scores, what was mixed, integrity, sections."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from evaluator.ranking.entry import Entry, Extent
from evaluator.ranking.figures import Prints, weighted_median
from evaluator.ranking.standing import REASONS, Reason
from evaluator.ruleset import Ruleset
from evaluator.score import grade_at

Json = dict[str, Any]
NEAR = Fraction(2)
_BIN = 5
_BINS = 100 // _BIN
# So many different data dates, periods … are told; the rest stands together.
_MOST_MIXED = 8


class Totals:
    """What is counted of all entries."""

    def __init__(self, ruleset: Ruleset) -> None:
        self.ruleset = ruleset
        self._order = {section.id: n for n, section in enumerate(ruleset.sections)}
        self._sections = [_Section() for _ in ruleset.sections]
        self._bounds = {grade.id: grade.at_least.value for grade in ruleset.scoring.grades}
        self.reasons: Counter[Reason] = Counter()
        self.grades: Counter[str | None] = Counter()
        self.bins: Counter[tuple[int, bool | None]] = Counter()
        self.near: Counter[tuple[str, bool]] = Counter()
        self.integrity: Counter[str] = Counter()
        self.vetoes: Counter[str] = Counter()
        self.mixed: dict[str, Counter[tuple[str, ...]]] = {
            name: Counter() for name in ("stage", "period", "as_of", "kind")
        }
        self.flagged = self.claimed = 0

    def add(self, entry: Entry, why: tuple[Reason, ...]) -> None:
        """One more entry; ``why`` it is not ranked."""
        if why:
            self.reasons[why[0]] += 1
        self.grades[entry.grade] += 1
        self.integrity.update(set(entry.integrity))
        self.vetoes.update(entry.vetoes)
        self.flagged += bool(entry.integrity)
        self.claimed += entry.claimed is not None
        self.mixed["stage"][entry.stage,] += 1
        self.mixed["period"][entry.period] += 1
        self.mixed["as_of"][entry.as_of,] += 1
        self.mixed["kind"][entry.kind,] += 1
        if entry.score is not None:
            floor = entry.score.floor
            self.bins[min(int(floor // _BIN), _BINS - 1), entry.accepted] += 1
            for grade, difference in near(floor, self._bounds):
                self.near[grade, difference >= 0] += 1
        for one in entry.sections:
            if one.applicable and one.section in self._order:
                self._sections[self._order[one.section]].add(one.applicable, one.earned)

    def document(self, prints: Prints) -> Json:
        """The counts as JSON data, but for what ``Regions`` tells of the whole."""
        return {
            "unranked": {reason: self.reasons[reason] for reason in REASONS},
            "grades": [{"id": name, "subjects": self.grades[name]} for name in self._bounds]
            + [{"id": None, "subjects": self.grades[None]}],
            "distribution": [self._bin(n) for n in range(_BINS)],
            "near": [
                {"grade": name, "below": self.near[name, False], "above": self.near[name, True]}
                for name, bound in self._bounds.items()
                if bound
            ],
            "integrity": {
                "subjects": self.flagged,
                "codes": [
                    {"code": code, "subjects": number} for code, number in _by_number(self.integrity.items())
                ],
            },
            "vetoes": [
                {"criterion": name, "subjects": number} for name, number in _by_number(self.vetoes.items())
            ],
            "claimed": self.claimed,
            "mixed": [
                {"of": name, "values": _values(counts)}
                for name, counts in self.mixed.items()
                if len(counts) > 1
            ],
            "common": {
                name: list(next(iter(counts))) if len(counts) == 1 else None
                for name, counts in self.mixed.items()
            },
            "sections": [
                {"id": section.id, **found.document(prints)}
                for section, found in zip(self.ruleset.sections, self._sections, strict=True)
            ],
        }

    def _bin(self, n: int) -> Json:
        by = {
            name: self.bins[n, accepted]
            for name, accepted in (("yes", True), ("no", False), ("undecided", None))
        }
        return {"from": n * _BIN, "to": (n + 1) * _BIN, "subjects": sum(by.values()), "accepted": by}

    def section_rates(self) -> dict[str, tuple[Fraction, Fraction] | None]:
        """What all earned together of each section's points that applied, for certain and at most."""
        return {name: self._sections[n].rate() for name, n in self._order.items()}


class _Section:
    def __init__(self) -> None:
        # How many came to the same: points that applied, floor and ceiling, each as numerator and denominator.
        self.counts: Counter[tuple[int, ...]] = Counter()

    def add(self, applicable: Fraction, earned: Extent) -> None:
        floor, ceiling = earned
        self.counts[
            applicable.as_integer_ratio() + floor.as_integer_ratio() + ceiling.as_integer_ratio()
        ] += 1

    def sums(self) -> tuple[Fraction, Fraction, Fraction]:
        """Points that applied, and earned of them for certain and at most, of all together."""
        found = [Fraction(0)] * 3
        for key, number in self.counts.items():
            for n in range(3):
                found[n] += Fraction(key[2 * n], key[2 * n + 1]) * number
        return found[0], found[1], found[2]

    def rate(self) -> tuple[Fraction, Fraction] | None:
        applicable, floor, ceiling = self.sums()
        return (floor * 100 / applicable, ceiling * 100 / applicable) if applicable else None

    def median(self) -> Fraction:
        rates: Counter[Fraction] = Counter()
        for key, number in self.counts.items():
            rates[Fraction(key[2] * key[1] * 100, key[3] * key[0])] += number
        return weighted_median(rates)

    def document(self, prints: Prints) -> Json:
        (applicable, floor, ceiling), rate, number = self.sums(), self.rate(), self.counts.total()
        return {
            "subjects": number,
            "rate": None if rate is None else {"floor": prints(rate[0]), "ceiling": prints(rate[1])},
            "median": prints(self.median()) if number else None,
            "lost": {
                "certain": prints.points(applicable - ceiling),
                "open": prints.points(ceiling - floor),
                "mean_certain": prints((applicable - ceiling) / number) if number else None,
                "mean_open": prints((ceiling - floor) / number) if number else None,
            },
        }


def near(floor: Fraction, bounds: dict[str, Fraction]) -> list[tuple[str, Fraction]]:
    """The grades whose bound is within 2 points of a confirmed score, and by how much the score lies above it."""
    return [(name, floor - bound) for name, bound in bounds.items() if bound and abs(floor - bound) <= NEAR]


def ruleset_document(ruleset: Ruleset) -> Json:
    """A ruleset as a ranking names it: titles of its grades, sections and criteria."""
    scoring = ruleset.scoring
    return {
        "id": ruleset.ruleset,
        "version": ruleset.version,
        "title": _title(ruleset.title),
        "pass": scoring.pass_,
        "grades": [
            {
                "id": grade.id,
                "title": _title(grade.title),
                "at_least": Prints().points(grade.at_least.value),
                "passes": grade.at_least.value >= scoring.pass_line,
            }
            for grade in scoring.grades
        ],
        "sections": [{"id": one.id, "title": _title(one.title)} for one in ruleset.sections],
        "criteria": {
            one.id: {
                "clause": one.clause + (f" {one.item}" if one.item else ""),
                "title": _title(one.title),
                "section": section.id,
                "level": one.level,
                "veto": one.veto,
            }
            for _, section, one in ruleset.criteria()
        },
    }


def spanned(score: Extent, ruleset: Ruleset) -> tuple[str, str]:
    """The grades that both ends of a score mean by themselves."""
    return grade_at(score.floor, ruleset.scoring).id, grade_at(score.ceiling, ruleset.scoring).id


def _title(title: Any) -> Json:
    return {"zh": title.zh, "en": title.en}


def _by_number(counts: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    return sorted(counts, key=lambda one: (-one[1], one[0]))


def _values(counts: Counter[tuple[str, ...]]) -> list[Json]:
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    shown = [{"value": list(value), "subjects": number} for value, number in ordered[:_MOST_MIXED]]
    rest = sum(number for _, number in ordered[_MOST_MIXED:])
    return [*shown, {"value": None, "subjects": rest}] if rest else shown
