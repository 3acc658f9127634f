"""On which side of each boundary a judged case stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from evaluator.earnings import Earning
from evaluator.exact import Exact, Number, quotient
from evaluator.facts import Facts
from evaluator.finding import Finding
from evaluator.model import Model, at_date
from evaluator.ruleset import Criterion, Ruleset
from evaluator.score import Result
from evaluator.testing.altering import Path, shown_path
from evaluator.testing.boundaries import Boundary, Side, caps, grade_line, limits_of
from evaluator.testing.running import Ran


def standing(one: Ran, ruleset: Ruleset) -> Iterator[tuple[Boundary, Side]]:
    """Each boundary that a judged case meets, with the side where it stands; not those of its prerequisites."""
    day = one.facts.span.end if ruleset.scoring.transition == "period_end" else one.facts.span.start
    for name, verdict in one.verdicts.items():
        if one.case.criterion not in (None, name):
            continue
        for role, finding in verdict.findings:
            model = getattr(verdict.criterion, role, None) if role != "requires" else None
            if model is not None:
                yield from _Place(verdict.criterion, one.facts, day).of(model, (role,), finding)
    if one.result is not None:
        yield from _of_score(one.result, ruleset)


class _Place:
    """Walks a criterion's checks and what they found side by side."""

    def __init__(self, criterion: Criterion, facts: Facts, day: date) -> None:
        self.criterion, self.facts, self.day = criterion, facts, day

    def of(self, model: Any, path: Path, finding: Finding) -> Iterator[tuple[Boundary, Side]]:
        if type(model) is tuple:
            for n, (line, member) in enumerate(zip(model, finding.members, strict=False)):
                yield from self._line(line, (*path, n), member, finding.details[n : n + 1])
            return
        yield from self._leaf(model, path, finding)
        members = list(model.members()) if hasattr(model, "members") else []
        if getattr(model, "each", None) is not None and members:
            for found in finding.members:
                yield from self.of(model.check, (*path, "check"), found)
            return
        for (where, check), found in zip(members, finding.members, strict=False):
            named = tuple(f"{part}_" if part in ("all", "any") else part for part in where)
            yield from self.of(check, (*path, *named), found)

    def _line(
        self, line: Model, path: Path, finding: Finding, lost: tuple[str, ...]
    ) -> Iterator[tuple[Boundary, Side]]:
        cap = getattr(line, "cap", None)
        if isinstance(cap, Exact) and lost:
            most = Fraction(lost[0].split("\t")[-1])
            yield from self._at(path, "cap", "", cap, most)
        elif isinstance(line, Earning) and isinstance(cap, Exact) and finding.measured is not None:
            made = quotient(finding.measured.numerator, finding.measured.denominator) * line.points.value
            yield from self._at(path, "cap", "", cap, min(made, cap.value))
        for name in type(line).model_fields:
            value = getattr(line, name)
            if isinstance(value, Model) and hasattr(value, "kind"):
                yield from self.of(value, (*path, name), finding)

    def _leaf(self, model: Any, path: Path, finding: Finding) -> Iterator[tuple[Boundary, Side]]:
        if finding.windows:
            for window in finding.windows:
                if window.state != "cut":
                    needed = at_date(model.at_least, self.day)
                    yield from self._at(
                        path, "at_least", _since(model.at_least, self.day), needed, window.found
                    )
        deadline = getattr(model, "issued_by", None)
        if deadline is not None and finding.required is not None:
            yield from self._deadline(path, deadline, finding)
        measured = finding.measured
        if measured is None:
            return
        if getattr(model, "levels", None):
            at = f"{shown_path(self.criterion, path)}.levels"
            yield Boundary(self.criterion.id, at, str(measured.numerator)), "on"
            return
        tally = hasattr(model, "members") or bool(finding.windows)
        for name, since, limit in limits_of(model):
            value = _value(name, limit, finding, tally)
            if value is None or (since and since != _since(getattr(model, name, None), self.day)):
                continue
            if not (finding.windows and name == "at_least"):
                yield from self._at(path, name, since, limit, value)

    def _deadline(self, path: Path, deadline: str, finding: Finding) -> Iterator[tuple[Boundary, Side]]:
        assert finding.required is not None
        last = finding.required.details[1]
        for paper in self.facts.documents.get(finding.of[0], ()):
            if paper.issued is not None and len(last) == 10:
                issued = str(paper.issued)
                side: Side = "on" if issued == last else "below" if issued < last else "above"
                yield (
                    Boundary(self.criterion.id, f"{shown_path(self.criterion, path)}.issued_by", deadline),
                    side,
                )

    def _at(
        self, path: Path, name: str, since: str, limit: Exact, value: Number
    ) -> Iterator[tuple[Boundary, Side]]:
        where = f"{shown_path(self.criterion, path)}.{name}"
        yield Boundary(self.criterion.id, where, str(limit), since), _side(value, limit.value)


def _value(name: str, limit: Exact, finding: Finding, tally: bool) -> Number | None:
    """The number that the limit ``name`` is compared with; None where it was not compared."""
    measured = finding.measured
    assert measured is not None
    if name == "minimum_sample":
        return measured.denominator if finding.reason != "zero_denominator" else None
    if finding.reason in ("zero_denominator", "small_sample"):
        return None
    if name == "by":
        moved = abs(Fraction(measured.numerator))
        return moved / measured.denominator if limit.percent else moved
    if tally and not limit.percent:
        return measured.numerator
    return quotient(measured.numerator, measured.denominator)


def _since(value: Any, day: date) -> str:
    if not isinstance(value, dict):
        return ""
    past = [start for start in value if start <= day]
    return str(max(past) if past else min(value))


def _side(value: Number, limit: Number) -> Side:
    return "on" if value == limit else "below" if value < limit else "above"


def _of_score(result: Result, ruleset: Ruleset) -> Iterator[tuple[Boundary, Side]]:
    if result.score is None:
        return
    found = result.score
    for n, grade in enumerate(ruleset.scoring.grades):
        if grade.at_least.value and found.score.floor == found.score.ceiling:
            yield grade_line(n, grade.at_least), _side(found.score.floor, grade.at_least.value)
    sections = {one.section.id: one for one in result.sections}
    for where, cap in caps(ruleset):
        if where == "scoring.bonus.cap":
            got = found.bonus.ceiling
        elif where == "scoring.deductions.cap":
            got = found.deductions.ceiling
        else:
            got = sections[where.split(".")[1]].earned.ceiling
        yield Boundary(None, where, str(cap)), _side(got, cap.value)
