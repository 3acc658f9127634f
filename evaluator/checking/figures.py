"""The numbers that measures are compared with, and where they stand. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.crediting import COMPARISONS, Comparisons, Graded
from evaluator.exact import Exact
from evaluator.ruleset import Path


def figures(check: Comparisons | Graded) -> Iterator[tuple[Path, Exact]]:
    """Every number that a measure is compared with, and where in the check it stands."""
    if isinstance(check, Comparisons):
        yield from _stated(check, ())
    if isinstance(check, Graded):
        for n, step in enumerate(check.steps or ()):
            yield from _stated(step, ("steps", n))
        if check.scale is not None:
            yield ("scale", "from"), check.scale.from_
            yield ("scale", "to"), check.scale.to


def _stated(check: Comparisons, path: Path) -> Iterator[tuple[Path, Exact]]:
    for name in COMPARISONS:
        value = getattr(check, name)
        if isinstance(value, Exact):
            yield (*path, name), value
        elif value is not None:
            for day, exact in value.items():
                yield (*path, name, day.isoformat()), exact
