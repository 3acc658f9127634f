"""Which of several checks or lines answers to which: the same first, then those of the same kind on the same evidence."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any, TypeVar

from evaluator.canonical import plain_data
from evaluator.model import Model
from evaluator.occurrences import Each
from evaluator.revising.sides import walked

M = TypeVar("M", bound=Model)


def aligned(old: Sequence[M], new: Sequence[M]) -> Iterator[tuple[M | None, M | None]]:
    """Each of ``old`` and ``new`` once: in the order of ``new``, then those that are no more. Their order means nothing."""
    partner: dict[int, int] = {}
    left = list(range(len(old)))
    for key in (_whole, _drawn, _kind):
        for n, one in enumerate(new):
            found = next((m for m in left if n not in partner and key(old[m]) == key(one)), None)
            if found is not None:
                partner[n] = found
                left.remove(found)
    for n, one in enumerate(new):
        yield (old[partner[n]] if n in partner else None), one
    for m in left:
        yield old[m], None


Key = Callable[[Any], Hashable]


def _whole(model: Model) -> Hashable:
    return repr(plain_data(model))


def _drawn(model: Model) -> Hashable:
    """The forms and kinds inside, and the evidence that they draw on."""
    found: list[Hashable] = [_kind(model)]
    for one in walked(model):
        if isinstance(one, Each):
            found.append((one.count, one.events, one.documents))
        elif hasattr(one, "uses"):
            found.append((getattr(one, "kind", ""), *((use.kind, use.id) for use in one.uses())))
        if hasattr(one, "attribute"):
            found.append(one.attribute)
    return tuple(found)


def _kind(model: Model) -> Hashable:
    """What kind of check it is, or what stands in a line."""
    kind: str | None = getattr(model, "kind", None)
    if kind is not None:
        return kind
    found = []
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, Model):
            found.append((name, getattr(value, "kind", "")))
    return tuple(found)
