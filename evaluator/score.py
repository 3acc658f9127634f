"""Verdicts → score, grade, acceptance: the only place where points weigh criteria against each other."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from evaluator.deductions import Loss
from evaluator.evaluate import Judgement, Verdict
from evaluator.exact import Number, clamped, quotient, total, whole
from evaluator.finding import Interval
from evaluator.ruleset import Grade, Ruleset, Scoring, Section, full_points


class SectionScore(NamedTuple):
    """One section: all points of its must and should criteria, those that did not apply, what was earned, what `may` earned.

    ``lost`` is what the section's own deductions take of ``earned``, which is what is left.
    """

    section: Section
    points: Number
    not_applicable: Number
    earned: Interval
    bonus: Interval
    lost: Interval

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


def weight(verdict: Verdict, scoring: Scoring) -> Number:
    """What a criterion weighs; whole numbers as such, whose sums cost a tenth of those of fractions."""
    return whole(full_points(verdict.criterion, scoring))


def earned(verdict: Verdict, scoring: Scoring) -> Interval:
    """What a criterion earned; nothing where it does not apply."""
    if verdict.credit is None:
        return Interval(0, 0)
    worth = weight(verdict, scoring)
    return Interval(verdict.credit.floor * worth, verdict.credit.ceiling * worth)


def score(ruleset: Ruleset, judgement: Judgement) -> Result:
    """Score ``judgement`` as ``ruleset`` says (decisions 1 and 17)."""
    scoring = ruleset.scoring
    by_id = {verdict.criterion.id: verdict for verdict in judgement.verdicts}
    lost = _lost(ruleset, judgement)
    sections = tuple(
        _section(section, [by_id[criterion.id] for criterion in section.criteria], lost[section.id], scoring)
        for section in ruleset.sections
    )
    whole = _total(sections, lost[""], scoring)
    vetoes = [
        verdict for verdict in judgement.verdicts if verdict.criterion.veto and verdict.credit is not None
    ]
    failed = tuple(one.criterion.id for one in vetoes if _fails(one))
    if whole is None:
        return Result(None, None, None, failed, sections)
    whole = whole._replace(score=_unless_ended(whole.score, vetoes))
    low, high = _grades(whole.score, vetoes, scoring)
    return Result(
        whole, low.id if low is high else None, _accepted(low, high, vetoes, scoring), failed, sections
    )


def _fails(verdict: Verdict) -> bool:
    return verdict.credit is not None and verdict.credit.ceiling < 1


def _may_fail(verdict: Verdict) -> bool:
    return verdict.outcome != "satisfied"


def _lost(ruleset: Ruleset, judgement: Judgement) -> dict[str, list[Loss]]:
    """The losses of each section, and of the total under an empty name."""
    found: dict[str, list[Loss]] = {"": [], **{section.id: [] for section in ruleset.sections}}
    for taken, loss in zip(ruleset.taken(), judgement.losses, strict=True):
        found["" if taken.section is None else taken.section.id].append(loss)
    return found


def _section(section: Section, verdicts: list[Verdict], losses: list[Loss], scoring: Scoring) -> SectionScore:
    counted = [verdict for verdict in verdicts if verdict.criterion.level != "may"]
    extra = [verdict for verdict in verdicts if verdict.criterion.level == "may"]
    sums = _sum(earned(verdict, scoring) for verdict in counted)
    if section.cap is not None:
        sums = Interval(min(sums.floor, section.cap.value), min(sums.ceiling, section.cap.value))
    least, most = total(one.least for one in losses), total(one.most for one in losses)
    left = Interval(max(0, sums.floor - most), max(0, sums.ceiling - least)) if losses else sums
    return SectionScore(
        section,
        total(weight(verdict, scoring) for verdict in counted),
        total(weight(verdict, scoring) for verdict in counted if verdict.credit is None),
        left,
        _sum(earned(verdict, scoring) for verdict in extra),
        Interval(least, most),
    )


def _total(sections: tuple[SectionScore, ...], losses: list[Loss], scoring: Scoring) -> Score | None:
    applicable = total(one.applicable for one in sections)
    not_applicable = total(one.not_applicable for one in sections)
    if not applicable:
        return None
    sums = _sum(one.earned for one in sections)
    if scoring.total is not None and scoring.not_applicable == "full":
        sums = Interval(sums.floor + not_applicable, sums.ceiling + not_applicable)
    bonus = _bonus(sections, scoring)
    lost = _deductions(losses, scoring)
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


def _deductions(losses: list[Loss], scoring: Scoring) -> Interval:
    if scoring.deductions is None:
        return Interval(0, 0)
    cap = scoring.deductions.cap.value
    return Interval(min(total(one.least for one in losses), cap), min(total(one.most for one in losses), cap))


def _unless_ended(score: Interval, vetoes: list[Verdict]) -> Interval:
    """``score``, or nothing where a veto that ends the assessment fails."""
    ending = [one for one in vetoes if one.criterion.veto_effect == "end"]
    floor = 0 if any(map(_may_fail, ending)) else score.floor
    return Interval(floor, 0 if any(map(_fails, ending)) else score.ceiling)


def grade_at(score: Number, scoring: Scoring) -> Grade:
    """The grade that ``score`` alone means."""
    return next(grade for grade in scoring.grades if score >= grade.at_least.value)


def confirmed_grade(score: Interval, judgement: Judgement, scoring: Scoring) -> Grade:
    """The grade that is left should everything undecided go wrong."""
    vetoes = [one for one in judgement.verdicts if one.criterion.veto and one.credit is not None]
    return _grades(score, vetoes, scoring)[0]


def _grades(score: Interval, vetoes: list[Verdict], scoring: Scoring) -> tuple[Grade, Grade]:
    """The grades at both ends of ``score``, none above what a failed veto leaves."""
    grades = list(scoring.grades)
    limit = {grade.id: grades.index(grade) for grade in grades}
    capping = [one for one in vetoes if one.criterion.veto_effect == "cap"]
    found = []
    for end, bars in ((score.floor, _may_fail), (score.ceiling, _fails)):
        best = max(
            (limit[one.criterion.veto_grade] for one in capping if one.criterion.veto_grade and bars(one)),
            default=0,
        )
        found.append(grades[max(best, grades.index(grade_at(end, scoring)))])
    return found[0], found[1]


def _accepted(low: Grade, high: Grade, vetoes: list[Verdict], scoring: Scoring) -> bool | None:
    barring = [one for one in vetoes if one.criterion.veto_effect != "cap"]
    if any(map(_fails, barring)) or high.at_least.value < scoring.pass_line:
        return False
    sure = not any(map(_may_fail, barring))
    return True if sure and low.at_least.value >= scoring.pass_line else None


def _sum(intervals: Iterable[Interval]) -> Interval:
    found = tuple(intervals)
    return Interval(total(one.floor for one in found), total(one.ceiling for one in found))


def _bounded(value: Number) -> Number:
    return clamped(value, Fraction(0), Fraction(100))
