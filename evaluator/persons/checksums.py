"""Checksums and shapes of numbers that are issued: identity cards, social credit codes, bank cards. Pure."""

from __future__ import annotations

import re
from datetime import date

# GB/T 2260: provinces; in them prefectures and cities are numbered from 01, older ones up to 53, and 90.
_PROVINCES = frozenset(
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83".split()
)
_CITIES = ("11", "12", "31", "50")
_IDENTITY_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, n, 31) for n in range(17))
# The issuing department and the kind of body come first: civil affairs 5, commerce 9, and so on.
_CREDIT_CODE = re.compile(r"[1-9ANY][1-9]\d{6}[0-9A-HJ-NPQRTUWXY]{9}[0-9A-HJ-NPQRTUWXY]")
_REGION_AND_YEAR = re.compile(r"\d{6}(?:19|20)\d\d")


def is_region(digits: str) -> bool:
    """Whether six digits begin like the code of a county of China."""
    if digits[:2] not in _PROVINCES:
        return False
    if digits[:2] in _CITIES:
        return digits[2:4] in ("00", "01", "02", "03")
    return int(digits[2:4]) <= 53 or digits[2:4] == "90" or digits[:2] in ("71", "81", "82", "83")


def is_day(digits: str, earliest: int = 1900, latest: int = 2099) -> bool:
    """Whether eight digits are a day within the years, both inclusive."""
    try:
        return earliest <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year <= latest
    except ValueError:
        return False


def is_identity_18(number: str) -> bool:
    """GB 11643: region, day of birth, order, checksum; a permanent resident's begins with 9 and two digits of a province.

    The order begins with 001: a number of a paper (region, day, 0001) is none.
    """
    region = number[1:3] in _PROVINCES if number[0] == "9" else is_region(number)
    if not region or not is_day(number[6:14]) or number[14:17] == "000":
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _IDENTITY_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1]


def is_identity_15(number: str) -> bool:
    """The form of before 2000: region, day of birth with a year of two digits, order, no checksum.

    Years from 25 on: a code of a region with a date of this century (510104 2011…) would read as 1920.
    """
    return is_region(number) and is_day("19" + number[6:12], 1925, 1999) and number[12:] != "000"


def is_credit_code(code: str) -> bool:
    """GB 32100: the unified social credit code of a body, 18 characters with a checksum."""
    if _CREDIT_CODE.fullmatch(code) is None or not is_region(code[2:8]):
        return False
    total = sum(
        _CREDIT_LETTERS.index(letter) * weight for letter, weight in zip(code, _CREDIT_WEIGHTS, strict=False)
    )
    return (31 - total % 31) % 31 == _CREDIT_LETTERS.index(code[-1])


def is_bank_card(number: str) -> bool:
    """A card as banks in China issue them: prefix and length, Luhn's checksum (ISO/IEC 7812)."""
    return _is_issued(number) and len(set(number)) > 1 and luhn(number) and not is_credit_code(number)


def luhn(number: str) -> bool:
    """Whether Luhn's checksum holds."""
    digits = [int(digit) for digit in reversed(number)]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0


def is_region_and_year(number: str) -> bool:
    """Whether a number begins as numbers of projects and registers do: the code of a region, then a year."""
    return _REGION_AND_YEAR.match(number) is not None and is_region(number)


def _is_issued(number: str) -> bool:
    length, first = len(number), number[0]
    if first == "6":
        return number[1] in "02589" or number[:2] == "63"
    if first == "4":
        return length in (16, 18, 19)
    if first == "5":
        return length == 16 and number[1] in "12345"
    if first == "3":
        return length == 16 and "3528" <= number[:4] <= "3589"
    return first == "9" and number[1] in "04568"
