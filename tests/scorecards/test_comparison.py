"""The printed comparison: what stands on it, in Chinese and English."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

import pytest

from evaluator.comparing import changes, compare
from scorecards import as_text, render_html
from scorecards.comparison import ADJUSTMENTS, CAUSES, comparison_report
from tests.evaluator.building import assessed

DESK = "check: {kind: statement, statement: desk}"
HOTLINE = "check: {kind: statement, statement: hotline}"
SHARE = "check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}"
RURAL = "applies_when: {kind: subject, attribute: class, in: [rural]}"


def document(criteria: str, given: str, scoring: str = "", stage: str = "inspection") -> dict[str, Any]:
    return assessed(criteria, given, scoring, stage=stage).document


def editions() -> dict[str, Any]:
    """Two editions over one submission, with all that a comparison can list."""
    old = document(
        f"[{{id: a-1, {DESK}}}, {{id: a-2, points: 2, {HOTLINE}}}, {{id: a-3, points: 3, {RURAL}, {SHARE}}}]",
        '{statements: {desk: true, hotline: true}, events: {meeting: ["2024-01-01"]}, attributes: {class: rural}}',
    )
    new = document(
        f"[{{id: b-1, supersedes: a-1, points: 2, {DESK}}}, {{id: a-3, points: 3, {RURAL}, {SHARE}}}, "
        f"{{id: b-3, veto: true, {SHARE}}}]",
        "{statements: {desk: true, hotline: true}, attributes: {class: urban}, counts: {incidents: 2}}",
        "{deductions: {cap: 5, lines: [{title: {zh: 事件, en: Incidents}, each: {count: incidents}, lose: 3}]}}",
    )
    return compare(old, new)


def rows(text: str) -> list[list[str]]:
    return [line.strip().split(" | ") for line in text.splitlines() if line.startswith("  ")]


def test_the_rows_of_a_column_add_up_to_its_total() -> None:
    text = as_text(comparison_report(editions()))
    start = next(n for n, cells in enumerate(rows(text)) if cells[0] == "原因")
    listed = rows(text)[start + 1 :]
    end = next(n for n, cells in enumerate(listed) if cells[0].startswith("合计"))
    for column in (2, 3):
        assert sum(Fraction(cells[column]) for cells in listed[:end]) == Fraction(listed[end][column])


def test_what_stands_on_one_side_alone_is_listed_apart() -> None:
    text = as_text(comparison_report(editions()))
    assert "## 四、只在后一份中的指标\n" in text
    assert "  b-3 | 1 标题 | 未提交佐证 / 0 / 1 / 一票否决 | " in text
    assert "## 五、只在前一份中的指标\n" in text
    assert "  a-2 | 1 标题 | 达标 / 2 / 2 | " in text
    assert "承接 a-1" in text
    assert "## 六、填报提示的变化\n" in text
    assert "其中适用分值改变的指标：" in text


def test_an_english_comparison_has_no_chinese_of_its_own() -> None:
    text = as_text(comparison_report(editions(), "en"))
    assert "continues a-1" in text
    assert "6. Changes of integrity findings" in text
    assert set(re.findall(r"[\u4e00-\u9fff]+", text)) <= {"示例", "示例社区"}


def test_a_chinese_comparison_has_no_english_but_identifiers() -> None:
    text = as_text(comparison_report(editions()))
    left = re.sub(r"[a-z]+-\d|trial@[0-9.]*|[0-9a-f]{12}|\b(case|rural|urban)\b", "", text)
    assert not re.search(r"[A-Za-z]{2,}", left), re.findall(r"[A-Za-z]{2,}", left)


def test_without_a_score_the_report_says_so() -> None:
    given = "{statements: {desk: true}, attributes: {class: %s}}"
    found = compare(*(document(f"[{{{RURAL}, {DESK}}}]", given % kind) for kind in ("rural", "urban")))
    text = as_text(comparison_report(found))
    assert "没有总分可比。" in text
    assert "不再适用，1 分退出适用分值" in text


@pytest.mark.parametrize(
    ("before", "after", "subtitle"),
    [
        ({"stage": "self_check"}, {"stage": "inspection"}, "自查与验收"),
        ({}, {}, "前后两次结果"),
    ],
)
def test_the_subtitle_says_what_is_set_against_what(before, after, subtitle) -> None:
    found = compare(*(document(f"[{{{DESK}}}]", "{}", **one) for one in (before, after)))
    assert comparison_report(found).subtitle == subtitle


def test_the_page_escapes_what_was_submitted() -> None:
    found = editions()
    found["after"]["submission"]["subject"]["name"] = "<script>"
    assert "<script>" not in render_html(comparison_report(found))


def test_every_cause_and_adjustment_has_its_words() -> None:
    assert set(CAUSES) == set(changes.CAUSES)
    assert set(ADJUSTMENTS) == {
        "section_cap",
        "base",
        "bonus_cap",
        "deduction",
        "deductions_cap",
        "bounds",
        "section_floor",
        "ended",
    }
