"""The digests by which a changed text and a changed criterion are noticed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from evaluator.canonical import digest, plain_data
from evaluator.ruleset import Criterion
from evaluator.tracing.plain import plain

# How to mend a shortfall, which criterion of the edition before this one continues, and the English wording say nothing about
# what the standard asks for.
_NO_MEANING = ("id", "remedy", "supersedes")
_TRANSLATED = ("title", "requirement")


def text_digest(lines: Iterable[str]) -> str:
    """The digest of a whole text: of its lines without trailing blanks, however it was encoded and its lines ended."""
    text = "\n".join(line.rstrip() for line in lines).rstrip("\n")
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def clause_fingerprint(*texts: str) -> str:
    """The digest of a clause's words; blanks, line breaks and full-width forms do not matter."""
    return digest([plain(text) for text in texts])


def criterion_fingerprint(criterion: Criterion) -> str:
    """The digest of all that a criterion demands: everything but its remedy, its lineage and its English wording."""
    return digest(meaning(criterion))


def meaning(criterion: Criterion) -> dict[str, Any]:
    """What of ``criterion`` is confirmed, as JSON data: every field, those too that the engine learns later."""
    found: dict[str, Any] = {
        name: value for name, value in plain_data(criterion).items() if name not in _NO_MEANING
    }
    for name in _TRANSLATED:
        found[name] = {language: text for language, text in found[name].items() if language != "en"}
    return found
