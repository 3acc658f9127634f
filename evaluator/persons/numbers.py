"""Numbers that are a person's by their own shape: identity cards, telephones, bank cards. Pure.

A number is looked for in a run of digits, at the borders of the groups that the run is written in. How strong its own shape is
decides how freely it may be grouped: an identity number, with region, day and checksum, in any way; a telephone or a card only as
people write them, for a row of ordinary figures could be read as one otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from evaluator.persons.checksums import (
    is_bank_card,
    is_credit_code,
    is_day,
    is_identity_15,
    is_identity_18,
    is_region_and_year,
)
from evaluator.persons.digits import Run, places_of_runs, runs
from evaluator.persons.kinds import CARD, IDENTITY, LANDLINE, TELEPHONE, Found, Kind
from evaluator.persons.masked import masked_in, places_of_masks

_IDENTITY_18 = re.compile(r"[1-9]\d{5}(?:19|20)\d\d[01]\d[0-3]\d{4}[\dX]")
_IDENTITY_15 = re.compile(r"[1-9]\d{7}[01]\d[0-3]\d{4}")
_GROUPS_OF_15 = frozenset({(15,), (6, 6, 3), (6, 9), (12, 3)})
_RARE_GROUPS_OF_15 = frozenset({(3,) * 5, (5,) * 3, (4, 4, 4, 3), (6, 2, 2, 2, 3), (1,) * 15})
_COUNTRY = r"(?:(?:00)?86)?"
_MOBILE = re.compile(rf"({_COUNTRY}0?)(1[3-9]\d{{9}})")
_GROUPS_OF_11 = frozenset({(11,), (3, 4, 4), (4, 3, 4), (3, 8), (7, 4), (5, 6)})
_RARE_GROUPS_OF_11 = frozenset(
    {(4, 4, 3), (3, 3, 5), (3, 5, 3), (5, 3, 3), (3, 3, 3, 2), (2, 3, 3, 3), (3, 4, 2, 2), (3, 2, 2, 2, 2)}
    | {(1, 2, 2, 2, 2, 2), (1,) * 11}
)
# The codes of areas, without those that no place has.
_AREA = r"(?:10|2[0-57-9]|3[1-79]\d|4[1-8]\d|5[1-9]\d|6[369]\d|7\d\d|8[1-9]\d|9[0-79]\d)"
_FIXED = re.compile(rf"({_COUNTRY}0|(?:00)?86)({_AREA})([2-8]\d{{6}})(\d?)")
_GROUPS_OF_A_SUBSCRIBER = frozenset(
    {(7,), (8,), (4, 4), (3, 4), (4, 3), (2, 2, 4), (2, 2, 2, 2), (1,) * 7, (1,) * 8}
)
_SERVICE = re.compile(r"[48]00\d{7}")
_GROUPS_OF_10 = frozenset({(3, 3, 4), (3, 7), (4, 3, 3), (3, 4, 3), (3, 2, 2, 3), (4, 6)})
_BETWEEN_PARTS = re.compile(r"[ \-.()（）/]{0,3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_MONTH = re.compile(r"(?:19|20)\d\d(?:0[1-9]|1[0-2])")
_MONTH_AND_DAY = re.compile(r"0[1-9](?:[0-2]\d|3[01])")
_AN_AMOUNT = re.compile(r"\s?(?:元|万|亿|美元|%|％|㎡|平方)|\.\d{1,2}(?![\d.A-Za-z])")
_OF_MONEY = re.compile(r"[¥￥$＄]\s?$")
_TELEPHONE_BEFORE = re.compile(
    r"(?:tel|phone|fax|call|电话|热线|座机|固话|传真|客服|拨打)[^0-9A-Za-z\0]{0,6}$", re.IGNORECASE
)
_LETTER_BEFORE = re.compile(r"[A-Za-z]$")
_TOKEN_BEFORE = re.compile(r"[0-9A-Za-z\-]*$")
_TOKEN_AFTER = re.compile(r"[0-9A-Za-z\-]*")
_LONGEST_TOKEN = 128
_DIGEST = re.compile(r"[0-9a-fA-F]{32,128}|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")

Span = tuple[int, int]
_Shapes = frozenset[tuple[int, ...]]


def numbers_in(text: str) -> Iterator[Found]:
    """Every number of a person that its own shape gives away; what is partly masked is one all the same."""
    for run in runs(text):
        taken = 0
        for start in run.places[:-1]:
            found = _first_at(run, start, text) if start >= taken else None
            if found is None:
                continue
            kind, begin, end = found
            span = run.span(begin, end)
            if not _is_of_a_code(text, span, kind):
                yield Found(kind, *span)
                taken = end
    yield from masked_in(text)


def places_of_numbers(text: str) -> Iterator[int]:
    """Where anything begins that could be a number of a person, or holds one."""
    yield from places_of_runs(text)
    yield from places_of_masks(text)


def _is_of_a_code(text: str, span: Span, kind: Kind) -> bool:
    # Of a digest, or of the unified social credit code of a body: there a telephone may show by chance.
    before = _TOKEN_BEFORE.search(text, max(0, span[0] - _LONGEST_TOKEN), span[0])
    after = _TOKEN_AFTER.match(text, span[1], span[1] + _LONGEST_TOKEN)
    token = text[before.start() if before else span[0] : after.end() if after else span[1]]
    return _DIGEST.fullmatch(token) is not None or (kind is not IDENTITY and is_credit_code(token))


def _first_at(run: Run, start: int, text: str) -> tuple[Kind, int, int] | None:
    for kind, look in _LOOKS:
        found = look(run, start, text)
        if found is not None:
            return kind, *found
    return None


def _identity(run: Run, start: int, _text: str) -> Span | None:
    # In a longer row of digits it may stand first or last.
    group_ends = run.places[run.borders[start] + 1]
    for begin in {start, max(start, group_ends - 18)}:
        found = _IDENTITY_18.match(run.digits, begin)
        if (
            found is not None
            and (found.end() in run.borders or found.end() < group_ends)
            and is_identity_18(found[0])
        ):
            return found.span()
    found = _IDENTITY_15.match(run.digits, start)
    if (
        found is not None
        and _is_grouped(run, *found.span(), _GROUPS_OF_15, _RARE_GROUPS_OF_15)
        and is_identity_15(found[0])
        and not _is_fraction(run, start)
    ):
        return found.span()
    return None


def _mobile(run: Run, start: int, text: str) -> Span | None:
    found = _MOBILE.match(run.digits, start)
    if found is None or not _is_written_as_one(run, *found.span()):
        return None
    shape = _without_prefix(run.shape(*found.span()) or (), len(found[1]))
    if shape not in _GROUPS_OF_11 and not (shape in _RARE_GROUPS_OF_11 and _stands_alone(run, *found.span())):
        return None
    if _reads_as_dates(run, found[2], shape, found.end()):
        return None
    # The nought of a trunk call is written without a gap; before a dot it begins a decimal fraction.
    if shape == (2, 3, 3, 3) and set(run.marks(*found.span())) != {"-"}:
        return None  # an amount in groups of three
    if found[1] == "0" and start + 1 in run.borders:
        return None
    begin, end = run.span(*found.span())
    if _AN_AMOUNT.match(text, end) or _OF_MONEY.search(text, max(0, begin - 2), begin):
        return None
    # One or two figures and a dot may number a list; a nought, or more figures, begin a decimal fraction.
    before = run.borders[start]
    number = run.digits[run.places[before - 1] : start] if before else ""
    if _is_fraction(run, start) and (number == "0" or len(number) > 2):
        return None
    return found.span()


def _without_prefix(shape: tuple[int, ...], length: int) -> tuple[int, ...]:
    while length and shape:
        if shape[0] > length:
            return (shape[0] - length, *shape[1:])
        length -= shape[0]
        shape = shape[1:]
    return shape


def _reads_as_dates(run: Run, number: str, shape: tuple[int, ...], end: int) -> bool:
    if shape == (3, 8):
        return is_day(number[3:])
    if shape == (5, 6):
        return _MONTH.match(number, 5) is not None
    years = shape == (3, 4, 4) and _YEAR.match(number, 3) and _YEAR.match(number, 7)
    return bool(years) and run.between[run.borders[end] - 1] != "-"


def _is_written_as_one(run: Run, start: int, end: int) -> bool:
    if start not in run.borders or end not in run.borders:
        return False
    return all(_BETWEEN_PARTS.fullmatch(mark) for mark in run.marks(start, end))


def _is_grouped(run: Run, start: int, end: int, usual: _Shapes, rare: _Shapes) -> bool:
    shape = run.shape(start, end)
    return shape in usual or (shape in rare and _stands_alone(run, start, end))


def _stands_alone(run: Run, start: int, end: int) -> bool:
    # In a row of figures, each parted from the next alike, some will have the lengths of a number's groups.
    within = set(run.marks(start, end))
    return run.between[run.borders[start]] not in within and run.between[run.borders[end]] not in within


def _is_fraction(run: Run, start: int) -> bool:
    return run.between[run.borders[start]] == "."


def _card(run: Run, start: int, _text: str) -> Span | None:
    if run.digits[start] not in "34569":
        return None
    for length in (19, 18, 17, 16):
        end = start + length
        if not _is_written_as_one(run, start, end):
            continue
        number, shape = run.digits[start:end], run.shape(start, end) or ()
        fours = len(shape) > 2 and set(shape[:-1]) == {4} and shape[-1] <= 4
        if not fours and shape not in _groups_of_a_card(length):
            continue
        if set(shape) == {1} and not _stands_alone(run, start, end):
            continue
        if not number.isdecimal() or not is_bank_card(number) or _is_fraction(run, start):
            continue
        if fours or not is_region_and_year(number):
            return start, end
    return None


def _groups_of_a_card(length: int) -> set[tuple[int, ...]]:
    return {
        (length,),
        (6, length - 6),
        (8, length - 8),
        (4, 4, length - 8),
        (4, 4, 4, length - 12),
        (1,) * length,
    }


def _landline(run: Run, start: int, text: str) -> Span | None:
    found = _FIXED.match(run.digits, start)
    if found is None or _is_fraction(run, start):
        return None
    for end in dict.fromkeys((found.end(), found.end(3))):
        if _is_written_as_one(run, start, end) and _is_dialled(run, found, end, text):
            return start, end
    return None


def _is_dialled(run: Run, found: re.Match[str], end: int, text: str) -> bool:
    start, behind = found.span(3)[0], run.shape(found.start(3), end)
    whole = run.shape(found.start(), end) or ()
    glued = behind is None and len(whole) == 1 and found[1].endswith("0")
    if not glued and behind not in _GROUPS_OF_A_SUBSCRIBER:
        return False
    if set(whole) == {1} and not _stands_alone(run, found.start(), end):
        return False
    begin = run.span(found.start(), end)[0]
    if not found[1].endswith("0") and not _is_abroad(run, found, text[:begin]):
        return False
    if _TELEPHONE_BEFORE.search(text, max(0, begin - 12), begin):
        return True
    number = run.digits[start:end]
    dated = len(number) == 8 and is_day(number, 1949, 2099)
    serial = _MONTH_AND_DAY.fullmatch("0" + found[2]) and _YEAR.match(number)
    return not (dated or serial or _LETTER_BEFORE.search(text, max(0, begin - 1), begin))


def _is_abroad(run: Run, found: re.Match[str], before: str) -> bool:
    # The country's code without the nought of the area: +86 871 …, 0086 871 …, 86-871-…
    return found[1].startswith("00") or before.endswith(("+", "＋")) or run.marks(*found.span())[:1] == ("-",)


def _service(run: Run, start: int, text: str) -> Span | None:
    found = _SERVICE.match(run.digits, start)
    if found is None or not _is_written_as_one(run, *found.span()):
        return None
    begin = run.span(*found.span())[0]
    if _TELEPHONE_BEFORE.search(text, max(0, begin - 12), begin):
        return found.span()
    dashed = set(run.marks(*found.span())) == {"-"}
    return found.span() if dashed and run.shape(*found.span()) in _GROUPS_OF_10 else None


_LOOKS: tuple[tuple[Kind, Callable[[Run, int, str], Span | None]], ...] = (
    (IDENTITY, _identity),
    (TELEPHONE, _mobile),
    (CARD, _card),
    (LANDLINE, _landline),
    (LANDLINE, _service),
)
