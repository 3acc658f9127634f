"""Plain data → YAML as the rule files are laid out: short things on one line, the rest in blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from evaluator.emitting import flow as quoted_flow
from evaluator.workbook.measuring import across

_WIDEST = 120
# Text that every reader of YAML takes for the same text without quotes.
_WORD = "A-Za-z0-9_\u4e00-\u9fff”’）》〕。！？()%"
_PLAIN = re.compile(rf"[A-Za-z_\u4e00-\u9fff“（《](?:[{_WORD}“‘（《〔，、；：…—· ./+~-]*[{_WORD}])?")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_FIRST = (
    "id",
    "kind",
    "count",
    "events",
    "documents",
    "statement",
    "numerator",
    "denominator",
    "attribute",
    "each",
)
# Always opened: a line each for what stands in them.
_OPEN = frozenset(
    {
        "sections",
        "criteria",
        "clauses",
        "scoring",
        "grades",
        "counts",
        "events",
        "documents",
        "statements",
        "units",
        "cases",
    }
)


def as_text(data: Mapping[str, Any]) -> str:
    """A whole file."""
    return "".join(f"{line}\n" for key, value in data.items() for line in entry(key, value, 0))


def entry(key: str, value: Any, indent: int) -> list[str]:
    """The lines of one key of a block mapping."""
    pad = " " * indent
    line = f"{pad}{scalar(key)}: {flow(value)}"
    if not isinstance(value, dict | list) or not value or (key not in _OPEN and _fits(value, line)):
        return [line]
    if isinstance(value, dict):
        return [f"{pad}{scalar(key)}:", *_mapping(value, indent + 2)]
    return [f"{pad}{scalar(key)}:", *(line for one in value for line in item(one, indent + 2))]


def item(value: Any, indent: int) -> list[str]:
    """The lines of one item of a block sequence whose dash stands at ``indent``."""
    pad = " " * indent
    line = f"{pad}- {flow(value)}"
    if (
        not isinstance(value, dict)
        or not value
        or (_fits(value, line) and (len(value) < 8 or "kind" in value))
    ):
        return [line]
    lines = list(_mapping(value, indent + 2))
    return [f"{pad}- {lines[0].lstrip()}", *lines[1:]]


def _mapping(value: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, one in ordered(value).items():
        yield from entry(key, one, indent)


def ordered(value: Mapping[str, Any]) -> dict[str, Any]:
    """A mapping with what names it first."""
    keys = sorted(
        value, key=lambda key: _FIRST.index(key) if key in _FIRST and _is_scalar(value[key]) else len(_FIRST)
    )
    return {key: value[key] for key in keys}


def _fits(value: Any, line: str) -> bool:
    # A text in two languages and a check of its own stay on a line, however long.
    whole = isinstance(value, dict) and (value.keys() <= {"zh", "en"} or "kind" in value)
    return _depth(value) < 3 and (whole or across(line) <= _WIDEST)


def _depth(value: Any) -> int:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 0 if _is_scalar(value) else 1 + max(map(_depth, inside), default=0)


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict | list)


def flow(value: Any) -> str:
    """Data on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in ordered(value).items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def scalar(value: Any, style: str | None = None) -> str:
    """One value; a text keeps its quotes where it had some (``style``)."""
    if (
        isinstance(value, str)
        and style is None
        and _PLAIN.fullmatch(value)
        and value.lower() not in _RESERVED
    ):
        return value
    if isinstance(value, str) and style == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, str):
        # The house writes texts with quotes as JSON does.
        plain = quoted_flow(value)
        return plain if plain.startswith('"') else f'"{plain}"'
    return quoted_flow(value)
