"""Thresholds and steps that nothing can meet, that everything meets, or that others leave without effect. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from itertools import pairwise

from evaluator.catalogue import Catalogue
from evaluator.checking.figures import figures
from evaluator.checking.measures import Measure, is_part, measure_of
from evaluator.checking.numbers import Numbers
from evaluator.checking.percentages import means_percent
from evaluator.checking.walking import Standing
from evaluator.checks.change import Change
from evaluator.checks.rating import Rating
from evaluator.checks.ratio import Ratio
from evaluator.crediting import COMPARISONS, Comparisons, Graded, Step
from evaluator.errors import Fault, Words
from evaluator.exact import Exact
from evaluator.ruleset import Path

_NEVER = Words("永远达不到", "can never be met")
_ALWAYS = Words("永远成立", "always holds")


def threshold_faults(one: Standing, catalogue: Catalogue, months: int) -> Iterator[Fault]:
    """Faults of the numbers that one check is compared with; silent where its evidence or its units are at fault already."""
    check = one.check
    if isinstance(check, Change):
        yield from _of_change(one, check)
    if isinstance(check, Rating):
        yield from _of_rating(one, check)
    measure = measure_of(check, catalogue, months)
    if measure is None or (isinstance(check, Ratio) and _at_fault_already(check, catalogue)):
        return
    if isinstance(check, Comparisons):
        yield from _plain(one, check, measure)
    if isinstance(check, Graded) and check.steps:
        yield from _steps(one, check.steps, measure)
    if isinstance(check, Graded) and check.scale is not None:
        yield from _scale(one, check.scale.from_, check.scale.to, measure)


def _at_fault_already(check: Ratio, catalogue: Catalogue) -> bool:
    wrong_way = check.numerator == check.denominator or is_part(check.denominator, check.numerator, catalogue)
    return wrong_way or any(means_percent(limit, check, catalogue) for _, limit in figures(check))


def _days(check: Comparisons) -> list[date]:
    dated = [getattr(check, name) for name in COMPARISONS]
    return sorted({day for one in dated if isinstance(one, dict) for day in one}) or [date.min]


def _fault(
    one: Standing, path: Path, always: bool, what: Words, why: Words, mend: Words | None = None
) -> Fault:
    how = _ALWAYS if always else _NEVER
    code = "always_met" if always else "never_met"
    zh, en = "", ""
    if one.condition:
        code, zh, en = ("always_applies" if always else "never_applies"), "适用条件里，", "in the condition, "
    said = Words(f"{zh}{what.zh} {how.zh}：{why.zh}", f"{en}{what.en} {how.en}: {why.en}")
    return Fault(code, (*one.path, *path), said, mend or Words("核对这个数", "check the figure"))


def _written(limits: list[tuple[str, Exact]]) -> Words:
    text = " ".join(f"{name} {limit}" for name, limit in limits)
    return Words(text, text)


def _plain(one: Standing, check: Comparisons, measure: Measure) -> Iterator[Fault]:
    for day in _days(check):
        limits = list(check.limits(day))
        if not limits:
            return
        left = measure.numbers.that(limits)
        alone = next((limit for limit in limits if measure.numbers.that([limit]).empty), None)
        if left.empty and alone is None:
            what = Words(
                " 与 ".join(f"{n} {v}" for n, v in limits), " and ".join(f"{n} {v}" for n, v in limits)
            )
            contradiction = Words("两个条件互相矛盾", "they contradict each other")
            mend = Words("核对上限和下限是否写反", "check whether the bounds are exchanged")
            yield _fault(one, (limits[-1][0],), False, what, contradiction, mend)
            return
        if left.empty and alone is not None:
            yield _fault(one, _place(check, alone[0], day), False, _written([alone]), measure.why)
            return
        if measure.numbers.within(left):
            name = limits[0][0]
            yield _fault(one, _place(check, name, day), True, _written(limits), measure.why)
            return
        idle = next(
            (limit for limit in limits if measure.numbers.within(measure.numbers.that([limit]))), None
        )
        if idle is not None:
            yield _fault(one, _place(check, idle[0], day), True, _written([idle]), measure.why)
            return
        for name, limit in limits:
            if measure.numbers.whole and limit.value.denominator != 1:
                yield _not_whole(one, _place(check, name, day), name, limit)


def _place(check: Comparisons, name: str, day: date) -> Path:
    value = getattr(check, name)
    if isinstance(value, Exact):
        return (name,)
    past = [start for start in value if start <= day]
    return (name, (max(past) if past else min(value)).isoformat())


def _not_whole(one: Standing, path: Path, name: str, limit: Exact) -> Fault:
    up = name in ("at_least", "below")
    whole = -(-limit.value.numerator // limit.value.denominator) if up else int(limit.value)
    what = Words(
        f"这里数的是整数，{name} {limit} 就是 {whole}", f"whole things are counted: {name} {limit} is {whole}"
    )
    return Fault(
        "fraction_of_whole",
        (*one.path, *path),
        what,
        Words(f"写成 {whole}，或核对这个数", f"write {whole}, or check it"),
    )


def _steps(one: Standing, steps: tuple[Step, ...], measure: Measure) -> Iterator[Fault]:
    before: list[tuple[int, bool, Numbers]] = []
    for n, step in enumerate(steps):
        limits = list(step.limits(date.min))
        name, limit = limits[0]
        whole = measure.against(limit)
        met, kind = whole.that(limits), measure.tally and limit.percent
        path: Path = ("steps", n, name)
        if met.empty:
            yield _fault(one, path, False, _written(limits), measure.why)
            continue
        covering = next((m for m, k, numbers in before if k == kind and met.within(numbers)), None)
        if covering is not None:
            yield _covered(one, path, limits, covering)
            continue
        # A last step that always holds is what everybody else gets.
        if whole.within(met) and (n < len(steps) - 1 or not n):
            yield _fault(one, path, True, _written(limits), measure.why)
            return
        before.append((n, kind, met))
    yield from _rising(one, steps)


def _covered(one: Standing, path: Path, limits: list[tuple[str, Exact]], covering: int) -> Fault:
    text = _written(limits).zh
    what = Words(
        f"这一档（{text}）永远轮不到：符合它的，上面第 {covering + 1} 档都已取走",
        f"this step ({text}) is never reached: step {covering + 1} above takes all of it",
    )
    mend = Words("从最难的一档往下写", "write the hardest step first")
    return Fault("covered_step", (*one.path, *path), what, mend)


def _rising(one: Standing, steps: tuple[Step, ...]) -> Iterator[Fault]:
    # Of two steps that ask for the same kind of bound, the one further down is easier: it earns less.
    for n, (above, below) in enumerate(pairwise(steps), 1):
        (first, high), (second, low) = above.limits(date.min)[0], below.limits(date.min)[0]
        if first != second or first == "equals" or high.percent != low.percent:
            continue
        easier = low.value < high.value if first in ("at_least", "above") else low.value > high.value
        worth = [step.points if step.points is not None else step.credit for step in (above, below)]
        alike = (above.points is None) == (below.points is None)
        if (
            easier
            and alike
            and worth[0] is not None
            and worth[1] is not None
            and worth[1].value >= worth[0].value
        ):
            what = Words(
                f"这一档要求更低（{first} {low}），得分却不比上一档少",
                f"this step asks for less ({first} {low}) and does not earn less than the one above",
            )
            mend = Words("核对两档的得分是否写反", "check whether the two are exchanged")
            key = "points" if below.points is not None else "credit"
            yield Fault("step_earns_more", (*one.path, "steps", n, key), what, mend)


def _scale(one: Standing, start: Exact, end: Exact, measure: Measure) -> Iterator[Fault]:
    for name, limit in (("from", start), ("to", end)):
        high = measure.against(limit).high
        if high is not None and limit.value > high:
            what = Words(f"scale 的 {name} {limit}", f"{name} {limit} of the scale")
            yield _fault(one, ("scale", name), False, what, measure.why)
            return


def _of_change(one: Standing, check: Change) -> Iterator[Fault]:
    by = check.by
    if by is None or not by.percent or check.direction not in ("falls", "not_below"):
        return
    if check.direction == "falls" and by.value > 1:
        why = Words("最多降到 0，也就是下降 100%", "nothing falls by more than 100%")
        yield _fault(one, ("by",), False, Words(f"下降 {by}", f"a fall by {by}"), why)
    if check.direction == "not_below" and by.value >= 1:
        why = Words("允许低 100%，就是允许为 0", "100% less is nothing at all")
        yield _fault(one, ("by",), True, Words(f"允许比上期低 {by}", f"at most {by} below"), why)


def _of_rating(one: Standing, check: Rating) -> Iterator[Fault]:
    credits = {level.credit.value for level in check.levels}
    if credits == {Fraction(1)}:
        why = Words("每一档都得满分", "every level earns everything")
        yield _fault(one, ("levels",), True, Words("评档", "the rating"), why)
    elif max(credits) == 0:
        why = Words("每一档都得 0 分", "no level earns anything")
        yield _fault(one, ("levels",), False, Words("评档", "the rating"), why)
