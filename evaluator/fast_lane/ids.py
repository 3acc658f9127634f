"""The ids of a list of entries: whether all are right and differ, and whether they stand in order. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from evaluator.entry_forms import EVIDENCE_ID
from evaluator.fast_lane.doubt import Doubt
from evaluator.guarding import is_harmless
from evaluator.submission import natural

_EVIDENCE_ID = re.compile(EVIDENCE_ID)


class Ids(NamedTuple):
    """The ids of one list; ``order`` says where each entry belongs, None where they stand in order.

    ``looked_at`` are those that the guard has to look at.
    """

    all: frozenset[str]
    order: tuple[int, ...] | None
    looked_at: tuple[str, ...]


# Most submissions number their entries alike.
@lru_cache(maxsize=2048)
def ids_of(listed: tuple[str, ...]) -> Ids:
    """What is known of ids in the order in which they are written; raises ``Doubt`` where any is wrong or stands twice."""
    found = frozenset(listed)
    if len(found) != len(listed) or not all(map(_EVIDENCE_ID.fullmatch, listed)):
        raise Doubt
    order = tuple(sorted(range(len(listed)), key=lambda n: (natural(listed[n]), listed[n])))
    looked_at = tuple(name for name in listed if not is_harmless(name))
    return Ids(found, None if order == tuple(range(len(listed))) else order, looked_at)
