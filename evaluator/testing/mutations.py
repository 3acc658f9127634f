"""The one-step changes of a rule: each threshold, operator, window, level … a little otherwise.

They go by the types of the fields, so that a kind of check that is new is changed like the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from types import UnionType
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin

from evaluator.crediting import COMPARISONS, Comparisons
from evaluator.exact import Exact
from evaluator.model import Model
from evaluator.ruleset import Criterion
from evaluator.testing.altering import DROPPED, Path, shown_path
from evaluator.windows import LENGTH

Sort = Literal[
    "threshold", "operator", "window", "deadline", "number", "points", "choice", "level", "veto", "dropped"
]


class Change(NamedTuple):
    """One change: ``values`` for the fields of what stands at ``path`` of a criterion or ruleset.

    ``name`` is how people and ``unnoticed`` in a case file call it: ``check.at_least 5% → 6%``.
    """

    sort: Sort
    path: Path
    values: Mapping[str, Any]
    name: str


# What a criterion says of itself that no case can see: it moves no outcome, no points.
SILENT = frozenset(
    {
        "anchors", "basis", "clause", "duty_of", "en", "heading", "id", "item", "kind", "method", "nature", "printed",
        "remedy", "requirement", "responsible", "standard", "supersedes", "text", "title", "zh",
    }
)  # fmt: skip
_NEIGHBOURS = {
    "at_least": ("above", "at_most"),
    "above": ("at_least", "below"),
    "at_most": ("below", "at_least"),
    "below": ("at_most", "above"),
    "equals": ("at_least", "at_most"),
}
_DAY = re.compile(r"(\d{4}-)?\d{2}-\d{2}")
_SHARES = ("credit",)
_POINTS = ("points", "lose", "cap")


def changes(root: Model, months: int, start: Path = ()) -> Iterator[Change]:
    """Every one-step change of what stands at ``start`` of ``root``; ``months`` is the length of the period that is judged.

    Some of them the rules' own types refuse (see ``altered``).
    """
    here = _at(root, start)
    for one in _of_model(root, start, here, months):
        if not _idle(one, here_of(root, one.path), months):
            yield one


def here_of(root: Model, path: Path) -> Model:
    """The model that stands at ``path``."""
    found = _at(root, path)
    assert isinstance(found, Model)
    return found


def _at(root: Any, path: Path) -> Any:
    for part in path:
        root = getattr(root, part) if isinstance(part, str) else root[part]
    return root


def _of_model(root: Model, path: Path, model: Model, months: int) -> Iterator[Change]:
    where = shown_path(root, path)
    if isinstance(model, Comparisons):
        yield from _operators(where, path, model)
    yield from _forms(where, path, model)
    if isinstance(model, Criterion):
        yield from _veto(path, model)
    for name, field in type(model).model_fields.items():
        if name in SILENT or (isinstance(model, Criterion) and name in ("credit", "veto")):
            continue  # credit beside a check is the same as inside it
        value = getattr(model, name)
        at = f"{where}.{field.alias or name}".removeprefix(".")
        for sort, new, text in _alternatives(name, value, field.annotation, months):
            yield Change(sort, path, {name: new}, f"{at} {text}")
        if _may_drop(field.default, value):
            yield Change("dropped", path, {name: DROPPED}, f"{at} {_text(value)} → -")
        if isinstance(value, Model):
            yield from _of_model(root, (*path, name), value, months)
        elif type(value) is tuple:
            yield from _of_list(root, path, name, value, months)


def _of_list(root: Model, path: Path, name: str, value: tuple[Any, ...], months: int) -> Iterator[Change]:
    at = shown_path(root, (*path, name))
    for n, one in enumerate(value):
        rest = (*value[:n], *value[n + 1 :])
        if isinstance(one, Model):
            yield from _of_model(root, (*path, name, n), one, months)
            if rest:
                yield Change("dropped", path, {name: rest}, f"{at}#{n + 1} → -")
            continue
        if rest:
            yield Change("dropped", path, {name: rest}, f"{at} {one} → -")
        if name == "months":
            for other in (one % 12 + 1, (one - 2) % 12 + 1):
                if other not in value:
                    moved = (*value[:n], other, *value[n + 1 :])
                    yield Change("window", path, {name: moved}, f"{at} {one} → {other}")


def _operators(where: str, path: Path, model: Comparisons) -> Iterator[Change]:
    for name in COMPARISONS:
        value = getattr(model, name)
        if value is None:
            continue
        at = f"{where}.{name}".removeprefix(".")
        for other in _NEIGHBOURS[name]:
            if getattr(model, other) is None:
                yield Change("operator", path, {name: DROPPED, other: value}, f"{at} → {other}")


def _forms(where: str, path: Path, model: Model) -> Iterator[Change]:
    for name, other in (("all_", "any_"), ("any_", "all_")):
        members = getattr(model, name, None)
        if isinstance(members, tuple) and len(members) > 1:
            at = f"{where}.{name[:-1]}".removeprefix(".")
            values = {name: DROPPED, other: members, "credit": DROPPED}
            yield Change("operator", path, values, f"{at} → {other[:-1]}")


def _veto(path: Path, model: Criterion) -> Iterator[Change]:
    basis = model.basis.model_copy(update={"veto": None if model.veto else "editorial"})
    now = f"veto {str(model.veto).lower()} → {str(not model.veto).lower()}"
    yield Change("veto", path, {"veto": not model.veto, "basis": basis}, now)


def _alternatives(name: str, value: Any, annotation: Any, months: int) -> Iterator[tuple[Sort, Any, str]]:
    if isinstance(value, bool):
        yield "choice", not value, f"{str(value).lower()} → {str(not value).lower()}"
    elif isinstance(value, Exact):
        for other in shifted(value, share=name in _SHARES):
            yield _sort(name), other, f"{value} → {other}"
    elif isinstance(value, dict) and all(isinstance(one, Exact) for one in value.values()):
        yield from _dated(value)
    elif isinstance(value, str) and _DAY.fullmatch(value):
        for day in days_beside(value):
            yield "deadline", day, f"{value} → {day}"
    elif isinstance(value, int) and name == "starts":
        for month in (value % 12 + 1, (value - 2) % 12 + 1):
            yield "window", month, f"{value} → {month}"
    else:
        for choice in _choices(name, value, annotation, months):
            sort: Sort = "window" if name == "every" else "level" if name == "level" else "choice"
            yield sort, choice, f"{_text(value)} → {choice}"


def _sort(name: str) -> Sort:
    if name in COMPARISONS or name in ("from_", "to", "minimum_sample"):
        return "threshold"
    return "points" if name in _POINTS else "number"


def _dated(value: Mapping[date, Exact]) -> Iterator[tuple[Sort, Any, str]]:
    for day, exact in value.items():
        for other in shifted(exact):
            yield "threshold", {**value, day: other}, f"{day} {exact} → {other}"
    for day in sorted(value)[1:]:
        for year in (day.year + 1, day.year - 1):
            near = date(year, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
            if near not in value:
                moved = {near if one == day else one: exact for one, exact in value.items()}
                yield "deadline", moved, f"{day} → {near}"


def shifted(value: Exact, *, share: bool = False) -> tuple[Exact, ...]:
    """``value`` one step up and one down: a percentage point, a whole number, or the last digit that is written.

    A ``share`` lies within 0–1: its step is a tenth at most.

    >>> [str(one) for one in shifted(Exact(Fraction(5, 100), percent=True))]
    ['6%', '4%']
    >>> [str(one) for one in shifted(Exact(Fraction("0.25")))]
    ['0.26', '0.24']
    """
    step = Fraction(1, 10 ** _places(value))
    if share and not value.percent:
        step = min(step, Fraction(1, 10))
    step = step / 100 if value.percent else step
    ups = value.value + step
    downs = value.value - step
    found = (Exact(one, value.percent) for one in (ups, downs) if one >= 0)
    return tuple(one for one in found if not share or one.value <= 1)


def _places(value: Exact) -> int:
    written = value.value * 100 if value.percent else value.value
    places = 0
    while (written * 10**places).denominator != 1 and places < 12:
        places += 1
    return places


def days_beside(text: str) -> tuple[str, ...]:
    """The day after and the day before ``"2013-08-31"`` or ``"08-31"``, in the same form."""
    year = "" if len(text) == 10 else "2001-"
    day = date.fromisoformat(year + text)
    return tuple((day + timedelta(days=n)).isoformat()[len(year) :] for n in (1, -1))


def _choices(name: str, value: Any, annotation: Any, months: int) -> Iterable[Any]:
    known = [one for one in _literals(annotation) if one != value]
    if name == "every":
        lengths = {**LENGTH, "period": months}
        mine = lengths[value]
        shorter = max((lengths[one] for one in known if lengths[one] < mine), default=None)
        longer = min((lengths[one] for one in known if lengths[one] > mine), default=None)
        return [next(one for one in known if lengths[one] == n) for n in (longer, shorter) if n is not None]
    if name == "level" and value in ("must", "should", "may"):
        # Must and should score alike: only the scorecard tells them apart.
        return ["may"] if value != "may" else ["must"]
    # What a rule does not speak of is no step from it, but for how a number becomes credit and when a document counts.
    return known if value is not None or name in ("credit", "state") else []


def _literals(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    if get_origin(annotation) in (Union, UnionType) or hasattr(annotation, "__metadata__"):
        return tuple(one for part in get_args(annotation) for one in _literals(part))
    return ()


def _may_drop(default: Any, value: Any) -> bool:
    if default is None:
        return value is not None
    return default == () and type(value) is tuple and len(value) == 1 and not isinstance(value[0], Model)


def _text(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, str | int | Exact):
        return str(value)
    if isinstance(value, tuple) and not any(isinstance(one, Model) for one in value):
        return ",".join(map(str, value))
    return "…"


def _idle(change: Change, model: Model, months: int) -> bool:
    """Whether ``change`` says the same in other words."""
    values: Any = change.values
    kind = getattr(model, "kind", "")
    if "credit" in values and change.path and str(change.path[-1]).startswith("each_"):
        return True  # the line counts what is missed or lacking, not its credit
    if kind == "statement" and "attachment" in values:
        return True  # a yes without support stays a yes
    if kind == "document" and "state" in values and getattr(model, "issued_by", None) is not None:
        return getattr(model, "state", None) is None  # its deadline says when it counts
    if kind == "document" and "state" in values:
        stated = {getattr(model, "state", None), None if values["state"] is DROPPED else values["state"]}
        return stated == {None, "in_force"}
    if "credit" in values and kind == "cadence":
        return LENGTH.get(getattr(model, "every", ""), months) >= months
    if "credit" in values and kind == "quantity" and getattr(model, "count", None) is None:
        least = getattr(model, "at_least", None)
        return isinstance(least, Exact) and least.value == 1  # none, or enough
    if "credit" in values and kind == "group":
        members = getattr(model, "all_", None) or getattr(model, "of", None) or (None, None)
        return len(members) < 2
    return False
