"""The short code of a scorecard: what stands for its digest where a person reads, types or dictates it.

``7M3K-Q0ZD-…``: eighteen characters that are the first ninety bits of the digest, and two that check them. The alphabet is
Crockford's base 32, which has no I, L, O and U. The check is a Reed-Solomon code over the field of 32 elements (x⁵ + x² + 1): any
one or two wrong characters are found, two that changed places among them.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

from evaluator.errors import Words

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DATA, CHECKS, GROUP = 18, 2, 4
BITS = 5 * DATA
_VALUE = {character: value for value, character in enumerate(ALPHABET)}
_READ_AS = str.maketrans("OIL", "011")
# What is written between groups, or creeps in when a code is copied.
_BETWEEN = frozenset("-‐‑‒–—―−_.·,，。、:：")
_LONGEST = 200


class CodeFault(NamedTuple):
    """Why a text is no code: ``code_length``, ``code_character`` or ``code_check``."""

    code: str
    what: Words


def code_of(digest: str) -> str:
    """The code of a digest, ``sha256:…`` or ``sm3:…`` in hexadecimal: five groups of four characters."""
    bits = int(digest.partition(":")[2], 16) >> (len(digest.partition(":")[2]) * 4 - BITS)
    values = [bits >> 5 * (DATA - 1 - place) & 31 for place in range(DATA)]
    text = "".join(ALPHABET[value] for value in (*values, *_checks(values)))
    return "-".join(text[start : start + GROUP] for start in range(0, len(text), GROUP))


def read_code(text: str) -> str | CodeFault:
    """The code that ``text`` means, as ``code_of`` writes it, or what is wrong.

    Case, blanks, signs between the groups and full-width characters do not matter; O is read as 0, and I and L as 1.
    """
    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).upper()
    read = "".join(one for one in plain if not one.isspace() and one not in _BETWEEN).translate(_READ_AS)
    strange = next((one for one in read if one not in _VALUE), None)
    if strange is not None:
        shown = strange if strange.isprintable() else f"U+{ord(strange):04X}"
        return CodeFault(
            "code_character", Words(f"核验码里没有“{shown}”这个字符", f"a code has no character “{shown}”")
        )
    if len(read) != DATA + CHECKS:
        n = DATA + CHECKS
        return CodeFault(
            "code_length",
            Words(f"核验码共 {n} 个字符，不是 {len(read)} 个", f"a code has {n} characters, not {len(read)}"),
        )
    if _syndromes([_VALUE[one] for one in read]) != (0, 0):
        return CodeFault(
            "code_check", Words("核验码抄错了，请再核对一遍", "the code is mistyped: compare it once more")
        )
    return "-".join(read[start : start + GROUP] for start in range(0, len(read), GROUP))


def _times(one: int, other: int) -> int:
    """The product of two elements of the field."""
    product = 0
    while other:
        product ^= one * (other & 1)
        one, other = (one << 1) ^ (0b100101 * (one >> 4)), other >> 1
    return product


def _syndromes(values: list[int]) -> tuple[int, int]:
    """The word as a polynomial at 1 and at x: both are 0 where it is a code."""
    plain = weighed = 0
    for value in values:
        plain ^= value
        weighed = _times(weighed, 2) ^ value
    return plain, weighed


def _checks(values: list[int]) -> tuple[int, int]:
    """The two characters that make both syndromes 0: a + b = s and xa + b = t."""
    plain, weighed = _syndromes([*values, 0, 0])
    # (x + 1)⁻¹ is the thirtieth power of x + 1.
    first, inverse = plain ^ weighed, 1
    for _ in range(30):
        inverse = _times(inverse, 3)
    first = _times(first, inverse)
    return first, plain ^ first
