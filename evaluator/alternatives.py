"""Alternatives: the best of several ways to earn a criterion's points."""

from __future__ import annotations

from fractions import Fraction

from evaluator.checks import Check, Judge
from evaluator.crediting import Context
from evaluator.facts import Facts
from evaluator.finding import Finding, Interval, Requirement
from evaluator.model import ExactNumber, Model


class BestOf(Model):
    """One alternative: a check and the points that it can earn."""

    check: Check
    points: ExactNumber


def compile_best_of(lines: tuple[BestOf, ...], context: Context, points: Fraction) -> Judge:
    """The best alternative, as a share of ``points``."""
    judges = tuple(
        (line.check.compile(context._replace(points=line.points.value)), line.points.value) for line in lines
    )
    required = Requirement("best_of", details=tuple(str(line.points) for line in lines))

    def judge(facts: Facts) -> Finding:
        members = tuple(one(facts) for one, _ in judges)
        earned = [
            (member.credit.floor * worth / points, member.credit.ceiling * worth / points)
            for member, (_, worth) in zip(members, judges, strict=True)
            if member.credit is not None
        ]
        if not earned:
            return Finding("best_of", (), None, "no_member_applies", required, members=members)
        credit = Interval(max(floor for floor, _ in earned), max(ceiling for _, ceiling in earned))
        return Finding(
            "best_of", (), credit, "met" if credit.floor == 1 else "best", required, members=members
        )

    return judge
