"""The boundaries of a ruleset: thresholds, steps, ends of scales, deadlines, levels, lines of grades; where a case stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.crediting import Comparisons
from evaluator.exact import Exact
from evaluator.model import Model
from evaluator.ruleset import Criterion, Ruleset
from evaluator.testing.altering import Path, shown_path

Side = Literal["below", "on", "above"]
SIDES: tuple[Side, ...] = ("below", "on", "above")


class Boundary(NamedTuple):
    """One boundary of ``criterion`` (None: of the scoring): where it is written, its value, the day from which it holds."""

    criterion: str | None
    where: str
    value: str
    since: str = ""


Sides = dict[Boundary, tuple[Side, ...]]


def boundaries(ruleset: Ruleset, catalogue: Catalogue) -> Sides:
    """Every boundary of ``ruleset`` with the sides that a case can stand on."""
    found: Sides = {}
    for _, _, criterion in ruleset.criteria():
        found.update(_of_criterion(criterion, catalogue))
    scoring = ruleset.scoring
    for n, grade in enumerate(scoring.grades):
        if grade.at_least.value:
            found[grade_line(n, grade.at_least)] = _within(grade.at_least.value, Fraction(100))
    extra = sum(one.points.value for one in ruleset.by_id().values() if one.level == "may")
    for where, cap in caps(ruleset):
        reached = where != "scoring.bonus.cap" or extra >= cap.value
        found[Boundary(None, where, str(cap))] = ("below", "on") if reached else ("below",)
    return found


def _of_criterion(criterion: Criterion, catalogue: Catalogue) -> Iterator[tuple[Boundary, tuple[Side, ...]]]:
    for path, model in models(criterion):
        most = _most(model, catalogue)
        where = shown_path(criterion, path)
        for name, since, limit in limits_of(model):
            if name == "cap":
                sides: tuple[Side, ...] = ("below", "on")
            elif name == "by":
                sides = SIDES
            else:
                sides = _within(limit.value, most if name != "minimum_sample" else None)
            yield Boundary(criterion.id, f"{where}.{name}", str(limit), since), sides
        deadline = getattr(model, "issued_by", None)
        if isinstance(deadline, str):
            yield Boundary(criterion.id, f"{where}.issued_by", deadline), SIDES
        for one in getattr(model, "levels", ()):
            yield Boundary(criterion.id, f"{where}.levels", str(one.level)), ("on",)


def models(criterion: Criterion) -> Iterator[tuple[Path, Model]]:
    """Every check, line and member of ``criterion``, whatever its kind."""
    queue: list[tuple[Path, Model]] = [((), criterion)]
    while queue:
        path, model = queue.pop(0)
        if path:
            yield path, model
        for name in type(model).model_fields:
            value = getattr(model, name)
            if name in ("steps", "levels", "scale"):
                continue  # they are boundaries of what they stand in
            if isinstance(value, Model):
                queue.append(((*path, name), value))
            elif type(value) is tuple:
                queue.extend(((*path, name, n), one) for n, one in enumerate(value) if isinstance(one, Model))


def dates_in(model: Model) -> Iterator[date]:
    """The days from which dated thresholds of ``model`` hold."""
    for _, since, _ in limits_of(model):
        if since:
            yield date.fromisoformat(since)


def limits_of(model: Model) -> Iterator[tuple[str, str, Exact]]:
    """The numbers that something is compared with: the name of the field, since when, the number."""
    if isinstance(model, Comparisons) or hasattr(model, "kind"):
        for name in ("at_least", "at_most", "above", "below", "equals", "by", "minimum_sample"):
            yield from _stated(name, getattr(model, name, None))
        for n, step in enumerate(getattr(model, "steps", None) or ()):
            for name in ("at_least", "at_most", "above", "below", "equals"):
                yield from _stated(f"steps#{n + 1}.{name}", getattr(step, name))
        scale = getattr(model, "scale", None)
        if scale is not None:
            yield "scale.from", "", scale.from_
            yield "scale.to", "", scale.to
    elif isinstance(getattr(model, "cap", None), Exact):
        yield "cap", "", model.cap  # type: ignore[attr-defined]  # a line of deductions, or whatever has one


def _stated(name: str, value: Any) -> Iterator[tuple[str, str, Exact]]:
    if isinstance(value, Exact):
        yield name, "", value
    elif isinstance(value, dict):
        for day, exact in value.items():
            yield name, str(day), exact


def _most(model: Model, catalogue: Catalogue) -> Fraction | None:
    """The most that can be measured, where there is such a bound."""
    kind = getattr(model, "kind", "")
    if kind == "ratio":
        item = catalogue.counts.get(getattr(model, "numerator", ""))
        return Fraction(1) if item is not None and getattr(model, "denominator", "") in item.at_most else None
    if kind == "group":
        members = getattr(model, "all_", None) or getattr(model, "any_", None) or getattr(model, "of", None)
        return None if members is None else Fraction(len(members))
    return None


def _within(limit: Fraction, most: Fraction | None) -> tuple[Side, ...]:
    below: tuple[Side, ...] = ("below",) if limit > 0 else ()
    above: tuple[Side, ...] = ("above",) if most is None or limit < most else ()
    return (*below, "on", *above)


def grade_line(n: int, line: Exact) -> Boundary:
    """The line of the ``n``-th grade as a boundary."""
    return Boundary(None, f"scoring.grades#{n + 1}.at_least", str(line))


def caps(ruleset: Ruleset) -> Iterator[tuple[str, Exact]]:
    """The caps of the score: where each is written, and the number."""
    if ruleset.scoring.bonus is not None:
        yield "scoring.bonus.cap", ruleset.scoring.bonus.cap
    if ruleset.scoring.deductions is not None:
        yield "scoring.deductions.cap", ruleset.scoring.deductions.cap
    for section in ruleset.sections:
        if section.cap is not None:
            yield f"sections.{section.id}.cap", section.cap
