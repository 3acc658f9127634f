"""A review → the YAML of its file, such that reading it gives the same review. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from evaluator.emitting import flow
from evaluator.exact import Exact, decimal
from evaluator.review import ENTRIES, Review, in_order

# What an entry is about comes first, how and why it was said last.
_LAST = ("claimed", "verified", "level", "outcome", "earned", "method", "date", "reason", "by")


def review_text(review: Review) -> str:
    """The file as YAML: an entry a line."""
    return "".join(f"{line}\n" for line in _lines(in_order(review)))


def _lines(review: Review) -> Iterator[str]:
    for name in type(review).model_fields:
        value = getattr(review, name)
        if name in (*ENTRIES, "also"):
            if value:
                yield f"{name}:"
                yield from (f"  - {flow(_plain(one))}" for one in value)
        elif value not in (None, ()):
            yield f"{name}: {flow(_plain(value))}"


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        names = sorted(type(value).model_fields, key=lambda name: (name in _LAST, _place(name)))
        return {name: _plain(getattr(value, name)) for name in names if _said(value, name)}
    if isinstance(value, Exact):
        return str(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | str):
        return value
    return decimal(value)


def _place(name: str) -> int:
    return _LAST.index(name) if name in _LAST else -1


def _said(value: BaseModel, name: str) -> bool:
    field = type(value).model_fields[name]
    return field.is_required() or getattr(value, name) != field.get_default()
