"""What changed in checks that measure a number: ratio, quantity, lateness, cadence, change."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from evaluator.canonical import plain_data
from evaluator.checks.cadence import Cadence
from evaluator.checks.change import Change as ChangeCheck
from evaluator.checks.lateness import Lateness
from evaluator.checks.quantity import Quantity
from evaluator.checks.ratio import Ratio
from evaluator.crediting import Thresholds
from evaluator.errors import Words
from evaluator.required_wording import LATE_UNITS
from evaluator.revising.asking import Asking, item, sooner
from evaluator.revising.change import Change, Effect, Verb, both, by_size, changed
from evaluator.revising.direction import effect_of, measured_effect, of_dated, tallied_effect
from evaluator.revising.sides import same
from evaluator.revising.thresholds import dated_words, graded_words, moved
from evaluator.revising.words import DIRECTIONS, EVERY, PER, WHEN_ZERO, aspect

_NO_UNIT = Words("", "")
_WINDOWS = ("month", "quarter", "half_year", "year", "period")
_FIRMNESS = {"falls": 2, "not_above": 1, "rises": 2, "not_below": 1}


def threshold(old: Thresholds, new: Thresholds, units: tuple[Words, Words], at: Asking) -> Iterator[Change]:
    """A change of the threshold, steps or scale on a measured number."""
    effect = measured_effect(old, new, at.points)
    texts = graded_words(old, units[0], at.points[0]), graded_words(new, units[1], at.points[1])
    if texts[0] != texts[1] or effect != "neutral":
        code, verb = moved(old, new)
        yield changed(aspect("threshold") if at.head.zh else _NO_UNIT, *texts, code, effect, verb)


def ratio(old: Ratio, new: Ratio, at: Asking) -> Iterator[Change]:
    """Counts, threshold, a denominator of 0, the least sample."""
    yield from item(old, new, "numerator", at, "numerator")
    yield from item(old, new, "denominator", at, "denominator")
    yield from threshold(old, new, (_NO_UNIT, _NO_UNIT), at)
    if old.when_zero != new.when_zero:
        texts = WHEN_ZERO[old.when_zero], WHEN_ZERO[new.when_zero]
        yield changed(aspect("when_zero"), *texts, "changed", "depends")
    if old.minimum_sample != new.minimum_sample:
        samples = both(_number, old.minimum_sample, new.minimum_sample)
        yield changed(aspect("minimum_sample"), *samples, "changed", "depends")


def _number(one: object) -> Words | None:
    return None if one is None else same(str(one))


def quantity(old: Quantity, new: Quantity, at: Asking) -> Iterator[Change]:
    """What is counted, and the threshold."""
    names = both(lambda one: str(one.count or one.events or one.documents), old, new)
    if (old.count, old.events, old.documents) != (new.count, new.events, new.documents):
        texts = at.two.old.label(names[0]), at.two.new.label(names[1])
        yield changed(aspect("item"), *texts, "evidence_changed", "depends")
    units = at.two.old.wording.unit(names[0]), at.two.new.wording.unit(names[1])
    yield from threshold(old, new, both(_spaced, *units), at)


def _spaced(unit: Words) -> Words:
    return Words(f" {unit.zh}", f" {unit.en}")


def lateness(old: Lateness, new: Lateness, at: Asking) -> Iterator[Change]:
    """The document, its due day, how lateness is counted, and how much of it is borne."""
    yield from item(old, new, "documents", at)
    if old.due != new.due:
        texts = same(old.due), same(new.due)
        yield changed(aspect("due"), *texts, "deadline_moved", sooner(old.due, new.due))
    units = both(lambda one: _spaced(LATE_UNITS[one.per]), old, new)
    if old.per == new.per:
        yield from threshold(old, new, units, at)
        return
    yield changed(aspect("per"), PER[old.per], PER[new.per], "changed", "depends")
    if plain_data(old.model_copy(update={"per": new.per, "due": new.due})) != plain_data(new):
        words = graded_words(old, units[0], at.points[0]), graded_words(new, units[1], at.points[1])
        yield changed(aspect("threshold"), *words, "threshold_changed", "depends")


def cadence(old: Cadence, new: Cadence, at: Asking) -> Iterator[Change]:
    """The events, the windows, and how many events in each."""
    yield from item(old, new, "events", at)
    if old.every != new.every:
        shorter = _WINDOWS.index(new.every) < _WINDOWS.index(old.every)
        texts = EVERY[old.every], EVERY[new.every]
        yield changed(aspect("every"), *texts, "window_changed", "stricter" if shorter else "looser")
    if old.at_least != new.at_least:
        yield _times(old, new)
    if old.months != new.months:
        months = both(_months, old.months, new.months)
        # Fewer months are fewer windows, or a narrower one.
        yield changed(aspect("months"), *months, "window_changed", "depends")
    if old.starts != new.starts:
        starts = both(lambda one: one and Words(f"{one} 月", f"month {one}"), old.starts, new.starts)
        yield changed(aspect("starts"), *starts, "window_changed", "depends")
    yield from shared(old, new, Words(" 个时段", " windows"), at)


def _times(old: Cadence, new: Cadence) -> Change:
    effect = effect_of(after.value - before.value for before, after in of_dated(old.at_least, new.at_least))
    verbs: dict[Effect, Verb] = {"stricter": "raised", "looser": "lowered"}
    verb = verbs.get(effect, "changed")
    form = Words("至少 {} 次", "at least {}")
    texts = both(lambda one: dated_words(one.at_least, form), old, new)
    return changed(aspect("times"), *texts, f"threshold_{verb}", effect, verb)


def _months(months: tuple[int, ...]) -> Words | None:
    if not months:
        return None
    return Words("、".join(map(str, months)) + " 月", "months " + ", ".join(map(str, months)))


def shared(old: Any, new: Any, unit: Words, at: Asking, wholes: tuple[int, ...] = ()) -> Iterator[Change]:
    """How what was met of so many becomes credit."""
    texts = graded_words(old, unit, at.points[0]), graded_words(new, unit, at.points[1])
    effect = tallied_effect(old, new, at.points, wholes)
    if texts[0] != texts[1] or effect != "neutral":
        yield changed(aspect("credit"), *texts, "credit_changed", effect)


def change(old: ChangeCheck, new: ChangeCheck, at: Asking) -> Iterator[Change]:
    """The count, its direction, and by how much."""
    yield from item(old, new, "count", at)
    if old.direction != new.direction:
        one_way = {old.direction, new.direction} in ({"falls", "not_above"}, {"rises", "not_below"})
        firmer = _FIRMNESS[new.direction] > _FIRMNESS[old.direction]
        effect: Effect = ("stricter" if firmer else "looser") if one_way else "depends"
        yield changed(
            aspect("direction"), DIRECTIONS[old.direction], DIRECTIONS[new.direction], "changed", effect
        )
    if old.by != new.by:
        yield _by(old, new)


def _by(old: ChangeCheck, new: ChangeCheck) -> Change:
    # At least so much of a movement, or at most so much off.
    margin = new.direction in ("not_above", "not_below")
    more, less = ("looser", "stricter") if margin else ("stricter", "looser")
    what, texts = aspect("margin" if margin else "by"), both(_number, old.by, new.by)
    sizes = both(lambda one: one.value if one else Fraction(0), old.by, new.by)
    alike = old.by is None or new.by is None or old.by.percent == new.by.percent
    if old.direction != new.direction or not alike:
        return changed(what, *texts, "threshold_changed", "depends")
    effect, verb = by_size(*sizes, more, less)  # type: ignore[arg-type]  # two of the four
    return changed(what, *texts, f"threshold_{verb}", effect, verb)
