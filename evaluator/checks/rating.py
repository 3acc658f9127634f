"""``rating``: a level that an inspector gives."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal, Self

from pydantic import model_validator

from evaluator.checks.base import BaseCheck, Judge
from evaluator.crediting import Context, interval
from evaluator.exact import whole
from evaluator.facts import Facts
from evaluator.finding import UNDECIDED, Finding, Measure, Requirement, Shortfall
from evaluator.model import ExactNumber, Model, Text, Tuple, Use, refusal


class Level(Model):
    """One level: its number, the credit it earns, and what it means."""

    level: int
    credit: ExactNumber
    text: Text


class Rating(BaseCheck):
    """An inspector's level; without one the check is undecided at every stage."""

    kind: Literal["rating"]
    levels: Tuple[Level]

    @model_validator(mode="after")
    def _levels_in_order(self) -> Self:
        numbers = [one.level for one in self.levels]
        if len(numbers) < 2 or len(set(numbers)) != len(numbers):
            raise refusal(
                "bad_levels", "档次至少两个，且不得重复", "a rating has at least two levels, each once"
            )
        if any(one.credit.value > 1 for one in self.levels):
            raise refusal("bad_levels", "档次的 credit 不能超过 1", "a level earns at most credit 1")
        by_level = sorted(self.levels, key=lambda one: one.level)
        if any(low.credit.value > high.credit.value for low, high in pairwise(by_level)):
            raise refusal("bad_levels", "档次越高，credit 不能越低", "a higher level cannot earn less")
        return self

    def uses(self) -> Iterator[Use]:
        """Nothing that is submitted."""
        yield from ()

    def compile(self, context: Context) -> Judge:
        """Judge the inspector's level for this criterion."""
        best = max(self.levels, key=lambda one: (one.credit.value, -one.level))
        texts = tuple(f"{one.level}\t{one.text.zh}\t{one.text.en or ''}" for one in self.levels)
        required = Requirement("rating", details=(str(best.level), *texts))
        undecided = Finding("rating", (), UNDECIDED, "not_rated", required, waits="person")
        credits = {one.level: interval(whole(one.credit.value)) for one in self.levels}
        criterion = context.criterion

        def judge(facts: Facts) -> Finding:
            level = facts.ratings.get(criterion)
            if level is None or level not in credits:
                return undecided
            credit = credits[level]
            short = None if credit.floor == 1 else Shortfall("level", best.level - level, criterion)
            reason = "met" if credit.floor == 1 else "rated"
            return Finding(
                "rating", (), credit, reason, required, Measure(level, 1, ()), short, details=(str(level),)
            )

        return judge
