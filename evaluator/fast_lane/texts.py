"""Texts that may stand as they are, and hold nothing that concerns a person: proven all at once, and remembered. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from pydantic_core import PydanticCustomError

from evaluator.characters import is_plain
from evaluator.entry_forms import FILE_NAME, LONGEST_FILE_NAME, page_mark
from evaluator.fast_lane.doubt import Doubt, surely
from evaluator.guarding import is_harmless
from evaluator.model import LONGEST_TEXT, clean_text
from evaluator.persons import (
    APART,
    IN_A_LIST,
    found_in_each,
    is_in_doubt_at_an_end,
    stand_within,
    texts_in_doubt,
    texts_to_look_at,
)

_FILE_NAME = re.compile(FILE_NAME)
# So many short texts take some ten megabytes; then all are forgotten.
_MOST_REMEMBERED = 50_000
_WORTH_AN_AUTOMATON = 5_000
# Characters: where more are in doubt the careful reader has to search them in any case, and twice would be too long.
_MOST_SEARCHED = 500_000


class _Known(NamedTuple):
    """One sort of text: what else it has to be, and the texts that have been proven."""

    longest: int
    check: Callable[[str], object]
    proven: set[str]


def _is_file_name(text: str) -> None:
    surely(_FILE_NAME.fullmatch(text) is not None)


def _is_mark(text: str) -> None:
    try:
        page_mark(text)
    except PydanticCustomError:
        raise Doubt from None


LINES = _Known(LONGEST_TEXT, lambda _text: None, set())
FILE_NAMES = _Known(LONGEST_FILE_NAME, _is_file_name, set())
MARKS = _Known(LONGEST_TEXT, _is_mark, set())
# What could be a part of something that concerns a person: the texts beside it decide, each time.
# With each, whether it is in doubt only where a list begins or ends with it.
_DOUBTED: dict[str, bool] = {}


class Texts:
    """The texts of one submission, each list as they stand in one column: under one key in the entries of a list.

    ``strings`` counts them. ``looked_at`` counts the texts that were new in any submission.
    """

    looked_at: ClassVar[int] = 0

    def __init__(self) -> None:
        self.strings = 0
        self._columns: list[tuple[Sequence[str], Sequence[int]]] = []
        self._fresh: list[str] = []
        self._fresh_of: list[tuple[_Known, list[str]]] = []

    def add(self, texts: Sequence[str], known: _Known = LINES, telephones: Sequence[int] = ()) -> None:
        """``telephones`` numbers the texts in which an institution's service number may stand."""
        self.strings += len(texts)
        if known.proven.issuperset(texts):
            # What stands beside them may still make a list of names of them.
            self._columns.append((texts, telephones))
            return
        fresh = [text for text in texts if text not in known.proven]
        self._columns.append((texts, telephones))
        self._fresh_of.append((known, fresh))
        self._fresh += fresh

    def guard(self, identifiers: Sequence[str]) -> None:
        """Identifiers whose form is known to be right: only the guard has to look at them."""
        if identifiers:
            self._columns.append((identifiers, ()))
            self._fresh += identifiers

    def prove(self) -> None:
        """Raises ``Doubt`` unless all may stand as they are, and nothing in them concerns a person."""
        if not self._fresh:
            return
        for known, fresh in self._fresh_of:
            _are_clean(fresh, known)
        doubtful = _doubtful(self._fresh)
        for known, fresh in self._fresh_of:
            if len(known.proven) > _MOST_REMEMBERED:
                known.proven.clear()
            known.proven.update(one for one in fresh if one not in doubtful)
        for texts, telephones in self._columns if doubtful else ():
            if not doubtful.isdisjoint(texts):
                few = sum(map(len, texts)) <= _MOST_SEARCHED
                surely(_are_no_list(texts, doubtful) or (few and not _found(texts, telephones)))


def _are_clean(texts: list[str], known: _Known) -> None:
    together = f"|{'|'.join(texts)}|"
    surely(max(map(len, texts)) <= known.longest)
    plain = (
        is_plain(together)
        and unicodedata.is_normalized("NFC", together)
        and not any(mark in together for mark in ("| ", " |", "||", "\\"))
    )
    if not plain:
        for text in texts:
            try:
                surely(clean_text(text) == text)
            except PydanticCustomError:
                raise Doubt from None
            known.check(text)
    elif known is MARKS:
        for text in texts:
            known.check(text)


def _doubtful(texts: list[str]) -> set[str]:
    """Those of ``texts`` that hold what concerns a person, or could be a part of it."""
    doubted = _DOUBTED.keys() & texts
    new = [text for text in texts if text not in doubted] if doubted else texts
    # The automaton is made in the time that some hundred texts take without it.
    Texts.looked_at += len(new)
    if Texts.looked_at > _WORTH_AN_AUTOMATON and new:
        new = [new[n] for n in texts_to_look_at(new)]
    if new:
        if len(_DOUBTED) > _MOST_REMEMBERED:
            _DOUBTED.clear()
        found = {new[n] for n in texts_in_doubt(new)}
        _DOUBTED.update((text, is_in_doubt_at_an_end(text)) for text in found)
        doubted |= found
    return doubted


def _are_no_list(texts: Sequence[str], doubtful: set[str]) -> bool:
    here = doubtful.intersection(texts)
    return all(_DOUBTED.get(text, False) for text in here) and stand_within(texts, here)


def _found(texts: Sequence[str], telephones: Sequence[int]) -> bool:
    looked_at = [(n, text) for n, text in enumerate(texts) if not is_harmless(text)]
    marks = [IN_A_LIST if n else APART for n in range(len(looked_at))]
    public = {m for m, (n, _) in enumerate(looked_at) if n in telephones}
    return any(
        True
        for _ in found_in_each([text for _, text in looked_at], parted_by=marks, public_telephones=public)
    )
