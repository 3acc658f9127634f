"""Lots that are the same everywhere: ranks by SHA-256 of seed and id, seats by largest remainder (decision 16). Pure.

Neither the order of the inputs nor the version of Python changes a draw, and whoever is added changes nobody's rank.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Generic, NamedTuple, Protocol, TypeVar

ALGORITHM = "duibiao-sample-1"
K = TypeVar("K")


class Drawable(Protocol):
    """What can be drawn: an id, the stratum it lies in, and how much speaks for a visit."""

    @property
    def id(self) -> str:
        """Who."""

    @property
    def weight(self) -> int:
        """The sum of its risks' weights; 0 where there are none."""


C = TypeVar("C", bound=Drawable)


class Drawn(NamedTuple, Generic[C, K]):
    """A draw: who was picked by lot, who for risk, how many each stratum holds and got by lot."""

    by_lot: tuple[C, ...]
    for_risk: tuple[C, ...]
    sizes: Mapping[K, int]
    seats: Mapping[K, int]


def lot(seed: str, *names: str) -> str:
    """The rank of ``names`` under ``seed``, as hexadecimal digits: the lowest is drawn first."""
    text = "\0".join(unicodedata.normalize("NFC", one) for one in (ALGORITHM, seed, *names))
    return hashlib.sha256(text.encode()).hexdigest()


def apportioned(sizes: Mapping[K, int], seats: int, rank: Callable[[K], str]) -> dict[K, int]:
    """``seats`` among strata in proportion to their sizes, each within one of its share; equal remainders go by ``rank``.

    Each stratum gets one at least, where that leaves none below the whole part of its share.

    >>> apportioned({"a": 6, "b": 3, "c": 1}, 5, str)
    {'a': 3, 'b': 1, 'c': 1}
    """
    whole = sum(sizes.values())
    if seats >= whole:
        return dict(sizes)
    shares = {key: Fraction(size * seats, whole) for key, size in sizes.items()}
    given = {key: share.numerator // share.denominator for key, share in shares.items()}
    raised = {key: max(1, number) for key, number in given.items()}
    if sum(raised.values()) <= seats:
        given = raised
    order = sorted(given, key=lambda key: (given[key] - shares[key], rank(key)))
    for key in order[: seats - sum(given.values())]:
        given[key] += 1
    return given


def draw(
    candidates: Iterable[C], stratum: Callable[[C], K], seats: int, for_risk: int, seed: str
) -> Drawn[C, K]:
    """``seats`` of ``candidates`` (all of them where there are fewer), at most ``for_risk`` of them for risk.

    The lots come first and see nothing of the risks, so that they stand for the whole; then the greatest risks among the
    rest. Where fewer are at risk than places are kept for them, the places go to lots.
    """
    everyone = sorted(candidates, key=lambda one: one.id)
    seats = min(seats, len(everyone))
    for kept in range(min(for_risk, seats), -1, -1):
        found = _by_lot(everyone, stratum, seats - kept, seed)
        picked = {one.id for one in found.by_lot}
        rest = [one for one in everyone if one.id not in picked and one.weight]
        if len(rest) >= kept:
            rest.sort(key=lambda one: (-one.weight, lot(seed, one.id)))
            return found._replace(for_risk=tuple(rest[:kept]))
    raise AssertionError("with no place kept for risk there is always enough")


def _by_lot(everyone: Sequence[C], stratum: Callable[[C], K], seats: int, seed: str) -> Drawn[C, K]:
    members: dict[K, list[C]] = {}
    for one in everyone:
        members.setdefault(stratum(one), []).append(one)
    sizes = {key: len(own) for key, own in members.items()}
    given = apportioned(sizes, seats, lambda key: lot(seed, str(key)))
    picked = tuple(
        one
        for key, own in members.items()
        for one in sorted(own, key=lambda one: lot(seed, one.id))[: given[key]]
    )
    return Drawn(picked, (), sizes, given)
