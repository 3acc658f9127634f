"""Alternatives of ``best_of`` that can never be the best. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.alternatives import BestOf
from evaluator.catalogue import Catalogue
from evaluator.checking.canonical import measured_as, same_as
from evaluator.checking.measures import measure_of
from evaluator.checks import Check
from evaluator.crediting import Comparisons, Graded
from evaluator.errors import Fault, Words
from evaluator.ruleset import Ruleset


def alternative_faults(ruleset: Ruleset, catalogue: Catalogue) -> Iterator[Fault]:
    """Alternatives that earn nothing, or no more than another one that asks for no more."""
    for path, _, criterion in ruleset.criteria():
        lines = criterion.best_of or ()
        for n, line in enumerate(lines):
            better = next(
                (m for m, other in enumerate(lines) if _beats(m, other, n, line, catalogue, ruleset)), None
            )
            if line.points.value and better is None:
                continue
            what = Words("这一种得 0 分，写了也没有用", "this alternative earns nothing")
            if better is not None:
                what = Words(
                    f"这一种永远轮不到：符合它的也符合第 {better + 1} 种，得分不比它少",
                    f"this alternative never counts: whatever meets it meets number {better + 1}, which earns no less",
                )
            mend = Words("核对分值和条件，或删去", "check points and condition, or leave it out")
            yield Fault("idle_alternative", (*path, "best_of", n), what, mend)


def _beats(m: int, other: BestOf, n: int, line: BestOf, catalogue: Catalogue, ruleset: Ruleset) -> bool:
    if m == n or other.points.value < line.points.value:
        return False
    if same_as(other.check) == same_as(line.check):
        return other.points.value > line.points.value or m < n
    return _asks_no_more(other.check, line.check, catalogue, ruleset.period.months)


def _asks_no_more(easy: Check, hard: Check, catalogue: Catalogue, months: int) -> bool:
    if not isinstance(easy, Comparisons) or not isinstance(hard, Comparisons):
        return False
    if _graded(easy) or _graded(hard) or measured_as(easy) != measured_as(hard):
        return False
    measure = measure_of(easy, catalogue, months)
    if measure is None or any(
        isinstance(getattr(one, name), dict) for one in (easy, hard) for name, _ in one.stated()
    ):
        return False
    return measure.numbers.that(hard.stated()).within(measure.numbers.that(easy.stated()))


def _graded(check: Check) -> bool:
    proportional = getattr(check, "credit", None) is not None
    return proportional or (isinstance(check, Graded) and bool(check.steps or check.scale))
