"""What a trial may shift: every number of a criterion by its path, a grade's threshold; and the values of a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any, NamedTuple

from pydantic import ValidationError

from evaluator.catalogue import Catalogue
from evaluator.checking import ruleset_faults
from evaluator.crediting import COMPARISONS
from evaluator.errors import Fault, Words, did_you_mean, nearest
from evaluator.exact import Exact, parse_exact
from evaluator.limits import in_force, raising
from evaluator.model import Model
from evaluator.ruleset import Ruleset

Path = tuple[str | int, ...]
_SHIFT = re.compile(
    r"(?P<name>[a-z0-9][a-z0-9_-]*)(:(?P<path>[A-Za-z0-9_.-]+))?=(?P<start>[^./]+(\.\d+)?%?)\.\.(?P<end>[^/]+)(/(?P<step>.+))?"
)
_FORM = Words("写成 km-2-6=6%..10% 或 km-2-6=6%..10%/1%", "write it as km-2-6=6%..10% or km-2-6=6%..10%/1%")
_NICE = (1, 2, 5)
_WISHED = 10


class Target(NamedTuple):
    """One number of a ruleset: its criterion or grade, the path from there as a user writes it, and from the top.

    ``written`` is false for one that the file leaves out.
    """

    name: str
    path: str
    place: Path
    value: Exact
    written: bool = True


class Shift(NamedTuple):
    """A number and the values to try."""

    target: Target
    values: tuple[Exact, ...]


class BadShift(ValueError):
    """A shift that cannot be tried: what is wrong with it, and the mend."""

    def __init__(self, what: Words, mend: Words | None = None) -> None:
        self.what, self.mend = what, mend
        super().__init__(what.zh)


def shift_of(text: str, ruleset: Ruleset, catalogue: Catalogue) -> Shift:
    """``km-2-6=6%..10%/1%`` of ``ruleset``; raises ``BadShift``."""
    found = _SHIFT.fullmatch(text.replace("％", "%").replace("＝", "=").strip())
    if found is None:
        raise BadShift(Words(f"看不懂“{text}”", f"{text!r} is no range"), _FORM)
    target = _target(ruleset, found["name"], found["path"])
    start, end = parse_exact(found["start"]), parse_exact(found["end"])
    step = None if found["step"] is None else parse_exact(found["step"])
    if start is None or end is None or (found["step"] is not None and (step is None or not step.value)):
        raise BadShift(Words(f"“{text}”里的数看不懂", f"a number in {text!r} cannot be read"), _FORM)
    kinds = {one.percent for one in (start, end, step, target.value) if one is not None}
    if len(kinds) > 1:
        zh = f"现行值是 {target.value}，范围和步长也要{'带' if target.value.percent else '不带'} %"
        en = f"the number in force is {target.value}: write the range and step {'with' if target.value.percent else 'without'} %"
        raise BadShift(Words(zh, en))
    values = _values(start, end, step, whole=_whole(target, ruleset, catalogue))
    for value in values:
        faults = tried_faults(ruleset, catalogue, target, value)
        if faults:
            what = faults[0].what
            raise BadShift(Words(f"{value} 不能用：{what.zh}", f"{value} cannot be tried: {what.en}"))
    return Shift(target, values)


def targets(ruleset: Ruleset, name: str) -> list[Target]:
    """Every number of a criterion, or the threshold of a grade."""
    for place, _, criterion in ruleset.criteria():
        if criterion.id == name:
            return [
                Target(name, ".".join(map(str, path)), (*place, *path), value, written)
                for path, value, written in _numbers(criterion)
            ]
    return [
        Target(name, "at_least", ("scoring", "grades", n, "at_least"), grade.at_least)
        for n, grade in enumerate(ruleset.scoring.grades)
        if grade.id == name and grade.at_least.value
    ]


def _target(ruleset: Ruleset, name: str, path: str | None) -> Target:
    found = targets(ruleset, name)
    if not found:
        known = [*ruleset.by_id(), *(one.id for one in ruleset.scoring.grades if one.at_least.value)]
        raise BadShift(
            Words(f"没有指标或等级 {name}", f"there is no criterion or grade {name}"),
            did_you_mean(name, known) if nearest(name, known) else _SHOWN,
        )
    if path is not None:
        chosen = [one for one in found if one.path == path]
        if not chosen:
            raise BadShift(Words(f"{name} 里没有 {path}", f"{name} has no {path}"), _listed(found))
        return chosen[0]
    # A threshold is what is meant, not points or a sample.
    plain = [one for one in found if any(part in COMPARISONS for part in one.path.split("."))]
    # Where points are lost or added up, a threshold that nobody wrote (once a month) is not what is meant.
    if any(part in ("deduct", "earn") for one in found for part in one.path.split(".")):
        plain = [one for one in plain if one.written]
    if len(plain) != 1:
        number = len(plain)
        what = Words(
            f"{name} 有 {number} 个阈值" if plain else f"{name} 没有阈值，要试别的数",
            f"{name} has {number} thresholds",
        )
        raise BadShift(what, _listed(plain or found))
    return plain[0]


_SHOWN = Words(
    "指标和等级的标识见 duibiao rules show、导出的表", "see duibiao rules show for the identifiers"
)


def _listed(found: list[Target]) -> Words:
    names = [f"{one.name}:{one.path}" for one in found]
    shown = [f"{name}（现为 {one.value}）" for name, one in zip(names, found, strict=True)]
    english = [f"{name} (now {one.value})" for name, one in zip(names, found, strict=True)]
    return Words(f"写明是哪一个：{'、'.join(shown)}", f"say which: {', '.join(english)}")


def _numbers(model: Any, path: Path = (), *, written: bool = True) -> Iterator[tuple[Path, Exact, bool]]:
    """Every exact number inside ``model`` with its path in the file, and whether it stands there."""
    if isinstance(model, Exact):
        yield path, model, written
    elif isinstance(model, Model):
        for name, field in type(model).model_fields.items():
            stands = name in model.model_fields_set
            yield from _numbers(getattr(model, name), (*path, field.alias or name), written=stands)
    elif isinstance(model, tuple):
        for n, one in enumerate(model):
            yield from _numbers(one, (*path, n), written=written)
    elif isinstance(model, dict):
        for key, one in model.items():
            place = key.isoformat() if isinstance(key, date) else str(key)
            yield from _numbers(one, (*path, place), written=written)


def _whole(target: Target, ruleset: Ruleset, catalogue: Catalogue) -> bool:
    """Whether only whole numbers mean anything: how many of what is counted one by one."""
    if target.value.percent or target.name not in ruleset.by_id():
        return False
    criterion = ruleset.by_id()[target.name]
    counts = [catalogue.counts.get(use.id) for use in criterion.uses() if use.kind == "counts"]
    return any(part in COMPARISONS for part in target.path.split(".")) and all(
        one is None or one.whole_number for one in counts
    )


def _values(start: Exact, end: Exact, step: Exact | None, *, whole: bool) -> tuple[Exact, ...]:
    width = abs(end.value - start.value)
    by = step.value if step is not None else _nice(width, percent=start.percent, whole=whole)
    most = in_force().impact_values
    if by and width / by + 1 > most:
        what = Words(f"要试的值超过 {most} 个", f"more than {most} values to try")
        longer = Words("加大步长，如 =6%..10%/1%", "take a longer step, as in =6%..10%/1%")
        raise BadShift(what, raising("impact_values", longer))
    sign = 1 if end.value > start.value else -1
    count = int(width / by) if by else 0
    found = [start.value + sign * by * n for n in range(count + 1)]
    # The end of the range was asked for, whether a step meets it or not.
    if found[-1] != end.value:
        found.append(end.value)
    return tuple(Exact(value, start.percent) for value in found)


def _nice(width: Fraction, *, percent: bool, whole: bool) -> Fraction:
    """One, or one percent, where that makes a dozen at most; else 1, 2 or 5 times a power of ten that makes about ten."""
    if not width:
        return Fraction(0)
    one = Fraction(1, 100) if percent else Fraction(1)
    if 2 * one <= width <= 12 * one:
        return one
    size = Fraction(1, 10**6) * (Fraction(1, 100) if percent else 1)
    while True:
        for nice in _NICE:
            if width / (size * nice) <= _WISHED and not (whole and (size * nice).denominator != 1):
                return size * nice
        size *= 10


def tried(ruleset: Ruleset, target: Target, value: Exact) -> Ruleset:
    """``ruleset`` with ``value`` in the place of ``target``; raises ``ValidationError`` where it is none."""
    made = _replaced(ruleset, target.place, value)
    assert isinstance(made, Ruleset)
    return made


def tried_faults(ruleset: Ruleset, catalogue: Catalogue, target: Target, value: Exact) -> list[Fault]:
    """What is wrong with ``value`` there."""
    try:
        made = tried(ruleset, target, value)
    except ValidationError as error:
        context = error.errors()[0].get("ctx", {})
        what = Words(str(context.get("zh", "写法不对")), str(context.get("en", "not written rightly")))
        return [Fault("bad_shift", target.place, what)]
    return list(ruleset_faults(made, catalogue))


def _replaced(model: Any, path: Path, value: Exact) -> Any:
    if not path:
        return value
    first, rest = path[0], path[1:]
    if isinstance(model, tuple):
        return tuple(_replaced(one, rest, value) if n == first else one for n, one in enumerate(model))
    if isinstance(model, dict):
        return {key: _replaced(one, rest, value) if _key(key) == first else one for key, one in model.items()}
    # Made anew on the way up, so that every rule of the form is checked again.
    given = {}
    for name, field in type(model).model_fields.items():
        one, alias = getattr(model, name), field.alias or name
        given[alias] = _replaced(one, rest, value) if first in (alias, name) else one
    return type(model).model_validate(given)


def _key(key: object) -> str:
    return key.isoformat() if isinstance(key, date) else str(key)
