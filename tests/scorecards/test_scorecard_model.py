"""What a scorecard says.

After a change that is meant: ``DUIBIAO_RESET_GOLDEN=1 .venv/bin/pytest tests/scorecards``, then read the difference in git.
"""

from __future__ import annotations

import os
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from scorecards import as_text, scorecard
from scorecards.wording import Wording, full_width
from tests.scorecards import samples

GOLDEN = Path(__file__).parent / "golden"
HAN = re.compile("[\u3400-\u9fff]")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ["rich", "refused", "unscored"])
def test_a_scorecard_says_what_its_golden_text_says(name: str, lang: Any) -> None:
    golden = GOLDEN / f"{name}.{lang}.txt"
    text = as_text(scorecard(getattr(samples, name)(), lang))
    if os.environ.get("DUIBIAO_RESET_GOLDEN"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


def test_the_eight_parts_stand_in_order() -> None:
    heads = [line for line in as_text(scorecard(samples.rich())).splitlines() if line.startswith("## ")]
    assert [head[3] for head in heads] == list("一二三四五六七八")


def test_a_summary_has_parts_one_to_four_only() -> None:
    card = scorecard(samples.rich(), summary=True)
    heads = [line for line in as_text(card).splitlines() if line.startswith("## ")]
    assert [head[3] for head in heads] == list("一二三四")
    assert "简表" in card.subtitle


def test_the_four_figures_add_up_as_printed() -> None:
    floor, ceiling, least, needed = (Fraction(f.value) for f in scorecard(samples.rich()).conclusion.figures)
    assert floor + needed == least
    assert floor <= ceiling


def test_an_undecided_grade_says_so_and_names_both_ends() -> None:
    text = "".join(line.text for line in scorecard(samples.rich()).conclusion.remarks)
    assert "等次暂不能确定" in text
    assert "“良好”" in text
    assert "“示范”" in text


def test_a_self_check_says_that_it_is_no_acceptance() -> None:
    assert scorecard(samples.rich()).notice == "自查结果，非验收结论"


def test_a_failed_veto_is_the_conclusion_whatever_the_score() -> None:
    assert "一票否决项“无群体性事件”未达标" in scorecard(samples.refused()).conclusion.verdict


def test_without_an_applicable_criterion_there_is_no_score_and_no_conclusion() -> None:
    card = scorecard(samples.unscored())
    assert "不计算得分" in card.conclusion.verdict
    assert [figure.value for figure in card.conclusion.figures] == ["—", "—", "90", "—"]


def test_the_three_actions_are_what_can_still_be_done_most_points_first() -> None:
    rows = scorecard(samples.rich()).conclusion.actions.table
    assert rows is not None
    assert len(rows.rows) == 3
    assert [row.cells[3].text for row in rows.rows] == ["2", "2", "2"]
    assert "再创建 1 个" in rows.rows[0].cells[1].lines[0].text


def test_what_waits_for_a_person_alone_is_no_action() -> None:
    made = samples.rich()
    made["criteria"] = [c for c in made["criteria"] if c["outcome"] in ("needs_review", "satisfied")]
    actions = scorecard(samples.total(made)).conclusion.actions.table
    assert actions is not None
    assert actions.rows == ()
    assert actions.empty


def test_a_missed_window_alone_is_no_action() -> None:
    made = samples.rich()
    made["criteria"] = [c for c in made["criteria"] if c["title"]["zh"] == "街道每季度创建会议"]
    actions = scorecard(samples.total(made)).conclusion.actions.table
    assert actions is not None
    assert actions.rows == ()


def test_every_criterion_stands_in_exactly_one_of_the_lists() -> None:
    card = scorecard(samples.rich())
    assert card.unmet.table is not None
    unmet = {row.cells[0].text.split(".")[0] for row in card.unmet.table.rows if row.kind == "lead"}
    waits = {row.cells[0].text for p in card.waiting.passages if p.table for row in p.table.rows}
    good = {
        str(index)
        for index, c in enumerate(samples.rich()["criteria"], 1)
        if c["outcome"] in ("satisfied", "not_applicable")
    }
    assert unmet | waits | good == {str(number) for number in range(1, 53)}
    assert not unmet & waits
    assert not (unmet | waits) & good


def test_what_only_waits_for_its_time_is_not_called_missing_evidence() -> None:
    table = scorecard(samples.rich()).criteria
    assert table is not None
    assert table.table is not None
    row = next(row for row in table.table.rows if row.kind == "row" and "每月例会" in row.cells[1].text)
    assert row.cells[3].text == "未到时限"


def test_every_number_says_whether_the_standard_states_it() -> None:
    card = scorecard(samples.rich())
    assert card.unmet.table is not None
    assert any("（标准载明）" in row.cells[0].text for row in card.unmet.table.rows)
    assert card.conclusion.figures[2].note.endswith("规则自定")


def test_the_windows_are_shown_month_by_month() -> None:
    method = scorecard(samples.rich()).method
    assert method is not None
    table = method.passages[2].table
    assert table is not None
    assert table.heads == ("指标", "2025年1月", *(f"{month}月" for month in range(2, 13)))
    monthly = next(row for row in table.rows if "每月例会" in row.cells[0].text)
    assert [cell.lines[0].text for cell in monthly.cells[1:]] == list("●●●×●●●●●△△△")
    quarterly = next(row for row in table.rows if "每季度" in row.cells[0].text)
    assert [cell.span for cell in quarterly.cells[1:]] == [3, 3, 3, 3]
    assert all(sum(cell.span for cell in row.cells) == 13 for row in table.rows)


def test_the_windows_of_a_long_period_are_listed() -> None:
    made = samples.rich()
    made["submission"]["period"] = {"from": "2024-01-01", "to": "2025-12-31"}
    method = scorecard(made).method
    assert method is not None
    assert method.passages[2].table is not None
    assert method.passages[2].table.name == "windows"


def test_the_worked_example_is_computed_from_this_scorecard() -> None:
    method = scorecard(samples.rich()).method
    assert method is not None
    text = "".join(line.text for line in method.passages[1].sentences)
    assert "2 × 1/2 = 1 分" in text
    assert "79.83 ÷ 96 × 100 + 1 − 0 ≈ 84.16 分" in text
    assert "12119/144" in text


def test_an_overruled_criterion_shows_the_machine_and_the_reason() -> None:
    text = as_text(scorecard(samples.refused()))
    assert "复核前系统判定：达标，得 2 分" in text
    assert "验收判定：部分达标，得 1 分（实地察看，2026年1月10日，工号 0042）：协调小组成员单位不齐" in text


def test_evidence_that_was_not_accepted_stands_apart_with_its_reason() -> None:
    evidence = scorecard(samples.rich()).evidence
    assert evidence is not None
    assert evidence.table is not None
    rows = evidence.table.rows
    assert rows[-2].cells[0].text == "未采信（1 件）"
    assert rows[-1].cells[1].text.startswith("E6 2024-12-30")
    assert "未采信：活动日期不在评估期内" in rows[-1].cells[1].text


def test_items_of_one_type_that_served_the_same_criteria_share_a_row() -> None:
    evidence = scorecard(samples.rich()).evidence
    assert evidence is not None
    assert evidence.table is not None
    listed = [
        line.text.split()[0]
        for row in evidence.table.rows
        for line in row.cells[-2 if len(row.cells) > 1 else 0].lines
    ]
    assert {
        item["id"] for item in samples.rich()["evidence"] if item["kind"] in ("document", "event")
    } <= set(listed)
    shared = next(
        row
        for row in evidence.table.rows
        if row.kind == "row" and row.cells[1].lines[0].text.startswith("E3 ")
    )
    assert [line.text.split()[0] for line in shared.cells[1].lines] == ["E3", "E4", "E5"]
    assert shared.cells[2].text == "42"


def test_the_english_scorecard_has_chinese_only_where_it_is_marked() -> None:
    card = scorecard(samples.rich(), "en")
    loose = [text for text in _unmarked(card) if HAN.search(text)]
    assert loose == [card.name, card.running]


def _unmarked(value: Any) -> list[str]:
    """Every text of the model that is not a line marked as Chinese."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple) and hasattr(value, "lang"):
        return [] if value.lang == "zh" else [value.text]
    if isinstance(value, tuple):
        return [text for item in value for text in _unmarked(item)]
    if hasattr(value, "__dataclass_fields__"):
        return [text for name in value.__dataclass_fields__ for text in _unmarked(getattr(value, name))]
    return []


def test_the_chinese_scorecard_has_no_english_word_of_its_own() -> None:
    text = as_text(scorecard(samples.rich()))
    words = set(re.findall(r"(?<![\w-])[A-Za-z]{4,}(?![\w-])", re.sub(r"sha256:\w+|\[km-[\w-]+\]", "", text)))
    assert words <= {
        "buildings",
        "model_buildings",
    }  # identifiers of counts, by which an inspector corrects them


@pytest.mark.parametrize(
    ("plain", "set_in_chinese"),
    [
        ("六(二)", "六（二）"),
        ("5.2(1)", "5.2(1)"),
        ("至少 2 次,共 12 个月", "至少 2 次，共 12 个月"),
        ("说明: 见附件;另附", "说明：见附件；另附"),
        ("10:30 开始", "10:30 开始"),
        ("at least 2, please", "at least 2, please"),
        ("https://example.invalid/a,b", "https://example.invalid/a,b"),
        ("(一)有(甲(乙))", "（一）有（甲（乙））"),
        ("落单的) 括号(", "落单的) 括号("),
    ],
)
def test_chinese_texts_get_full_width_punctuation(plain: str, set_in_chinese: str) -> None:
    assert full_width(plain) == set_in_chinese


def test_submitted_text_is_not_reworded_but_loses_what_would_turn_the_line() -> None:
    assert Wording("zh").submitted("a,b\u202e\x00\n中,文\ud800").text == "a,b 中,文"


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("zh", "自评第 3 档，不计分：按年度总结自评"),
        ("en", "self-rating: level 3, does not count: 按年度总结自评"),
    ],
)
def test_a_self_rating_is_printed_and_said_not_to_count(lang: Any, wanted: str) -> None:
    assessment = samples.rich()
    assessment["criteria"][0]["self_rating"] = {"level": 3, "reason": "按年度总结自评"}
    assert wanted in as_text(scorecard(assessment, lang))
