"""The numbers that a clause states, in figures and in words, and those that a criterion says it took from there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from evaluator.canonical import plain_data
from evaluator.crediting import COMPARISONS
from evaluator.exact import parse_exact
from evaluator.ruleset import Criterion
from evaluator.tracing.numerals import NUMERALS, from_chinese

_ARABIC = re.compile(r"\d+(?:\.\d+)?")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)%")
_CHINESE = re.compile(f"[{NUMERALS}]+")
_CHINESE_PERCENT = re.compile(rf"百分之([{NUMERALS}]+)")
_PARTS = re.compile(rf"([{NUMERALS}]+)分之([{NUMERALS}]+)")
_TENTHS = re.compile(rf"([{NUMERALS}]+)成")
_DATE = re.compile(r"(?:(\d{4})-)?(\d{2})-(\d{2})")
_BREAK = re.compile(r"[。;；:：,，()（）]")
_LIMITS = (*COMPARISONS, "by", "from", "to")
_DAYS = ("issued_by", "due")


class Figures(NamedTuple):
    """What a text states: plain numbers (also how many things it lists with 、), and shares."""

    numbers: frozenset[Fraction]
    shares: frozenset[Fraction]


class Stated(NamedTuple):
    """One figure of a criterion, as written, and whether a text states it."""

    shown: str
    stands: bool


def figures(text: str) -> Figures:
    """The figures of a plain text.

    >>> found = figures("每年至少两次,占总数的5%以上,到甲、乙、丙地")
    >>> sorted(map(str, found.numbers)), sorted(map(str, found.shares))
    (['2', '3', '5'], ['1/20'])
    """
    numbers = {Fraction(one) for one in _ARABIC.findall(text)}
    numbers |= {Fraction(n) for one in _CHINESE.findall(text) if (n := from_chinese(one)) is not None}
    numbers |= {Fraction(one.count("、") + 1) for one in _BREAK.split(text) if "、" in one}
    return Figures(frozenset(numbers), frozenset(_shares(text)))


def _shares(text: str) -> Iterator[Fraction]:
    yield from (Fraction(one) / 100 for one in _PERCENT.findall(text))
    for pattern, whole in ((_CHINESE_PERCENT, 100), (_TENTHS, 10)):
        for one in pattern.findall(text):
            number = from_chinese(one)
            if number is not None:
                yield Fraction(number, whole)
    for below, above in _PARTS.findall(text):
        parts, taken = from_chinese(below), from_chinese(above)
        if parts and taken is not None:
            yield Fraction(taken, parts)
    if "半数" in text or "一半" in text:
        yield Fraction(1, 2)


def stated(criterion: Criterion, found: Figures) -> tuple[Stated, ...]:
    """Every limit of ``criterion`` that the standard would have to state, and whether ``found`` has it.

    None at all, one, and all of them (0, 1, 100 %) are said in words of every kind: they are not looked for.
    """
    return tuple(dict.fromkeys(_limits(plain_data(criterion), found)))


def _limits(data: Any, found: Figures) -> Iterator[Stated]:
    if isinstance(data, list):
        for one in data:
            yield from _limits(one, found)
    if not isinstance(data, dict):
        return
    for key, value in data.items():
        # How many members of a group must hold is how we encode, no figure of the standard.
        if key in _LIMITS and data.get("kind") != "group":
            for one in value.values() if isinstance(value, dict) else [value]:
                yield from _limit(one, found)
        elif key in _DAYS and isinstance(value, str):
            yield from _day(value, found)
        elif key != "applies_when":
            yield from _limits(value, found)


def _limit(written: Any, found: Figures) -> Iterator[Stated]:
    exact = parse_exact(str(written))
    if exact is None or exact.value in (0, 1):
        return
    yield Stated(str(written), exact.value in (found.shares if exact.percent else found.numbers))


def _day(written: str, found: Figures) -> Iterator[Stated]:
    date = _DATE.fullmatch(written)
    if date is not None:
        year, month = date[1], int(date[2])
        yield Stated(written, month in found.numbers and (year is None or int(year) in found.numbers))
