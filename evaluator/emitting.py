"""A submission → the data and the YAML of its file, such that reading it gives the same submission. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from evaluator.entries import Entry
from evaluator.exact import decimal
from evaluator.submission import Submission

_ORDER = (
    "submission subject period as_of includes counts sources previous "
    "events documents statements none units ratings"
).split()
# What is plain here is text for every reader of YAML, not for ours alone.
_PLAIN = re.compile(r"[A-Za-z_\u4e00-\u9fff][A-Za-z0-9_.\u4e00-\u9fff-]*")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_ESCAPED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
# Keys whose content is written in lines of its own; everything below is written in one line.
_BLOCKS = (
    "subject",
    "counts",
    "sources",
    "previous",
    "events",
    "documents",
    "statements",
    "units",
    "ratings",
)


def as_data(submission: Submission) -> dict[str, Any]:
    """The file's data in the order of docs/submission.md: numbers that are not whole and dates are text."""
    found = _plain(submission)
    return {key: found[key] for key in _ORDER if key in found}


def as_yaml(submission: Submission) -> str:
    """The file as YAML: an entry a line, as people write it."""
    return "".join(f"{line}\n" for line in _top(as_data(submission)))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel | Entry):
        fields = ((name, field, getattr(value, name)) for name, field in type(value).model_fields.items())
        return {field.alias or name: _plain(one) for name, field, one in fields if one != field.get_default()}
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return decimal(value) if isinstance(value, Fraction) else value


def _top(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        if key in _BLOCKS and value:
            yield f"{key}:"
            yield from _block(value, "  ", deep=key in ("previous", "units"))
        else:
            yield f"{key}: {flow(value)}"


def _block(value: Any, indent: str, *, deep: bool) -> Iterator[str]:
    if isinstance(value, list):
        yield from (f"{indent}- {flow(one)}" for one in value)
        return
    for key, one in value.items():
        if deep and one:
            yield f"{indent}{_scalar(key)}:"
            yield from _block(one, f"{indent}  ", deep=False)
        else:
            yield f"{indent}{_scalar(key)}: {flow(one)}"


def flow(value: Any) -> str:
    """Plain data as YAML on one line, such that our reader and every other read the same."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_scalar(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    if _PLAIN.fullmatch(text) and text.lower() not in _RESERVED:
        return text
    return '"' + "".join(map(_character, text)) + '"'


def _character(one: str) -> str:
    if one in _ESCAPED:
        return _ESCAPED[one]
    if one.isprintable():
        return one
    return f"\\u{ord(one):04x}" if ord(one) < 0x10000 else f"\\U{ord(one):08x}"
