"""Numbers of persons: found wherever they turn up in a submission, so that they can be refused and never repeated. Pure.

A first guard: resident-identity numbers (18 digits with checksum, GB 11643; 15 digits with a date), mobile and fixed telephone
numbers, bank cards (16 to 19 digits, Luhn's checksum, ISO/IEC 7812). A unified social credit code (GB 32100) is none of them.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from evaluator.errors import Words

_SEPARATED = re.compile(r"(?<=\d)[ \-\u00a0\u2010-\u2015·.](?=\d)")
_IDENTITY_18 = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_IDENTITY_15 = re.compile(r"(?<![0-9A-Za-z])\d{15}(?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86)?1[3-9]\d{9}(?![0-9A-Za-z])")
_FIXED = re.compile(r"(?<![0-9A-Za-z])0[1-9]\d{1,2}[ -]?\d{7,8}(?![0-9A-Za-z-])")
_CARD = re.compile(r"(?<![0-9A-Za-z])\d{16,19}(?![0-9A-Za-z])")
_LONG_RUN = re.compile(r"\+?\d[\d \-]{8,}[\dXx]")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)

IDENTITY = Words("身份证号", "a resident-identity number")
TELEPHONE = Words("电话号码", "a telephone number")
CARD = Words("银行卡号", "a bank-card number")


def number_of_a_person(text: str, *, public_telephone: bool = False) -> Words | None:
    """What kind of a person's number ``text`` holds, or None.

    ``public_telephone`` allows a fixed line: the one field where an institution's service number may stand.
    """
    plain = unicodedata.normalize("NFKC", text)
    joined = _SEPARATED.sub("", plain)
    if any(_is_identity_18(found) for found in _IDENTITY_18.findall(joined)):
        return IDENTITY
    if any(_is_date("19" + found[6:12]) for found in _IDENTITY_15.findall(joined)):
        return IDENTITY
    if _MOBILE.search(joined):
        return TELEPHONE
    if any(_luhn(found) for found in _CARD.findall(joined)):
        return CARD
    if not public_telephone and _FIXED.search(plain):
        return TELEPHONE
    return None


def echo(value: object, longest: int = 40) -> str:
    """A submitted value as a message may repeat it: shortened, and long runs of digits left out."""
    # The shortest number of a person, a telephone, has ten digits; a date has eight.
    kept = _LONG_RUN.sub(
        lambda run: "…" if sum(map(str.isdigit, run[0])) > 9 else run[0], str(value)[: longest * 2]
    )
    return kept[:longest]


def _is_identity_18(found: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(found, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == found[-1].upper() and _is_date(found[6:14])


def _is_date(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8])).year >= 1900
    except ValueError:
        return False


def _luhn(found: str) -> bool:
    if found[0] not in "3456" or len(set(found)) < 4:
        return False
    digits = [int(digit) for digit in reversed(found)]
    doubled = (digit * 2 - 9 * (digit > 4) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
