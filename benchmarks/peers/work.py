"""The work that every engine does: the same submissions, and the outcomes that each has to come to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from typing import Any, NamedTuple

from benchmarks.peers.terms import OUTCOMES, Decision, decisions
from benchmarks.submissions import lines, ruleset
from evaluator.loading import Loaded
from evaluator.windows import Span

SPAN = Span(date(2025, 1, 1), date(2025, 12, 31))
Codes = list[int]


class Work(NamedTuple):
    """The ruleset, its checks as decisions, the items that they read, and the submissions as JSON."""

    loaded: Loaded
    decisions: list[Decision]
    names: set[str]
    lines: list[bytes]


def packaged(name: str) -> str:
    """The package ``name`` with its installed version."""
    return f"{name} {version(name)}"


class Engine(NamedTuple):
    """One engine: ``prepare`` makes of a submission's JSON what the engine is fed, ``judge`` makes of that the outcomes' codes.

    ``fed`` and ``gives`` say in words what goes in and comes out.
    """

    name: str
    package: str
    prepare: Callable[[bytes], Any]
    judge: Callable[[Any], Codes]
    fed: str
    gives: str = "the code of each outcome"


def work(number: int, seed: int = 1) -> Work:
    """``number`` submissions for the ruleset of a hundred checks."""
    loaded = ruleset("bench-100")
    names = {
        use.id for one in loaded.ruleset.by_id().values() for _, check in one.checks() for use in check.uses()
    }
    return Work(loaded, decisions(loaded, SPAN), names, [*lines(loaded, number, seed)])


class DifferentError(Exception):
    """Two engines came to different outcomes."""


def agree(work: Work, expected: list[Codes], found: list[Codes], name: str) -> None:
    """Raise ``DifferentError`` with the first criteria whose outcomes are not those expected."""
    ids = [*work.loaded.ruleset.by_id()]
    wrong = [
        f"submission {n + 1}, {ids[c]}: {OUTCOMES[a]}, by {name} {OUTCOMES[b] if 0 <= b < len(OUTCOMES) else b}"
        for n, (mine, theirs) in enumerate(zip(expected, found, strict=True))
        for c, (a, b) in enumerate(zip(mine, theirs, strict=True))
        if a != b
    ]
    if wrong:
        raise DifferentError(f"{len(wrong)} outcomes differ: " + "; ".join(wrong[:5]))
