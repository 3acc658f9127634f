"""Identifiers that stand twice. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaluator.errors import Fault, Words
from evaluator.ruleset import Path


def repeated(ids: Iterable[tuple[str, Path]]) -> Iterator[Fault]:
    """The identifiers of ``ids``, each with its path, that stood there before."""
    seen: set[str] = set()
    for name, path in ids:
        if name in seen:
            what = Words(f"标识“{name}”重复", f"the identifier {name!r} stands twice")
            yield Fault("repeated_id", path, what, Words("改用没有用过的标识", "use a new one"))
        seen.add(name)
