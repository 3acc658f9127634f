"""What changed in a ruleset apart from its criteria: sections, scoring, grades, dates, subject."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from evaluator.errors import Words
from evaluator.exact import Exact, decimal
from evaluator.model import SUBJECTS
from evaluator.revising.asking import Asking
from evaluator.revising.change import Change, Effect, Entry, Scope, both, by_size, changed, told
from evaluator.revising.fields import field_changes, text_change
from evaluator.revising.lines import line_changes
from evaluator.revising.sides import Two, listed, points_of, same
from evaluator.revising.words import aspect
from evaluator.ruleset import Ruleset, Scoring, Section


def head_entries(two: Two) -> Iterator[Entry]:
    """The ruleset itself, its scoring, and each of its sections."""
    old, new = two.old.ruleset, two.new.ruleset
    yield _entry("ruleset", Words("规则集", "ruleset"), _ruleset(old, new, two))
    yield _entry("scoring", Words("计分", "scoring"), _scoring(old.scoring, new.scoring, two))
    before, after = ({one.id: one for one in side.sections} for side in (old, new))
    for name in (*after, *(one for one in before if one not in after)):
        shown = after.get(name) or before[name]
        title = Words(shown.title.zh, shown.title.en)
        yield _entry("section", title, _section(before.get(name), after.get(name), two), name)


def _entry(scope: Scope, title: Words, changes: Iterator[Change], name: str = "") -> Entry:
    ids = (name,) if name else ()
    return Entry(scope, "same", ids, ids, "", title, tuple(changes))


def _ruleset(old: Ruleset, new: Ruleset, two: Two) -> Iterator[Change]:
    if old.ruleset != new.ruleset:
        yield told(Words("标识", "id"), same(old.ruleset), same(new.ruleset), "renamed", "particulars")
    if old.subject != new.subject:
        yield _subject(old.subject, new.subject)
    if old.period != new.period:
        texts = both(lambda one: Words(f"{one.months} 个月", f"{one.months} months"), old.period, new.period)
        # What was submitted for one length of time says nothing of another.
        yield changed(aspect("period"), *texts, "period_changed", "depends")._replace(part="major")
    for field in ("from_", "to"):
        days = both(lambda one, field=field: getattr(one.effective, field), old, new)  # type: ignore[misc]  # bound at once
        if days[0] != days[1]:
            name = "effective_from" if field == "from_" else "effective_to"
            dates = both(_day, *days)
            yield changed(aspect(name), *dates, "in_force_changed", "depends")
    yield from field_changes(old.effective, new.effective, two, {"from_", "to"})
    yield from field_changes(old.standard, new.standard, two, {"title"})
    if old.standard.title != new.standard.title:
        texts = same(old.standard.title), same(new.standard.title)
        yield told(aspect("standard"), *texts, "standard", "particulars")
    told_elsewhere = {
        "ruleset",
        "version",
        "subject",
        "standard",
        "effective",
        "period",
        "scoring",
        "sections",
    }
    yield from field_changes(old, new, two, told_elsewhere)
    yield from _order(old, new)


def _day(day: object) -> Words | None:
    return None if day is None else same(str(day))


def _subject(old: tuple[Any, ...], new: tuple[Any, ...]) -> Change:
    texts = both(lambda kinds: listed([SUBJECTS[one] for one in kinds]), old, new)
    found = changed(aspect("subject"), *texts, "subject_changed", "depends")
    # A kind that is judged no more has results that nothing can be compared with.
    return found._replace(part="minor" if set(old) <= set(new) else "major")


def _order(old: Ruleset, new: Ruleset) -> Iterator[Change]:
    places = both(lambda one: {c.id: s.id for _, s, c in one.criteria()}, old, new)
    kept = both(lambda one: [name for name in one if places[0].get(name) == places[1].get(name)], *places)
    sections = both(lambda one: [section.id for section in one.sections], old, new)
    shared = both(
        lambda names: [name for name in names if name in sections[0] and name in sections[1]], *sections
    )
    if kept[0] != kept[1] or shared[0] != shared[1]:
        texts = Words("原顺序", "before"), Words("新顺序", "after")
        yield told(aspect("order"), *texts, "reordered", "wording")


def _section(old: Section | None, new: Section | None, two: Two) -> Iterator[Change]:
    if old is None or new is None:
        texts = both(lambda one: None if one is None else Words(one.title.zh, one.title.en), old, new)
        yield told(
            aspect("section"), *texts, "section_added" if old is None else "section_dropped", "particulars"
        )
        return
    if old.cap != new.cap:
        yield _capped("section_cap", old.cap, new.cap, "looser", "stricter")
    lines = both(lambda one: getattr(one, "deductions", None) or (), old, new)
    yield from line_changes(*lines, "deductions", Asking(two))
    yield from field_changes(old, new, two, {"id", "cap", "criteria", "deductions"})


def _capped(name: str, old: Exact | None, new: Exact | None, more: Effect, less: Effect) -> Change:
    """A bound that was moved, set or lifted."""
    texts = points_of(old), points_of(new)
    if old is None or new is None:
        return changed(aspect(name), *texts, "cap_changed", less if old is None else more)
    effect, verb = by_size(old.value, new.value, more, less)
    return changed(aspect(name), *texts, f"cap_{verb}", effect, verb)


def _scoring(old: Scoring, new: Scoring, two: Two) -> Iterator[Change]:
    yield from _grades(old, new)
    lines = both(lambda one: one.pass_line, old, new)
    if old.pass_ != new.pass_:
        titles = both(_pass_words, old, new)
        effect: Effect = "depends"
        if lines[0] != lines[1]:
            effect = "stricter" if lines[1] > lines[0] else "looser"
        verb = by_size(*lines, "stricter", "looser")[1] if lines[0] != lines[1] else "changed"
        yield changed(aspect("pass"), *titles, "pass_changed", effect, verb)
    # Without a bonus nothing is added: a cap of nothing.
    caps = both(lambda one: one.bonus.cap if one.bonus else Exact(Fraction(0)), old, new)
    if caps[0] != caps[1]:
        yield _capped("bonus", *caps, "looser", "stricter")
    yield from _deductions(old, new, two)
    yield from field_changes(old, new, two, {"grades", "pass_", "bonus", "deductions"})


def _pass_words(scoring: Scoring) -> Words:
    title = next(one.title for one in scoring.grades if one.id == scoring.pass_)
    line = decimal(scoring.pass_line)
    return Words(f"{title.zh}（{line} 分）", f"{title.en} ({line})")


def _grades(old: Scoring, new: Scoring) -> Iterator[Change]:
    before, after = ({one.id: one for one in side.grades} for side in (old, new))
    for name in (*after, *(one for one in before if one not in after)):
        was, now = before.get(name), after.get(name)
        if was is None or now is None:
            texts = both(lambda one: None if one is None else _grade_words(one), was, now)
            yield changed(
                aspect("grade"), *texts, "grade_added" if was is None else "grade_dropped", "depends"
            )
            continue
        if was.at_least != now.at_least:
            effect, verb = by_size(was.at_least.value, now.at_least.value, "stricter", "looser")
            what = Words(f"“{now.title.zh}”的{aspect('grade_line').zh}", f"threshold of “{now.title.en}”")
            yield changed(
                what, *both(lambda one: points_of(one.at_least), was, now), "grade_changed", effect, verb
            )
        if was.title != now.title:
            yield text_change("grade", was.title, now.title)
        if was.basis != now.basis:
            yield from field_changes(was, now, _NO_SIDES, {"id", "title", "at_least"})


# The basis of a grade needs no catalogue to be put into words.
_NO_SIDES: Any = None


def _grade_words(grade: Any) -> Words:
    return Words(
        f"{grade.title.zh}（{grade.at_least} 分以上）", f"{grade.title.en} (at least {grade.at_least})"
    )


def _deductions(old: Scoring, new: Scoring, two: Two) -> Iterator[Change]:
    caps = both(lambda one: one.deductions.cap if one.deductions else Exact(Fraction(0)), old, new)
    if caps[0] != caps[1]:
        yield _capped("deductions_cap", *caps, "stricter", "looser")
    lines = both(lambda one: one.deductions.lines if one.deductions else (), old, new)
    yield from line_changes(*lines, "deductions", Asking(two))


def points_by_section(two: Two) -> Mapping[str, tuple[Words, Fraction, Fraction]]:
    """The points of each section on either side, by its id."""
    found: dict[str, tuple[Words, Fraction, Fraction]] = {}
    for n, side in enumerate(two):
        for section in side.ruleset.sections:
            _, *sums = found.get(section.id, (Words("", ""), Fraction(0), Fraction(0)))
            sums[n] = sum((one.points.value for one in section.criteria if one.level != "may"), Fraction(0))
            found[section.id] = (Words(section.title.zh, section.title.en), sums[0], sums[1])
    return found
