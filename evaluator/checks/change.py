"""``change``: a count against the period before."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal, Self

from pydantic import model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context
from evaluator.exact import Exact, Number, ceil_div, over
from evaluator.facts import Facts
from evaluator.finding import NONE, UNDECIDED, Finding, Measure, Requirement, Shortfall, met, short
from evaluator.model import ExactNumber, Identifier, Use, refusal

Direction = Literal["falls", "rises", "not_above", "not_below"]


class Change(BaseCheck):
    """``count`` falls, rises, or is not above or below the period before; ``by`` says by how much at least (or at most)."""

    kind: Literal["change"]
    count: Identifier
    direction: Direction
    by: ExactNumber | None = None

    @model_validator(mode="after")
    def _by_needs_movement(self) -> Self:
        if self.by is not None and self.by.value == 0:
            raise refusal(
                "idle_by", "by 为 0 不起作用", "by 0 has no effect", mend_zh="删去 by", mend_en="leave by out"
            )
        return self

    def uses(self) -> Iterator[Use]:
        """The count, of this period and of the one before."""
        yield Use("counts", self.count, ("count",))
        yield Use("previous", self.count, ("count",))

    def compile(self, context: Context) -> Judge:
        """Judge the movement."""
        name, of, direction, by = self.count, (self.count,), self.direction, self.by
        limits = () if by is None else (("by", by),)
        required = Requirement("change", limits=limits, details=(direction,))
        absent = missing("change", of, required)
        item = context.catalogue.counts.get(name)
        whole = item is None or item.whole_number

        def judge(facts: Facts) -> Finding:
            now, before = facts.counts.get(name), facts.previous.get(name)
            if now is None or before is None:
                return absent(facts)
            parts = ((name, now), ("previous", before))
            measured = Measure(now - before, before or 1, parts)
            if not before and by is not None and by.percent and direction in ("falls", "not_above"):
                return Finding(
                    "change", of, UNDECIDED, "from_zero", required, measured, None, of, waits="person"
                )
            bound = _bound(before, direction, by)
            # Any share of nothing is nothing: from zero, a rise by a percentage is any rise.
            strict = by is None or (by.percent and not before)
            if _holds(now, bound, direction, strict=strict):
                return met("change", of, required, measured, of)
            lacking = _lacking(name, now, bound, direction, whole, strict=strict)
            return short("change", of, NONE, required, measured, lacking, of)

        return judge


def _bound(before: Number, direction: Direction, by: Exact | None) -> Number:
    if by is None:
        return before
    top, bottom = by.value.as_integer_ratio()
    step = top * before if by.percent else top
    return over(before * bottom + (-step if direction in ("falls", "not_below") else step), bottom)


def _holds(now: Number, bound: Number, direction: Direction, *, strict: bool) -> bool:
    if direction == "falls":
        return now < bound if strict else now <= bound
    if direction == "rises":
        return now > bound if strict else now >= bound
    return now <= bound if direction == "not_above" else now >= bound


def _lacking(
    name: str, now: Number, bound: Number, direction: Direction, whole: bool, *, strict: bool
) -> Shortfall:
    less = direction in ("falls", "not_above")
    gap = Fraction(now - bound if less else bound - now)
    amount: Number = ceil_div(gap.numerator, gap.denominator) if whole else gap
    beyond = strict and direction in ("falls", "rises")
    if beyond and whole and amount == gap:
        amount += 1
    return Shortfall(
        "fewer" if less else "more", amount, name, True, ("beyond",) if beyond and not whole else ()
    )
