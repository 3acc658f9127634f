"""Points that are written as percentages, and criteria without any. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from evaluator.deductions import Deduction
from evaluator.errors import Fault, Words
from evaluator.exact import Exact
from evaluator.ruleset import Criterion, Path, Ruleset


def percentage_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """Percentages where points are meant: ``90%`` would be read as nine tenths of a point."""
    scoring = ruleset.scoring
    stated: list[tuple[Path, object]] = [(("scoring", "total"), scoring.total)]
    stated.extend(
        (("scoring", "grades", n, "at_least"), grade.at_least) for n, grade in enumerate(scoring.grades)
    )
    if scoring.bonus is not None:
        stated.append((("scoring", "bonus", "cap"), scoring.bonus.cap))
    if scoring.deductions is not None:
        stated.append((("scoring", "deductions", "cap"), scoring.deductions.cap))
    for place, _, taken in ruleset.taken():
        stated += [((*place, "lose"), taken.lose), ((*place, "cap"), taken.cap)]
    stated.extend((("sections", n, "cap"), section.cap) for n, section in enumerate(ruleset.sections))
    for path, _, criterion in ruleset.criteria():
        stated.extend(_losses(criterion.deduct or (), (*path, "deduct")))
        for n, earning in enumerate(criterion.earn or ()):
            stated.append(((*path, "earn", n, "cap"), earning.cap))
        best = enumerate(criterion.best_of or ())
        stated.extend(((*path, "best_of", n, "points"), one.points) for n, one in best)
    for path, exact in stated:
        if isinstance(exact, Exact) and exact.percent:
            what = Words(f"这里写分数，不写百分比：{exact}", f"points are not a percentage: {exact}")
            yield Fault("percent_of_score", path, what, Words("去掉 %", "drop the %"))


def _losses(lines: Iterable[Deduction], path: Path) -> Iterator[tuple[Path, object]]:
    for n, line in enumerate(lines):
        yield (*path, n, "lose"), line.lose
        yield (*path, n, "cap"), line.cap


def idle_points(criterion: Criterion, path: Path, needed: Collection[str]) -> Iterator[Fault]:
    """A criterion without points that is no veto, and that none of those ``needed`` by others."""
    if not criterion.points.value and not criterion.veto and criterion.id not in needed:
        what = Words(
            "分值为 0，又不是一票否决，也不是谁的前提", "it has no points, is no veto and nothing requires it"
        )
        mend = Words("写分值，或删去这项", "give it points, or leave it out")
        yield Fault("idle_points", (*path, "points"), what, mend)
