"""The bytes of a JSON file → its submission, where that is right beyond doubt; what is not is left to the careful reader."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from evaluator.catalogue import Catalogue
from evaluator.errors import Place
from evaluator.fast_lane import Doubt, Permitted, permitted_by, submission_in_json, submission_of
from evaluator.identity import Same
from evaluator.json_items import holds_more_items
from evaluator.limits import in_force
from evaluator.persons import persons_in
from evaluator.submission import Submission

# What begins a comment or an anchor in YAML: the guard looks at it in JSON too.
_OF_COMMENTS = (b"#", b"&", b"*")
# A quote that parts no texts.
_ESCAPED_QUOTES = (b'\\"', b"\\\\")


def surely_submission(data: Any, catalogue: Catalogue) -> Submission | None:
    """The submission in data that comes of no text, put in order; None at any doubt."""
    try:
        return submission_of(data, _permitted_by(Same(catalogue)))
    except Doubt:
        return None


def fast(content: bytes, name: str, catalogue: Catalogue) -> Submission | None:
    """The submission in a JSON file of that name, put in order; None at any doubt."""
    if any(mark in content for mark in _OF_COMMENTS) or not _is_of_nobody(name):
        return None
    if holds_more_items(content, in_force().most_items):
        return None
    if b"\\" in content and any(quote in content for quote in _ESCAPED_QUOTES):
        return None
    try:
        return submission_in_json(content, _permitted_by(Same(catalogue)))
    except Doubt:
        return None


@lru_cache(maxsize=256)
def _is_of_nobody(name: str) -> bool:
    return not persons_in([(Place(name), name)])


@lru_cache(maxsize=8)
def _permitted_by(catalogue: Same[Catalogue]) -> dict[str, Permitted]:
    return permitted_by(catalogue.value)
