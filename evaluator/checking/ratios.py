"""Ratios whose parts are exchanged or the same. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.catalogue import Catalogue
from evaluator.checking.measures import is_part, label
from evaluator.checking.walking import Standing
from evaluator.checks.ratio import Ratio
from evaluator.errors import Fault, Words


def ratio_faults(one: Standing, catalogue: Catalogue) -> Iterator[Fault]:
    """A whole over its own part, and a count over itself."""
    check = one.check
    if not isinstance(check, Ratio):
        return
    top, bottom = label(check.numerator, catalogue), label(check.denominator, catalogue)
    if check.numerator == check.denominator:
        what = Words(f"分子和分母是同一项{top.zh}，比例总是 100%", f"{top.en} over itself is always 100%")
        mend = Words("分母改写总数", "name the whole as the denominator")
        yield Fault("same_part_and_whole", (*one.path, "denominator"), what, mend)
    elif is_part(check.denominator, check.numerator, catalogue):
        what = Words(
            f"分子分母写反了：{bottom.zh}是{top.zh}的一部分",
            f"upside down: {bottom.en} is a part of {top.en}",
        )
        mend = Words(
            f"写成 numerator: {check.denominator}, denominator: {check.numerator}",
            f"write numerator: {check.denominator}, denominator: {check.numerator}",
        )
        yield Fault("upside_down", (*one.path, "numerator"), what, mend)
