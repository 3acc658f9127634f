"""How people say yes and no on a form. Pure."""

from __future__ import annotations

import unicodedata

_YES = frozenset({"是", "有", "对", "是的", "√", "✓", "✔", "☑", "yes", "true"})
_NO = frozenset({"否", "无", "没", "没有", "不是", "×", "✗", "✘", "☒", "x", "no", "false"})


def answer(text: str) -> bool | None:
    """Whether ``text`` says yes (True) or no (False); None where it says neither.

    >>> answer("√"), answer(" 没有 "), answer("Ｘ"), answer("第3页")
    (True, False, False, None)
    """
    plain = unicodedata.normalize("NFKC", text).strip(" 。.").casefold()
    # A tick with a variation selector is a tick.
    plain = plain.replace("\ufe0e", "").replace("\ufe0f", "")
    return True if plain in _YES else False if plain in _NO else None
