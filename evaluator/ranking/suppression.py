"""Small counts hidden in what is meant for circulation, and as many others as keep them from being worked out.

Whoever reads a table knows which counts add up to which. A count from 1 to 9 that is hidden must not follow from those that are
not: at least ``DOUBT + 1`` values of it stay possible. Nought is hidden too, but may follow: it tells of nobody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

Key = Hashable
Mark = Literal["<10", "*"]
SMALL: Mark = "<10"
BESIDE: Mark = "*"
LEAST = 10
DOUBT = 4
_NO_END = 1 << 60
_ROUNDS = 200


class Sum(NamedTuple):
    """One count that is the sum of others."""

    total: Key
    parts: tuple[Key, ...]


def marks(
    counts: Mapping[Key, int],
    sums: Sequence[Sum],
    *,
    unprinted: Collection[Key] = (),
    unlabelled: Collection[Key] = (),
) -> dict[Key, Mark]:
    """What stands in place of the counts that are hidden: ``<10`` for a small one, ``*`` for one that would give another away.

    ``unprinted`` counts are printed nowhere but follow from others; ``unlabelled`` ones are all hidden by ``*``, so that the mark
    does not tell how great they are.
    """
    never, alike = set(unprinted), set(unlabelled)
    hidden: dict[Key, Mark] = {
        key: BESIDE if key in alike else SMALL
        for key, count in counts.items()
        if count < LEAST and key not in never
    }
    sums_of: dict[Key, list[Sum]] = defaultdict(list)
    for one in sums:
        for key in (one.total, *one.parts):
            sums_of[key].append(one)
    while True:
        ranges = possible(counts, sums, hidden, never, alike)
        given_away = [
            key for key, (low, high) in ranges.items() if 0 < counts[key] < LEAST and high - low < DOUBT
        ]
        before, done = len(hidden), set[Sum]()
        for key in given_away:
            # What was hidden beside another one may be enough here, too: the next round tells.
            more = None if done.intersection(sums_of[key]) else _to_hide(key, counts, sums_of, hidden, never)
            if more is not None:
                hidden[more] = BESIDE
                done.update(sums_of[more])
        if len(hidden) == before:
            return hidden


def possible(
    counts: Mapping[Key, int],
    sums: Iterable[Sum],
    hidden: Mapping[Key, Mark],
    unprinted: Collection[Key] = (),
    unlabelled: Collection[Key] = (),
) -> dict[Key, tuple[int, int]]:
    """For each hidden count the least and greatest value that the others, the sums and its own mark leave possible."""
    ranges: dict[Key, tuple[int, int]] = {}
    for key in counts:
        if key in unprinted:
            ranges[key] = 0, _NO_END
        elif key in hidden:
            small, told = hidden[key] == SMALL, key not in unlabelled
            ranges[key] = (0 if small or not told else LEAST), (LEAST - 1 if small else _NO_END)
    involved = [
        (one.total, one.parts) for one in sums if any(key in ranges for key in (one.total, *one.parts))
    ]
    for _ in range(_ROUNDS):
        narrower = [one for one in involved if _narrow(*one, counts, ranges)]
        if not narrower:
            break
    return ranges


def _narrow(
    total: Key, parts: tuple[Key, ...], counts: Mapping[Key, int], ranges: dict[Key, tuple[int, int]]
) -> bool:
    """Draw the ranges of one sum's counts together; whether any became narrower."""
    ends = [ranges.get(key) or (counts[key], counts[key]) for key in parts]
    low, high = sum(end[0] for end in ends), sum(end[1] for end in ends)
    whole = ranges.get(total) or (counts[total], counts[total])
    narrower = False
    if total in ranges:
        found = max(whole[0], low), min(whole[1], high)
        narrower = found != whole
        ranges[total] = whole = found
    for key, end in zip(parts, ends, strict=True):
        if key in ranges:
            found = max(end[0], whole[0] - (high - end[1])), min(end[1], whole[1] - (low - end[0]))
            if found != ranges[key]:
                ranges[key] = found
                narrower = True
    return narrower


def _to_hide(
    key: Key,
    counts: Mapping[Key, int],
    sums_of: Mapping[Key, list[Sum]],
    hidden: Mapping[Key, Mark],
    unprinted: Collection[Key],
) -> Key | None:
    """The next count to hide so that ``key`` cannot be worked out: the smallest beside it, a total only where no part is left."""
    seen, front = {key}, [key]
    while front:
        beside: list[tuple[bool, int, str, Key]] = []
        further: list[Key] = []
        for one in front:
            for found in sums_of[one]:
                for other in (found.total, *found.parts):
                    if other in seen:
                        continue
                    if other in hidden or other in unprinted:
                        further.append(other)
                    else:
                        beside.append((other == found.total, counts[other], repr(other), other))
        if beside:
            return min(beside, key=lambda one: one[:3])[3]
        front = list(dict.fromkeys(further))
        seen.update(front)
    return None
