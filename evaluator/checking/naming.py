"""How messages call what stands at a path of a rule file: by the nearest identifier or name above it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from evaluator.checks import KINDS
from evaluator.persons import echo
from evaluator.ruleset import Path


def naming(data: Any) -> Callable[[Path], str]:
    """The names for what stands in ``data``: ``t-visits.check.at_least``, ``“走访 12 次”.expect``, ``scoring.pass``."""

    def called(path: Path) -> str:
        here, parts, tag = data, list[str](), False
        for position, part in enumerate(path, 1):
            # Behind a check stands its kind, as the tag of a union; a key of that name may follow.
            tag = not tag and isinstance(here, dict) and part in KINDS and here.get("kind") == part
            if tag:
                continue
            if isinstance(here, dict) and part in here:
                here = here[part]
                parts.append(echo(part, 60))
            elif isinstance(here, list) and isinstance(part, int) and part < len(here):
                here = here[part]
                name = _name(here)
                parts = [name] if name else [*parts, f"#{part + 1}"]
            elif position == len(path) and isinstance(here, dict):
                parts.append(echo(part, 60))
        return ".".join(parts)

    return called


def _name(one: Any) -> str:
    if not isinstance(one, dict):
        return ""
    if isinstance(one.get("id"), str):
        return echo(one["id"], 60)
    return f"“{echo(one['name'], 60)}”" if isinstance(one.get("name"), str) else ""
