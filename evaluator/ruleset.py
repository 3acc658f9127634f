"""A ruleset: the encoding of one published standard, typed and strict."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction
from typing import Any, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from evaluator.alternatives import BestOf
from evaluator.checks import Check
from evaluator.crediting import Graded
from evaluator.deductions import Deduction
from evaluator.earnings import Earning
from evaluator.model import (
    Basis,
    DutyHolder,
    ExactNumber,
    Identifier,
    IsoDate,
    Line,
    Model,
    PeriodDate,
    SubjectKind,
    Text,
    Title,
    Tuple,
    Use,
    refusal,
)
from evaluator.windows import Span, first_day, last_day, month_number

Level = Literal["must", "should", "may"]
VetoEffect = Literal["refuse", "cap", "end"]
Method = Literal["documents", "on_site", "interview", "survey"]
Path = tuple[str | int, ...]


class Standard(Model):
    """The published document; ``issuer`` and ``issued`` are null where its text does not say."""

    title: Line
    issuer: Line | None
    issued: Line | None
    note: Text | None = None


class Effective(Model):
    """From when to when the encoding is in force."""

    from_: PeriodDate = Field(alias="from")
    to: IsoDate | None = None
    basis: Basis


class JudgedPeriod(Model):
    """The length that is judged, in months."""

    months: int = Field(ge=1, le=120)


class Grade(Model):
    """A grade, read from the score alone."""

    id: Identifier
    title: Title
    at_least: ExactNumber
    basis: Basis


class Bonus(Model):
    """The most score points that ``may`` criteria can add."""

    cap: ExactNumber


class TotalDeduction(Deduction):
    """A deduction from the total or from a section, with the title that the scorecard prints."""

    title: Title


class Deductions(Model):
    """Deductions from the total, in score points, with their cap."""

    cap: ExactNumber
    lines: Tuple[TotalDeduction]


class Scoring(Model):
    """How points become a score from 0 to 100, and a score a grade."""

    model: Literal["points", "flat", "absolute"]
    total: ExactNumber | None = None
    not_applicable: Literal["full", "zero"] | None = None
    grades: Tuple[Grade]
    pass_: Identifier = Field(alias="pass")
    bonus: Bonus | None = None
    deductions: Deductions | None = None
    transition: Literal["period_end", "period_start"] = "period_end"

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.model == "absolute") != (self.total is not None and self.not_applicable is not None):
            raise refusal(
                "absolute_total",
                "absolute 要写 total 和 not_applicable；其他模型都不写",
                "absolute states total and not_applicable; the other models state neither",
            )
        if self.total is not None and not self.total.value:
            raise refusal("absolute_total", "total 不能为 0", "total cannot be 0")
        limits = [grade.at_least.value for grade in self.grades]
        if limits.count(Fraction(0)) != 1:
            raise refusal(
                "no_lowest_grade", "要有且只有一个等级的 at_least 为 0", "exactly one grade has at_least 0"
            )
        if limits != sorted(set(limits), reverse=True) or max(limits) > 100:
            raise refusal(
                "grades_out_of_order",
                "等级应从高到低排列，不得相同或超过 100",
                "grades go from high to low, without ties, at most 100",
            )
        if self.pass_ not in {grade.id for grade in self.grades}:
            raise refusal(
                "unknown_grade",
                f"pass 所写的等级 {self.pass_} 不存在",
                f"pass names an unknown grade {self.pass_}",
            )
        return self

    @property
    def pass_line(self) -> Fraction:
        """The score that acceptance needs."""
        return next(grade.at_least.value for grade in self.grades if grade.id == self.pass_)


class BasisOf(Model):
    """Whether the standard states a figure or we chose it."""

    threshold: Basis | None = None
    points: Basis
    level: Basis
    veto: Basis | None = None


class Criterion(Model):
    """One citable requirement with its check; ``supersedes`` is the criterion of the edition before that it continues."""

    id: Identifier
    supersedes: Identifier | None = None
    clause: Line
    item: Line | None = None
    printed: Line | None = None
    anchors: Tuple[Line]
    title: Title
    requirement: Text
    level: Level
    nature: Literal["requirement", "prohibition"] = "requirement"
    veto: bool = False
    veto_effect: VetoEffect = "refuse"
    veto_grade: Identifier | None = None
    points: ExactNumber
    basis: BasisOf
    duty_of: Tuple[DutyHolder]
    responsible: Tuple[Line] = ()
    method: Method
    applies_when: Check | None = None
    requires: Tuple[Identifier] = ()
    credit: Literal["proportional", "all_or_nothing"] | None = None
    check: Check | None = None
    deduct: Tuple[Deduction] | None = None
    best_of: Tuple[BestOf] | None = None
    earn: Tuple[Earning] | None = None
    remedy: Text

    @model_validator(mode="before")
    @classmethod
    def _credit_of_the_check(cls, value: Any) -> Any:
        # "credit" may stand beside the check; it means the same as inside it.
        if isinstance(value, dict) and isinstance(value.get("check"), dict) and "credit" in value:
            if "credit" in value["check"]:
                raise refusal(
                    "two_credits",
                    "credit 在指标和检查里各写了一次",
                    "credit stands in the criterion and in its check",
                )
            return {**value, "check": {**value["check"], "credit": value["credit"]}}
        return value

    @model_validator(mode="after")
    def _veto_whole(self) -> Self:
        if self.veto and self.level == "may":
            raise refusal("veto_on_may", "鼓励项不能一票否决", "what is encouraged cannot be a veto")
        if self.veto and self.basis.veto is None:
            raise refusal("basis_of_veto", "一票否决要写明 basis.veto", "a veto says its basis.veto")
        if self.veto_effect != "refuse" and not self.veto:
            raise refusal(
                "idle_veto_effect",
                "不是一票否决，veto_effect 不起作用",
                "veto_effect has no effect without veto",
            )
        if (self.veto_effect == "cap") != (self.veto_grade is not None):
            raise refusal(
                "grade_of_veto",
                "veto_effect: cap 要写 veto_grade（最高等级），其他都不写",
                "veto_effect: cap states veto_grade, the best grade that is left; nothing else does",
            )
        return self

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        stated = [one for one in (self.check, self.deduct, self.best_of, self.earn) if one is not None]
        if len(stated) != 1:
            raise refusal(
                "one_check",
                "check、deduct、best_of、earn 要写且只写一个",
                "write exactly one of check, deduct, best_of, earn",
            )
        if stated[0] == ():
            raise refusal("empty_check", "一项检查也没有", "no check at all")
        if self.credit is not None and self.check is None:
            raise refusal(
                "idle_credit", "没有 check 时 credit 不起作用", "credit has no effect without check"
            )
        stepped = isinstance(self.check, Graded) and any(step.points for step in self.check.steps or ())
        if self.points.percent or (not self.points.value and (self.check is None or stepped)):
            raise refusal(
                "bad_points",
                "分值要是大于 0 的数；只有 check 不按分值分档时才能写 0",
                "points are a number above 0; only with a check without steps in points may they be 0",
            )
        if not self.anchors or not self.duty_of:
            raise refusal("empty_list", "anchors 和 duty_of 不能为空", "anchors and duty_of cannot be empty")
        if any(len(anchor) > 20 for anchor in self.anchors):
            raise refusal(
                "long_anchor", "anchors 只写短词，不写句子", "an anchor is a short term, not a sentence"
            )
        for one in self.best_of or ():
            if one.points.value > self.points.value:
                raise refusal(
                    "bad_points",
                    "best_of 的分值超过指标分值",
                    "best_of earns more than the criterion's points",
                )
        return self

    def lines(self) -> Iterator[tuple[Path, Deduction | Earning]]:
        """Every line that takes or earns points, with its path."""
        for position, line in enumerate(self.deduct or ()):
            yield ("deduct", position), line
        for position, earning in enumerate(self.earn or ()):
            yield ("earn", position), earning

    def checks(self) -> Iterator[tuple[Path, Check]]:
        """Every top check of the criterion with its path; the condition first."""
        if self.applies_when is not None:
            yield ("applies_when",), self.applies_when
        if self.check is not None:
            yield ("check",), self.check
        for where, line in self.lines():
            for path, check in line.checks():
                yield (*where, *path), check
        for position, one in enumerate(self.best_of or ()):
            yield ("best_of", position, "check"), one.check

    def uses(self) -> Iterator[Use]:
        """Every catalogue item that the criterion reads."""
        for path, check in self.checks():
            for use in check.uses():
                yield use._replace(path=(*path, *use.path))
        for where, line in self.lines():
            for use in line.own_uses():
                yield use._replace(path=(*where, *use.path))


class Section(Model):
    """A part of the scorecard; ``cap`` bounds what its criteria earn together.

    ``deductions`` are taken from what they earned, in points of the criteria, until nothing is left.
    """

    id: Identifier
    title: Title
    cap: ExactNumber | None = None
    deductions: Tuple[TotalDeduction] = ()
    criteria: Tuple[Criterion]

    def worth(self, scoring: Scoring) -> Fraction:
        """The most that its `must` and `should` criteria can earn together."""
        counted = (one for one in self.criteria if one.level != "may")
        points = sum((full_points(one, scoring) for one in counted), Fraction(0))
        return points if self.cap is None else min(points, self.cap.value)


class Taken(NamedTuple):
    """A deduction outside the criteria: its path, and the section whose points it takes (None: the total's)."""

    path: Path
    section: Section | None
    deduction: TotalDeduction


def full_points(criterion: Criterion, scoring: Scoring) -> Fraction:
    """The most that a criterion can earn: its points, or 1 in the flat model."""
    return Fraction(1) if scoring.model == "flat" else criterion.points.value


class Ruleset(Model):
    """One standard at one version of its encoding."""

    ruleset: Identifier
    version: Line = Field(pattern=r"^\d+\.\d+\.\d+$")
    supersedes: Identifier | None = None
    title: Title
    subject: Tuple[SubjectKind]
    standard: Standard
    effective: Effective
    period: JudgedPeriod
    scoring: Scoring
    sections: Tuple[Section]

    def criteria(self) -> Iterator[tuple[Path, Section, Criterion]]:
        """Every criterion in order, with its path and section."""
        for s, section in enumerate(self.sections):
            for c, criterion in enumerate(section.criteria):
                yield ("sections", s, "criteria", c), section, criterion

    def first_period(self) -> Span:
        """A period of the ruleset's length from its first day in force."""
        start = self.effective.from_
        after = month_number(start) + self.period.months
        end = first_day(after).replace(day=min(start.day, last_day(after).day)) - timedelta(days=1)
        return Span(start, end)

    def taken(self) -> Iterator[Taken]:
        """The deductions from the total, then those of the sections, in order."""
        for n, line in enumerate(self.scoring.deductions.lines if self.scoring.deductions else ()):
            yield Taken(("scoring", "deductions", "lines", n), None, line)
        for s, section in enumerate(self.sections):
            for n, line in enumerate(section.deductions):
                yield Taken(("sections", s, "deductions", n), section, line)

    def by_id(self) -> dict[str, Criterion]:
        """The criteria by identifier."""
        return {criterion.id: criterion for _, _, criterion in self.criteria()}


class ClauseItem(Model):
    """One dash item of a clause: its heading, or its ordinal where it has none."""

    item: Line
    heading: Line | None = None
    normative: bool = True
    not_assessed: Text | None = None


class Clause(Model):
    """One clause of the standard: identifier and heading, never its text."""

    id: Line
    heading: Line
    normative: bool
    printed: Line | None = None
    not_assessed: Text | None = None
    items: Tuple[ClauseItem] = ()


class Clauses(Model):
    """The standard's clauses in order."""

    clauses: Tuple[Clause]
