"""One change between two rulesets: what it was, what it is, whether it asks more, and what it means for the version number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Literal, NamedTuple, TypeVar

from evaluator.errors import Words

Effect = Literal["stricter", "looser", "neutral", "depends"]
Nature = Literal["judgement", "particulars", "wording"]
Part = Literal["major", "minor", "patch"]
Scope = Literal["criterion", "section", "scoring", "ruleset", "item"]
Match = Literal["same", "superseded", "replaced", "split", "merged", "added", "dropped"]
Verb = Literal["changed", "raised", "lowered"]
M = TypeVar("M")
PARTS: tuple[Part, ...] = ("patch", "minor", "major")
NATURES: tuple[Nature, ...] = ("judgement", "particulars", "wording")


class Change(NamedTuple):
    """One change; ``old`` is None where something was added, ``new`` where it was taken away.

    ``aspect`` says what changed, empty for a criterion's own threshold; ``part`` is the least part of the version number that has
    to be raised; ``reason`` says more, where there is more to say.
    """

    code: str
    aspect: Words
    old: Words | None
    new: Words | None
    effect: Effect = "neutral"
    nature: Nature = "judgement"
    part: Part = "minor"
    verb: Verb = "changed"
    reason: Words | None = None


class Entry(NamedTuple):
    """What changed in one criterion, section, item of the catalogue, or in the ruleset itself.

    ``old`` and ``new`` are the identifiers on either side (several where a criterion was split or merged).
    """

    scope: Scope
    match: Match
    old: tuple[str, ...]
    new: tuple[str, ...]
    clause: str
    title: Words
    changes: tuple[Change, ...]


def changed(
    aspect: Words,
    old: Words | None,
    new: Words | None,
    code: str = "changed",
    effect: Effect = "neutral",
    verb: Verb = "changed",
) -> Change:
    """A change of judgement that any outcome may follow."""
    return Change(code, aspect, old, new, effect, verb=verb)


def told(aspect: Words, old: Words | None, new: Words | None, code: str, nature: Nature) -> Change:
    """A change that no outcome follows from."""
    return Change(code, aspect, old, new, "neutral", nature, "patch")


def joined(effects: Iterable[Effect]) -> Effect:
    """The effect of several together: one that only some have is theirs, opposite ones depend."""
    found = {one for one in effects if one != "neutral"}
    if len(found) > 1:
        return "depends"
    return found.pop() if found else "neutral"


def turned(effect: Effect) -> Effect:
    """The effect of the same on a condition: what is harder to fulfil asks it of fewer."""
    return {"stricter": "looser", "looser": "stricter"}.get(effect, effect)  # type: ignore[return-value]  # two of four


def by_size(old: object, new: object, more: Effect, less: Effect) -> tuple[Effect, Verb]:
    """The effect and the verb of a number that went from ``old`` to ``new``."""
    up = bool(new > old)  # type: ignore[operator]  # both are numbers
    return (more, "raised") if up else (less, "lowered")


def both(make: Callable[[Any], M], old: Any, new: Any) -> tuple[M, M]:
    """The same made of the old and of the new."""
    return make(old), make(new)
