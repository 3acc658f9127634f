"""How much a word of Chinese characters looks like a personal name: from 0, not at all, to 3. Pure.

No word is a name for certain: 高峰 is a person or a summit. A weight is evidence for a list that holds several such words.
"""

from __future__ import annotations

import re
from functools import lru_cache

from evaluator.persons.name_tables import (
    ADDRESSES,
    ADDRESSES_OF_ONE,
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
    TRANSLITERATION,
)
from evaluator.persons.not_names import NOT_NAMES

MIDDLE_DOT = "·・•‧∙．"
_DOT = re.compile(f"[{MIDDLE_DOT}]")
_INITIALS = CLEAR_SURNAMES | COMMON_SURNAMES | {one[0] for one in DOUBLE_SURNAMES | NAME_PARTS}
_INITIALS |= {chr(traditional) for traditional in TRADITIONAL} | TRANSLITERATION


def may_begin_a_name(character: str) -> bool:
    """Whether any name begins with ``character``: most characters of most texts begin none."""
    return character in _INITIALS


@lru_cache(maxsize=4096)
def weight(word: str) -> int:
    """How much ``word`` looks like a name: 2 and 3 do by themselves, 1 only among others."""
    if _DOT.search(word):
        return _of_dotted(_DOT.split(word))
    word = word.translate(TRADITIONAL)
    if not 2 <= len(word) <= 5 or word in NOT_NAMES or _is_an_address(word):
        return 0
    if word in NAME_PARTS:
        return 2
    if any(word[:cut] in NAME_PARTS and word[cut:] in NAME_PARTS for cut in (2, 3)):
        return 3
    if word[-1] in NEVER_LAST or len(word) > 4:
        return 0
    if word[:2] in DOUBLE_SURNAMES:
        seldom = any(one in NEVER_GIVEN and one not in TRANSLITERATION for one in word[2:])
        return 3 if len(word) > 2 and not seldom else 0
    if len(word) == 4:
        both = word[0] in CLEAR_SURNAMES and word[1] in CLEAR_SURNAMES
        return 2 if both and _given(word[2:]) == 4 else 0
    return _of_single_surname(word)


def _is_an_address(word: str) -> bool:
    return word.endswith(ADDRESSES) or (len(word) == 2 and word[1] in ADDRESSES_OF_ONE) or word[1] == "某"


def _of_single_surname(word: str) -> int:
    surname = 2 if word[0] in CLEAR_SURNAMES else 1 if word[0] in COMMON_SURNAMES else 0
    given = _given(word[1:])
    if not surname or not given:
        return 0
    usual = given == 2 * len(word[1:])
    found = surname + (len(word) == 3 and usual) - (given <= len(word[1:]) and not usual)
    if len(word) == 2 and word[1] in SELDOM_ALONE:
        found -= 1
    found -= 2 if word[-1] in MOSTLY_PLACES else 1 if word[-1] in OFTEN_PLACES else 0
    return max(0, found)


def _given(characters: str) -> int:
    # Two for each that is usual in given names, one for each that may be; none where one hardly ever is.
    found = [2 if one in GIVEN else 0 if one in NEVER_GIVEN else 1 for one in characters]
    return sum(found) if all(found) else 0


def _of_dotted(parts: list[str]) -> int:
    joined = "".join(parts)
    if len(parts) > 3 or not all(2 <= len(part) <= 8 for part in parts):
        return 0
    foreign = sum(one in TRANSLITERATION for one in joined)
    return 3 if foreign * 10 >= len(joined) * 8 else 0
