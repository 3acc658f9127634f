"""``ratio``: one count divided by another."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context, Thresholds, credit_at, interval
from evaluator.facts import Facts
from evaluator.finding import FULL, NONE, UNDECIDED, Finding, Interval, Measure, measure, met, short
from evaluator.model import ExactNumber, Identifier, Use
from evaluator.shortfalls import shortfall_of

WhenZero = Literal["not_applicable", "satisfied", "not_satisfied", "needs_review"]
_AT_ZERO: dict[str, Interval | None] = {
    "not_applicable": None,
    "satisfied": FULL,
    "not_satisfied": NONE,
    "needs_review": UNDECIDED,
}


class Ratio(Thresholds, BaseCheck):
    """``numerator`` ÷ ``denominator``, both counts; below ``minimum_sample`` a person decides."""

    kind: Literal["ratio"]
    numerator: Identifier
    denominator: Identifier
    when_zero: WhenZero = "not_applicable"
    minimum_sample: ExactNumber | None = None

    def uses(self) -> Iterator[Use]:
        """Both counts."""
        yield Use("counts", self.numerator, ("numerator",))
        yield Use("counts", self.denominator, ("denominator",))

    def compile(self, context: Context) -> Judge:
        """Judge the quotient."""
        top, bottom = self.numerator, self.denominator
        of = (top, bottom)
        required = self.requirement(context, "ratio")
        credit = credit_at(required, proportional=self.credit == "proportional")
        none_of = {
            (False, True): missing("ratio", of, required, (top,)),
            (True, False): missing("ratio", of, required, (bottom,)),
            (False, False): missing("ratio", of, required),
        }
        at_zero = Finding(
            "ratio", of, _AT_ZERO[self.when_zero], "zero_denominator", required, details=(bottom,)
        )
        if self.when_zero == "needs_review":
            at_zero = at_zero._replace(waits="person")
        sample = None if self.minimum_sample is None else self.minimum_sample.value
        item = context.catalogue.counts.get(top)
        shortfall = shortfall_of(required, top, whole=item is None or item.whole_number)
        part = item is not None and bottom in item.at_most

        def judge(facts: Facts) -> Finding:
            n, d = facts.counts.get(top), facts.counts.get(bottom)
            if n is None or d is None:
                return none_of[n is not None, d is not None](facts)
            if not d:
                return at_zero._replace(measured=Measure(n, 1, ((top, n), (bottom, d))), evidence=of)
            measured = measure(n, d, ((top, n), (bottom, d)))
            if sample is not None and d < sample:
                return Finding(
                    "ratio",
                    of,
                    UNDECIDED,
                    "small_sample",
                    required,
                    measured,
                    None,
                    of,
                    waits="person",
                    details=(str(sample),),
                )
            earned = interval(credit(n, d))
            if earned is FULL:
                return met("ratio", of, required, measured, of)
            lacking = shortfall(n, d, d if part else None)
            return short("ratio", of, earned, required, measured, lacking, of)

        return judge
