"""Digests as they are shown: the first digits, and what their algorithm is called."""

from __future__ import annotations

_NAMES = {"sha256": "SHA-256", "sm3": "SM3"}


def short_digest(digest: str, digits: int = 12) -> str:
    """The first hexadecimal digits of ``sha256:…`` or ``sm3:…``."""
    return digest.rpartition(":")[2][:digits]


def algorithm_name(digest: str) -> str:
    """The algorithm of ``digest`` as people call it."""
    return _NAMES.get(digest.partition(":")[0], "SHA-256")
