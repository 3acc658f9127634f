"""What changed in the plain fields of a criterion, section or head: each field of a model is told, known or not."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from evaluator.canonical import plain_data
from evaluator.errors import Words
from evaluator.exact import Exact
from evaluator.model import SUBJECTS, Model, Text, Title
from evaluator.revising import words as w
from evaluator.revising.change import Change, Effect, Nature, Verb, both, by_size, changed, told
from evaluator.revising.sides import Two, listed, points_of, same
from evaluator.revising.words import aspect

# Texts for people, and what is cited, printed or done by people: no outcome follows from any of them.
_WORDING = {"title", "requirement", "remedy", "note", "label", "action"}
_PARTICULARS = {
    "clause",
    "item",
    "printed",
    "anchors",
    "basis",
    "duty_of",
    "responsible",
    "method",
    "nature",
    "issuer",
    "issued",
    "held_by",
    "supersedes",
    "retired",
}
_CHOICES: dict[str, dict[Any, Words]] = {
    "level": w.LEVELS,
    "nature": w.NATURES,
    "method": w.METHODS,
    "duty_of": w.DUTIES,
    "held_by": w.DUTIES,
    "issued_by": w.DUTIES,
    "subject": SUBJECTS,
    "subjects": SUBJECTS,
    "veto": w.YES_NO,
    "veto_effect": w.VETO_EFFECTS,
    "model": w.MODELS,
    "not_applicable": w.NOT_APPLICABLE,
    "transition": w.TRANSITIONS,
    "valid": w.VALID,
    "whole_number": w.YES_NO,
    "public_telephone": w.YES_NO,
}
_RANK = {"may": 0, "should": 1, "must": 2}


def field_changes(
    old: Model, new: Model, two: Two, but: Collection[str], names: Callable[[str], str] = str
) -> Iterator[Change]:
    """Every field in which ``old`` and ``new`` differ, ``but`` those told elsewhere; ``names`` their words' names."""
    for field in type(new).model_fields:
        before, after = getattr(old, field, None), getattr(new, field, None)
        if field not in but and plain_data(before) != plain_data(after):
            yield from _field(field, before, after, two, names(field))


def _field(field: str, old: Any, new: Any, two: Two, name: str) -> Iterator[Change]:
    if isinstance(old or new, Text | Title):
        yield text_change(name, old, new)
    elif field == "veto_grade":
        titles = [{one.id: one.title for one in side.ruleset.scoring.grades} for side in two]
        grades = [
            None if one is None else Words(known[one].zh, known[one].en)
            for one, known in zip((old, new), titles, strict=True)
        ]
        yield changed(aspect(name), grades[0], grades[1], "veto_grade_changed", _grade_effect(old, new, two))
    elif field == "requires":
        yield from _requires(old, new, two)
    elif field in _PARTICULARS:
        texts = both(lambda one: _said(field, one), old, new)
        yield told(aspect(name), *texts, field, "particulars")
    else:
        texts = both(lambda one: _said(field, one), old, new)
        effect = _effect(field, old, new)
        verb: Verb = "changed"
        if isinstance(old, Exact) and isinstance(new, Exact):
            verb = by_size(old.value, new.value, "stricter", "looser")[1]
        yield changed(aspect(name), *texts, f"{field}_changed", effect, verb)


def _effect(field: str, old: Any, new: Any) -> Effect:
    if field == "level":
        return "stricter" if _RANK[new] > _RANK[old] else "looser"
    if field == "veto":
        return "stricter" if new else "looser"
    if field == "veto_effect" and "end" in (old, new):
        # Nothing is worse than an assessment that ends.
        return "stricter" if new == "end" else "looser"
    return "depends"


def _grade_effect(old: str | None, new: str | None, two: Two) -> Effect:
    """Of the highest grade after a veto: a better one is looser, where both sides know both grades."""
    lines = [{one.id: one.at_least.value for one in side.ruleset.scoring.grades} for side in two]
    if old is None or new is None or any(one not in known for one in (old, new) for known in lines):
        return "depends"
    ranks = {known[new] > known[old] for known in lines}
    return "depends" if len(ranks) > 1 else "looser" if ranks.pop() else "stricter"


def text_change(
    name: str, old: Text | Title | None, new: Text | Title | None, nature: Nature = "wording"
) -> Change:
    """A text for people that was rewritten; where only the English was, that is said."""
    zh = both(lambda one: None if one is None else one.zh, old, new)
    if zh[0] != zh[1]:
        texts = both(lambda one: None if one is None else Words(one.zh, one.en or one.zh), old, new)
        return told(aspect(name), *texts, name, nature)
    said = Words(f"{aspect(name).zh}的英文", f"English of {aspect(name).en}")
    english = both(lambda one: None if one is None or one.en is None else same(one.en), old, new)
    return told(said, *english, name, nature)


def _requires(old: tuple[str, ...], new: tuple[str, ...], two: Two) -> Iterator[Change]:
    sides: tuple[tuple[int, tuple[str, ...], tuple[str, ...], Effect], ...] = (
        (1, new, old, "stricter"),
        (0, old, new, "looser"),
    )
    for side, names, others, effect in sides:
        titles = two[side].wording.titles
        found = listed([titles.get(one, same(one)) for one in names if one not in others])
        if found.zh:
            code = "prerequisite_added" if side else "prerequisite_dropped"
            was, is_ = (None, found) if side else (found, None)
            yield changed(aspect("requires"), was, is_, code, effect)


def _said(field: str, value: Any) -> Words | None:
    """A value of a field in words; None where there is none."""
    if value is None or value == ():
        return None
    if field == "basis":
        return _basis(value)
    if field == "points":
        return points_of(value)
    if isinstance(value, tuple) and not isinstance(value, Exact):
        return listed([one for one in (_said(field, each) for each in value) if one is not None])
    if field in _CHOICES and value in _CHOICES[field]:
        return _CHOICES[field][value]
    if isinstance(value, bool):
        return w.YES_NO[value]
    if isinstance(value, Exact | date | int | str):
        return same(str(value))
    return same(str(plain_data(value)))


def _basis(value: Any) -> Words:
    if isinstance(value, str):
        return w.BASES[value]
    stated = [(name, getattr(value, name)) for name in type(value).model_fields]
    found = [(aspect(name), w.BASES[one]) for name, one in stated if one is not None]
    return listed([Words(f"{name.zh}：{one.zh}", f"{name.en}: {one.en}") for name, one in found], "；", "; ")
