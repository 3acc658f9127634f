"""What stands in a text without belonging to it: page numbers, running heads, a table of contents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evaluator.tracing.plain import plain

_PAGE = re.compile(
    r"[-—–·]{1,3}\d{1,4}[-—–·]{1,3}|第\d{1,4}页(?:[/,]?共\d{1,4}页)?|\d{1,4}/\d{1,4}|[IVX]{1,5}"
)
# A bare number may be a cell of a table: it is a page's only where a page ends.
_BARE = re.compile(r"\d{1,4}")
_STANDARD = re.compile(r"(?:GB|DB|[A-Z]{2,3})[A-Z0-9]{0,4}(?:/[TZ])?\d{1,6}(?:\.\d{1,3})?[-—–]{1,2}\d{4}")
_LEADER = re.compile(r".*(?:[.·]{3,}|[…‥]|\t)\s*[\dIVXivx]{1,4}\s*")
_CONTENTS = ("目次", "目录")
_LONGEST_HEAD = 40
_LONGEST_CONTENTS = 600


def furniture(lines: Sequence[str]) -> frozenset[int]:
    """The numbers (from 0) of the lines that belong to the pages, not to the text."""
    texts = [plain(line) for line in lines]
    short = {n: text for n, text in enumerate(texts) if 0 < len(text) <= _LONGEST_HEAD}
    found = {n for n, text in short.items() if _PAGE.fullmatch(text) or _STANDARD.fullmatch(text)}
    found |= {n for n, text in short.items() if _BARE.fullmatch(text) and _at_an_edge(n, lines, found)}
    found |= set(_heads(texts, found))
    return frozenset(found | set(_contents(lines, texts)))


def _at_an_edge(n: int, lines: Sequence[str], found: set[int]) -> bool:
    following = lines[n + 1] if n + 1 < len(lines) else ""
    return "\f" in lines[n] or following.startswith("\f") or n - 1 in found or n + 1 in found


def _heads(texts: Sequence[str], pages: set[int]) -> Iterator[int]:
    # A line that stands beside a page's number on two pages at least.
    filled = [n for n, text in enumerate(texts) if text]
    beside: dict[str, list[int]] = {}
    for before, n, after in zip([-1, *filled], filled, [*filled[1:], -1], strict=False):
        if n not in pages and len(texts[n]) <= _LONGEST_HEAD and (before in pages or after in pages):
            beside.setdefault(texts[n], []).append(n)
    for places in beside.values():
        if len(places) > 1:
            yield from places


def _contents(lines: Sequence[str], texts: Sequence[str]) -> Iterator[int]:
    starts = [n for n, text in enumerate(texts) if text in _CONTENTS]
    if not starts:
        return
    start = starts[0]
    seen: set[str] = set()
    listed: list[int] = [start]
    for n in range(start + 1, min(start + _LONGEST_CONTENTS, len(lines))):
        text = re.sub(r"[.·…‥]*[\dIVXivx]{0,4}$", "", texts[n]) if _leads(lines[n]) else texts[n]
        # Its first entry for the second time begins the text.
        if text and text in seen:
            yield from listed
            return
        if text:
            seen.add(text)
            listed.append(n)
    yield start
    yield from (n for n in listed if _leads(lines[n]))


def _leads(line: str) -> bool:
    return len(line) <= 200 and _LEADER.fullmatch(line) is not None
