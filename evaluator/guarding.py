"""The person guard over a submission's source: every key and value as it was written, and what the data does not hold. Pure.

Types come later: an unknown key, a value of a wrong type or a comment never reaches a typed field, and is refused here as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from evaluator.catalogue import Catalogue
from evaluator.errors import Place, Problem, Words
from evaluator.persons import (
    APART,
    IN_A_LIST,
    LANDLINE,
    NAMES_OF_PERSONS,
    Found,
    found_in,
    found_in_each,
    person_at,
)
from evaluator.persons.digits import plain_digits
from evaluator.reading import Path, Places, Source, place_of

# Most texts: too short for anything about a person, or an identifier without a digit, or a date.
_HARMLESS = re.compile(r".{0,6}|[a-z_]*|\d{4}-\d\d-\d\d", re.DOTALL)
# What a parser drops: comments, and the names of anchors.
_COMMENT = re.compile(r"#[^\n]*")
_ANCHOR = re.compile(r"[&*][^\s,\[\]{}]{6,}")
_WORD = re.compile(r"[\u3400-\u9fff]{2,}")
# No text is taken that is longer than this, by far: what stands behind it is refused with it. Digits take some time each.
_FURTHEST = 20_000
# Of a text that is no data: it is refused as it is.
_FURTHEST_UNREAD = 200_000
SMALLEST_NUMBER = 10**9  # the shortest number of a person has ten digits


_Text = tuple[Path, str]


class Guarded(NamedTuple):
    """What the guard found: the problems to show, and the names that no other message may repeat."""

    problems: list[Problem]
    names: frozenset[str]

    def silenced(self, problem: Problem) -> Problem:
        """``problem`` without any of the names: one that its message shows alone tells no list from a word."""
        mend = None if problem.mend is None else self._without(problem.mend)
        return problem._replace(what=self._without(problem.what), mend=mend)

    def _without(self, words: Words) -> Words:
        zh, en = words
        for name in sorted(self.names, key=len, reverse=True):
            zh, en = zh.replace(name, "…"), en.replace(name, "…")
        return Words(zh, en)


def is_harmless(text: str) -> bool:
    """Whether a key or value need not be looked at: it can be no part of anything that concerns a person."""
    return text.isascii() and _HARMLESS.fullmatch(text) is not None


def persons_of(source: Source, catalogue: Catalogue) -> Guarded:
    """The problems of whatever in ``source`` concerns a person; none where there is nothing.

    In the data a problem stands at its key; in a comment, or wherever else the data does not tell of it, where it begins.
    """
    texts, marks = _texts(source.data)
    notes = {n for n, (path, _) in enumerate(texts) if _may_hold_a_telephone(source.data, path, catalogue)}
    inside = list(found_in_each([text for _, text in texts], parted_by=marks, public_telephones=notes))
    said = [plain_digits(texts[n][1]) for n in notes]
    beside = [one for one in _in_comments(source.text) if not _is_said(one, source.text, said)]
    if not inside and not beside:
        return Guarded([], frozenset())
    places = source.places()
    problems = [person_at(place_of(texts[n][0], places, source.file), one.kind) for n, one in inside]
    reported = {(texts[n][0], one.kind.code) for n, one in inside}
    problems += _outside(beside, source, places, reported)
    listed = [_names_from(texts[n:], one) for n, one in inside if one.kind.code == NAMES_OF_PERSONS]
    return Guarded(list(dict.fromkeys(problems)), frozenset(name for names in listed for name in names))


def _names_from(texts: list[_Text], found: Found) -> Iterator[str]:
    # A list of names may run over several texts.
    left = found.end
    for _, text in texts:
        yield from _WORD.findall(text[:left])
        left -= len(text) + len(IN_A_LIST)
        if left <= 0:
            return


def persons_in_text(text: str, file: str) -> list[Problem]:
    """The problems of a text that is no data, because it cannot be parsed: each at its line and column."""
    looked_at = text[:_FURTHEST_UNREAD]
    return [
        person_at(Place(file, *_line_and_column(text, one.start)), one.kind) for one in found_in(looked_at)
    ]


def _outside(
    found: Iterable[Found], source: Source, places: Places, reported: set[tuple[Path, str]]
) -> Iterator[Problem]:
    # What stands behind a key that is reported for the same is reported with it.
    keys = sorted((place.line or 0, place.column or 0, path) for path, place in places.items())
    for one in found:
        at = _line_and_column(source.text, one.start)
        before = bisect_right(keys, at, key=lambda key: key[:2])
        if not before or (keys[before - 1][2], one.kind.code) not in reported:
            yield person_at(Place(source.file, *at), one.kind)


def _in_comments(text: str) -> Iterator[Found]:
    # A mark of a comment inside a text is taken for one, too: what follows it is reported once, with its key.
    if "#" not in text and "&" not in text and "*" not in text:
        return
    comments = [*_COMMENT.finditer(text), *_ANCHOR.finditer(text)]
    for n, one in found_in_each([comment[0][:_FURTHEST] for comment in comments], parted_by="\n"):
        start = comments[n].start()
        yield Found(one.kind, start + one.start, start + one.end)


def _line_and_column(text: str, start: int) -> tuple[int, int]:
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _is_said(found: Found, text: str, notes: Iterable[str]) -> bool:
    number = plain_digits(text[found.start : found.end])
    return found.kind is LANDLINE and any(number in note for note in notes)


def _may_hold_a_telephone(data: Any, path: Path, catalogue: Catalogue) -> bool:
    if path[-1:] != ("note",) or len(path) != 3 or path[0] != "statements":
        return False
    name = data["statements"][path[1]].get("type")
    item = catalogue.statements.get(name) if isinstance(name, str) else None
    return item is not None and item.public_telephone


def _texts(data: Any) -> tuple[list[_Text], list[str]]:
    """Every key and every text or long number of ``data`` that could hold anything, and the mark before each.

    What stands under one key in the entries of a list follows each other as in a list: names there are a list of names.
    """
    columns: dict[str, dict[Path, str]] = defaultdict(dict)
    _collect(data, (), "", columns)
    texts = [one for column in columns.values() for one in column.items()]
    marks = [IN_A_LIST if n else APART for column in columns.values() for n in range(len(column))]
    return texts, marks


def _collect(data: Any, path: Path, column: str, columns: dict[str, dict[Path, str]]) -> None:
    if isinstance(data, str):
        if not is_harmless(data):
            columns[column][path] = data[:_FURTHEST]
    elif isinstance(data, dict):
        for key, value in data.items():
            inner = f"{column}.{key}"
            # A key that stands in every entry of a list is looked at once.
            if inner not in columns:
                columns[inner] = {}
                if not is_harmless(key):
                    columns[f"{column}?"][*path, key] = key[:_FURTHEST]
            _collect(value, (*path, key), inner, columns)
    elif isinstance(data, list):
        for n, value in enumerate(data):
            _collect(value, (*path, n), f"{column}*", columns)
    elif isinstance(data, int) and data >= SMALLEST_NUMBER:
        columns[column][path] = str(data)
