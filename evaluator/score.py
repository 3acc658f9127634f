"""Verdicts → score, grade, acceptance: the only place where points weigh criteria against each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from evaluator.deductions import Loss
from evaluator.evaluate import Judgement, Verdict
from evaluator.exact import Number, clamped, over, quotient, summed, total, whole
from evaluator.finding import FULL, NONE, Interval
from evaluator.ruleset import Grade, Ruleset, Scoring, Section, full_points
from evaluator.weights import Part, Weights, weights_of


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
    weights, verdicts, losses = weights_of(ruleset), judgement.verdicts, judgement.losses
    scoring = weights.scoring
    sections = tuple([_section(one, verdicts, losses, weights.scale) for one in weights.parts])
    vetoes = [verdicts[n] for n in weights.vetoes if verdicts[n].credit is not None]
    found = _total(weights, sections, [losses[n] for n in weights.losses], vetoes)
    failed = tuple([one.criterion.id for one in vetoes if _fails(one)])
    if found is None:
        return Result(None, None, None, failed, sections)
    low, high = _ranks(found.score, vetoes, scoring)
    grade = scoring.grades[low].id if low == high else None
    return Result(found, grade, _accepted(low, high, vetoes, scoring), failed, sections)


def _fails(verdict: Verdict) -> bool:
    return verdict.credit is not None and verdict.credit.ceiling < 1


def _may_fail(verdict: Verdict) -> bool:
    return verdict.outcome != "satisfied"


def _section(part: Part, verdicts: tuple[Verdict, ...], losses: tuple[Loss, ...], scale: int) -> SectionScore:
    section = part.section
    sums, away = _earned(verdicts[part.first : part.last], part.weights, scale)
    if section.cap is not None:
        cap = section.cap.value
        sums = Interval(min(sums.floor, cap), min(sums.ceiling, cap))
    bonus = lost = NONE
    if part.extras:
        places, weights = zip(*part.extras, strict=True)
        bonus, _ = _earned([verdicts[n] for n in places], weights, scale)
    if part.losses:
        lost = _lost([losses[n] for n in part.losses])
        sums = Interval(max(0, sums.floor - lost.ceiling), max(0, sums.ceiling - lost.floor))
    return SectionScore(section, part.points, over(away, scale), sums, bonus, lost)


def _earned(verdicts: Sequence[Verdict], weights: Sequence[int], scale: int) -> tuple[Interval, int]:
    """What ``verdicts`` earned together, in points, and how much of ``weights`` did not apply."""
    sure = open_ = away = 0
    sure_parts: list[tuple[int, int]] = []
    open_parts: list[tuple[int, int]] = []
    for verdict, worth in zip(verdicts, weights, strict=True):
        credit = verdict.credit
        if credit is FULL:
            sure += worth
            continue
        if credit is NONE:
            continue
        if credit is None:
            away += worth
            continue
        floor, ceiling = credit
        if type(floor) is int:
            sure += floor * worth
        else:
            top, bottom = floor.as_integer_ratio()
            sure_parts.append((top * worth, bottom))
        if ceiling is not floor:
            top, bottom = (ceiling - floor).as_integer_ratio()
            if bottom == 1:
                open_ += top * worth
            else:
                open_parts.append((top * worth, bottom))
    least = summed(sure, sure_parts, scale)
    if not open_ and not open_parts:
        return Interval(least, least), away
    return Interval(least, summed(sure + open_, [*sure_parts, *open_parts], scale)), away


def _total(
    weights: Weights, sections: tuple[SectionScore, ...], losses: list[Loss], vetoes: list[Verdict]
) -> Score | None:
    scoring = weights.scoring
    not_applicable = total([one.not_applicable for one in sections])
    applicable = total([one.applicable for one in sections]) if not_applicable else weights.points
    if not applicable:
        return None
    sums = _sum([one.earned for one in sections])
    if scoring.total is not None and scoring.not_applicable == "full":
        sums = Interval(sums.floor + not_applicable, sums.ceiling + not_applicable)
    bonus = _bonus(sections, scoring)
    lost = _deductions(losses, scoring)
    floor = out_of_100(sums.floor, applicable, bonus.floor, lost.ceiling, scoring)
    if sums.floor is sums.ceiling and bonus.floor is bonus.ceiling and lost.floor is lost.ceiling:
        found = _unless_ended(Interval(floor, floor), vetoes)
        return Score(found, 1, applicable, not_applicable, sums, bonus, lost)
    ceiling = out_of_100(sums.ceiling, applicable, bonus.ceiling, lost.floor, scoring)
    decided = 1 - quotient(sums.ceiling - sums.floor, applicable)
    found = _unless_ended(Interval(floor, ceiling), vetoes)
    return Score(found, decided, applicable, not_applicable, sums, bonus, lost)


def out_of_100(earned: Number, applicable: Number, bonus: Number, lost: Number, scoring: Scoring) -> Number:
    """The score that points earned of points applicable mean, with bonus and deductions in score points."""
    top, bottom = earned.as_integer_ratio()
    whole_top, whole_bottom = (
        applicable if scoring.total is None else scoring.total.value
    ).as_integer_ratio()
    reached, full = top * whole_bottom, bottom * whole_top
    found = 0 if reached <= 0 else 100 if reached >= full else over(100 * reached, full)
    return clamped(found + bonus - lost, 0, 100) if bonus or lost else found


def _bonus(sections: tuple[SectionScore, ...], scoring: Scoring) -> Interval:
    earned = [one.bonus for one in sections if one.bonus is not NONE]
    if not earned or scoring.bonus is None:
        return NONE
    cap = scoring.bonus.cap.value
    found = _sum(earned)
    return Interval(min(found.floor, cap), min(found.ceiling, cap))


def _deductions(losses: list[Loss], scoring: Scoring) -> Interval:
    if scoring.deductions is None:
        return NONE
    cap = scoring.deductions.cap.value
    found = _lost(losses)
    return Interval(min(found.floor, cap), min(found.ceiling, cap))


def _lost(losses: list[Loss]) -> Interval:
    return _sum([Interval(one.least, one.most) for one in losses])


def _unless_ended(score: Interval, vetoes: list[Verdict]) -> Interval:
    """``score``, or nothing where a veto that ends the assessment fails."""
    ending = [one for one in vetoes if one.criterion.veto_effect == "end"]
    if not ending:
        return score
    floor = 0 if any(map(_may_fail, ending)) else score.floor
    return Interval(floor, 0 if any(map(_fails, ending)) else score.ceiling)


def grade_at(score: Number, scoring: Scoring) -> Grade:
    """The grade that ``score`` alone means."""
    return scoring.grades[_rank_at(score, scoring)]


def confirmed_grade(score: Interval, judgement: Judgement, scoring: Scoring) -> Grade:
    """The grade that is left should everything undecided go wrong."""
    vetoes = [one for one in judgement.verdicts if one.criterion.veto and one.credit is not None]
    return scoring.grades[_ranks(score, vetoes, scoring)[0]]


def _rank_at(score: Number, scoring: Scoring) -> int:
    """The place among the grades, 0 for the best, that ``score`` alone means."""
    top, bottom = score.as_integer_ratio()
    for n, grade in enumerate(scoring.grades):
        limit, parts = grade.at_least.value.as_integer_ratio()
        if top * parts >= limit * bottom:
            return n
    raise ValueError("no grade begins at 0")


def _ranks(score: Interval, vetoes: list[Verdict], scoring: Scoring) -> tuple[int, int]:
    """The places of the grades at both ends of ``score``, none better than what a failed veto leaves."""
    low = _rank_at(score.floor, scoring)
    high = low if score.ceiling is score.floor else _rank_at(score.ceiling, scoring)
    capping = [one for one in vetoes if one.criterion.veto_effect == "cap"]
    if capping:
        places = {grade.id: n for n, grade in enumerate(scoring.grades)}
        left = [(one, places[one.criterion.veto_grade]) for one in capping if one.criterion.veto_grade]
        low = max([low, *(place for one, place in left if _may_fail(one))])
        high = max([high, *(place for one, place in left if _fails(one))])
    return low, high


def _accepted(low: int, high: int, vetoes: list[Verdict], scoring: Scoring) -> bool | None:
    barring = [one for one in vetoes if one.criterion.veto_effect != "cap"]
    needed = next(n for n, grade in enumerate(scoring.grades) if grade.id == scoring.pass_)
    if any(map(_fails, barring)) or high > needed:
        return False
    return True if low <= needed and not any(map(_may_fail, barring)) else None


def _sum(intervals: list[Interval]) -> Interval:
    least = total([one.floor for one in intervals])
    if all(one.floor is one.ceiling for one in intervals):
        return Interval(least, least)
    return Interval(least, total([one.ceiling for one in intervals]))
