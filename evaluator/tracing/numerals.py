"""Chinese numerals as whole numbers, and back."""

from __future__ import annotations

_DIGITS = {one: n for n, one in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
NUMERALS = "零〇一二两三四五六七八九十百千万"
_LONGEST = 12


def from_chinese(text: str) -> int | None:
    """The number that ``text`` names; None where it is none.

    >>> [from_chinese(one) for one in ("十", "二十一", "一百零五", "两千", "十一万", "零", "大")]
    [10, 21, 105, 2000, 110000, 0, None]
    """
    if not text or len(text) > _LONGEST or any(one not in NUMERALS for one in text):
        return None
    high, found, low = text.rpartition("万")
    if found:
        above = from_chinese(high)
        below = from_chinese(low) if low else 0
        return None if above is None or below is None else above * 10_000 + below
    total, digit = 0, None
    for one in text:
        if one in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[one]
            digit = None
        else:
            digit = _DIGITS[one] + (10 * digit if digit else 0)
    return total + (digit or 0)


def to_chinese(number: int) -> str:
    """A number from 1 to 9999 as headings write it.

    >>> [to_chinese(one) for one in (1, 10, 12, 20, 105, 110, 1001)]
    ['一', '十', '十二', '二十', '一百零五', '一百一十', '一千零一']
    """
    made = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            made += "零一二三四五六七八九"[digit] + name
        elif made and not made.endswith("零") and number % unit:
            made += "零"
    return made.removeprefix("一") if made.startswith("一十") else made
