"""Lines that take or earn points, in words: deductions, earnings, alternatives."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.alternatives import BestOf
from evaluator.checks import Check
from evaluator.checks.cadence import Cadence
from evaluator.checks.lateness import Lateness
from evaluator.deductions import Deduction
from evaluator.earnings import Earning
from evaluator.errors import Words
from evaluator.exact import Exact
from evaluator.guidance.asking import Asking, Degree
from evaluator.occurrences import Each

_PARTS = {
    "ignore": Words("不足的不计", "part of it does not count"),
    "full": Words("不足的按满一级计", "part of it counts in full"),
    "proportional": Words("不足的按比例计", "part of it counts in proportion"),
}


def deduction(line: Deduction, asking: Asking) -> Degree:
    """When ``line`` takes points, and how many."""
    return Degree(_when(line, asking), _lost(line.lose, line.cap))


def _when(line: Deduction, asking: Asking) -> Words:
    if line.unless is not None:
        asked = asking.sentence(line.unless)
        return Words(f"没有做到：{asked.zh}", f"unless: {asked.en}")
    if line.each is not None:
        return _each(line.each, asking)
    if line.each_missed is not None:
        asked = asking.sentence(line.each_missed)
        if isinstance(line.each_missed, Cadence):
            return Words(f"每错过一个时段：{asked.zh}", f"each window missed: {asked.en}")
        if line.each_missed.each is not None and line.each_missed.check is not None:
            unit, own = asking.wording.label(line.each_missed.each), asking.sentence(line.each_missed.check)
            return Words(f"每有一个{unit.zh}没有做到：{own.zh}", f"each {unit.en} without: {own.en}")
        return Words(f"每有一项没有做到：{asked.zh}", f"each of these that does not hold: {asked.en}")
    measured = line.each_below or line.each_above
    assert measured is not None
    assert line.part_step is not None
    asked, part = asking.sentence(measured), _PARTS[line.part_step]
    step, way = _step(line, measured, asking), _way(line, measured)
    return Words(
        f"{asked.zh}；每{way.zh} {step.zh}，{part.zh}", f"{asked.en}; each {step.en} {way.en}; {part.en}"
    )


def _way(line: Deduction, measured: Check) -> Words:
    if isinstance(measured, Lateness):
        return Words("迟", "late")
    return Words("低", "below it") if line.each_below is not None else Words("高", "above it")


def _step(line: Deduction, measured: Check, asking: Asking) -> Words:
    """One step as people count it: a step along a percentage is of percentage points."""
    assert line.step is not None
    if line.step.percent:
        return Words(f"{str(line.step).removesuffix('%')} 个百分点", str(line.step))
    unit = asking.unit(measured)
    return Words(f"{line.step}{unit.zh}", f"{line.step}{unit.en}")


def _each(each: Each, asking: Asking) -> Words:
    name = next(use.id for use in each.uses())
    label, unit = asking.wording.label(name), asking.wording.unit(name)
    return Words(f"每有一{unit.zh}：{label.zh}", f"each one: {label.en}")


def _lost(lose: Exact | str, cap: Exact | None) -> Words:
    if isinstance(lose, str):
        return Words("扣光", "loses all")
    most = Words(f"，至多 {cap} 分", f", {cap} at most") if cap is not None else Words("", "")
    return Words(f"扣 {lose} 分{most.zh}", f"loses {lose}{most.en}")


def earning(line: Earning, asking: Asking) -> Degree:
    """When ``line`` earns points, and how many."""
    most = Words(f"，至多 {line.cap} 分", f", {line.cap} at most") if line.cap is not None else Words("", "")
    worth = Words(f"得 {line.points} 分{most.zh}", f"earns {line.points}{most.en}")
    if line.each is not None:
        return Degree(_each(line.each, asking), worth)
    assert line.when is not None
    return Degree(asking.sentence(line.when), worth)


def alternatives(lines: tuple[BestOf, ...], asking: Asking) -> Iterator[Degree]:
    """Each of ``best_of`` with the points that it can earn."""
    for line in lines:
        own = Asking(asking.context._replace(points=line.points.value), asking.wording)
        yield Degree(own.sentence(line.check), Words(f"得 {line.points} 分", f"earns {line.points}"))
        yield from own.degrees(line.check)
