"""Where labels stand: two characters side by side rule most places out before an alternation of many labels is tried. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator


def beginnings(labels: Iterable[str], *, seconds: str = "") -> re.Pattern[str]:
    """A pattern of a place where one of ``labels`` may begin; ``seconds`` are more characters that may stand second."""
    listed = list(labels)
    first = "".join(sorted({label[0] for label in listed}))
    second = "".join(sorted({label[1] for label in listed}))
    return re.compile(f"[{first}](?=[{second}{seconds}])")


def matches(pattern: re.Pattern[str], begins: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What ``pattern.finditer(text)`` yields, where a match of ``pattern`` begins as ``begins`` says."""
    last = 0
    for place in begins.finditer(text):
        if place.start() >= last:
            found = pattern.match(text, place.start())
            if found is not None:
                yield found
                last = found.end()
