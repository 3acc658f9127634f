"""Each kind of change: one sentence of rules in, the words and the effect out."""

from __future__ import annotations

import json
from typing import Any

import pytest

from evaluator.revising import difference
from tests.evaluator.building import CATALOGUE, ruleset

Json = dict[str, Any]
RATIO = "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}"
MEETING = "{kind: cadence, events: meeting, every: quarter}"
PLAN = "{kind: document, documents: plan, contains: [goals]}"
DESK = "{kind: statement, statement: desk}"


def differ(old: str, new: str, old_scoring: str = "", new_scoring: str = "", **more: Any) -> Json:
    """The difference of two rulesets, from the telling keys of their criteria."""
    return difference(
        (ruleset(old, old_scoring, **more), CATALOGUE), (ruleset(new, new_scoring, **more), CATALOGUE)
    )


def told(found: Json, lang: str = "zh") -> list[str]:
    """Each change as its sentence with nature (where it is none of judgement), effect and part of the version."""
    return [
        f"{change['text'][lang]} | {change['effect'] if change['nature'] == 'judgement' else change['nature']} {change['part']}"
        for entry in found["entries"]
        for change in entry["changes"]
    ]


def checks(old: str, new: str) -> list[str]:
    """What is told where a criterion's check changes."""
    return told(differ(f"[{{check: {old}}}]", f"[{{check: {new}}}]"))


CHECKS = [
    (RATIO, RATIO.replace("5%", "8%"), "1 标题：由不低于 5% 提高到不低于 8% | stricter minor"),
    (RATIO, RATIO.replace("5%", "4%"), "1 标题：由不低于 5% 降低到不低于 4% | looser minor"),
    (RATIO, RATIO.replace("at_least", "above"), "1 标题：由不低于 5% 改为高于 5% | stricter minor"),
    (RATIO, RATIO.replace("at_least", "at_most"), "1 标题：由不低于 5% 改为不高于 5% | depends minor"),
    (
        RATIO,
        RATIO.replace("5%", "{2010-01-01: 5%, 2026-01-01: 8%}"),
        "1 标题：由不低于 5% 改为 2010-01-01 起不低于 5%；2026-01-01 起不低于 8% | stricter minor",
    ),
    (
        RATIO,
        RATIO.replace("}", ", credit: proportional}"),
        "1 标题：由不低于 5% 改为不低于 5%，按比例给分 | looser minor",
    ),
    (
        RATIO,
        RATIO.replace("at_least: 5%", "steps: [{at_least: 8%, credit: 1}, {at_least: 5%, credit: 50%}]"),
        "1 标题：由不低于 5% 改为分档：不低于 8% 得 1 分；不低于 5% 得 0.5 分 | stricter minor",
    ),
    (RATIO, RATIO.replace("}", ", minimum_sample: 20}"), "1 标题：新增最小样本：20 | depends minor"),
    (
        "{kind: quantity, events: training, at_least: 2}",
        "{kind: quantity, events: training, at_least: 3}",
        "1 标题：由不少于 2 次提高到不少于 3 次 | stricter minor",
    ),
    (
        "{kind: quantity, count: incidents, at_most: 2}",
        "{kind: quantity, count: incidents, at_most: 3}",
        "1 标题：由不超过 2 起提高到不超过 3 起 | looser minor",
    ),
    (MEETING, MEETING.replace("quarter", "month"), "1 标题：时段由每季度改为每月 | stricter minor"),
    (
        MEETING,
        MEETING.replace("}", ", at_least: 2}"),
        "1 标题：每个时段的次数由至少 1 次提高到至少 2 次 | stricter minor",
    ),
    (
        MEETING,
        MEETING.replace("}", ", credit: all_or_nothing}"),
        "1 标题：给分办法由按达到的份额给分改为全部达到才得分 | stricter minor",
    ),
    (PLAN, PLAN.replace("goals", "goals, tasks"), "1 标题：新增文件要写明的内容：任务 | stricter minor"),
    (PLAN, PLAN.replace("[goals]", "[]"), "1 标题：取消文件要写明的内容：目标 | looser minor"),
    (PLAN, PLAN.replace("}", ", attachment: required}"), "1 标题：新增附件：要有附件 | stricter minor"),
    (
        '{kind: document, documents: plan, issued_by: "06-30"}',
        '{kind: document, documents: plan, issued_by: "03-31"}',
        "1 标题：印发期限由 06-30 改为 03-31 | stricter minor",
    ),
    (
        '{kind: lateness, documents: plan, due: "03-31", at_most: 10}',
        '{kind: lateness, documents: plan, due: "03-31", at_most: 5}',
        "1 标题：由不超过 10 天降低到不超过 5 天 | stricter minor",
    ),
    (
        "{kind: change, count: incidents, direction: falls, by: 5%}",
        "{kind: change, count: incidents, direction: falls, by: 10%}",
        "1 标题：变化幅度由 5% 提高到 10% | stricter minor",
    ),
    (
        "{kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好}}]}",
        "{kind: rating, levels: [{level: 1, credit: 20%, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好}}]}",
        "1 标题：档次与得分由 1 档得 0%；2 档得 100% 改为 1 档得 20%；2 档得 100% | looser minor",
    ),
    (
        f"{{kind: group, all: [{DESK}]}}",
        f"{{kind: group, all: [{DESK}, {PLAN}]}}",
        "1 标题：新增要求的事项：年度计划：现行有效，内容包括目标 | stricter minor",
    ),
    (
        f"{{kind: group, all: [{PLAN}, {DESK}]}}",
        f"{{kind: group, all: [{PLAN.replace('[goals]', '[goals, tasks]')}, {DESK}]}}",
        "1 标题：新增“年度计划：现行有效，内容包括目标”的文件要写明的内容：任务 | stricter minor",
    ),
]


@pytest.mark.parametrize(("old", "new", "wanted"), CHECKS, ids=[wanted for *_, wanted in CHECKS])
def test_a_change_of_a_check_is_told_in_words_with_its_effect(old: str, new: str, wanted: str) -> None:
    # What is asked for anew is told besides.
    assert [one for one in checks(old, new) if "要交的" not in one] == [wanted]


ABOVE = """\
- points: 5
  deduct:
    - {each_above: {kind: quantity, count: incidents, at_most: 2}, step: STEP, lose: 1, part_step: full}
"""
CRITERIA = [
    (
        "[{points: 6, earn: [{each: {count: visits}, points: 2}]}]",
        "[{points: 6, earn: [{each: {count: visits}, points: 1}]}]",
        "1 标题：每有一次走访次数：分值由 2 分降低到 1 分 | stricter minor",
    ),
    (
        "[{points: 6, earn: [{each: {count: visits}, points: 2}]}]",
        f"[{{points: 6, earn: [{{each: {{count: visits}}, points: 2}}, {{when: {DESK}, points: 1}}]}}]",
        "1 标题：新增得分情形：“设有受理点”做到的得 1 分 | looser minor",
    ),
    (
        f"[{{check: {DESK}, veto: true}}]",
        f"[{{check: {DESK}, veto: true, veto_effect: end}}]",
        "1 标题：一票否决的后果由不能通过改为终止评估 | stricter minor",
    ),
    (
        f"[{{check: {DESK}, veto: true, veto_effect: cap, veto_grade: rectify}}]",
        f"[{{check: {DESK}, veto: true, veto_effect: cap, veto_grade: not_ready}}]",
        "1 标题：一票否决后的最高等级由整改改为暂不具备 | stricter minor",
    ),
    (
        ABOVE.replace("STEP", "1"),
        ABOVE.replace("STEP", "2"),
        "1 标题：“事件数不超过 2 起”超过的：每级的大小由 1 提高到 2 | looser minor",
    ),
    (
        f"[{{check: {DESK}}}]",
        f"[{{check: {DESK}, points: 3}}]",
        "1 标题：分值由 1 分提高到 3 分 | depends minor",
    ),
    (
        f"[{{check: {DESK}}}]",
        f"[{{check: {DESK}, level: may}}]",
        "1 标题：要求层级由应改为鼓励 | looser minor",
    ),
    (
        f"[{{check: {DESK}}}]",
        f"[{{check: {DESK}, veto: true}}]",
        "1 标题：一票否决由否改为是 | stricter minor",
    ),
    (
        f"[{{check: {DESK}}}]",
        f"[{{check: {DESK}, applies_when: {RATIO}}}]",
        "1 标题：新增适用条件：文明楼组数占楼组总数不低于 5% | looser minor",
    ),
    (
        f"[{{check: {DESK}, applies_when: {RATIO}}}]",
        f"[{{check: {DESK}, applies_when: {RATIO.replace('5%', '3%')}}}]",
        "1 标题：适用条件由文明楼组数占楼组总数不低于 5% 改为文明楼组数占楼组总数不低于 3% | stricter minor",
    ),
    (
        f"[{{check: {DESK}}}, {{check: {PLAN}}}]",
        f"[{{check: {DESK}}}, {{check: {PLAN}, requires: [c1]}}]",
        "1 标题：新增前提指标：标题 | stricter minor",
    ),
    (
        "[{points: 5, deduct: [{each: {count: incidents}, lose: 1}]}]",
        "[{points: 5, deduct: [{each: {count: incidents}, lose: 2}]}]",
        "1 标题：每有一起事件数：扣分由 1 分提高到 2 分 | stricter minor",
    ),
    (
        f"[{{check: {DESK}, level: may, applies_when: {RATIO}}}]",
        f"[{{check: {DESK}, level: may, applies_when: {RATIO.replace('5%', '3%')}}}]",
        "1 标题：适用条件由文明楼组数占楼组总数不低于 5% 改为文明楼组数占楼组总数不低于 3% | looser minor",
    ),
    (
        "[{points: 5, deduct: [{each: {count: incidents}, lose: 1}]}]",
        "[{points: 5, deduct: [{each: {count: incidents}, lose: 1, cap: 3}]}]",
        "1 标题：每有一起事件数：上限由不设改为 3 分 | looser minor",
    ),
    (
        f"[{{points: 5, deduct: [{{each_below: {RATIO}, step: 1%, lose: 1, part_step: ignore}}]}}]",
        f"[{{points: 5, deduct: [{{each_below: {RATIO}, step: 1%, lose: 1, part_step: full}}]}}]",
        "1 标题：“文明楼组数占楼组总数不低于 5%”未达到的：不足一级的由不计改为按满一级计 | stricter minor",
    ),
    (
        "[{points: 5, deduct: [{each: {count: incidents}, lose: 1}]}]",
        f"[{{points: 5, deduct: [{{each: {{count: incidents}}, lose: 1}}, {{unless: {MEETING}, lose: 2}}]}}]",
        "1 标题：新增扣分情形：“会议每季度至少 1 次”未做到的扣 2 分 | stricter minor",
    ),
    (
        f"[{{points: 5, best_of: [{{check: {DESK}, points: 5}}]}}]",
        f"[{{points: 5, best_of: [{{check: {DESK}, points: 3}}]}}]",
        "1 标题：“设有受理点”：分值由 5 分降低到 3 分 | stricter minor",
    ),
    (
        f"[{{check: {DESK}, clause: 六(一)}}]",
        f"[{{check: {DESK}, clause: 六(二)}}]",
        "六(二) 标题：条款号由六(一)改为六(二) | particulars patch",
    ),
    (
        f"[{{check: {DESK}}}]",
        f"[{{check: {DESK}, method: on_site}}]",
        "1 标题：核验方法由查资料改为看现场 | particulars patch",
    ),
    (
        f"[{{check: {DESK}}}]",
        f"[{{check: {DESK}, title: {{zh: 受理点, en: Desk}}}}]",
        "1 受理点：名称由标题改为受理点 | wording patch",
    ),
    (
        f"[{{check: {DESK}}}]",
        f"[{{check: {DESK}, remedy: {{zh: 去办}}}}]",
        "1 标题：整改办法有修改 | wording patch",
    ),
    (
        f"[{{check: {DESK}}}]",
        f"[{{check: {DESK}, requirement: {{zh: 另说}}}}]",
        "1 标题：要求的表述有修改 | wording patch",
    ),
]


@pytest.mark.parametrize(("old", "new", "wanted"), CRITERIA, ids=[wanted for *_, wanted in CRITERIA])
def test_a_change_of_a_criterion_is_told_by_its_nature(old: str, new: str, wanted: str) -> None:
    assert [one for one in told(differ(old, new)) if "要交的" not in one] == [wanted]


GRADES_OF_85 = """\
grades:
  - {id: model, title: {zh: 示范, en: Model}, at_least: "85", basis: editorial}
  - {id: rectify, title: {zh: 整改, en: Rectify}, at_least: "60", basis: editorial}
  - {id: not_ready, title: {zh: 暂不具备, en: Not ready}, at_least: "0", basis: editorial}
"""
HEADS = [
    (
        "{}",
        GRADES_OF_85,
        "计分：“示范”的等级线由 90 分降低到 85 分 | looser minor",
    ),
    ("{}", "{pass: rectify}", "计分：达标线由示范（90 分）降低到整改（60 分） | looser minor"),
    ("{}", "{bonus: {cap: 3}}", "计分：加分上限由 5 分降低到 3 分 | stricter minor"),
    ("{}", "{bonus: null}", "计分：加分上限由 5 分降低到 0 分 | stricter minor"),
    (
        "{}",
        "{deductions: {cap: 10, lines: [{title: {zh: 扣, en: Lost}, each: {count: incidents}, lose: 3}]}}",
        "计分：新增扣分情形：每有一起事件数扣 3 分 | stricter minor",
    ),
    (
        "{}",
        "{transition: period_start}",
        "计分：分日期阈值的取值日由评估期最后一天改为评估期第一天 | depends minor",
    ),
    ("{}", "{model: flat}", "计分：计分模型由得分之和 ÷ 适用分值之和 × 100 改为各项等权 | depends minor"),
]


@pytest.mark.parametrize(("old", "new", "wanted"), HEADS, ids=[wanted for *_, wanted in HEADS])
def test_a_change_of_scoring_is_told(old: str, new: str, wanted: str) -> None:
    assert wanted in told(differ(f"[{{check: {DESK}}}]", f"[{{check: {DESK}}}]", old, new))


def test_a_cap_of_a_section_is_told() -> None:
    old, new = (ruleset(f"[{{check: {DESK}}}]", caps=caps) for caps in ("{}", "{s: 3}"))
    assert told(difference((old, CATALOGUE), (new, CATALOGUE))) == [
        "类目：新增类目得分上限：3 分 | stricter minor"
    ]


def test_a_deduction_from_a_section_is_told() -> None:
    rules = ruleset(f"[{{check: {DESK}}}]")
    line = {"title": {"zh": "扣", "en": "Lost"}, "each": {"count": "incidents"}, "lose": "1"}
    lines = ruleset(
        f"[{{check: {DESK}}}]", f"{{deductions: {{cap: 9, lines: [{json.dumps(line)}]}}}}"
    ).scoring.deductions
    assert lines is not None
    section = rules.sections[0].model_copy(update={"deductions": lines.lines})
    new = rules.model_copy(update={"sections": (section,)})
    assert told(difference((rules, CATALOGUE), (new, CATALOGUE))) == [
        "类目：新增扣分情形：每有一起事件数扣 1 分 | stricter minor"
    ]


def test_dates_in_force_and_the_length_of_the_period_are_told() -> None:
    old = ruleset(f"[{{check: {DESK}}}]")
    later = {"from": "2026-01-01", "to": "2030-12-31", "basis": "editorial"}
    new = old.model_copy(
        update={
            "effective": type(old.effective).model_validate(later),
            "period": type(old.period)(months=6),
        }
    )
    assert told(difference((old, CATALOGUE), (new, CATALOGUE))) == [
        "规则集：评估期由 12 个月改为 6 个月 | depends major",
        "规则集：适用起始日由 2010-01-01 改为 2026-01-01 | depends minor",
        "规则集：新增适用截止日：2030-12-31 | depends minor",
    ]


def test_a_criterion_moves_to_another_section_without_effect_unless_a_cap_bounds_one() -> None:
    old = f"[{{id: x, section: a, check: {DESK}}}, {{id: y, section: b, check: {PLAN}}}]"
    new = old.replace("id: x, section: a", "id: x, section: b").replace(
        "id: y, section: b", "id: y, section: a"
    )
    assert [one["effect"] for one in changes(differ(old, new), "moved")] == ["neutral", "neutral"]
    assert {one["nature"] for one in changes(differ(old, new, caps="{a: 1}"), "moved")} == {"judgement"}


def changes(found: Json, code: str) -> list[Json]:
    return [one for entry in found["entries"] for one in entry["changes"] if one["code"] == code]


def matched(found: Json) -> list[tuple[str, list[str], list[str]]]:
    return [(one["match"], one["old"], one["new"]) for one in found["entries"] if one["scope"] == "criterion"]


BOTH = f"{{kind: group, all: [{DESK}, {MEETING}]}}"
SPLIT = f"[{{id: x, check: {DESK}}}, {{id: y, check: {MEETING}}}]"


def test_a_criterion_that_became_two_of_its_clause_and_evidence_was_split() -> None:
    found = differ(f"[{{id: w, check: {BOTH}}}]", SPLIT)
    assert matched(found) == [("split", ["w"], ["x", "y"])]
    assert "标题：设有受理点（1 分）；标题：会议每季度至少 1 次（1 分）" in told(found)[0]
    assert told(found)[1] == "1 标题：分值由合计 1 分改为合计 2 分 | depends minor"


def test_a_criterion_that_keeps_its_id_and_gives_a_part_away_was_split_without_a_new_major_version() -> None:
    found = differ(f"[{{id: x, check: {BOTH}}}]", SPLIT)
    assert matched(found) == [("split", ["x"], ["x", "y"])]
    assert found["version"]["needed"] == "minor"


def test_two_criteria_that_became_one_were_merged() -> None:
    found = differ(SPLIT, f"[{{id: x, check: {BOTH}}}]")
    assert matched(found) == [("merged", ["x", "y"], ["x"])]
    assert found["version"]["needed"] == "major"


def test_a_criterion_under_a_new_id_is_known_by_supersedes_or_by_clause_and_evidence() -> None:
    again = differ(f"[{{id: x, check: {DESK}}}]", f"[{{id: z, check: {DESK}, points: 2}}]")
    assert matched(again) == [("replaced", ["x"], ["z"])]
    assert again["version"]["needed"] == "major"
    explicit = differ(f"[{{id: x, check: {DESK}}}]", f"[{{id: z, clause: 九, check: {PLAN}, supersedes: x}}]")
    assert matched(explicit) == [("superseded", ["x"], ["z"])]


def test_what_stands_on_one_side_alone_was_added_or_dropped() -> None:
    found = differ(f"[{{id: x, check: {DESK}}}]", f"[{{id: z, clause: 九, check: {PLAN}}}]")
    assert matched(found) == [("added", [], ["z"]), ("dropped", ["x"], [])]
    assert told(found) == [
        "九 标题：新增指标：年度计划：现行有效，内容包括目标（1 分） | stricter minor",
        "九 标题：新增要交的佐证：文件：年度计划 | stricter major",
        "1 标题：取消指标：设有受理点（1 分） | looser major",
    ]


def test_evidence_that_was_never_asked_for_needs_a_new_major_version() -> None:
    found = differ(f"[{{check: {DESK}}}, {{check: {PLAN}}}]", f"[{{check: {RATIO}}}, {{check: {PLAN}}}]")
    assert [one["new"]["zh"] for one in changes(found, "evidence_asked")] == [
        "数据：楼组总数、数据：文明楼组数"
    ]
    old = f"[{{check: {DESK}}}, {{check: {PLAN}}}]"
    shared = differ(old, f"[{{check: {PLAN}}}, {{check: {PLAN}}}]")
    assert not changes(shared, "evidence_asked"), "it was asked for by another criterion"


CATALOGUE_CHANGES = [
    ({"help": {"zh": "另一口径"}}, "judgement", "minor"),
    ({"unit": {"zh": "栋", "en": "blocks"}}, "judgement", "major"),
    ({"at_most": ["visits"]}, "judgement", "major"),
    ({"label": {"zh": "楼栋", "en": "Blocks"}}, "wording", "patch"),
]


@pytest.mark.parametrize(("update", "nature", "part"), CATALOGUE_CHANGES)
def test_an_item_of_the_catalogue_that_is_used_is_compared(update: Json, nature: str, part: str) -> None:
    rules = ruleset(f"[{{check: {RATIO}}}]")
    raw = CATALOGUE.model_dump(by_alias=True)
    raw["counts"]["buildings"] = {**raw["counts"]["buildings"], **update}
    found = difference((rules, CATALOGUE), (rules, type(CATALOGUE).model_validate(raw)))
    assert [(one["nature"], one["part"]) for entry in found["entries"] for one in entry["changes"]] == [
        (nature, part)
    ]
    unused = ruleset(f"[{{check: {DESK}}}]")
    assert difference((unused, CATALOGUE), (unused, type(CATALOGUE).model_validate(raw)))["same"]


def test_english_speaks_of_the_same_change() -> None:
    found = differ(f"[{{check: {RATIO}}}]", f"[{{check: {RATIO.replace('5%', '8%')}}}]")
    assert told(found, "en") == ["1 Title: raised to at least 8% (was at least 5%) | stricter minor"]


VERSIONS = [
    ("1.0.0", "1.0.1", "wording", True),
    ("1.0.0", "1.0.0", "wording", False),
    ("1.0.0", "1.1.0", "threshold", True),
    ("1.0.3", "1.0.4", "threshold", False),
    ("1.0.0", "2.0.0", "dropped", True),
    ("1.4.0", "1.5.0", "dropped", False),
    ("1.1.0", "1.0.0", "wording", False),
    ("1.0.0", "1.0.0", "nothing", True),
]


@pytest.mark.parametrize(("old", "new", "what", "enough"), VERSIONS)
def test_the_version_is_raised_enough_or_not(old: str, new: str, what: str, enough: bool) -> None:
    before = f"[{{check: {RATIO}}}, {{check: {DESK}}}]"
    after = {
        "wording": before.replace("[{check", "[{remedy: {zh: 去办}, check", 1),
        "threshold": before.replace("5%", "8%"),
        "dropped": f"[{{check: {RATIO}}}]",
        "nothing": before,
    }[what]
    sides = [
        ruleset(text).model_copy(update={"version": version})
        for text, version in ((before, old), (after, new))
    ]
    found = difference((sides[0], CATALOGUE), (sides[1], CATALOGUE))["version"]
    assert found["enough"] is enough, found


def test_two_editions_number_their_versions_apart() -> None:
    old = ruleset(f"[{{check: {DESK}}}]")
    found = difference((old, CATALOGUE), (old.model_copy(update={"ruleset": "next"}), CATALOGUE))
    assert found["version"]["enough"] is None


def test_members_in_another_order_are_an_order_and_no_judgement() -> None:
    old, new = (f"{{kind: group, all: [{one}]}}" for one in (f"{DESK}, {PLAN}", f"{PLAN}, {DESK}"))
    assert [
        one["nature"]
        for entry in differ(f"[{{check: {old}}}]", f"[{{check: {new}}}]")["entries"]
        for one in entry["changes"]
    ] == ["wording"]
