"""In which of many texts anything concerning a person could begin: one pass of RE2 over all of them together. Pure.

RE2 looks for everything at once that the finders look for one after the other, in a thirtieth of their time. Its classes of
characters are not those of ``re``: it is asked of plain characters alone, and every other one is a place to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Protocol

from evaluator.persons.addresses import SPELLED_AT
from evaluator.persons.digits import CLOSE
from evaluator.persons.labelled import LABELS, LATIN_LABELS
from evaluator.persons.masked import MASK
from evaluator.persons.name_labels import LABELS as LABELS_OF_NAMES
from evaluator.persons.name_labels import PAPERS
from evaluator.persons.strong_names import AT_THE_END, AT_THE_HEAD

# Printable ASCII but for @, and usual marks; no full-width letter or figure, and no dot that stands within a name.
_PLAIN_MARKS = "，。、；：？！（）《》〈〉「」『』【】〔〕“”‘’—…～％／"
_PLAIN = rf"\n -?A-~\x{{4e00}}-\x{{9fff}}{_PLAIN_MARKS}"
_PLAIN_BUT_LETTERS = rf"\n -/:-?\[-\^`{{-~{_PLAIN_MARKS}"
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")
_AUTOMATON_BYTES = 64 << 20


# Small letters and figures with no label, no four masks and no ten figures in a row: shorter to tell than with an automaton.
_PLAIN_IDENTIFIER = re.compile(
    rf"(?!.*(?:{'|'.join(LATIN_LABELS)}|x-?x-?x-?x|\d[\d_-]{{9}}))[a-z][a-z0-9_-]*", re.ASCII
)


class _Pattern(Protocol):
    def finditer(self, text: bytes) -> Iterator[re.Match[bytes]]: ...


@cache
def _anything() -> _Pattern:
    import re2  # noqa: PLC0415 - it takes as long as a few hundred texts do without it

    options = re2.Options()
    options.max_mem = _AUTOMATON_BYTES
    latin = "".join(f"|(?i:{label})" for label in LATIN_LABELS)
    parts = (
        rf"[^{_PLAIN}]",
        CLOSE.pattern,
        MASK.pattern,
        SPELLED_AT,
        "|".join((*LABELS, LABELS_OF_NAMES, *PAPERS)) + latin,
        AT_THE_HEAD,
        AT_THE_END,
    )
    found: _Pattern = re2.compile("|".join(f"(?:{_translated(part)})" for part in parts), options)
    return found


def _translated(pattern: str) -> str:
    """A pattern of ``re`` as RE2 has to be asked to find all that it finds among plain characters."""
    pattern = pattern.replace(r"[^\W", f"[^{_PLAIN_BUT_LETTERS}").replace(
        r"\w", r"[0-9A-Za-z_\x{4e00}-\x{9fff}]"
    )
    return _ESCAPED.sub(r"\\x{\1}", pattern)


def texts_to_look_at(texts: Sequence[str]) -> list[int]:
    """The numbers of those of ``texts`` in which anything concerning a person could begin, or stand in part."""
    if len(texts) == 1 and _PLAIN_IDENTIFIER.fullmatch(texts[0]) is not None:
        return []
    # Each in a line of its own, which begins with a mark: no pattern reads on behind that.
    together = "\n、".join(("", *texts, "")).encode()
    if together.count(b"\n") != len(texts) + 1:
        return list(range(len(texts)))
    found: dict[int, None] = {}
    line = last = 0
    for place in _anything().finditer(together):
        line += together.count(b"\n", last, place.start())
        last = place.start()
        found[line - 1] = None
    return list(found)
