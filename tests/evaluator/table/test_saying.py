"""The column 评分办法 says how points come about, and what is typed into the table means what it says."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from evaluator.errors import InputError
from evaluator.loading import load_ruleset
from evaluator.loading.tables import imported, table_of
from evaluator.table.saying import said
from tests.evaluator.table.editing import place_of, typed

MEAL = Path(__file__).parents[3] / "examples/rulesets/meal-service-2026"


def test_the_column_says_what_each_degree_and_deduction_counts() -> None:
    loaded = load_ruleset(str(MEAL))
    found = said(loaded.ruleset, loaded.catalogue)
    assert found["meal-2-1-urban"].splitlines() == [
        "适用条件：单位类别为城镇",
        "全年开餐天数",
        "不少于 300 天，10 分",
        "不少于 280 天，6 分",
        "其余，0 分",
    ]
    assert "每有一个居民小区没有做到：有助餐点或固定配送点，扣 2 分" in found["meal-1-1"]


def test_one_end_of_a_scale_that_lost_its_percent_sign_is_refused(tmp_path) -> None:
    book = table_of(str(MEAL))
    row = place_of(book, "检查", 指标编号="meal-1-3")
    path = tmp_path / "t.xlsx"
    path.write_bytes(typed(book, {f"检查!AG{row}": "60"}))
    with pytest.raises(InputError, match="percent_meant"):
        imported(path, MEAL, None, removal=False, newer=False)


def test_an_item_that_is_not_known_is_told_once(tmp_path) -> None:
    book = table_of(str(MEAL))
    row = place_of(book, "检查", 指标编号="meal-3-4")
    path = tmp_path / "t.xlsx"
    path.write_bytes(typed(book, {f"检查!G{row}": "抽检合格的", f"检查!G{row + 1}": "事故"}))
    with pytest.raises(InputError) as raised:
        imported(path, MEAL, None, removal=False, newer=False)
    assert [one.code for one in raised.value.problems] == ["unknown_item", "unknown_item"]


def test_a_day_of_issue_that_the_office_program_made_a_date_is_that_day(tmp_path) -> None:
    book = table_of(str(MEAL))
    cells = {
        f"总体!C{place_of(book, '总体', 项目='版本')}": "1.1.0",
        f"总体!C{place_of(book, '总体', 项目='发布日期')}": dt.date(2026, 3, 1),
    }
    path = tmp_path / "t.xlsx"
    path.write_bytes(typed(book, cells))
    found = imported(path, MEAL, None, removal=False, newer=False)
    assert "总体：发布日期 （空） → 2026-03-01" in [one.in_language("zh") for one in found.changes]


def test_what_a_unit_is_is_written_and_read_in_words_and_changes_are_told_in_words(tmp_path) -> None:
    book = table_of(str(MEAL))
    urban = place_of(book, "检查", 指标编号="meal-2-1-urban", 用处="适用条件")
    assert place_of(book, "检查", 属性="单位类别", 取值="城镇") == urban
    cells = {
        f"总体!C{place_of(book, '总体', 项目='版本')}": "1.1.0",
        f"检查!AK{urban}": "城镇、村改居",
        f"检查!AC{place_of(book, '检查', 指标编号='meal-3-2')}": "采购要求、留样要求",
        f"指标!K{place_of(book, '指标', 编号='meal-4-2')}": "良好",
    }
    path = tmp_path / "t.xlsx"
    path.write_bytes(typed(book, cells))
    found = imported(path, MEAL, None, removal=False, newer=False)
    said = " ".join(one.in_language("zh") for one in found.changes)
    assert "取值 城镇 → 城镇、村改居" in said
    assert "采购要求、留样要求、消毒要求 → 采购要求、留样要求" in said
    assert "否决后最高等级 合格 → 良好" in said
    assert "in: [urban, former_village]" in found.files["ruleset.yaml"].decode()
