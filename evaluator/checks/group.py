"""``group``: how many of several checks hold; members that do not apply drop out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, Self

from pydantic import Field, model_validator

from evaluator.checks.base import BaseCheck, Judge, missing
from evaluator.crediting import Context, CreditAt, Graded, credit_at, interval, requirement_of, spread
from evaluator.exact import Number, over, total
from evaluator.facts import Facts
from evaluator.finding import (
    FULL,
    Finding,
    Interval,
    Measure,
    Requirement,
    Shortfall,
    Waits,
    is_open,
    labelled,
    measure,
    new_tuple,
    waiting,
)
from evaluator.model import ExactNumber, Identifier, Tuple, Use, refusal

if TYPE_CHECKING:
    from evaluator.checks import Check

Combine = Callable[[list[Number], int], Number]
_FORMS = ("all", "any", "of", "each")


class Group(Graded, BaseCheck):
    """Exactly one of ``all``, ``any``, ``of`` (with ``at_least``) or ``each`` (with ``check``)."""

    kind: Literal["group"]
    all_: Tuple[Check] | None = Field(None, alias="all")
    any_: Tuple[Check] | None = Field(None, alias="any")
    of: Tuple[Check] | None = None
    at_least: ExactNumber | None = None
    each: Identifier | None = None
    check: Check | None = None
    credit: Literal["all_or_nothing"] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        stated = [value for value in (self.all_, self.any_, self.of, self.each) if value is not None]
        if len(stated) != 1:
            raise refusal(
                "one_group_form",
                "all、any、of、each 要写且只写一个",
                "write exactly one of all, any, of, each",
            )
        if (self.each is None) != (self.check is None):
            raise refusal("each_needs_check", "each 与 check 要一起写", "each and check go together")
        if stated[0] == ():
            raise refusal("empty_group", "组合里一项检查也没有", "a group without members")
        self._check_number()
        if self.credit is not None and (self.steps or self.scale or self.any_ is not None):
            raise refusal("idle_credit", "这里的 credit 不起作用", "credit has no effect here")
        return self

    def _check_number(self) -> None:
        if (self.of is None) != (self.at_least is None) and not (
            self.of is not None and (self.steps or self.scale)
        ):
            raise refusal(
                "of_needs_number", "of 要同时写 at_least", "of needs at_least, and at_least needs of"
            )
        if self.at_least is not None and self.of is not None:
            value = self.at_least.value
            if self.at_least.percent or value.denominator != 1 or not 1 <= value <= len(self.of):
                raise refusal(
                    "impossible_number",
                    f"at_least 要是 1 到 {len(self.of)} 的整数",
                    f"at_least is a whole number from 1 to {len(self.of)}",
                )

    def members(self) -> Iterator[tuple[tuple[str | int, ...], Check]]:
        """The member checks with their paths."""
        for name, checks in (("all", self.all_), ("any", self.any_), ("of", self.of)):
            for position, check in enumerate(checks or ()):
                yield (name, position), check
        if self.check is not None:
            yield ("check",), self.check

    def uses(self) -> Iterator[Use]:
        """What the members use, and the kind of unit."""
        if self.each is not None:
            yield Use("units", self.each, ("each",))
        for path, check in self.members():
            for use in check.uses():
                yield use._replace(path=(*path, *use.path))

    def compile(self, context: Context) -> Judge:
        """Judge every member and combine."""
        inner = context._replace(points=None)
        form = next(
            name for name in _FORMS if getattr(self, name + "_" * (name in ("all", "any"))) is not None
        )
        wanted = int(self.at_least.value) if self.at_least is not None else 0
        required = requirement_of(self, context, "group")._replace(
            details=(form, str(wanted), self.each or "")
        )
        graded = credit_at(required, tally=True) if self.steps or self.scale else None
        strict = self.credit == "all_or_nothing"
        judges = tuple(check.compile(inner) for _, check in self.members())
        if self.each is not None:
            return _each(self.each, judges[0], _Combining((self.each,), required, "each", 0, graded, strict))
        combined = _Combining((), required, form, wanted, graded, strict)
        return lambda facts: combined(tuple([one(facts) for one in judges]))


def _each(kind: str, member: Judge, combined: _Combining) -> Judge:
    absent = missing("group", (kind,), combined.required)

    def judge(facts: Facts) -> Finding:
        units = facts.units.get(kind)
        if units is None:
            if kind not in facts.complete:
                return absent(facts)
            units = ()
        return combined(tuple([labelled(member(unit), name) for name, unit in units]))

    return judge


class _Combining:
    """How the findings of members become that of their group; ``of`` is the kind of unit, where the members are units."""

    def __init__(
        self,
        of: tuple[str, ...],
        required: Requirement,
        form: str,
        wanted: int,
        graded: CreditAt | None,
        strict: bool,
    ) -> None:
        self.of, self.required, self.form, self.wanted = of, required, form, wanted
        self.graded, self.combine = graded, _combination(form, strict)

    def __call__(self, members: tuple[Finding, ...]) -> Finding:
        credits = [member.credit for member in members if member.credit is not None]
        size = len(credits)
        if not size:
            return Finding("group", self.of, None, "no_member_applies", self.required, members=members)
        if self.graded is None and credits.count(FULL) == size:
            return self._found(members, FULL, "met", _holding(size, size))
        floors, ceilings = [credit.floor for credit in credits], [credit.ceiling for credit in credits]
        surely, possibly = floors.count(1), ceilings.count(1)
        earned, need = self._earned(floors, ceilings, surely, possibly)
        short, reason, waits = None, "met", None
        if earned is not FULL:
            if surely < need:
                possible = possibly >= need or _mendable(members)
                short = Shortfall("members", need - surely, self.of[0] if self.of else "", possible)
            reason = "members_short"
            if is_open(earned):
                reason, waits = "open_members", next(iter(waiting(members)), None)
        return self._found(members, earned, reason, _holding(surely, size), short, waits)

    def _found(
        self,
        members: tuple[Finding, ...],
        credit: Interval,
        reason: str,
        measured: Measure,
        short: Shortfall | None = None,
        waits: Waits | None = None,
    ) -> Finding:
        fields = ("group", self.of, credit, reason, self.required, measured, short, (), (), members, waits)
        return new_tuple(Finding, (*fields, False, (), ""))

    def _earned(
        self, floors: list[Number], ceilings: list[Number], surely: int, possibly: int
    ) -> tuple[Interval, int]:
        """The credit, and how many members have to hold for the full one."""
        size, graded = len(floors), self.graded
        if graded is not None:
            best = max(graded(number, size) for number in range(size + 1))
            need = next(number for number in range(size + 1) if graded(number, size) == best)
            found = spread(graded, range(surely, possibly + 1), size)
            return found if is_open(found) else interval(found.floor), need
        need = 1 if self.form == "any" else min(self.wanted, size) if self.form == "of" else size
        floor = self.combine(floors, need)
        if floors == ceilings:
            return interval(floor), need
        found = Interval(floor, self.combine(ceilings, need))
        return found if is_open(found) else interval(floor), need


def _holding(number: int, size: int) -> Measure:
    return measure(number, size, (("holding", number), ("members", size)))


def _mendable(members: tuple[Finding, ...]) -> bool:
    return all(member.shortfall is None or member.shortfall.possible for member in members)


def _combination(form: str, strict: bool) -> Combine:
    if form == "any":
        return lambda credits, _need: max(credits)
    if strict:
        return lambda credits, need: int(credits.count(1) >= need)
    if form == "of":
        return lambda credits, need: over(total(sorted(credits, reverse=True)[:need]), need)
    return lambda credits, _need: over(total(credits), len(credits))
