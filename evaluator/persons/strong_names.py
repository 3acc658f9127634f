"""Whether a list of names could be built on any word of a text: one search says of most texts that none could. Pure.

The patterns ask for less than ``name_items.item_weights`` does, never for more: where none of them is found, no word of the text
weighs more than 1. Each begins with a class of characters, which ``re`` skips to in a few nanoseconds a character.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evaluator.persons.name_items import AND, FOLLOWS, LEADS, TITLES
from evaluator.persons.name_shapes import MIDDLE_DOT
from evaluator.persons.name_tables import (
    CLEAR_SURNAMES,
    COMMON_SURNAMES,
    DOUBLE_SURNAMES,
    GIVEN,
    MOSTLY_PLACES,
    NAME_PARTS,
    NEVER_GIVEN,
    NEVER_LAST,
    OFTEN_PLACES,
    SELDOM_ALONE,
    TRADITIONAL,
)

# Chinese characters: no name begins with any other letter, which is taken here for what stands around one.
_CHINESE = "\u3400-\u4dbf\u4e00-\u9fff"


def _one_of(characters: Iterable[str]) -> str:
    plain = set(characters)
    traditional = {chr(old) for old, new in TRADITIONAL.items() if chr(new) in plain}
    return f"[{''.join(sorted(plain | traditional))}]"


def _none_of(characters: Iterable[str]) -> str:
    # What is written traditionally is let pass.
    return rf"[^\W{''.join(sorted(set(characters) - {chr(old) for old in TRADITIONAL}))}]"


_CLEAR, _COMMON, _ANY_SURNAME = (
    _one_of(some) for some in (CLEAR_SURNAMES, COMMON_SURNAMES, CLEAR_SURNAMES | COMMON_SURNAMES)
)
_USUAL = _one_of(GIVEN)
_USUAL_LAST = _one_of(GIVEN - NEVER_LAST - MOSTLY_PLACES)
_USUAL_LAST_BEHIND_COMMON = _one_of(GIVEN - NEVER_LAST - MOSTLY_PLACES - OFTEN_PLACES)
_USUAL_ALONE = _one_of(GIVEN - NEVER_LAST - MOSTLY_PLACES - OFTEN_PLACES - SELDOM_ALONE)
_USUAL_OF_FOUR = _one_of(GIVEN - NEVER_LAST)
_MIDDLE = _none_of(NEVER_GIVEN - GIVEN)
_LAST = _none_of((NEVER_GIVEN - GIVEN) | NEVER_LAST | MOSTLY_PLACES)
_COMPOUNDS = DOUBLE_SURNAMES | NAME_PARTS
# As ``name_shapes.weight`` reckons 2 and 3.
_STRONG = (
    rf"(?:{_CLEAR}(?:{_USUAL_ALONE}|{_USUAL}{_LAST}|{_MIDDLE}{_USUAL_LAST}|{_CLEAR}{_USUAL}{_USUAL_OF_FOUR})"
    rf"|{_COMMON}{_USUAL}{_USUAL_LAST_BEHIND_COMMON}"
    rf"|{_one_of(one[0] for one in _COMPOUNDS)}{_one_of(one[1] for one in _COMPOUNDS)}\w{{0,3}})"
)
_FIRST = _one_of(CLEAR_SURNAMES | COMMON_SURNAMES | {one[0] for one in _COMPOUNDS})
_HEAD = rf"(?:{_STRONG}(?:[^{_CHINESE}]|{AND.pattern}|{'|'.join((*FOLLOWS, *TITLES))})|{_ANY_SURNAME}[^{_CHINESE}])"
AT_THE_HEAD = rf"[^{_CHINESE}]{_HEAD}"
# What no name begins with is done with at once.
_AT_THE_HEAD = re.compile(rf"[^{_CHINESE}](?={_FIRST}){_HEAD}")
AT_THE_END = rf"{_one_of(one[-1] for one in LEADS)}{_STRONG}(?:{'|'.join(TITLES)})?[^{_CHINESE}]"
_AT_THE_END = re.compile(AT_THE_END)
_DOTTED = re.compile(f"[{MIDDLE_DOT}]")


def lines_to_look_at(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines of ``text`` begin and end that may hold a word so like a name that a list of names could be built on it.

    Every such word stands in one of them; words do not run over lines.
    """
    bounded = f"\n{text}\n"
    for pattern in (_AT_THE_HEAD, _AT_THE_END, _DOTTED):
        end = 0
        while place := pattern.search(bounded, end):
            end = bounded.find("\n", place.start() + 1)
            yield bounded.rfind("\n", 0, place.start() + 1), end - 1
