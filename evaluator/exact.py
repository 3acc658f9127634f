"""Exact numbers: read from text, printed so that they never contradict a comparison (decision 3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

Number = int | Fraction

PATTERN = r"[0-9]{1,15}(\.[0-9]{1,12})?"
_NUMBER = re.compile(PATTERN)
_EXACT = re.compile(PATTERN + "%?")
_MOST_PLACES = 12


class Exact(NamedTuple):
    """An exact number of a rule file, and whether it was written as a percentage.

    ``value`` is the number itself: ``5%`` is 1/20.
    """

    value: Fraction
    percent: bool = False

    def __str__(self) -> str:
        return f"{decimal(self.value * 100)}%" if self.percent else decimal(self.value)


def parse_exact(text: str) -> Exact | None:
    """``"5%"``, ``"0.5"`` or ``"2"`` as an exact number; None where the text is none."""
    if not _EXACT.fullmatch(text):
        return None
    if text.endswith("%"):
        return Exact(Fraction(text[:-1]) / 100, percent=True)
    return Exact(Fraction(text))


def parse_number(text: str) -> Number | None:
    """A submitted quantity: an int where it is whole, else a Fraction; None where the text is no number."""
    if not _NUMBER.fullmatch(text):
        return None
    return whole(Fraction(text))


def total(numbers: Iterable[Number]) -> Number:
    """The exact sum."""
    found, fractions = 0, []
    for number in numbers:
        if type(number) is int:
            found += number
        else:
            fractions.append(number.as_integer_ratio())
    return summed(found, fractions)


def summed(whole: int, fractions: Sequence[tuple[int, int]], scale: int = 1) -> Number:
    """``whole`` and ``fractions`` (numerator, denominator) together, over ``scale``: reduced once, not with each of them."""
    if not fractions:
        return over(whole, scale)
    common = lcm(*[bottom for _, bottom in fractions])
    top = whole * common + sum([top * (common // bottom) for top, bottom in fractions])
    return over(top, common * scale)


def over(numerator: Number, denominator: int) -> Number:
    """Numerator ÷ denominator: an int where it is whole."""
    return Fraction(numerator, denominator) if numerator % denominator else numerator // denominator


def clamped(value: Number, low: Number, high: Number) -> Number:
    """``value``, not below ``low`` nor above ``high``."""
    return low if value < low else min(value, high)


def quotient(numerator: Number, denominator: Number) -> Fraction:
    """Numerator ÷ denominator, exactly."""
    return Fraction(numerator, denominator)


def whole(value: Fraction) -> Number:
    """``value`` as an int where it is whole."""
    return value.numerator if value.denominator == 1 else value


def ceil_div(numerator: Number, denominator: Number) -> int:
    """⌈numerator ÷ denominator⌉, exactly."""
    return int(-(-numerator // denominator))


def decimal(value: Number) -> str:
    """``value`` in full, without rounding; a number that no decimal writes (1/3) as ``plain`` does."""
    left, denominator = value.numerator, value.denominator
    for places in range(_MOST_PLACES * 3):
        if left % denominator == 0:
            return _pointed(left // denominator, places)
        left *= 10
    return plain(value)


def rounded(value: Number, places: int) -> str:
    """``value`` rounded half-up (away from zero) to exactly ``places`` decimals."""
    numerator, denominator = value.numerator, value.denominator
    scaled = (abs(numerator) * 10**places * 2 + denominator) // (2 * denominator)
    return _pointed(scaled if numerator > 0 else -scaled, places)


def printed(value: Number, limits: Iterable[Number] = (), places: int = 2) -> str:
    """``value`` with ``places`` decimals, and as many more as keep every comparison with ``limits`` true."""
    if value.numerator * 10**places % value.denominator == 0:
        # Printed as it is, it compares as it does.
        return _pointed(value.numerator * 10**places // value.denominator, places)
    limits = tuple(limits)
    for more in range(places, _MOST_PLACES + 1):
        text = rounded(value, more)
        shown = Fraction(text)
        if all(_compare(shown, limit) == _compare(value, limit) for limit in limits):
            return text
    return _cut(value, _MOST_PLACES)


def plain(value: Number, limits: Iterable[Number] = ()) -> str:
    """``value`` as people write points and counts: at most two places, no trailing zeros."""
    text = printed(value, limits)
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(value: Number, limits: Iterable[Number] = ()) -> str:
    """The ratio ``value`` as a percentage: 1/20 → ``5.00%``."""
    return printed(value * 100, (limit * 100 for limit in limits)) + "%"


def fraction_text(value: Number) -> str:
    """``value`` as ``"3/4"`` or ``"1"``."""
    return str(value)


def _compare(left: Number, right: Number) -> int:
    return (left > right) - (left < right)


def _cut(value: Number, places: int) -> str:
    # Nearer to a limit than any decimal we print: an ellipsis says that digits follow.
    scaled = abs(value.numerator) * 10**places // value.denominator
    digits = str(scaled).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}…"


def _pointed(scaled: int, places: int) -> str:
    """``scaled`` ÷ 10^``places`` with as many decimals."""
    if places == 0:
        return str(scaled)
    digits = str(abs(scaled)).rjust(places + 1, "0")
    return f"{'-' if scaled < 0 else ''}{digits[:-places]}.{digits[-places:]}"
