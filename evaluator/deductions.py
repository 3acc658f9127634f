"""Deductions: points that are lost line by line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Annotated, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from evaluator.checks import Check, Judge
from evaluator.checks.base import missing
from evaluator.checks.cadence import Cadence
from evaluator.checks.group import Group
from evaluator.checks.lateness import Lateness
from evaluator.checks.quantity import Quantity
from evaluator.checks.ratio import Ratio
from evaluator.crediting import Context
from evaluator.exact import Exact, Number, clamped, quotient, total
from evaluator.facts import Facts
from evaluator.finding import NONE, UNDECIDED, Finding, Interval, Measure, Requirement, leaves
from evaluator.model import ExactNumber, Lose, Model, Use, refusal
from evaluator.occurrences import Each


class Loss(NamedTuple):
    """The points that one line takes: at least ``least``, at most ``most``; ``applies`` is false where it says nothing."""

    least: Number
    most: Number
    finding: Finding
    applies: bool = True


Lossy = Callable[[Facts], Loss]


class Deduction(Model):
    """One line: exactly one of ``unless``, ``each``, ``each_missed``, ``each_below``, ``each_above``."""

    unless: Check | None = None
    each: Each | None = None
    each_missed: Annotated[Cadence | Group, Field(discriminator="kind")] | None = None
    each_below: Annotated[Ratio | Quantity, Field(discriminator="kind")] | None = None
    each_above: Annotated[Ratio | Quantity | Lateness, Field(discriminator="kind")] | None = None
    lose: Lose
    cap: ExactNumber | None = None
    step: ExactNumber | None = None
    part_step: Literal["ignore", "full", "proportional"] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        forms = (self.unless, self.each, self.each_missed, self.each_below, self.each_above)
        if sum(form is not None for form in forms) != 1:
            raise refusal(
                "one_deduction",
                "unless、each、each_missed、each_below、each_above 要写且只写一个",
                "write exactly one of unless, each, each_missed, each_below, each_above",
            )
        measured = self.each_below or self.each_above
        if (measured is None) != (self.step is None) or (measured is None) != (self.part_step is None):
            raise refusal(
                "step_of_below",
                "each_below、each_above 要写 step 和 part_step，其他都不写",
                "each_below and each_above state step and part_step; nothing else does",
            )
        for form, check, wanted in (
            ("each_below", self.each_below, "at_least"),
            ("each_above", self.each_above, "at_most"),
        ):
            if check is not None and (
                [name for name, _ in check.stated()] != [wanted] or isinstance(getattr(check, wanted), dict)
            ):
                raise refusal(
                    "below_at_least",
                    f"{form} 的检查要写一个 {wanted}",
                    f"the check of {form} states one {wanted}",
                )
        if self.step is not None and not self.step.value:
            raise refusal("step_of_below", "step 不能为 0", "step cannot be 0")
        if self.lose == "all" and (self.unless is None or self.cap is not None):
            raise refusal(
                "lose_all", "lose: all 只用于 unless，且不写 cap", "lose: all goes with unless, without cap"
            )
        if self.each_missed is not None and (self.each_missed.steps or self.each_missed.scale):
            raise refusal(
                "idle_credit",
                "each_missed 里 steps、scale 不起作用",
                "steps and scale have no effect in each_missed",
            )
        return self

    def checks(self) -> Iterator[tuple[tuple[str | int, ...], Check]]:
        """The checks inside the line with their paths."""
        for name in ("unless", "each_missed", "each_below", "each_above"):
            check = getattr(self, name)
            if check is not None:
                yield (name,), check

    def own_uses(self) -> Iterator[Use]:
        """The items that ``each`` counts."""
        if self.each is not None:
            yield from self.each.uses()

    def compile(self, context: Context, points: Number) -> Lossy:
        """The loss as a function of facts; ``points`` bounds it."""
        most = min(points, self.cap.value) if self.cap is not None else points
        lose = points if isinstance(self.lose, str) else self.lose.value
        inner = context._replace(points=None)
        if self.unless is not None:
            return _unless(self.unless.compile(inner), min(lose, most))
        if self.each is not None:
            return _each(self.each, lose, most)
        if self.each_missed is not None:
            return _each_missed(self.each_missed.compile(inner), lose, most)
        measured, limit = self.each_below or self.each_above, self._limit()
        assert measured is not None
        assert self.step is not None
        assert self.part_step is not None
        judge, below = measured.compile(inner), self.each_below is not None
        return _each_step(judge, limit, self.step.value, self.part_step, lose, most, below=below)

    def _limit(self) -> Fraction:
        limit = self.each_below.at_least if self.each_below is not None else None
        if self.each_above is not None:
            limit = self.each_above.at_most
        assert isinstance(limit, Exact)
        return limit.value


def _by_credit(credit: Interval, most: Number, finding: Finding) -> Loss:
    return Loss(most if credit.ceiling == 0 else 0, most if credit.floor < 1 else 0, finding)


def _unless(judge: Judge, lose: Number) -> Lossy:
    def loss(facts: Facts) -> Loss:
        finding = judge(facts)
        if finding.credit is None:
            return Loss(0, 0, finding, applies=False)
        return Loss(
            lose if finding.credit.ceiling < 1 else 0, lose if finding.credit.floor < 1 else 0, finding
        )

    return loss


def _each(each: Each, lose: Number, most: Number) -> Lossy:
    name = each.count or each.events or each.documents or ""
    required = Requirement("each", details=(name,))
    absent = missing("quantity", (name,), required)

    def found(facts: Facts) -> tuple[Number, tuple[str, ...]] | None:
        if each.count is not None:
            number = facts.counts.get(name)
            return None if number is None else (number, (name,))
        if each.events is not None:
            events = facts.events.get(name, ())
            return (len(events), tuple([one.id for one in events])) if name in facts.complete else None
        papers = [
            p
            for p in facts.documents.get(name, ())
            if p.issued and p.issued in facts.span and p.issued <= facts.as_of
        ]
        return (len(papers), tuple(p.id for p in papers)) if name in facts.complete else None

    def loss(facts: Facts) -> Loss:
        seen = found(facts)
        if seen is None:
            finding = absent(facts)
            return Loss(most if facts.closing else 0, most, finding)
        number, evidence = seen
        lost = min(number * lose, most)
        open_ = each.count is None and not facts.over and lost < most
        credit = UNDECIDED if open_ else Interval(1, 1) if not lost else NONE
        reason = "open_period" if open_ else "met" if not lost else "short"
        finding = Finding(
            "quantity",
            (name,),
            credit,
            reason,
            required,
            Measure(number, 1, ((name, number),), open_),
            None,
            evidence,
            waits="time" if open_ else None,
        )
        return Loss(lost, most if open_ else lost, finding)

    return loss


def _each_missed(judge: Judge, lose: Number, most: Number) -> Lossy:
    def loss(facts: Facts) -> Loss:
        finding = judge(facts)
        if finding.credit is None:
            return Loss(0, 0, finding, applies=False)
        if finding.measured is None:
            return _by_credit(finding.credit, most, finding)
        if finding.kind == "cadence":
            missed = sum(window.state == "missed" for window in finding.windows)
            perhaps = missed + sum(window.state == "open" for window in finding.windows)
        else:
            credits = [member.credit for member in finding.members if member.credit is not None]
            missed = sum(credit.ceiling < 1 for credit in credits)
            perhaps = sum(credit.floor < 1 for credit in credits)
        return Loss(min(missed * lose, most), min(perhaps * lose, most), finding)

    return loss


def _each_step(
    judge: Judge, limit: Fraction, step: Fraction, part: str, lose: Number, most: Number, *, below: bool
) -> Lossy:
    def loss(facts: Facts) -> Loss:
        finding = judge(facts)
        if finding.credit is None:
            return Loss(0, 0, finding, applies=False)
        if finding.measured is None or finding.waits == "person" or finding.reason == "zero_denominator":
            return _by_credit(finding.credit, most, finding)
        measured = Fraction(finding.measured.numerator) / finding.measured.denominator
        gap = max(limit - measured if below else measured - limit, Fraction(0))
        steps: Number = gap / step
        if part == "ignore":
            steps = steps.numerator // steps.denominator
        elif part == "full":
            steps = -(-steps.numerator // steps.denominator)
        lost = min(steps * lose, most)
        if below:
            # A number that still grows can close the whole gap.
            return Loss(0 if finding.credit.ceiling == 1 else lost, lost, finding)
        # … or open one as wide as it likes.
        return Loss(lost, most if finding.measured.growing else lost, finding)

    return loss


def compile_deductions(lines: tuple[Deduction, ...], context: Context, points: Fraction) -> Judge:
    """The credit that is left of ``points`` after every line, as a finding with the lines as members."""
    losses = tuple(line.compile(context, points) for line in lines)
    required = Requirement("deduct")

    def judge(facts: Facts) -> Finding:
        found = [loss(facts) for loss in losses]
        members = tuple(one.finding for one in found)
        if not any(one.applies for one in found):
            return Finding("deduct", (), None, "no_member_applies", required, members=members)
        least, most = total(one.least for one in found), total(one.most for one in found)
        credit = Interval(
            clamped(quotient(points - most, points), 0, 1), clamped(quotient(points - least, points), 0, 1)
        )
        details = tuple(f"{one.least}\t{one.most}" for one in found)
        waits = next(
            (
                leaf.waits
                for one in found
                if one.least < one.most
                for leaf in leaves(one.finding)
                if leaf.waits
            ),
            None,
        )
        reason = "deducted" if most else "met"
        closed = credit.ceiling == 0 and all(
            leaf.closed for one in found if one.most for leaf in leaves(one.finding) if leaf.credit == NONE
        )
        return Finding(
            "deduct",
            (),
            credit,
            reason,
            required,
            members=members,
            waits=waits,
            closed=closed,
            details=details,
        )

    return judge
