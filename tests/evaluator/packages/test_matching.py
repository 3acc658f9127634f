"""Which evidence a loose file belongs to, by the habit ``活动编号_日期_序号.jpg``; what is not sure is said, never guessed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.packages.matching import Names, by_habit

DAYS = {"E1": date(2025, 3, 12), "E10": date(2025, 4, 1), "E02": date(2025, 5, 1), "D-1": None, "会议": None}


@pytest.mark.parametrize(
    ("name", "evidence"),
    [
        ("E1_20250312_1.jpg", "E1"),
        ("E1_2025-03-12_1.JPG", "E1"),
        ("E1_2025年3月12日.jpg", "E1"),
        ("e1_20250312_2.jpg", "E1"),
        ("Ｅ１＿20250312＿1.jpg", "E1"),
        ("照片/E1_1.jpg", "E1"),
        ("E1 现场.jpg", "E1"),
        ("E1.jpg", "E1"),
        ("E10_20250401_1.jpg", "E10"),
        ("E01_20250312_1.jpg", "E1"),
        ("E2_20250501_1.jpg", "E02"),
        ("D-1_盖章.pdf", "D-1"),
        ("会议_20250312.jpg", "会议"),
    ],
)
def test_a_name_that_begins_with_an_id_belongs_to_it(name: str, evidence: str) -> None:
    assert by_habit(name, DAYS) == (evidence, None)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("IMG_1234.jpg", "文件名开头不是佐证编号"),
        ("E100_20250312.jpg", "文件名开头不是佐证编号"),
        ("E1现场.jpg", "文件名开头不是佐证编号"),
        ("E1_20250313_1.jpg", "文件名中的日期 2025-03-13 与 E1 的日期 2025-03-12 不同"),
    ],
)
def test_what_is_not_sure_belongs_to_nothing_and_says_why(name: str, why: str) -> None:
    found = by_habit(name, DAYS)
    assert found.evidence is None
    assert found.why is not None
    assert found.why.zh == why
    assert not any("\u4e00" <= one <= "\u9fff" for one in found.why.en)


def test_a_name_that_may_belong_to_two_belongs_to_none() -> None:
    found = by_habit("E1_1.jpg", {"E1": None, "e1": None})
    assert found.evidence is None
    assert found.why is not None
    assert found.why.zh == "可归入 E1、e1，无法确定"


@given(st.text(max_size=30))
def test_any_name_is_told_apart_without_stumbling(name: str) -> None:
    found = by_habit(name, DAYS)
    assert (found.evidence is None) != (found.why is None)


def test_a_name_in_the_form_means_a_whole_name_first_and_else_its_last_part() -> None:
    there = Names((one, one) for one in ("a/x.jpg", "b/x.jpg", "c/Y.JPG", "x.jpg"))
    assert there.meant("x.jpg") == ["x.jpg"]
    assert there.meant("y.jpg") == ["c/Y.JPG"]
    assert there.meant("z/x.jpg") == ["a/x.jpg", "b/x.jpg", "x.jpg"]
    assert there.meant("n.jpg") == []
