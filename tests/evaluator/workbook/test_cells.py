"""What people type into a cell: read rightly, with what it was read as, or refused in words that say what to do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.workbook.cells import (
    answer_of,
    blank,
    day_of,
    files_of,
    files_text,
    mark_of,
    number_of,
    text_of,
    whole_of,
)
from tests.evaluator.workbook.strategies import NAMES

DATES = [
    "2025-03-12", "2025-3-12", "2025.3.12", "2025/3/12", "2025/03/12", "2025年3月12日", "2025年03月12日", "2025 年 3 月 12 日",
    "２０２５年３月１２日", "２０２５－３－１２", "20250312", "2025-3-12日", "2025年3月12日（周三）", "2025年3月12日 星期三",
    "2025-03-12 09:30", "2025-03-12 9:30:00", "2025-03-12T09:30", "2025年3月12日上午9点", "2025年3月12日下午2时30分",
    " 2025-03-12 ", "'2025-03-12", "“2025-03-12”", "2025-03-12。",
]  # fmt: skip
REFUSED_DATES = {
    "3月12日": "没有写年份",
    "3-12": "没有写年份",
    "2025年3月": "没有写到日",
    "2025.3": "没有写到日",
    "2025": "没有写到日",
    "2025年": "没有写到日",
    "25.3.12": "年份要写四位，写在最前面",
    "25年3月12日": "年份要写四位，写在最前面",
    "03/12/2025": "年份要写四位，写在最前面",
    "2025-02-30": "没有这一天",
    "2025-13-01": "没有这一天",
    "20251340": "没有这一天",
    "2025-03-12至14日": "这里不止一个日期",
    "2025.3.12-3.14": "这里不止一个日期",
    "2025-03-12、2025-03-14": "这里不止一个日期",
    "2025年3月12日 星期四": "这一天是星期三，不是星期四",
    "2025-3.12": "不是日期",
    "三月十二日": "不是日期",
    "每月": "不是日期",
    "无": "不是日期",
    "—": "不是日期",
    "2025-03-12 会议室": "不是日期",
}
NUMBERS = {
    "40": 40,
    "40个": 40,
    "40 个": 40,
    "40（户）": 40,
    "1200户": 1200,
    "１２０": 120,
    "１２０户": 120,
    "1,200": 1200,
    "1，200": 1200,
    "1 200": 1200,
    "12,345,678": 12345678,
    "0040": 40,
    "40.5": "40.5",
    "40.50": "40.5",
    "40.0": 40,
    "40。": 40,
    "'40": 40,
    "999999999999999": 999999999999999,
    "123456789012345.123456789012": "123456789012345.123456789012",
}
REFUSED_NUMBERS = {
    "约40": "这里要一个确定的数",
    "40多": "这里要一个确定的数",
    "40余户": "这里要一个确定的数",
    ">40": "这里要一个确定的数",
    "40左右": "这里要一个确定的数",
    "3万": "数没有写全",
    "1.2万户": "数没有写全",
    "40人": "单位不是“户”",
    "95%": "这里不填百分比",
    "-3": "数不能小于 0",
    "1,20": "不是可以采用的数",
    "1.200.000": "不是可以采用的数",
    "四十": "不是可以采用的数",
    "1e3": "不是可以采用的数",
    "40-50": "不是可以采用的数",
    "3/4": "不是可以采用的数",
    "0x10": "不是可以采用的数",
    "1234567890123456": "不是可以采用的数",
    "/": "不是可以采用的数",
    "无": "不是可以采用的数",
}


@pytest.mark.parametrize("written", DATES)
def test_a_date_is_read_as_people_write_it(written) -> None:
    read = day_of(written)
    assert (read.value, read.wrong) == ("2025-03-12", None)
    assert (read.how is None) == (written.strip() == "2025-03-12")


@pytest.mark.parametrize(("written", "why"), REFUSED_DATES.items())
def test_a_date_that_would_have_to_be_guessed_is_refused(written, why) -> None:
    assert day_of(written).wrong.what.zh == why


@pytest.mark.parametrize(
    ("raw", "echoed"),
    [
        (date(2025, 3, 12), None),
        (datetime(2025, 3, 12), None),  # noqa: DTZ001 - a spreadsheet's days have no zone
        (datetime(2025, 3, 12, 9, 30), "2025-03-12"),  # noqa: DTZ001
        (45728.0, "2025-03-12"),
        (45728.4, "2025-03-12"),
        (20250312.0, "2025-03-12"),
    ],
)
def test_a_date_is_read_from_what_spreadsheets_keep(raw, echoed) -> None:
    read = day_of(raw)
    assert (read.value, read.wrong) == ("2025-03-12", None)
    assert (read.how and read.how.zh) == echoed


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    assert day_of(44266.0, from_1904=True).value == "2025-03-12"
    assert day_of(44266.0).value == "2021-03-11"


@pytest.mark.parametrize("raw", [2025.0, date(1905, 7, 17), 2025.3])
def test_a_year_alone_is_not_taken_for_a_day_of_1905(raw) -> None:
    assert day_of(raw).wrong.what.zh == "读作 1905-07-17，不像是这件事的日期"


@pytest.mark.parametrize("raw", [True, time(9, 30), timedelta(hours=30), 0.0, -1.0, 1e20])
def test_what_is_no_day_is_refused(raw) -> None:
    assert day_of(raw).wrong.code == "bad_date"


@given(st.dates(date(1950, 1, 1), date(2199, 12, 31)))
def test_every_day_is_read_from_its_serial_number_and_its_digits(day) -> None:
    serial = (day - date(1899, 12, 30)).days
    forms = [
        day,
        float(serial),
        float(day.strftime("%Y%m%d")),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y.%m.%d}",
    ]
    assert {day_of(one).value for one in forms} == {day.isoformat()}


@pytest.mark.parametrize(("written", "value"), NUMBERS.items())
def test_a_number_is_read_as_people_write_it(written, value) -> None:
    read = number_of(written, units=("户",))
    assert (read.value, read.wrong) == (value, None)
    assert (read.how is None) == (written == str(value))


@pytest.mark.parametrize(("written", "why"), REFUSED_NUMBERS.items())
def test_a_number_that_would_have_to_be_guessed_is_refused(written, why) -> None:
    assert number_of(written, units=("户",)).wrong.what.zh == why


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (40.0, 40),
        (40, 40),
        (0.1 + 0.2, "0.3"),
        (-0.0, 0),
        (123456.789, "123456.789"),
        (999999999999999.0, 999999999999999),
    ],
)
def test_a_number_cell_has_fifteen_digits_as_spreadsheets_show_them(raw, value) -> None:
    assert number_of(raw).value == value
    assert number_of(raw).how is None


@pytest.mark.parametrize("raw", [-1.0, 1e15, 1e-13, True, date(2025, 3, 1), time(1, 20), timedelta(1)])
def test_what_is_no_count_is_refused(raw) -> None:
    assert number_of(raw).wrong.code == "bad_number"


def test_a_percentage_is_read_only_where_the_unit_is_one() -> None:
    assert number_of("95%", units=("%",)).value == 95
    assert number_of(0.95, units=("%",), percent=True).value == 95
    assert number_of(0.95, units=("户",), percent=True).wrong.what.zh == "这里不填百分比"
    assert number_of(0.95, units=("万元",)).value == "0.95"


@given(st.integers(0, 10**15 - 1))
def test_every_count_of_up_to_fifteen_digits_is_read_exactly(number) -> None:
    assert number_of(float(number)).value == number_of(f"{number:,}").value == number


@pytest.mark.parametrize(("written", "value"), [("36人", 36), ("36名", 36), ("３６", 36), (36.0, 36)])
def test_attendance_is_a_number_of_people(written, value) -> None:
    assert whole_of(written, ("人", "名")).value == value


def test_half_a_person_does_not_attend() -> None:
    assert whole_of("36.5", ("人",)).wrong.what.zh == "这里要整数"


@pytest.mark.parametrize(
    "written", ["是", "有", "对", "√", "✓", "✔", "✔️", "☑", " 是 ", "是。", "Yes", "TRUE", True]
)
def test_yes_is_said_in_many_ways(written) -> None:
    read = answer_of(written)
    assert read.value is True
    assert (read.how is None) == (written in ("是", " 是 "))


@pytest.mark.parametrize("written", ["否", "无", "没有", "没", "不是", "×", "✗", "x", "Ｘ", "no", False])
def test_no_is_said_in_many_ways(written) -> None:
    assert answer_of(written).value is False


@pytest.mark.parametrize("written", ["1", "0", "√×", "基本", "是否", "部分", "/", "？", 1.0])
def test_what_is_neither_yes_nor_no_is_refused(written) -> None:
    assert answer_of(written).wrong.mend.zh == "填“是”或“否”"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("第3页", "第3页"),
        (3.0, "3"),
        ("√", True),
        ("✓", True),
        ("有", True),
        ("否", False),
        ("无", False),
        ("×", False),
    ],
)
def test_a_part_is_written_on_a_page_or_merely_written(written, value) -> None:
    assert mark_of(written).value == value


@pytest.mark.parametrize(
    ("raw", "value"), [(12.0, "12"), (2025.0, "2025"), (12.5, "12.5"), ("1.10", "1.10"), ("=1+1", "=1+1")]
)
def test_a_number_where_text_is_meant_is_its_digits(raw, value) -> None:
    assert text_of(raw).value == value


@pytest.mark.parametrize("raw", [date(2025, 1, 1), datetime(2025, 1, 1, 9), time(9), True])  # noqa: DTZ001
def test_text_that_a_spreadsheet_turned_into_something_else_is_refused(raw) -> None:
    assert text_of(raw).wrong.code == "not_text"


def test_a_number_that_has_lost_digits_is_refused_as_text() -> None:
    assert text_of(5.30102001001e17).wrong.code == "digits_lost"
    assert text_of(530102001001.0).value == "530102001001"


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("a.jpg", ["a.jpg"]),
        ("a.jpg；b.pdf", ["a.jpg", "b.pdf"]),
        ("a.jpg;b.pdf", ["a.jpg", "b.pdf"]),
        ("a.jpg\nb.pdf\n", ["a.jpg", "b.pdf"]),
        ("a.jpg、b.pdf", ["a.jpg", "b.pdf"]),
        ("a.jpg，b.pdf", ["a.jpg", "b.pdf"]),
        ("通知、简报.pdf", ["通知、简报.pdf"]),
        ('"a；b.jpg"', ["a；b.jpg"]),
        ('"a.jpg b.jpg"；c.pdf', ["a.jpg b.jpg", "c.pdf"]),
        ("；；", []),
    ],
)
def test_files_are_parted_as_people_part_them(written, names) -> None:
    assert files_of(written).value == names


def test_files_run_together_are_refused() -> None:
    assert files_of("照片1.jpg 照片2.jpg").wrong.what.zh == "看起来是几个文件名写在了一起"


@given(st.lists(NAMES, max_size=5))
def test_every_list_of_files_is_read_back_from_its_cell(names) -> None:
    cell = files_text(names)
    assert (files_of(cell).value if cell is not None else []) == names
    if cell is not None:
        assert files_of(cell).how is None


@pytest.mark.parametrize("raw", ["", " ", "\u3000", "\n"])
def test_blanks_are_nothing(raw) -> None:
    assert blank(raw)


@pytest.mark.parametrize("raw", [0.0, False, "0", "-"])
def test_zero_is_something(raw) -> None:
    assert not blank(raw)
