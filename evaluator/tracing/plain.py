"""Texts as they are compared: half-width, without blanks and invisible characters."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple


@lru_cache(maxsize=8192)
def _letter(one: str) -> str:
    if one.isspace() or unicodedata.category(one) in ("Cc", "Cf", "Zs", "Zl", "Zp", "Co", "Cn"):
        return ""
    return "".join(unicodedata.normalize("NFKC", one).split())


def plain(text: str) -> str:
    """``text`` with full-width forms made half-width, without blanks.

    >>> plain("六（二） ５％ 以上")
    '六(二)5%以上'
    """
    return "".join(map(_letter, text))


def bare(text: str) -> str:
    """``text`` plain, without punctuation."""
    return "".join(one for one in plain(text) if one.isalnum())


class Passage(NamedTuple):
    """Lines of a text as one plain text; ``origin`` is the line and column (from 0) of each character of it."""

    text: str
    origin: tuple[tuple[int, int], ...]

    def places(self, wanted: str) -> tuple[tuple[int, int], ...]:
        """The characters (line, column) of the first place where ``wanted`` stands; none where it does not."""
        sought = plain(wanted)
        at = self.text.find(sought) if sought else -1
        return self.origin[at : at + len(sought)] if at >= 0 else ()


def passage(lines: Iterable[tuple[int, str]]) -> Passage:
    """The plain text of ``lines``, each given with its number."""
    text: list[str] = []
    origin: list[tuple[int, int]] = []
    for number, line in lines:
        for column, one in enumerate(line):
            letters = _letter(one)
            text.append(letters)
            origin.extend([(number, column)] * len(letters))
    return Passage("".join(text), tuple(origin))
