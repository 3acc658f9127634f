"""Verdicts → score, grade, acceptance: the only place where points weigh criteria against each other."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from evaluator.deductions import Loss
from evaluator.evaluate import Judgement, Verdict
from evaluator.exact import Number, clamped, quotient, total, whole
from evaluator.finding import Interval
from evaluator.ruleset import Criterion, Ruleset, Scoring, Section


class SectionScore(NamedTuple):
    """One section: all points of its must and should criteria, those that did not apply, what was earned, what `may` earned."""

    section: Section
    points: Number
    not_applicable: Number
    earned: Interval
    bonus: Interval

    @property
    def applicable(self) -> Number:
        """The points that could be earned, the section's cap considered."""
        left = self.points - self.not_applicable
        return min(left, self.section.cap.value) if self.section.cap is not None else left


class Score(NamedTuple):
    """The score from 0 to 100 as an interval, and what it is made of."""

    score: Interval
    decided: Number
    applicable: Number
    not_applicable: Number
    earned: Interval
    bonus: Interval
    deductions: Interval


class Result(NamedTuple):
    """A score (None where nothing applies), its grade, acceptance, the failed vetoes, and the sections."""

    score: Score | None
    grade: str | None
    accepted: bool | None
    vetoes: tuple[str, ...]
    sections: tuple[SectionScore, ...]


def full_points(criterion: Criterion, scoring: Scoring) -> Fraction:
    """The most that a criterion can earn: its points, or 1 in the flat model."""
    return Fraction(1) if scoring.model == "flat" else criterion.points.value


def weight(verdict: Verdict, scoring: Scoring) -> Fraction:
    """What a criterion weighs."""
    return full_points(verdict.criterion, scoring)


def earned(verdict: Verdict, scoring: Scoring) -> Interval:
    """What a criterion earned; nothing where it does not apply."""
    if verdict.credit is None:
        return Interval(0, 0)
    # Sums of whole numbers cost a tenth of sums of fractions.
    worth = whole(weight(verdict, scoring))
    return Interval(verdict.credit.floor * worth, verdict.credit.ceiling * worth)


def score(ruleset: Ruleset, judgement: Judgement) -> Result:
    """Score ``judgement`` as ``ruleset`` says (decision 1)."""
    scoring = ruleset.scoring
    by_id = {verdict.criterion.id: verdict for verdict in judgement.verdicts}
    sections = tuple(
        _section(section, [by_id[criterion.id] for criterion in section.criteria], scoring)
        for section in ruleset.sections
    )
    whole = _total(sections, judgement, scoring)
    vetoes = [
        verdict for verdict in judgement.verdicts if verdict.criterion.veto and verdict.credit is not None
    ]
    failed = tuple(one.criterion.id for one in vetoes if one.credit is not None and one.credit.ceiling < 1)
    if whole is None:
        return Result(None, None, None, failed, sections)
    sure = all(verdict.outcome == "satisfied" for verdict in vetoes)
    return Result(
        whole, _grade(whole.score, scoring), _accepted(whole.score, scoring, failed, sure), failed, sections
    )


def _section(section: Section, verdicts: list[Verdict], scoring: Scoring) -> SectionScore:
    counted = [verdict for verdict in verdicts if verdict.criterion.level != "may"]
    extra = [verdict for verdict in verdicts if verdict.criterion.level == "may"]
    sums = _sum(earned(verdict, scoring) for verdict in counted)
    if section.cap is not None:
        sums = Interval(min(sums.floor, section.cap.value), min(sums.ceiling, section.cap.value))
    return SectionScore(
        section,
        sum((weight(verdict, scoring) for verdict in counted), Fraction(0)),
        sum((weight(verdict, scoring) for verdict in counted if verdict.credit is None), Fraction(0)),
        sums,
        _sum(earned(verdict, scoring) for verdict in extra),
    )


def _total(sections: tuple[SectionScore, ...], judgement: Judgement, scoring: Scoring) -> Score | None:
    applicable = sum((one.applicable for one in sections), Fraction(0))
    not_applicable = sum((one.not_applicable for one in sections), Fraction(0))
    if not applicable:
        return None
    sums = _sum(one.earned for one in sections)
    if scoring.total is not None and scoring.not_applicable == "full":
        sums = Interval(sums.floor + not_applicable, sums.ceiling + not_applicable)
    bonus = _bonus(sections, scoring)
    lost = _deductions(judgement.losses, scoring)
    floor = out_of_100(sums.floor, applicable, bonus.floor, lost.ceiling, scoring)
    ceiling = out_of_100(sums.ceiling, applicable, bonus.ceiling, lost.floor, scoring)
    decided = 1 - quotient(sums.ceiling - sums.floor, applicable)
    return Score(Interval(floor, ceiling), decided, applicable, not_applicable, sums, bonus, lost)


def out_of_100(earned: Number, applicable: Number, bonus: Number, lost: Number, scoring: Scoring) -> Number:
    """The score that points earned of points applicable mean, with bonus and deductions in score points."""
    whole = applicable if scoring.total is None else scoring.total.value
    return _bounded(_bounded(earned * 100 / Fraction(whole)) + bonus - lost)


def _bonus(sections: tuple[SectionScore, ...], scoring: Scoring) -> Interval:
    cap = scoring.bonus.cap.value if scoring.bonus else Fraction(0)
    found = _sum(one.bonus for one in sections)
    return Interval(min(found.floor, cap), min(found.ceiling, cap))


def _deductions(losses: tuple[Loss, ...], scoring: Scoring) -> Interval:
    if scoring.deductions is None:
        return Interval(0, 0)
    cap = scoring.deductions.cap.value
    return Interval(min(total(one.least for one in losses), cap), min(total(one.most for one in losses), cap))


def _grade(score: Interval, scoring: Scoring) -> str | None:
    lowest, highest = (
        next(grade.id for grade in scoring.grades if end >= grade.at_least.value)
        for end in (score.floor, score.ceiling)
    )
    return lowest if lowest == highest else None


def _accepted(score: Interval, scoring: Scoring, failed: tuple[str, ...], sure: bool) -> bool | None:
    if failed or score.ceiling < scoring.pass_line:
        return False
    return True if sure and score.floor >= scoring.pass_line else None


def _sum(intervals: Iterable[Interval]) -> Interval:
    found = tuple(intervals)
    return Interval(total(one.floor for one in found), total(one.ceiling for one in found))


def _bounded(value: Number) -> Number:
    return clamped(value, Fraction(0), Fraction(100))
