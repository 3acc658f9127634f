"""Made-up entries and tallies: each test says only what it is about, and a crowd is the same every time it is gone through."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from evaluator.loading import load_ruleset
from evaluator.ranking import Entry, Extent, Ranking, SectionEntry, Tally, ranked
from evaluator.ruleset import Ruleset
from evaluator.score import grade_at
from tests.evaluator.building import CATALOGUE, ruleset

# Model from 90 (which passes), rectify from 60, not ready below.
RULES = ruleset(
    """
    - {id: c1, points: "60", check: {kind: quantity, count: model_buildings, at_least: "9"}}
    - {id: c2, points: "40", section: t, check: {kind: quantity, count: visits, at_least: "10"}}
    """
)
PLACES = ("云南省", "昆明市"), ("云南省", "曲靖市"), ("云南省", "西双版纳傣族自治州")


def entry(name: str, floor: object, ceiling: object = None, **more: Any) -> Entry:
    """An entry as ``RULES`` grades it; ``floor`` None where nothing applies, ``more`` what is otherwise."""
    score = None if floor is None else Extent(_exact(floor), _exact(floor if ceiling is None else ceiling))
    grade, accepted = _graded(score, RULES, more.get("vetoes", ()), more.get("open_vetoes", ()))
    made = Entry(
        id=name,
        name=f"社区{name}",
        kind="community",
        region=PLACES[0],
        period=("2025-01-01", "2025-12-31"),
        stage="inspection",
        as_of="2025-12-31",
        score=score,
        decided=Fraction(1) if score is None else 1 - (score.ceiling - score.floor) / 100,
        applicable_points=Fraction(100 if score else 0),
        not_applicable_points=Fraction(0),
        grade=grade,
        accepted=accepted,
        vetoes=(),
        open_vetoes=(),
        integrity=(),
        sections=() if score is None else (SectionEntry("s", Fraction(100), score),),
        claimed=None,
        digest=f"sha256:{name}",
    )
    return made._replace(**more)


def rank(*entries: Entry, tallies: tuple[Tally, ...] = (), **more: Any) -> Ranking:
    """These entries ranked under ``RULES``."""
    return ranked(entries, tallies, RULES, CATALOGUE, **more)


def tally(
    criterion: str, outcome: str, subjects: int, floor: object, ceiling: object = None, **more: Any
) -> Tally:
    """So many subjects that came to the same of a criterion worth 60 points."""
    earned = Extent(_exact(floor), _exact(floor if ceiling is None else ceiling))
    return Tally(criterion, PLACES[0], outcome, Fraction(60), earned, None, None, None, subjects)._replace(
        **more
    )  # type: ignore[arg-type]


def _exact(value: object) -> Fraction:
    return Fraction(str(value))


def _graded(
    score: Extent | None, rules: Ruleset, vetoes: tuple[str, ...], open_vetoes: tuple[str, ...]
) -> tuple[str | None, bool | None]:
    if score is None:
        return None, None
    low, high = (grade_at(end, rules.scoring) for end in score)
    passes = [end.at_least.value >= rules.scoring.pass_line for end in (low, high)]
    accepted = False if vetoes or not passes[1] else None if open_vetoes or not passes[0] else True
    return low.id if low is high else None, accepted


class Crowd:
    """So many made-up subjects in a province of cities, counties and streets, made anew each time they are gone through."""

    def __init__(
        self, number: int, rules: str = "kunming-model-community", seed: int = 1, **options: Any
    ) -> None:
        loaded = load_ruleset(rules)
        self.number, self.seed, self.options = number, seed, options
        self.rules, self.catalogue = loaded.ruleset, loaded.catalogue
        self.vetoes = [one.id for one in self.rules.by_id().values() if one.veto] or [
            next(iter(self.rules.by_id()))
        ]

    def __iter__(self) -> Iterator[Entry]:
        chance = random.Random(self.seed)
        for n in range(self.number):
            yield self._entry(n, chance)

    def _entry(self, n: int, chance: random.Random) -> Entry:
        sections, floor, ceiling = [], Fraction(0), Fraction(0)
        worth = Fraction(0)
        good = min(0.99, max(0.2, chance.gauss(0.86, 0.09)))
        for section in self.rules.sections:
            points = section.worth(self.rules.scoring)
            steps = int(points * 4)
            low = sum(chance.random() < good for _ in range(steps))
            left = sum(chance.random() < 0.06 for _ in range(steps - low))
            earned = Extent(Fraction(low, 4), Fraction(low + left, 4))
            if chance.random() < 0.02:
                continue
            sections.append(SectionEntry(section.id, points, earned))
            worth, floor, ceiling = worth + points, floor + earned.floor, ceiling + earned.ceiling
        score = Extent(floor * 100 / worth, ceiling * 100 / worth)
        vetoes = (self.vetoes[0],) if chance.random() < 0.02 else ()
        waits = (self.vetoes[-1],) if not vetoes and chance.random() < 0.03 else ()
        grade, accepted = _graded(score, self.rules, vetoes, waits)
        region = ("云南省", f"第{chance.randrange(16) + 1}市", f"第{chance.randrange(8) + 1}县（区）")
        name = f"{'民族团结进步示范创建' if n % 17 == 0 else ''}第{n + 1}社区{'居民委员会' if n % 5 == 0 else ''}"
        whole = sum((section.worth(self.rules.scoring) for section in self.rules.sections), Fraction(0))
        made = Entry(
            id=f"yn-{n:06d}",
            name=name,
            kind="community",
            region=region,
            period=("2025-01-01", "2025-12-31"),
            stage="inspection",
            as_of="2025-12-31",
            score=score,
            decided=1 - (ceiling - floor) / worth,
            applicable_points=worth,
            not_applicable_points=whole - worth,
            grade=grade,
            accepted=accepted,
            vetoes=vetoes,
            open_vetoes=waits,
            integrity=tuple(
                chance.choices(
                    ("same_day", "count_jump", "statement_without_files"), k=chance.choice((0, 0, 0, 1, 2))
                )
            ),
            sections=tuple(sections),
            claimed=Extent(min(Fraction(100), score.floor + chance.randrange(9)), Fraction(100))
            if n % 3
            else None,
            digest=f"sha256:{n:064x}",
        )
        return made._replace(**self.options)

    def tallies(self) -> Iterator[Tally]:
        """What the crowd came to of each criterion; not the same as its entries say."""
        chance = random.Random(self.seed)
        for _, _, criterion in self.rules.criteria():
            points, good = criterion.points.value, chance.uniform(0.5, 1.0)
            item = next((use.id for use in criterion.uses()), None)
            counts: Counter[tuple[str, Fraction, Fraction | None]] = Counter()
            for _ in range(min(self.number, 1000)):
                draw = chance.random()
                if draw < good:
                    counts["satisfied", points, None] += 1
                elif draw < good + 0.02:
                    counts["not_applicable", points * 0, None] += 1
                elif draw < good + 0.05:
                    counts["needs_review", points * 0, None] += 1
                else:
                    counts["not_satisfied", points * 0, Fraction(chance.randrange(1, 12))] += 1
            for (outcome, earned, short), number in sorted(counts.items(), key=str):
                top = points if outcome == "needs_review" else earned
                of = item if short is not None else None
                yield Tally(
                    criterion.id,
                    ("云南省",),
                    outcome,
                    points,
                    Extent(earned, top),
                    short,
                    of,
                    "more" if of else None,
                    number,
                )  # type: ignore[arg-type]


def ranked_crowd(crowd: Crowd, **more: Any) -> Ranking:
    """``crowd`` ranked under its own ruleset."""
    tallies = tuple(crowd.tallies()) if crowd.number else ()
    return ranked(crowd, tallies, crowd.rules, crowd.catalogue, **more)
