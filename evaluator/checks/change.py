"""``change``: a count against the period before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context
from evaluator.exact import Number, ceil_div, over
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
        less, moves = direction in ("falls", "not_above"), direction in ("falls", "rises")
        top, bottom = (0, 1) if by is None else by.value.as_integer_ratio()
        share = by is not None and by.percent
        # A fall is asked for, and so is that a rise stays within bounds.
        step = -top if direction in ("falls", "not_below") else top

        def judge(facts: Facts) -> Finding:
            now, before = facts.counts.get(name), facts.previous.get(name)
            if now is None or before is None:
                return absent(facts)
            measured = Measure(now - before, before or 1, ((name, now), ("previous", before)))
            if not before and share and less:
                return Finding(
                    "change", of, UNDECIDED, "from_zero", required, measured, None, of, waits="person"
                )
            bound = before * bottom + (step * before if share else step)
            beyond = now * bottom - bound if less else bound - now * bottom
            # Any share of nothing is nothing: from zero, a rise by a percentage is any rise.
            strict = moves and (by is None or (share and not before))
            if beyond < 0 or (beyond == 0 and not strict):
                return met("change", of, required, measured, of)
            amount: Number = ceil_div(beyond, bottom) if whole else over(beyond, bottom)
            if strict and whole and amount * bottom == beyond:
                amount += 1
            lacking = Shortfall(
                "fewer" if less else "more", amount, name, True, ("beyond",) if strict and not whole else ()
            )
            return short("change", of, NONE, required, measured, lacking, of)

        return judge
