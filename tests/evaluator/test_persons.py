"""Numbers of persons are found in odd shapes, and innocent numbers are left alone. All numbers here are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluator import SubmissionError, load_submission
from evaluator.persons import CARD, IDENTITY, TELEPHONE, echo, kind_in

HEAD = """
submission: 1
subject: {id: demo, name: 示例社区, kind: community}
period: {from: "2025-01-01", to: "2025-12-31"}
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("11010519491231002X", IDENTITY),
        ("证号110105194912310-02x。", IDENTITY),
        ("1101 0519 4912 3100 2X", IDENTITY),
        ("１１０１０５１９４９１２３１００２Ｘ", IDENTITY),
        ("110105491231002", IDENTITY),
        ("13800138000", TELEPHONE),
        ("联系 138-0013-8000", TELEPHONE),
        ("+86 138 0013 8000", TELEPHONE),
        ("13800138000.jpg", TELEPHONE),
        ("0871-63100000", TELEPHONE),
        ("6222 0212 3456 7890 128", CARD),
    ],
)
def test_a_kind_in_is_found(text: str, kind: object) -> None:
    assert kind_in(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "社发〔2025〕12号",
        "2025-03-12 三月学习宣传活动",
        "20250312_01.jpg",
        "91510100MA61RKR7X8",
        "510100202503120001",
        "经费 1200000.50 元",
        "热线 12345、400-810-0000",
        "GB/T 9704-2012",
        "1234567890123456",
    ],
)
def test_an_innocent_text_is_left_alone(text: str) -> None:
    assert kind_in(text) is None


def test_a_service_number_may_stand_where_a_hotline_is_stated() -> None:
    assert kind_in("0871-63100000", public_telephone=True) is None
    assert kind_in("13800138000", public_telephone=True) == TELEPHONE


@pytest.mark.parametrize(
    "entry",
    [
        "events: [{id: E1, type: publicity_session, date: '2025-03-12', title: 联系人13800138000}]",
        "events: [{id: E1, type: publicity_session, date: '2025-03-12', files: [13800138000.jpg]}]",
        "events: [{id: E1, type: publicity_session, date: '13800138000'}]",
        "counts: {buildings: '138-0013-8000'}",
        "ratings: [{criterion: km-4-6, level: 3, reason: 见13800138000}]",
    ],
)
def test_a_submission_with_a_kind_in_is_refused_without_repeating_it(entry: str, tmp_path: Path) -> None:
    path = tmp_path / "submission.yaml"
    path.write_text(HEAD + entry + "\n", encoding="utf-8")
    with pytest.raises(SubmissionError) as refused:
        load_submission(path)
    for language in ("zh", "en"):
        said = " ".join(problem.in_language(language) for problem in refused.value.problems)
        assert "8000" not in said


def test_a_message_repeats_a_short_value_and_no_long_number() -> None:
    assert echo("2025/3/12") == "2025/3/12"
    assert echo("电话 138 0013 8000") == "电话 …"
