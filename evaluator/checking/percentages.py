"""Numbers where percentages are meant, and percentages where numbers are. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.catalogue import Catalogue
from evaluator.checking.figures import figures
from evaluator.checking.measures import is_part
from evaluator.checking.walking import Standing
from evaluator.checks.quantity import Quantity
from evaluator.checks.ratio import Ratio
from evaluator.deductions import Deduction
from evaluator.errors import Fault, Words
from evaluator.exact import Exact
from evaluator.ruleset import Path


def means_percent(limit: Exact, check: Ratio, catalogue: Catalogue) -> bool:
    """Whether a part is compared with a number above 1 that has lost its percent sign."""
    return not limit.percent and limit.value > 1 and is_part(check.numerator, check.denominator, catalogue)


def percentage_faults(one: Standing, catalogue: Catalogue) -> Iterator[Fault]:
    """Every figure of a ratio without its percent sign, and every figure of a quantity with one."""
    check = one.check
    if isinstance(check, Ratio):
        found = list(figures(check))
        mixed = any(limit.percent for _, limit in found)
        for path, limit in found:
            yield from _of_ratio(limit, (*one.path, *path), check, catalogue, mixed=mixed)
        sample = check.minimum_sample
        if sample is not None and sample.percent:
            yield _of_number(sample, (*one.path, "minimum_sample"), "样本的个数", "a sample")
    if isinstance(check, Quantity):
        for path, limit in figures(check):
            if limit.percent:
                yield _of_number(limit, (*one.path, *path), "数量", "a number")


def _of_ratio(
    limit: Exact, path: Path, check: Ratio, catalogue: Catalogue, *, mixed: bool
) -> Iterator[Fault]:
    if limit.percent or limit.value == 0:
        return
    as_written = f"{Exact(limit.value, percent=True)}"
    meant = Exact(limit.value / 100, percent=True)
    mend = Words(f'写成 "{meant}"，或 "{as_written}"', f'write "{meant}", or "{as_written}"')
    what = Words(
        f"比例与 {limit} 比较，就是与 {as_written} 比较",
        f"a ratio compared with {limit} is compared with {as_written}",
    )
    # Beside a figure with its sign, one above 1 has lost it.
    if means_percent(limit, check, catalogue) or (mixed and limit.value > 1):
        yield Fault("percent_meant", path, what, Words(f'是否想写 "{meant}"', f'did you mean "{meant}"?'))
    elif limit.value >= 1 and (
        _alike(check, catalogue) or is_part(check.numerator, check.denominator, catalogue)
    ):
        yield Fault("percent_perhaps", path, what, mend)


def _alike(check: Ratio, catalogue: Catalogue) -> bool:
    top, bottom = (catalogue.counts.get(name) for name in (check.numerator, check.denominator))
    return top is not None and bottom is not None and top.unit.zh == bottom.unit.zh


def _of_number(limit: Exact, path: Path, zh: str, en: str) -> Fault:
    return Fault(
        "percent_of_number",
        path,
        Words(f"{zh}不能与百分比比较：{limit}", f"{en} is not compared with a percentage: {limit}"),
        Words("去掉 %，或改用 ratio", "drop the % or use a ratio"),
    )


def step_faults(line: Deduction, path: Path, catalogue: Catalogue) -> Iterator[Fault]:
    """The ``step`` of a deduction against what it steps along."""
    check = line.each_below or line.each_above
    if line.step is None or check is None:
        return
    plain = not line.step.percent and line.step.value >= 1
    if isinstance(check, Ratio) and plain and is_part(check.numerator, check.denominator, catalogue):
        meant, as_written = (Exact(value, percent=True) for value in (line.step.value / 100, line.step.value))
        what = Words(
            f"比例按 {line.step} 一档扣分，就是每差 {as_written} 扣一次",
            f"a step of {line.step} along a ratio is a step of {as_written}",
        )
        yield Fault(
            "percent_meant", (*path, "step"), what, Words(f'是否想写 "{meant}"', f'did you mean "{meant}"?')
        )
    if not isinstance(check, Ratio) and line.step.percent:
        yield _of_number(line.step, (*path, "step"), "数量", "a number")
