"""Arithmetic on numbers as they are printed, so that what stands on the page adds up on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction


def amount(text: str) -> Fraction:
    """The exact number that a printed one says: ``82.50``, ``5%`` (as 5), ``3/4``; a mark behind the digits is left out."""
    found = re.match(r"-?\d+(\.\d+|/\d+)?", text)
    if found is None:
        raise ValueError(f"not a printed number: {text!r}")
    return Fraction(found[0])


def difference(larger: str, smaller: str) -> str:
    """``larger − smaller`` with as many places as the longer of both, never below 0.

    >>> difference("90", "82.50")
    '7.50'
    """
    places = max(len(text.partition(".")[2].rstrip("%")) for text in (larger, smaller))
    return fixed(max(amount(larger) - amount(smaller), Fraction(0)), places)


def fixed(value: Fraction, places: int) -> str:
    """``value`` half-up to ``places`` decimals."""
    scaled = abs(value) * 10**places
    whole = int(scaled + Fraction(1, 2))
    return f"{Decimal(whole if value >= 0 else -whole).scaleb(-places):f}"


def brief(value: Fraction) -> str:
    """``value`` without needless zeros, two places at most: 2, 0.5, 0.33."""
    text = fixed(value, 2)
    return text.rstrip("0").rstrip(".") if "." in text else text


def total(texts: Iterable[str]) -> str:
    """The sum of printed numbers, without needless zeros and without rounding."""
    texts = list(texts)
    places = max((len(text.partition(".")[2]) for text in texts), default=0)
    text = fixed(sum((amount(text) for text in texts), Fraction(0)), places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: str) -> str:
    """A printed share of 1 as percent, by moving the point: ``0.905`` → ``90.5%``."""
    places = max(len(share.partition(".")[2]) - 2, 0)
    return fixed(amount(share) * 100, places) + "%"
