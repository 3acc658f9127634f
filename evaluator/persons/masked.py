"""Numbers of persons of which a part is masked (138****8000): they point at a person all the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evaluator.persons.checksums import is_day, is_region
from evaluator.persons.digits import plain_digits
from evaluator.persons.kinds import CARD, IDENTITY, TELEPHONE, Found, Kind

MASK = re.compile(r"[*＊●•×xXＸ✕](?:[ \-]?[*＊●•×xXＸ✕]){3,16}")
_BEFORE = re.compile(r"(?:\d[ \-]?){1,17}$")
_AFTER = re.compile(r"[ \-]?((?:\d[ \-]?){0,4}[xXＸ]?)(?!\d)")
_FURTHEST = 36


def masked_in(text: str) -> Iterator[Found]:
    """Every number of which four characters or more are masked."""
    for mask in MASK.finditer(text):
        before = _BEFORE.search(text, max(0, mask.start() - _FURTHEST), mask.start())
        after = _AFTER.match(text, mask.end())
        if before is None or after is None:
            continue
        first, last = plain_digits(before[0]), plain_digits(after[1])
        hidden = sum(not one.isspace() and one != "-" for one in mask[0])
        kind = _kind(first, hidden, last)
        if kind is not None:
            yield Found(kind, before.start(), after.end())


def places_of_masks(text: str) -> Iterator[int]:
    """Where four characters or more may be masked."""
    return (mask.start() for mask in MASK.finditer(text))


def _kind(first: str, hidden: int, last: str) -> Kind | None:
    length = len(first) + hidden + len(last)
    if length == 11 and len(first) >= 3 and first[0] == "1" and first[1] in "3456789":
        return TELEPHONE
    if length in (15, 18) and _begins_an_identity(first):
        return IDENTITY
    if 16 <= length <= 19 and len(first) >= 4 and len(last) >= 3 and first[0] in "3456":
        return CARD
    return None


def _begins_an_identity(first: str) -> bool:
    if len(first) == 14:
        return is_region(first) and is_day(first[6:])
    return is_region(first.ljust(6, "1")) if len(first) > 1 else first in "123456"
