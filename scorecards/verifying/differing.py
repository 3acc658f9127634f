"""The words in which two pages differ: what is printed, what should be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from evaluator.errors import Words
from scorecards.verifying.drawn import Run

# So many tokens of a page are set beside each other; behind them a page is compared as a whole.
MOST_TOKENS = 4_000
_LONGEST = 40
_TOKEN = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)*%?|[A-Za-z]+|\S")


class PageDifference(NamedTuple):
    """On ``page`` (from 1) stands ``printed`` where ``due`` should stand; one of them may be empty."""

    page: int
    printed: str
    due: str

    def words(self) -> Words:
        """The difference as a sentence."""
        printed, due = _cut(self.printed), _cut(self.due)
        head = Words(f"第 {self.page} 页：", f"page {self.page}: ")
        if not self.due:
            return Words(f"{head.zh}多印了“{printed}”", f"{head.en}“{printed}” is printed and should not be")
        if not self.printed:
            return Words(f"{head.zh}少印了“{due}”", f"{head.en}“{due}” is missing")
        return Words(
            f"{head.zh}印着“{printed}”，应为“{due}”", f"{head.en}“{printed}” is printed; it should be “{due}”"
        )


def tokens_of(runs: Sequence[Run]) -> list[str]:
    """The words, numbers and characters of ``runs``: no number runs on into the next cell."""
    return [token for run in runs for token in split_text(run.text)]


def split_text(text: str) -> list[str]:
    """The words, numbers and characters of ``text``."""
    return _TOKEN.findall(text)


def words_differing(page: int, printed: Sequence[str], due: Sequence[str]) -> Iterator[PageDifference]:
    """Each stretch of tokens in which they differ."""
    start = 0
    while start < min(len(printed), len(due)) and printed[start] == due[start]:
        start += 1
    left, right = list(printed[start : start + MOST_TOKENS]), list(due[start : start + MOST_TOKENS])
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            yield PageDifference(page, "".join(left[a:b]), "".join(right[c:d]))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
