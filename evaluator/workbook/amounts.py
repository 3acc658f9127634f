"""A number as people write it in a cell, read exactly or refused: never guessed. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from evaluator.errors import Words
from evaluator.exact import PATTERN
from evaluator.workbook.read import Read, Wrong, plainly

_PLAIN = re.compile(PATTERN)
_GROUPED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?")
_NUMBER = r"\d[\d, ]*(?:\.\d+)?"
_UNIT = re.compile(rf"({_NUMBER}) ?\(?([^\d\s()%‰.,+\-]{{1,8}})\)?")
_MULTIPLES = frozenset("十百千万亿")
_ABOUT = re.compile(r"[约近余多<>≥≤~～+]|大概|左右|以上|以下")
_MEASURES = frozenset({"个"})
_WRITE = Words(
    "填不小于 0 的数，如 40 或 40.5，不带单位",
    "write a number not below 0, such as 40 or 40.5, without a unit",
)


def number_of_float(number: float, *, percent: bool = False, units: tuple[str, ...] = ()) -> Read:
    """An int, or the decimal text, of a number cell: fifteen significant digits, as spreadsheets show them."""
    if percent:
        return number_of_text(f"{digits_of(number * 100)}%", units)
    text = digits_of(number)
    return _plain(text, text, "")


@lru_cache(maxsize=4096)
def digits_of(number: float) -> str:
    """A number as spreadsheets show it: fifteen significant digits, and none of them made up."""
    # Minus zero is zero.
    return f"{Decimal(format(number + 0.0, '.15g')):f}"


def number_of_text(text: str, units: tuple[str, ...] = ()) -> Read:
    """An int, or the decimal text, of what is written; a unit behind it must be one of ``units`` (or the general 个).

    >>> number_of_text("1,200 户", ("户",)), number_of_text("４０个", ("个",)).value
    (Read(value=1200, how=Words(zh='1200', en='1200'), wrong=None), 40)
    >>> number_of_text("95%").wrong.what.zh
    '这里不填百分比'
    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text)).strip(" '\"“”‘’。")
    if plain.endswith("%") and _PLAIN.fullmatch(plain[:-1].strip()):
        if any("%" in unit or "百分" in unit for unit in units):
            return _plain(plain[:-1].strip(), text, text)
        what = Words("这里不填百分比", "no percentage is asked for here")
        return Read(text, wrong=Wrong("bad_number", what, Words("填实际的数", "write the number itself")))
    found = _UNIT.fullmatch(plain)
    unit, digits = ("", plain) if found is None else (found[2], found[1].strip())
    wrong = _wrong_unit(unit, units)
    if wrong is not None:
        return Read(text, wrong=wrong)
    if _GROUPED.fullmatch(digits):
        digits = digits.replace(",", "").replace(" ", "")
    return _plain(digits, text, text)


def _plain(digits: str, written: str, compared: str) -> Read:
    if not _PLAIN.fullmatch(digits):
        return Read(written, wrong=_not_a_number(written))
    value = Decimal(digits)
    whole = value == value.to_integral_value()
    shown = str(int(value)) if whole else f"{value.normalize():f}"
    how = plainly(shown) if compared and compared != shown else None
    return Read(int(value) if whole else shown, how)


def _wrong_unit(unit: str, units: tuple[str, ...]) -> Wrong | None:
    if not unit or unit in units or unit in _MEASURES:
        return None
    if _ABOUT.search(unit):
        return Wrong("bad_number", Words("这里要一个确定的数", "an exact number is asked for"), _WRITE)
    if _MULTIPLES & set(unit):
        what = Words("数没有写全", "the number is not written in full")
        return Wrong(
            "bad_number", what, Words("写出全部数字，如 12000", "write all of its digits, such as 12000")
        )
    if units:
        what = Words(f"单位不是“{units[0]}”", "the unit is another one")
        mend = Words(f"换算后只写数（单位：{units[0]}）", "convert it and write the number alone")
        return Wrong("bad_number", what, mend)
    return Wrong("bad_number", Words("数后面有别的字", "something stands behind the number"), _WRITE)


def _not_a_number(text: str) -> Wrong:
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.startswith("-") and re.fullmatch(rf"-\s*{_NUMBER}.*", plain):
        return Wrong("bad_number", Words("数不能小于 0", "the number is below 0"), _WRITE)
    if _ABOUT.search(plain):
        return Wrong("bad_number", Words("这里要一个确定的数", "an exact number is asked for"), _WRITE)
    return Wrong("bad_number", Words("不是可以采用的数", "this is no usable number"), _WRITE)
