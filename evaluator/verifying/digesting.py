"""Digests of the algorithm that an assessment states."""

from __future__ import annotations

import hashlib
from typing import Any

from evaluator.canonical import canonical

ALGORITHMS = ("sha256", "sm3")


def algorithm_of(digest: str) -> str | None:
    """The algorithm before the colon; None where it is not known.

    >>> algorithm_of("sha256:00"), algorithm_of("md5:00")
    ('sha256', None)
    """
    name = digest.partition(":")[0]
    return name if name in ALGORITHMS else None


def digest_as(algorithm: str, content: bytes) -> str | None:
    """The digest of ``content``; None where this machine's libraries lack the algorithm."""
    try:
        return f"{algorithm}:{hashlib.new(algorithm, content).hexdigest()}"
    except ValueError:
        return None


def own_digest(document: dict[str, Any], algorithm: str) -> str | None:
    """The digest that an assessment must state of itself."""
    return digest_as(algorithm, canonical({key: one for key, one in document.items() if key != "digest"}))
