"""How many items a JSON text holds, told before anything is made of them. Pure."""

from __future__ import annotations

import re

_TEXT = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_BRACKET_OR_TEXT = re.compile(_TEXT.pattern + rb"|[\[\]{}]", re.DOTALL)
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


def nests_deeper(content: bytes, deepest: int) -> bool:
    """Whether lists and mappings stand more than ``deepest`` deep in one another in ``content``.

    >>> nests_deeper(b'{"a": ["[["]}', 2), nests_deeper(b'{"a": ["[["]}', 1)
    (False, True)
    """
    depth = 0
    for found in _BRACKET_OR_TEXT.finditer(content):
        if found[0] in b"[{":
            depth += 1
            if depth > deepest:
                return True
        elif found[0] in b"]}":
            depth -= 1
    return False


def _at_most(content: bytes) -> int:
    # A comma parts two items, a colon a key from its value; whatever a bracket opens holds one more.
    return 1 + sum(map(content.count, (b",", b":", b"[", b"{")))
