"""What does not agree between a ruleset and its official text, in the words in which it is told."""

from __future__ import annotations

from typing import Any

import pytest

from evaluator.errors import InputError
from evaluator.tracing.pins import Trace
from evaluator.tracing.requirement_words import requirement_words
from evaluator.tracing.tracing import Traced

TEXT = """\
1 总则
本文件供核对。
2 设施
社区应设立站点，每年开放至少三次，覆盖5%以上的楼组。
3 活动
——宣传。每季度宣传两次；
——走访。要走访居民。
"""
FOUR = {"id": "4", "heading": "评价"}
DEMANDS = "条款 2 写作 normative: false，原文里有“应”"
TWO_ITEMS = "原文的 3 有 2 个分项，clauses.yaml 列了 1 个"
NO_FOUR = "原文没有条款 4，引用它的指标：x-4"
REWARDS = [{"item": "宣传"}, {"item": "奖励"}]
BACKGROUND = {"normative": False}
CLAUSES = [
    {"id": "1", "heading": "总则", "normative": False},
    {"id": "2", "heading": "设施"},
    {"id": "3", "heading": "活动", "items": [{"item": "宣传"}, {"item": "2"}]},
]
CRITERIA = [
    {"clause": "2", "anchors": ["设立站点"]},
    {"clause": "3", "item": "宣传", "anchors": ["宣传"]},
    {"clause": "3", "item": "2", "anchors": ["走访居民"]},
]


def found(traced: Traced) -> list[tuple[str, str]]:
    return [(one.code, one.what.zh) for one in traced.discrepancies if one.code != "nothing_confirmed"]


def changed(clauses: list[dict[str, Any]], position: int, **more: Any) -> list[dict[str, Any]]:
    return [{**one, **more} if n == position else one for n, one in enumerate(clauses)]


def test_a_ruleset_that_agrees_has_only_to_be_confirmed(tracing: Any) -> None:
    traced = tracing(TEXT, CLAUSES, CRITERIA)
    assert [one.code for one in traced.discrepancies] == ["nothing_confirmed"]
    assert set(traced.statuses.values()) == {"new"}


@pytest.mark.parametrize(
    ("clauses", "criteria", "code", "words"),
    [
        (CLAUSES, changed(CRITERIA, 0, clause="2.9"), "unknown_clause", "x-1 引用的条款 2.9 不在 clauses.yaml 中"),
        ([*CLAUSES, FOUR], [*CRITERIA, {"clause": "4", "anchors": ["评价"]}], "clause_not_in_text", NO_FOUR),
        (CLAUSES, changed(CRITERIA, 1, item="表彰"), "cited_item_missing", "x-2 引用的分项 表彰 不在原文的 3 中"),
        (CLAUSES, changed(CRITERIA, 0, anchors=["走访"]), "anchor_not_in_clause", "x-1：“走访”不在原文的 2 中"),
        (CLAUSES, changed(CRITERIA, 0, anchors=["走  访居民"]), "anchor_not_in_clause", "x-1：“走  访居民”不在原文的 2 中"),
        (CLAUSES[:1] + CLAUSES[2:], CRITERIA[1:], "clause_unlisted", "clauses.yaml 没有列出条款 2 设施"),
        ([CLAUSES[1], CLAUSES[0], CLAUSES[2]], CRITERIA, "clause_order", "原文里 1 在 2 之前"),
        (changed(CLAUSES, 1, heading="设备"), CRITERIA, "heading_differs", "条款 2 的标题写作“设备”，原文是“设施”"),
        (changed(CLAUSES, 2, items=REWARDS[:1]), CRITERIA[:2], "items_differ", TWO_ITEMS),
        (changed(CLAUSES, 2, items=REWARDS), CRITERIA[:2], "item_not_in_text", "原文的 3 没有分项 奖励"),
        (CLAUSES, CRITERIA[1:], "uncited_clause", "条款 2 没有指标引用"),
        (CLAUSES, CRITERIA[:2], "uncited_clause", "条款 3 2 没有指标引用"),
        (changed(CLAUSES, 1, **BACKGROUND), CRITERIA[1:], "demands_yet_not_normative", DEMANDS),
    ],
)  # fmt: skip
def test_each_disagreement_is_told(
    tracing: Any, clauses: list[dict[str, Any]], criteria: list[dict[str, Any]], code: str, words: str
) -> None:
    assert (code, words) in found(tracing(TEXT, clauses, criteria))


def test_an_anchor_that_stands_elsewhere_is_told_with_the_clauses_that_have_it(tracing: Any) -> None:
    traced = tracing(TEXT, CLAUSES, changed(CRITERIA, 0, anchors=["宣传", "宣传两次"]))
    assert [one.mend.zh for one in traced.of_level("error")] == [
        "它在 3 宣传；核对条款号或换一个短词",
        "它在 3 宣传；核对条款号或换一个短词",
    ]


@pytest.mark.parametrize(
    ("check", "shown"),
    [
        ({"kind": "quantity", "events": "publicity_session", "at_least": "3"}, None),
        ({"kind": "quantity", "events": "publicity_session", "at_least": "4"}, "4"),
        ({"kind": "ratio", "numerator": "a", "denominator": "b", "at_least": "5%"}, None),
        ({"kind": "ratio", "numerator": "a", "denominator": "b", "at_least": "6%"}, "6%"),
        ({"kind": "ratio", "numerator": "a", "denominator": "b", "at_least": "100%"}, None),
        (
            {
                "kind": "ratio",
                "numerator": "a",
                "denominator": "b",
                "at_least": {"2025-01-01": "5%", "2026-01-01": "8%"},
            },
            "8%",
        ),
    ],
)
def test_a_threshold_that_the_standard_states_is_a_number_of_the_clause(
    tracing: Any, check: dict[str, Any], shown: str | None
) -> None:
    traced = tracing(TEXT, CLAUSES, changed(CRITERIA, 0, check=check))
    told = [words for code, words in found(traced) if code == "figure_not_in_clause"]
    assert told == ([] if shown is None else [f"x-1：basis.threshold 写作 source，{shown} 却不是 2 里的数"])


def test_the_number_of_a_clause_is_none_of_its_figures(tracing: Any) -> None:
    text = "一、总则\n（一）甲。\n（二）每季度宣传三次。\n"
    clauses = [
        {"id": "一", "normative": False, "heading": "总则"},
        {"id": "一(一)", "normative": False},
        {"id": "一(二)"},
    ]
    checks = [{"kind": "quantity", "events": "publicity_session", "at_least": one} for one in ("2", "3")]
    criteria = [{"clause": "一(二)", "anchors": ["宣传"], "check": check} for check in checks]
    told = [
        words for code, words in found(tracing(text, clauses, criteria)) if code == "figure_not_in_clause"
    ]
    assert told == ["x-1：basis.threshold 写作 source，2 却不是 一(二) 里的数"]


def test_a_threshold_of_ours_need_not_stand_in_the_clause(tracing: Any) -> None:
    check = {"kind": "quantity", "events": "publicity_session", "at_least": "4"}
    basis = {"threshold": "editorial", "points": "editorial", "level": "source"}
    assert found(tracing(TEXT, CLAUSES, changed(CRITERIA, 0, check=check, basis=basis))) == []


def test_what_is_numbered_below_a_listed_clause_belongs_to_it_unless_its_like_is_listed(tracing: Any) -> None:
    text = "第一条 社区应当：\n（一）设站；\n（二）公示。\n第二条 附则"
    cited = [{"clause": "第1条", "anchors": ["公示"]}]
    clauses: list[dict[str, Any]] = [{"id": "第1条"}, {"id": "第二条", "normative": False}]
    assert found(tracing(text, clauses, cited)) == []
    items = [{"id": "第1条", "items": [{"item": "设站"}, {"item": "2"}]}, clauses[1]]
    both = [
        {"clause": "第1条", "item": "设站", "anchors": ["设站"]},
        {"clause": "第1条", "item": "2", "anchors": ["公示"]},
    ]
    assert found(tracing(text, items, both)) == []
    listed = [clauses[0], {"id": "第一条(一)"}, clauses[1]]
    told = found(tracing(text, listed, [*cited, {"clause": "第一条(一)", "anchors": ["设站"]}]))
    assert ("clause_unlisted", "clauses.yaml 没有列出条款 第一条(二) 公示") in told


def test_a_correction_of_words_is_read_in_its_clause_alone(tracing: Any) -> None:
    correction = {"clause": "2", "printed": "三次", "read_as": "四次", "reason": {"zh": "误印"}}
    pins = Trace.model_validate({"trace": 1, "corrections": [correction]})
    traced = tracing(TEXT, CLAUSES, changed(CRITERIA, 0, anchors=["四次"]), pins)
    assert found(traced) == []
    assert [one.printed for one in traced.corrections] == ["三次"]


@pytest.mark.parametrize(
    ("correction", "code"),
    [
        ({"clause": "2", "printed": "七次", "read_as": "四次"}, "correction_unused"),
        ({"clause": "3", "printed": "宣传", "read_as": "宣讲"}, "correction_ambiguous"),
        ({"clause": "2", "printed": "1.2", "read_as": "2"}, "correction_unused"),
        ({"clause": "2", "printed": "1.2", "read_as": "2"}, "printed_disagrees"),
    ],
)
def test_a_correction_that_does_not_fit_is_told(tracing: Any, correction: dict[str, Any], code: str) -> None:
    pins = Trace.model_validate({"trace": 1, "corrections": [{**correction, "reason": {"zh": "误印"}}]})
    assert code in [one for one, _ in found(tracing(TEXT, CLAUSES, CRITERIA, pins))]


def test_a_clause_printed_under_another_number_is_named_with_it(tracing: Any) -> None:
    text = TEXT.replace("2 设施", "7 设施")
    mends = [one.mend.zh for one in tracing(text, CLAUSES, CRITERIA).of_level("error") if one.mend]
    assert any("“设施”在原文印作" in mend for mend in mends) is False  # 7 is too far off to be a clause
    mends = [
        one.mend.zh
        for one in tracing(TEXT.replace("2 设施", "4 设施"), CLAUSES, CRITERIA).of_level("error")
        if one.mend
    ]
    assert any(mend.startswith("“设施”在原文印作 4：若是误印") for mend in mends)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一段没有编号的文字。", "no_clauses"),
        ("\n".join(f"{n}.1 甲" for n in range(1, 90)) * 60, "too_many_clauses"),
    ],
)
def test_a_text_that_is_no_standard_is_refused(tracing: Any, text: str, code: str) -> None:
    with pytest.raises(InputError) as raised:
        tracing(text, CLAUSES, CRITERIA)
    assert [one.code for one in raised.value.problems] == [code]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("社区应设站点", ("应",)),
        ("要加强管理，不得收费", ("要", "不得")),
        ("适应需要，供应主要要素，应急应用，提出要求", ()),
        ("宜公示，不应隐瞒，适宜居住", ("宜", "不应")),
    ],
)
def test_words_that_demand_are_told_from_words_that_hold_their_characters(
    text: str, words: tuple[str, ...]
) -> None:
    assert requirement_words(text) == words
