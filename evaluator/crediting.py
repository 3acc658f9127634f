"""From a measured number to credit: thresholds, proportion, steps, scale; exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple, Self

from pydantic import Field, model_validator

from evaluator.catalogue import Catalogue
from evaluator.exact import Exact, Number
from evaluator.finding import FULL, NONE, Interval, Requirement
from evaluator.model import DatedExact, ExactNumber, Model, Tuple, at_date, refusal
from evaluator.windows import Span

COMPARISONS = ("at_least", "at_most", "above", "below", "equals")
CreditAt = Callable[[Number, Number], Number]


class Context(NamedTuple):
    """What compiling a check needs beside the check itself.

    ``day`` picks dated thresholds; ``points`` are those that ``steps`` are stated in (None inside a group);
    ``prohibition`` says that the criterion wants something never to occur, so that an occurrence cannot be undone; ``flat`` that
    every criterion weighs alike, whatever its points.
    """

    span: Span
    day: date
    catalogue: Catalogue
    points: Fraction | None = None
    prohibition: bool = False
    criterion: str = ""
    flat: bool = False


class Comparisons(Model):
    """The five ways to compare a number; ``at_least`` and ``at_most`` （以上， 以下） include the number itself."""

    at_least: DatedExact | None = None
    at_most: DatedExact | None = None
    above: DatedExact | None = None
    below: DatedExact | None = None
    equals: DatedExact | None = None

    def limits(self, day: date) -> tuple[tuple[str, Exact], ...]:
        """The comparisons that are in force on ``day``."""
        stated = ((name, getattr(self, name)) for name in COMPARISONS)
        return tuple((name, at_date(value, day)) for name, value in stated if value is not None)

    def stated(self) -> Iterator[tuple[str, Exact]]:
        """Every comparison, dated ones once for each date."""
        for name in COMPARISONS:
            value = getattr(self, name)
            if isinstance(value, Exact):
                yield name, value
            elif value is not None:
                for exact in value.values():
                    yield name, exact


class Step(Comparisons):
    """One step: a comparison, and what it earns as points of the criterion or as a share of it."""

    points: ExactNumber | None = None
    credit: ExactNumber | None = None

    @model_validator(mode="after")
    def _one_each(self) -> Self:
        if len(self.limits(date.min)) != 1 or (self.points is None) == (self.credit is None):
            raise refusal(
                "bad_step",
                "每一档要有一个比较条件，并写 points 或 credit 之一",
                "a step has one comparison and either points or credit",
            )
        if self.credit is not None and self.credit.value > 1:
            raise refusal("bad_step", "credit 不能超过 100%", "credit cannot exceed 100%")
        return self

    def share(self, points: Fraction | None) -> Fraction:
        """The credit that this step earns of a criterion of ``points``."""
        if self.credit is not None:
            return self.credit.value
        if self.points is None or not points:
            raise ValueError("a step in points outside a criterion with points")
        return self.points.value / points


class Scale(Model):
    """Credit that rises linearly from 0 at ``from`` to 1 at ``to`` (or falls, where ``to`` is the smaller)."""

    from_: ExactNumber = Field(alias="from")
    to: ExactNumber

    @model_validator(mode="after")
    def _two_ends(self) -> Self:
        if self.from_.value == self.to.value:
            raise refusal("bad_scale", "scale 的 from 与 to 相同", "the ends of a scale are the same")
        return self


class Graded(Model):
    """Steps or a scale, on any measured number."""

    steps: Tuple[Step] | None = None
    scale: Scale | None = None

    @model_validator(mode="after")
    def _one_grading(self) -> Self:
        if self.steps is not None and self.scale is not None:
            raise refusal("two_credits", "steps 和 scale 只能写一个", "write either steps or scale")
        if self.steps is not None and not self.steps:
            raise refusal("no_steps", "steps 一档也没有", "steps without a step")
        return self


class Thresholds(Comparisons, Graded):
    """A number with a plain threshold, steps or a scale: exactly one of them."""

    credit: Literal["proportional"] | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        plain = [name for name, _ in self.limits(date.min)]
        ways = bool(plain) + (self.steps is not None) + (self.scale is not None)
        if ways != 1:
            raise refusal(
                "one_way_to_credit",
                "阈值（at_least 等）、steps、scale 要写且只写一种",
                "write exactly one of a threshold (at_least …), steps or scale",
            )
        if self.credit == "proportional" and plain != ["at_least"]:
            raise refusal(
                "proportional_needs_at_least",
                "credit: proportional 只能配 at_least",
                "credit: proportional goes with at_least only",
            )
        if any(exact.value == 0 for name, exact in self.stated() if name == "at_least"):
            raise refusal(
                "always_met",
                "at_least 为 0 的条件永远成立",
                "at_least 0 always holds",
                mend_zh="改写阈值",
                mend_en="raise it",
            )
        return self

    def requirement(self, context: Context, code: str) -> Requirement:
        """What is required, with the thresholds in force."""
        return requirement_of(self, context, code, self.limits(context.day))


def requirement_of(
    graded: Graded, context: Context, code: str, limits: tuple[tuple[str, Exact], ...] = ()
) -> Requirement:
    """The requirement of ``graded``: its limits, steps or scale."""
    steps: tuple[tuple[str, Exact, Number], ...] = ()
    points = None
    if graded.steps is not None:
        steps = tuple((*step.limits(context.day)[0], step.share(context.points)) for step in graded.steps)
        if not context.flat and any(step.points is not None for step in graded.steps):
            points = context.points
    scale = None if graded.scale is None else (graded.scale.from_, graded.scale.to)
    return Requirement(code, limits, steps, scale, points=points)


def credit_at(requirement: Requirement, *, proportional: bool = False, tally: bool = False) -> CreditAt:
    """The credit of a number given as numerator and denominator.

    With ``tally`` the number is "so many of so many": a percentage is compared with their ratio, a plain number with the
    numerator alone.
    """
    if requirement.steps:
        steps = [(test_of(name, limit, tally), credit) for name, limit, credit in requirement.steps]

        def by_steps(numerator: Number, denominator: Number) -> Number:
            for holds, credit in steps:
                if holds(numerator, denominator):
                    return credit
            return 0

        return by_steps
    if requirement.scale is not None:
        return _by_scale(*requirement.scale, tally)
    if proportional:
        return _by_proportion(requirement.limits[0][1].value)
    tests = [test_of(name, limit, tally) for name, limit in requirement.limits]
    if len(tests) == 1:
        return tests[0]
    return lambda numerator, denominator: 1 if all(test(numerator, denominator) for test in tests) else 0


def interval(credit: Number) -> Interval:
    """A decided credit."""
    if type(credit) is int:
        return FULL if credit else NONE
    top, bottom = credit.as_integer_ratio()
    return FULL if top == bottom else Interval(credit, credit) if top else NONE


def spread(credit: CreditAt, numerators: Iterable[Number], denominator: Number = 1) -> Interval:
    """The least and greatest credit over the numerators that are still possible."""
    credits = [credit(numerator, denominator) for numerator in numerators]
    return Interval(min(credits), max(credits))


def growing(least: int, requirement: Requirement) -> list[int]:
    """Whole numbers from ``least`` upwards that stand for all of them before ``requirement``."""
    found = {least, least + 1}
    for value in requirement.values():
        base = value.numerator // value.denominator
        found.update(number for number in (base - 1, base, base + 1, base + 2) if number > least)
    return sorted(found)


def test_of(name: str, limit: Exact, tally: bool) -> CreditAt:
    """Whether a number given as numerator and denominator keeps ``limit``: 1 or 0; ``tally`` as for ``credit_at``."""
    top, bottom = limit.value.as_integer_ratio()
    if tally and not limit.percent:
        plain = _TESTS[name](top, bottom)
        return lambda numerator, _denominator: plain(numerator, 1)
    return _TESTS[name](top, bottom)


# numerator ÷ denominator against top ÷ bottom, multiplied out: 1 where it holds, else 0.
_TESTS: dict[str, Callable[[int, int], CreditAt]] = {
    "at_least": lambda top, bottom: lambda n, d: 1 if n * bottom >= top * d else 0,
    "at_most": lambda top, bottom: lambda n, d: 1 if n * bottom <= top * d else 0,
    "above": lambda top, bottom: lambda n, d: 1 if n * bottom > top * d else 0,
    "below": lambda top, bottom: lambda n, d: 1 if n * bottom < top * d else 0,
    "equals": lambda top, bottom: lambda n, d: 1 if n * bottom == top * d else 0,
}


def _by_proportion(least: Fraction) -> CreditAt:
    top, bottom = least.as_integer_ratio()

    def by_proportion(numerator: Number, denominator: Number) -> Number:
        reached, needed = numerator * bottom, top * denominator
        return 1 if reached >= needed else Fraction(reached, needed)

    return by_proportion


def _by_scale(start: Exact, end: Exact, tally: bool) -> CreditAt:
    top, bottom = start.value.as_integer_ratio()
    width, share = (end.value - start.value).as_integer_ratio()
    falls, plain = width < 0, tally and not end.percent

    def by_scale(numerator: Number, denominator: Number) -> Number:
        if plain:
            denominator = 1
        # (numerator ÷ denominator - start) ÷ (end - start), multiplied out.
        reached, whole = (numerator * bottom - top * denominator) * share, denominator * bottom * width
        if falls:
            reached, whole = -reached, -whole
        return 0 if reached <= 0 else 1 if reached >= whole else Fraction(reached, whole)

    return by_scale
