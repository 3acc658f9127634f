"""What a scorecard says of reviews: the stages side by side, and of every number who decided it, how, why, over what."""

from __future__ import annotations

from typing import Any

import pytest

from evaluator.reviewing import words
from scorecards import as_text, labels, scorecard
from scorecards.reviewed import lines, record
from scorecards.wording import Wording
from tests.scorecards import samples

ZH, EN = Wording("zh"), Wording("en")


def decided(**more: Any) -> dict[str, Any]:
    criterion = samples.refused()["criteria"][0]
    return {**criterion, **more}


def told(criterion: dict[str, Any], say: Wording = ZH) -> list[str]:
    return [line.text for line in lines(criterion, say)]


def test_a_decision_is_told_with_who_how_when_why_and_what_the_machine_said() -> None:
    assert told(decided()) == [
        "验收判定：部分达标，得 1 分（实地察看，2026年1月10日，工号 0042）：协调小组成员单位不齐",
        "复核前系统判定：达标，得 2 分",
    ]
    assert told(decided(), EN) == [
        "Inspection, decided: Partly met, earns 1 (an on-site check, 10 Jan 2026, staff no. 0042): 协调小组成员单位不齐",
        "the machine before any review: Met, earns 2",
    ]


def entry(**more: Any) -> dict[str, Any]:
    base = {"method": None, "date": None, "reason": "看过", "by": ["0042", "E-3"]}
    return {**samples.SIGNED, **base, **more}


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({"review": entry(entry="rating", level=2)}, "验收评为第 2 档（工号 0042、E-3）：看过"),
        ({"review": entry(entry="confirmation")}, "验收核实：所报属实（工号 0042、E-3）：看过"),
        (
            {"review": entry(entry="decision", outcome="not_applicable", earned=None)},
            "验收判定：不适用（工号 0042、E-3）：看过",
        ),
        (
            {"review": None, "changes": [entry(entry="rejection", label={"zh": "E01 例会", "en": "E01 meeting"})]},
            "验收未采信：E01 例会（工号 0042、E-3）：看过",
        ),
        (
            {"review": None, "changes": [{"entry": "correction", **samples.SIGNED, **samples.CORRECTION}]},
            "验收更正：民族团结文明家庭户数 130 户 → 112 户（实地察看，2026年1月10日，工号 0042）：名册重复计数",
        ),
    ],
)  # fmt: skip
def test_every_kind_of_entry_is_told_in_a_sentence(more, wanted) -> None:
    assert told(decided(**more))[0] == wanted


def test_nothing_is_told_of_the_machine_where_it_said_the_same() -> None:
    criterion = samples.refused()["criteria"][1]
    assert [line for line in told(criterion) if "系统" in line] == []


def test_under_a_decision_over_corrected_evidence_both_verdicts_of_the_machine_stand() -> None:
    under = {"outcome": "not_satisfied", "waits": [], "earned": samples.interval("0")}
    criterion = decided()
    stages = [*criterion["stages"][:-1], {**criterion["stages"][-1], "machine": under}]
    assert told({**criterion, "stages": stages})[1:] == [
        "复核前系统判定：达标，得 2 分",
        "更正后系统判定：未达标，得 0 分",
    ]


def test_a_decision_that_stands_over_a_later_change_says_so() -> None:
    change = {"entry": "correction", **samples.SIGNED, **samples.CORRECTION, "stage": "final"}
    assert "验收的判定早于其后的更正，仍按判定计分" in told(decided(changes=[change]))
    assert "验收的判定早于其后的更正，仍按判定计分" not in told(
        decided(changes=[{**change, "stage": "preliminary"}])
    )


def test_the_record_lists_every_entry_in_order() -> None:
    made = samples.refused()
    passage = record(made, {one["id"]: n for n, one in enumerate(made["criteria"], 1)}, ZH)
    assert passage is not None
    assert passage.table is not None
    assert [" | ".join(cell.text for cell in row.cells) for row in passage.table.rows] == [
        "初审：省级验收人员，省民族事务委员会，工号 0042 / 没有更正和判定",
        "验收：省级验收人员，省民族事务委员会，工号 0042",
        "民族团结文明家庭户数 | 130 户 | 112 户 | 实地察看 | 2026年1月10日 | 0042 | 名册重复计数",
        "1. 社区民族工作协调小组 | 系统：达标，2 分 | 部分达标，1 分 | 实地察看 | 2026年1月10日 | 0042 | 协调小组成员单位不齐",
    ]


def test_a_merged_review_says_what_it_was_made_from() -> None:
    made = samples.refused()
    made["reviews"][1]["merged"] = {
        "of": ["sha256:" + "a" * 64, "sha256:" + "b" * 64],
        "gap": "1",
        "third": "sha256:" + "c" * 64,
    }
    text = as_text(scorecard(made))
    assert (
        "由两份背对背复核合并：aaaaaaaaaaaa、bbbbbbbbbbbb，分歧在 1 以内的取低，以外的由第三人裁定：cccccccccccc"
        in text
    )


def test_without_reviews_a_scorecard_says_nothing_of_them() -> None:
    text = as_text(scorecard(samples.rich()))
    assert "各阶段得分" not in text
    assert "复核记录" not in text
    assert "自报" not in text


@pytest.mark.parametrize(
    ("ours", "printed"),
    [
        (words.STAGES, labels.STAGES),
        (words.METHODS, labels.METHODS),
        (words.OUTCOMES, labels.OUTCOMES),
        (words.ROLES, labels.ROLES),
    ],
)
def test_a_form_and_a_scorecard_use_the_same_words(ours, printed) -> None:
    assert {name: pair.zh for name, pair in ours.items()} == {name: pair[0] for name, pair in printed.items()}
