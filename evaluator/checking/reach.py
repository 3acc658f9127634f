"""Points, caps, totals and grades that nobody can reach. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evaluator.checking.applicability import subjects_of
from evaluator.checking.measures import most_windows
from evaluator.checks.cadence import Cadence
from evaluator.checks.rating import Rating
from evaluator.crediting import Graded
from evaluator.deductions import Deduction
from evaluator.errors import Fault, Words
from evaluator.exact import Exact, decimal
from evaluator.ruleset import Criterion, Path, Ruleset, Section, full_points

_ITS_POINTS = Words("这里的分值", "the points that there are")
_CHECK_OR_LEAVE_OUT = Words("核对这个数，或删去", "check the figure, or leave it out")


def reach_faults(ruleset: Ruleset) -> Iterator[Fault]:
    """Everything about points that the whole ruleset shows."""
    for path, _, criterion in ruleset.criteria():
        yield from _points(criterion, path)
        for n, line in enumerate(criterion.deduct or ()):
            yield from _line(line, (*path, "deduct", n), criterion.points.value)
        for n, earning in enumerate(criterion.earn or ()):
            if earning.cap is not None and earning.cap.value > criterion.points.value:
                place: Path = (*path, "earn", n, "cap")
                yield _idle_cap(place, earning.cap, criterion.points.value, _ITS_POINTS)
    for path, section, line in ruleset.taken():
        yield from _line(line, path, None if section is None else section.worth(ruleset.scoring))
    for s, section in enumerate(ruleset.sections):
        yield from _section_cap(section, s, ruleset)
    yield from _bonus(ruleset)
    yield from _deduction_cap(ruleset)
    yield from _total(ruleset)
    yield from _pass(ruleset)


def _points(criterion: Criterion, path: Path) -> Iterator[Fault]:
    points, best, where = criterion.points.value, None, ""
    check = criterion.check
    if isinstance(check, Graded) and check.steps:
        best, where = max(step.share(points) for step in check.steps) * points, "check"
    elif isinstance(check, Rating):
        best, where = max(level.credit.value for level in check.levels) * points, "check"
    elif criterion.best_of is not None:
        best, where = max(one.points.value for one in criterion.best_of), "best_of"
    elif criterion.earn is not None:
        best, where = sum((one.most(points) for one in criterion.earn), Fraction(0)), "earn"
    if best is None or best >= points or best == 0:
        return
    what = Words(
        f"分值 {criterion.points}，最好的一档也只得 {decimal(best)} 分，谁也得不到满分",
        f"worth {criterion.points}, yet the best earns {decimal(best)}: nobody gets all of it",
    )
    inside = ("steps",) if isinstance(check, Graded) else ("levels",) if isinstance(check, Rating) else ()
    place = (*path, where, *inside)
    yield Fault("points_not_reached", place, what, Words("核对分值和各档的分", "check the points of both"))


def _line(line: Deduction, path: Path, points: Fraction | None) -> Iterator[Fault]:
    lose = line.lose.value if isinstance(line.lose, Exact) else None
    if points is not None and lose is not None and lose > points and line.unless is not None:
        what = Words(
            f"扣 {line.lose} 分，这里只有 {decimal(points)} 分",
            f"loses {line.lose} of {decimal(points)} points",
        )
        mend = Words("写 lose: all，或核对这个数", "write lose: all, or check the figure")
        yield Fault("loss_above_points", (*path, "lose"), what, mend)
    if line.cap is None:
        return
    if points is not None and line.cap.value > points:
        yield _idle_cap((*path, "cap"), line.cap, points, _ITS_POINTS)
    elif lose is not None and line.unless is not None and line.cap.value > lose:
        yield _idle_cap((*path, "cap"), line.cap, lose, Words("这一条扣的分", "what the line takes"))


def _idle_cap(path: Path, cap: Exact, most: Fraction, of: Words) -> Fault:
    what = Words(
        f"上限 {cap} 高于{of.zh} {decimal(most)}，不起作用",
        f"the cap {cap} is above {of.en}, {decimal(most)}: it never binds",
    )
    return Fault("idle_cap", path, what, _CHECK_OR_LEAVE_OUT)


def _section_cap(section: Section, s: int, ruleset: Ruleset) -> Iterator[Fault]:
    worth = _worth(section, ruleset)
    if section.cap is not None and section.cap.value > worth:
        yield _idle_cap(
            ("sections", s, "cap"),
            section.cap,
            worth,
            Words("本类目各指标的分值之和", "the sum of its points"),
        )


def _worth(section: Section, ruleset: Ruleset) -> Fraction:
    counted = (one for one in section.criteria if one.level != "may")
    return sum((full_points(one, ruleset.scoring) for one in counted), Fraction(0))


def _bonus(ruleset: Ruleset) -> Iterator[Fault]:
    bonus = ruleset.scoring.bonus
    encouraged = [(path, one) for path, _, one in ruleset.criteria() if one.level == "may"]
    if bonus is None:
        for path, _ in encouraged[:1]:
            what = Words(
                "鼓励项只能加分，而 scoring 没有写 bonus：得了也不加",
                "what is encouraged adds points, yet scoring has no bonus: nothing is added",
            )
            yield Fault(
                "may_without_bonus",
                (*path, "level"),
                what,
                Words("写 bonus: {cap: …}", "write bonus: {cap: …}"),
            )
        return
    most = sum((full_points(one, ruleset.scoring) for _, one in encouraged), Fraction(0))
    # A standard may say how much encouragement counts before it encourages as much: twice as much is a slip.
    if encouraged and bonus.cap.value >= 2 * most:
        of = Words("鼓励项的分值之和", "the points of what is encouraged")
        yield _idle_cap(("scoring", "bonus", "cap"), bonus.cap, most, of)


def _deduction_cap(ruleset: Ruleset) -> Iterator[Fault]:
    deductions = ruleset.scoring.deductions
    if deductions is None:
        return
    losses = [_most(line, ruleset.period.months) for line in deductions.lines]
    known = [one for one in losses if one is not None]
    if len(known) == len(losses) and deductions.cap.value > sum(known, Fraction(0)):
        of = Words("各条最多扣的分之和", "what the lines can take together")
        path = ("scoring", "deductions", "cap")
        yield _idle_cap(path, deductions.cap, sum(known, Fraction(0)), of)


def _most(line: Deduction, months: int) -> Fraction | None:
    """The most that a line can take; None where nothing bounds it."""
    if not isinstance(line.lose, Exact):
        return None
    most = line.lose.value if line.unless is not None else None
    if isinstance(line.each_missed, Cadence):
        most = line.lose.value * most_windows(line.each_missed, months)
    if line.cap is None:
        return most
    return line.cap.value if most is None else min(most, line.cap.value)


def _total(ruleset: Ruleset) -> Iterator[Fault]:
    scoring = ruleset.scoring
    if scoring.model != "absolute":
        for name in ("total", "not_applicable"):
            if getattr(scoring, name) is not None:
                what = Words(
                    f"{name} 只用于 model: absolute，这里是 {scoring.model}",
                    f"{name} is for model: absolute, and this is {scoring.model}",
                )
                mend = Words(f"删去 {name}，或改用 absolute", f"leave {name} out, or use absolute")
                yield Fault("absolute_total", ("scoring", name), what, mend)
    if scoring.total is None or scoring.model != "absolute":
        return
    most = Fraction(0)
    for section in ruleset.sections:
        worth = _worth(section, ruleset)
        most += worth if section.cap is None else min(worth, section.cap.value)
    if most < scoring.total.value:
        yield _short(ruleset, most)
    parted = any(subjects_of(one.applies_when) for _, _, one in ruleset.criteria())
    if most > scoring.total.value and (not parted or scoring.not_applicable == "full"):
        also = (
            Words("（不适用的也按满分计）", " (what is not applicable counts in full)")
            if parted
            else Words("", "")
        )
        what = Words(
            f"各指标的分值合计 {decimal(most)}{also.zh}，多于总分 {scoring.total}",
            f"the points add up to {decimal(most)}{also.en}, more than the total of {scoring.total}",
        )
        yield Fault("total_exceeded", ("scoring", "total"), what, _COUNT_APART if parted else _COUNT_AGAIN)


_COUNT_AGAIN = Words("核对总分和各指标的分值", "check total and the points of each criterion")


_COUNT_APART = Words(
    "一类单位适用一项的，写 not_applicable: zero；否则核对 total 和各指标的分值",
    "write not_applicable: zero where each kind of subject has its own criterion; else check total and the points",
)


def _short(ruleset: Ruleset, most: Fraction) -> Fault:
    scoring = ruleset.scoring
    assert scoring.total is not None
    bonus = scoring.bonus.cap.value if scoring.bonus is not None else Fraction(0)
    best = most * 100 / scoring.total.value + bonus
    out_of_reach = next(((n, one) for n, one in enumerate(scoring.grades) if one.at_least.value > best), None)
    sum_ = Words(f"各指标的分值合计 {decimal(most)}", f"the points add up to {decimal(most)}")
    if out_of_reach is None:
        what = Words(
            f"{sum_.zh}，不到总分 {scoring.total}", f"{sum_.en}, less than the total of {scoring.total}"
        )
        return Fault("total_not_reached", ("scoring", "total"), what, _COUNT_AGAIN)
    n, grade = out_of_reach
    what = Words(
        f"{sum_.zh}，全部得满也达不到“{grade.title.zh}”的 {grade.at_least} 分（总分 {scoring.total}）",
        f"{sum_.en}: not even all of them reach the {grade.at_least} of “{grade.title.en}” (total {scoring.total})",
    )
    return Fault("grade_not_reached", ("scoring", "grades", n, "at_least"), what, _COUNT_AGAIN)


def _pass(ruleset: Ruleset) -> Iterator[Fault]:
    if not ruleset.scoring.pass_line:
        what = Words("pass 是最低的等级，多少分都算达标", "pass is the lowest grade: any score passes")
        yield Fault(
            "always_passed",
            ("scoring", "pass"),
            what,
            Words("写达标的那个等级", "name the grade that passes"),
        )
