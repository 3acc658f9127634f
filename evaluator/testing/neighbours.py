"""The values next to a value: a number one step up and down, the day before and after, the other choices."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from evaluator.crediting import COMPARISONS
from evaluator.exact import Exact
from evaluator.model import Model
from evaluator.windows import LENGTH

Sort = Literal[
    "threshold", "operator", "window", "deadline", "number", "points", "choice", "level", "veto", "dropped"
]
_DAY = re.compile(r"(\d{4}-)?\d{2}-\d{2}")
_SHARES = ("credit",)
_POINTS = ("points", "lose", "cap")


def alternatives(name: str, value: Any, annotation: Any, months: int) -> Iterator[tuple[Sort, Any, str]]:
    """The values next to ``value`` of the field ``name``: the sort of change, the value, the change in words."""
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
            yield sort, choice, f"{text_of(value)} → {choice}"


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


def text_of(value: Any) -> str:
    """``value`` in the name of a change."""
    if value is None:
        return "-"
    if isinstance(value, str | int | Exact):
        return str(value)
    if isinstance(value, tuple) and not any(isinstance(one, Model) for one in value):
        return ",".join(map(str, value))
    return "…"
