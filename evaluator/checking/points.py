"""Points that are written as percentages. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.deductions import Deduction
from evaluator.errors import Fault, Words
from evaluator.exact import Exact
from evaluator.ruleset import Path, Ruleset


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
        stated.extend(_losses(scoring.deductions.lines, ("scoring", "deductions", "lines")))
    stated.extend((("sections", n, "cap"), section.cap) for n, section in enumerate(ruleset.sections))
    for path, _, criterion in ruleset.criteria():
        stated.extend(_losses(criterion.deduct or (), (*path, "deduct")))
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
