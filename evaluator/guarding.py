"""The person guard over a submission's source: every key and value as it was written, and what the data does not hold. Pure.

Types come later: an unknown key, a value of a wrong type or a comment never reaches a typed field, and is refused here as well.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.errors import Place, Problem
from evaluator.persons import APART, LANDLINE, Found, found_in, found_in_each, person_at
from evaluator.persons.digits import DIGIT, plain_digits
from evaluator.reading import Path, Places, Source, place_of

_DIGIT = re.compile(DIGIT)
# Most texts: too short for anything about a person, or an identifier without a digit, or a date.
_HARMLESS = re.compile(r".{0,6}|[a-z_]*|\d{4}-\d\d-\d\d", re.DOTALL)
# What a parser drops: comments, and the names of anchors.
_COMMENT = re.compile(r"#[^\n]*")
_ANCHOR = re.compile(r"[&*][^\s,\[\]{}]{6,}")
_SMALLEST_NUMBER = 10**9  # the shortest number of a person has ten digits


_Text = tuple[Path, str]


def persons_of(source: Source, catalogue: Catalogue) -> list[Problem]:
    """The problems of whatever in ``source`` concerns a person; empty where there is nothing.

    In the data a problem stands at its key; in a comment, or wherever else the data does not tell of it, where it begins.
    """
    texts, marks = _texts(source.data)
    notes = {n for n, (path, _) in enumerate(texts) if _may_hold_a_telephone(source.data, path, catalogue)}
    inside = list(found_in_each([text for _, text in texts], parted_by=marks, public_telephones=notes))
    said = [plain_digits(texts[n][1]) for n in notes]
    beside = [one for one in _in_comments(source.text) if not _is_said(one, source.text, said)]
    if not inside and not beside:
        return []
    places = source.places()
    problems = [person_at(place_of(texts[n][0], places, source.file), one.kind) for n, one in inside]
    reported = {(texts[n][0], one.kind.code) for n, one in inside}
    problems += _outside(beside, source, places, reported)
    return list(dict.fromkeys(problems))


def persons_in_text(text: str, file: str) -> list[Problem]:
    """The problems of a text that is no data, because it cannot be parsed: each at its line and column."""
    return [person_at(Place(file, *_line_and_column(text, one.start)), one.kind) for one in found_in(text)]


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
    for n, one in found_in_each([comment[0] for comment in comments], parted_by="\n"):
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

    What stands under one key in the entries of a list follows each other on lines of their own: names there are a list of names.
    Texts with digits are set apart for good: two of them are never one number.
    """
    columns: dict[str, dict[Path, str]] = defaultdict(dict)
    _collect(data, (), "", columns)
    texts, marks = [], []
    for column in columns.values():
        before = APART
        for one in column.items():
            numbered = _DIGIT.search(one[1]) is not None
            texts.append(one)
            marks.append(APART if numbered else before)
            before = APART if numbered else "\n"
    return texts, marks


def _collect(data: Any, path: Path, column: str, columns: dict[str, dict[Path, str]]) -> None:
    if isinstance(data, str):
        if not (data.isascii() and _HARMLESS.fullmatch(data)):
            columns[column][path] = data
    elif isinstance(data, dict):
        for key, value in data.items():
            inner = f"{column}.{key}"
            # A key that stands in every entry of a list is looked at once.
            if inner not in columns:
                columns[inner] = {}
                if not (key.isascii() and _HARMLESS.fullmatch(key)):
                    columns[f"{column}?"][*path, key] = key
            _collect(value, (*path, key), inner, columns)
    elif isinstance(data, list):
        for n, value in enumerate(data):
            _collect(value, (*path, n), f"{column}*", columns)
    elif isinstance(data, int) and data >= _SMALLEST_NUMBER:
        columns[column][path] = str(data)
