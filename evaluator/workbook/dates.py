"""A day as people write it in a cell, read rightly or refused: never guessed. Pure."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, timedelta

from evaluator.errors import Words
from evaluator.workbook.amounts import digits_of
from evaluator.workbook.read import Read, Wrong, plainly

# A bare year typed into a cell for dates becomes a day of the year 1905: earlier days are written as text.
FIRST_YEAR, LAST_YEAR = 1950, 2199
_EPOCH = {False: date(1899, 12, 30), True: date(1904, 1, 1)}
_DAY = re.compile(r"(\d{4})([-./年])(\d{1,2})([-./月])(\d{1,2})[日号]?|(\d{4})(\d{2})(\d{2})")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)([一二三四五六日天])\)?")
_TIME = re.compile(r"(?:上午|下午|晚上|早上|中午)?\d{1,2}(?:[:时点]\d{0,2}分?(?::\d{2}(?:\.\d+)?)?)半?")
_WEEK = {one: n for n, one in enumerate("一二三四五六日")} | {"天": 6}
_AS = Words("写成 2025-03-12 的样子", "write it as 2025-03-12")
_ANOTHER = re.compile(r"\s*(?:[-~～—–、,;至到和及]|--)\s*\d")


def day_of_text(text: str) -> Read:
    """The ISO date that ``text`` says.

    >>> day_of_text("2025年3月12日（周三）").value, day_of_text("2025.3.12 上午9:30").value
    ('2025-03-12', '2025-03-12')
    >>> day_of_text("3月12日").wrong.what.zh
    '没有写年份'
    """
    plain = unicodedata.normalize("NFKC", text).strip().strip("'\"“”‘’。")
    compact = re.sub(r"\s+(?=[年月日号])|(?<=[年月])\s+", "", plain)
    found = _DAY.match(compact)
    rest = "" if found is None else compact[found.end() :].strip()
    if found is None:
        return Read(text, wrong=_not_a_day(compact))
    if _ANOTHER.match(rest):
        what = Words("这里不止一个日期", "more than one date stands here")
        return Read(text, wrong=Wrong("bad_date", what, Words("一行只填一个日期", "write one date a row")))
    if _joint(found[2]) != _joint(found[4]) and found[2] is not None:
        return Read(text, wrong=_no_date())
    weekday = _WEEKDAY.match(rest)
    rest = rest[weekday.end() :].strip() if weekday else rest
    time = _TIME.match(rest.lstrip("T"))
    if rest and (time is None or time.end() != len(rest.lstrip("T"))):
        return Read(text, wrong=_not_a_day(compact))
    year, month, number = (int(part) for part in found.group(*((1, 3, 5) if found[1] else (6, 7, 8))))
    try:
        day = date(year, month, number)
    except ValueError:
        return Read(text, wrong=_no_such_day())
    if weekday and _WEEK[weekday[1]] != day.weekday():
        said = "一二三四五六日"[day.weekday()]
        what = Words(
            f"这一天是星期{said}，不是星期{weekday[1]}", "the weekday does not go with the date: one is wrong"
        )
        return Read(text, wrong=Wrong("bad_date", what, Words("核对日期", "check the date")))
    iso = day.isoformat()
    return Read(iso, None if text.strip() == iso else plainly(iso))


def day_of_number(number: float, *, from_1904: bool = False) -> Read:
    """The ISO date of a serial number, or of eight digits such as 20250312."""
    if not math.isfinite(number):
        return Read(digits_of(number), wrong=_no_date())
    if number == int(number) and 10_000_101 <= number <= 99_991_231:
        read = day_of_text(str(int(number)))
        return read if read.wrong is None else Read(digits_of(number), wrong=read.wrong)
    if number < 1 or number > 110_000:
        return Read(digits_of(number), wrong=_no_date())
    day = _EPOCH[from_1904] + timedelta(days=int(number))
    return day_of_date(day, digits_of(number), plainly(day.isoformat()))


def day_of_date(day: date, written: str = "", how: Words | None = None) -> Read:
    """The ISO date of a cell that a spreadsheet holds as a date."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        what = Words(f"读作 {day.isoformat()}，不像是这件事的日期", f"reads as {day.isoformat()}")
        mend = Words(
            "年、月、日都要写，如 2025-03-12；确是这一天的，把单元格设为文本再填",
            "write year, month and day, such as 2025-03-12; if it is that day, format the cell as text",
        )
        return Read(written or day.isoformat(), wrong=Wrong("bad_date", what, mend))
    return Read(day.isoformat(), how)


def _joint(mark: str | None) -> str | None:
    # 2025年3月12日 has two marks of one kind; 2025-3.12 has not.
    return {"年": "汉", "月": "汉"}.get(mark, mark) if mark is not None else None


def _not_a_day(text: str) -> Wrong:
    if re.match(r"\d{1,2}(?:月|[-./]\d{1,2}$)", text):
        return Wrong("bad_date", Words("没有写年份", "the year is missing"), _AS)
    if re.fullmatch(r"\d{4}(?:[-./年]\d{1,2}月?)?年?", text):
        return Wrong("bad_date", Words("没有写到日", "the day is missing"), _AS)
    if re.match(r"\d{1,2}[-./]\d{1,2}[-./]\d{2,4}", text) or re.match(r"\d{2}年", text):
        return Wrong(
            "bad_date", Words("年份要写四位，写在最前面", "the year has four digits and stands first"), _AS
        )
    return _no_date()


def _no_date() -> Wrong:
    return Wrong("bad_date", Words("不是日期", "this is no date"), _AS)


def _no_such_day() -> Wrong:
    mend = Words("请核对月和日", "check month and day")
    return Wrong("bad_date", Words("没有这一天", "there is no such day"), mend)
