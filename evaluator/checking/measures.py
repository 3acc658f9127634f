"""What each kind of check can measure at all, and how messages call it. Pure."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.checking.numbers import Numbers
from evaluator.checks import Check
from evaluator.checks.cadence import Cadence
from evaluator.checks.group import Group
from evaluator.checks.lateness import Lateness
from evaluator.checks.quantity import Quantity
from evaluator.checks.ratio import Ratio
from evaluator.errors import Words
from evaluator.exact import Exact
from evaluator.windows import Every, Span, first_day, last_day, slots


class Measure(NamedTuple):
    """The numbers that a check can come to and why; with ``tally`` they are so many of so many, and a percentage is of them."""

    numbers: Numbers
    why: Words
    tally: bool = False

    def against(self, limit: Exact) -> Numbers:
        """The numbers that ``limit`` is compared with."""
        return SHARE if self.tally and limit.percent else self.numbers


SHARE = Numbers(high=Fraction(1))


def label(name: str, catalogue: Catalogue) -> Words:
    """How a message calls an evidence item: by its label, with the identifier that stands in the file."""
    title = catalogue.label(name)
    return Words(f"“{title.zh}”", f"“{title.en}”")


def is_part(name: str, of: str, catalogue: Catalogue) -> bool:
    """Whether the catalogue says that the count ``name`` is a part of ``of``, directly or through others."""
    seen, queue = set[str](), [name]
    while queue:
        item = catalogue.counts.get(queue.pop())
        for whole in item.at_most if item is not None else ():
            if whole == of:
                return True
            if whole not in seen:
                seen.add(whole)
                queue.append(whole)
    return False


def measure_of(check: Check, catalogue: Catalogue, months: int) -> Measure | None:
    """What ``check`` can measure in a period of ``months``; None where it measures no number, or what is not known."""
    if isinstance(check, Ratio):
        return _of_ratio(check, catalogue)
    if isinstance(check, Quantity):
        return _of_quantity(check, catalogue)
    if isinstance(check, Lateness):
        return Measure(
            Numbers(whole=True), Words("迟多久是不小于 0 的整数", "lateness is a whole number not below 0")
        )
    if isinstance(check, Cadence):
        most = most_windows(check, months)
        why = Words(
            f"评估期 {months} 个月，最多 {most} 个时段", f"{months} months hold at most {most} windows"
        )
        return Measure(Numbers(high=Fraction(most), whole=True), why, tally=True)
    if isinstance(check, Group):
        if check.each is not None:
            why = Words("单元的个数是整数", "units are whole")
            return Measure(Numbers(whole=True), why, tally=True)
        size = sum(1 for _ in check.members())
        why = Words(f"组合里只有 {size} 项检查", f"the group has {size} members")
        return Measure(Numbers(high=Fraction(size), whole=True), why, tally=True)
    return None


def _of_ratio(check: Ratio, catalogue: Catalogue) -> Measure | None:
    top, bottom = check.numerator, check.denominator
    if top not in catalogue.counts or bottom not in catalogue.counts:
        return None
    part, whole = label(top, catalogue), label(bottom, catalogue)
    if is_part(top, bottom, catalogue):
        why = Words(
            f"{part.zh}是{whole.zh}的一部分，比例在 0% 到 100% 之间",
            f"{part.en} is a part of {whole.en}: the ratio lies between 0% and 100%",
        )
        return Measure(SHARE, why)
    return Measure(Numbers(), Words("比例不小于 0%", "a ratio is not below 0%"))


def _of_quantity(check: Quantity, catalogue: Catalogue) -> Measure | None:
    name = check.count or check.events or check.documents or ""
    kind = catalogue.kind_of(name)
    if kind is None:
        return None
    what = label(name, catalogue)
    item = catalogue.counts.get(name)
    if item is not None and not item.whole_number:
        return Measure(Numbers(), Words(f"{what.zh}不小于 0", f"{what.en} is not below 0"))
    why = Words(f"{what.zh}是不小于 0 的整数", f"{what.en} is a whole number not below 0")
    return Measure(Numbers(whole=True), why)


def most_windows(check: Cadence, months: int) -> int:
    """The most windows that a period of ``months`` can hold whole, whichever month it begins in."""
    return _most_windows(check.every, months, check.months, check.starts)


@cache
def _most_windows(every: Every, months: int, only: tuple[int, ...], starts: int | None) -> int:
    spans = (Span(first_day(month), last_day(month + months - 1)) for month in range(24000, 24012))
    return max(sum(not slot.cut for slot in slots(span, every, only, starts)) for span in spans)
