"""How many items a JSON text holds, told before anything is made of them. Pure."""

from __future__ import annotations

import re

_TEXT = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_EMPTY = re.compile(rb"\[\s*\]|\{\s*\}")


def holds_more_items(content: bytes, most: int) -> bool:
    """Whether ``content`` holds more than ``most`` items, counted as in YAML: keys, values, lists and mappings.

    >>> holds_more_items(b'{"a": [1, "x, y"]}', 5), holds_more_items(b'{"a": [1, "x, y"]}', 4)
    (False, True)
    """
    # None takes fewer than two characters: most texts need no counting.
    if len(content) < 2 * most or _at_most(content) <= most:
        return False
    bare = _TEXT.sub(b'"', content)
    return _at_most(bare) - len(_EMPTY.findall(bare)) > most


def _at_most(content: bytes) -> int:
    # A comma parts two items, a colon a key from its value; whatever a bracket opens holds one more.
    return 1 + sum(map(content.count, (b",", b":", b"[", b"{")))
