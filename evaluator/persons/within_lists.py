"""Words that look like a name only where a list begins or ends, and stand where it can do neither. Pure.

夏季公共卫生活动 is taken for the name 夏季公, were it the last of a list (夏季公共同参加); between other titles it is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from evaluator.persons.name_items import is_said_of_a_person, item_weights
from evaluator.persons.name_shapes import MIDDLE_DOT
from evaluator.persons.names import WORD

# What could make a name of words that are none by themselves.
_JOINING = re.compile(rf"[\s{MIDDLE_DOT}]")


def may_only_end_a_list(text: str) -> bool:
    """Whether ``text`` is one word that is no strong name within a list, whatever it may be where one begins or ends."""
    return WORD.fullmatch(text) is not None and _is_an_item(text) and max(item_weights(text)) < 2


def stand_within(texts: Sequence[str], ends: Collection[str]) -> bool:
    """Whether each of ``ends``, of which ``may_only_end_a_list`` holds, stands within ``texts``, parted by ``IN_A_LIST``.

    The words before and behind it are then of one list with it, for both are parted from it by the same mark. Where none of
    the others is in doubt, there is no strong name in ``texts`` at all, and so no list of names is found in them.
    """
    if any(map(_JOINING.search, texts)):
        return False
    last = len(texts) - 1
    return all(
        0 < n < last and _ends_with_a_word(texts[n - 1]) and _begins_with_a_word(texts[n + 1])
        for n, text in enumerate(texts)
        if text in ends
    )


def _ends_with_a_word(text: str) -> bool:
    words = WORD.findall(text)
    return bool(words) and text.endswith(words[-1]) and _is_an_item(words[-1])


def _begins_with_a_word(text: str) -> bool:
    word = WORD.match(text)
    return word is not None and _is_an_item(word[0])


def _is_an_item(word: str) -> bool:
    # Shorter ones are passed over where a figure stands before them.
    return len(word) > 2 and not is_said_of_a_person(word)
