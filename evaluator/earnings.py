"""Earnings: points that add up line by line, up to those of the criterion."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Self

from pydantic import model_validator

from evaluator.checks import Check, Judge
from evaluator.crediting import Context, credit_at
from evaluator.exact import Exact, clamped, decimal, quotient, total
from evaluator.facts import Facts
from evaluator.finding import Finding, Interval, Requirement, leaves
from evaluator.model import ExactNumber, Model, Use, refusal
from evaluator.occurrences import Each


class Earning(Model):
    """One line of ``earn``: points for each occurrence, up to ``cap``, or for what holds."""

    each: Each | None = None
    when: Check | None = None
    points: ExactNumber
    cap: ExactNumber | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.each is None) == (self.when is None):
            raise refusal("one_earning", "each、when 要写且只写一个", "write exactly one of each and when")
        if not self.points.value or self.points.percent:
            raise refusal("bad_points", "分值要是大于 0 的数", "points are a number above 0")
        if self.cap is not None and (self.when is not None or self.cap.value < self.points.value):
            raise refusal(
                "cap_of_each",
                "cap 只配 each，且不小于一次的分值",
                "cap goes with each, and is not below the points of one",
            )
        return self

    def most(self, points: Fraction) -> Fraction:
        """The most that the line earns of a criterion of ``points``."""
        if self.when is not None:
            return self.points.value
        return points if self.cap is None else min(self.cap.value, points)

    def checks(self) -> Iterator[tuple[tuple[str | int, ...], Check]]:
        """The check inside the line with its path."""
        if self.when is not None:
            yield ("when",), self.when

    def own_uses(self) -> Iterator[Use]:
        """The items that ``each`` counts."""
        if self.each is not None:
            yield from self.each.uses()

    def compile(self, context: Context, points: Fraction) -> Judge:
        """The share of ``most`` that is earned."""
        if self.when is not None:
            return self.when.compile(context._replace(points=self.points.value))
        assert self.each is not None
        most = self.most(points)
        name = next(use.id for use in self.each.uses())
        enough = Exact(most / self.points.value)
        required = Requirement(
            "earns", (("at_least", enough),), details=(name, str(self.points), decimal(most))
        )
        return self.each.compile(required, credit_at(required, proportional=True), context)


def compile_earnings(lines: tuple[Earning, ...], context: Context, points: Fraction) -> Judge:
    """What the lines earn together, up to all of ``points``, as a share of them."""
    judges = tuple((line.compile(context, points), line.most(points)) for line in lines)
    required = Requirement("earn", details=(decimal(points),))

    def judge(facts: Facts) -> Finding:
        members = tuple(one(facts) for one, _ in judges)
        earned = [
            (member.credit.floor * worth, member.credit.ceiling * worth)
            for member, (_, worth) in zip(members, judges, strict=True)
            if member.credit is not None
        ]
        if not earned:
            return Finding("earn", (), None, "no_member_applies", required, members=members)
        floor, ceiling = (clamped(quotient(total(ends), points), 0, 1) for ends in zip(*earned, strict=True))
        waits = None
        if floor < ceiling:
            waits = next((leaf.waits for one in members for leaf in leaves(one) if leaf.waits), None)
        reason = "met" if floor == 1 else "earned"
        return Finding("earn", (), Interval(floor, ceiling), reason, required, members=members, waits=waits)

    return judge
