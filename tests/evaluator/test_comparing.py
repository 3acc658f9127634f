"""A comparison says of each criterion what changed and why; each cause with an input in sight."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from evaluator.assessment import assess
from evaluator.comparing import compare, incomparable
from evaluator.comparing.sharing import shared, shared_by_group
from tests.evaluator.building import CATALOGUE, assessed, ruleset, submission
from tests.evaluator.review.written import RATING, review, reviewed, sent

Json = dict[str, Any]
DESK = "check: {kind: statement, statement: desk}"
HOTLINE = "check: {kind: statement, statement: hotline}"
SHARE = "check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}"
MONTHLY = "check: {kind: cadence, events: meeting, every: quarter}"
RURAL = "applies_when: {kind: subject, attribute: class, in: [rural]}"
RATED = "check: {kind: rating, levels: [{level: 1, credit: 0, text: {zh: 差}}, {level: 2, credit: 1, text: {zh: 好}}]}"


def document(criteria: str, given: str = "{}", scoring: str = "", **more: Any) -> Json:
    return assessed(criteria, given, scoring, **{"stage": "inspection", **more}).document


def first(before: Json, after: Json) -> Json:
    found: Json = compare(before, after)["criteria"][0]
    return found


def said(one: Json, lang: str = "zh") -> list[tuple[str, str]]:
    return [(change["code"], change["text"][lang]) for change in one["changes"]]


def test_a_number_that_changed_is_said_with_what_was_measured() -> None:
    one = first(
        document(f"[{{{SHARE}}}]", "{counts: {buildings: 40, model_buildings: 1}}"),
        document(f"[{{{SHARE}}}]", "{counts: {buildings: 40, model_buildings: 2}}"),
    )
    assert (one["before"]["outcome"], one["after"]["outcome"]) == ("not_satisfied", "satisfied")
    assert (one["cause"], one["effect"]["floor"], one["effect"]["exact"]["floor"]) == (
        "evidence",
        "100.00",
        "100",
    )
    assert said(one) == [
        ("measured", "实测由“2.50%（1/40）”变为“5.00%（2/40）”"),
        ("number", "文明楼组数由 1 改为 2"),
    ]
    assert said(one, "en") == [
        ("measured", "measured: 2.50% (1 of 40) before, 5.00% (2 of 40) now"),
        ("number", "Model buildings: 1 before, 2 now"),
    ]


def test_what_a_later_stage_closed_is_no_change_of_the_evidence() -> None:
    one = first(document(f"[{{{DESK}}}]", stage="self_check"), document(f"[{{{DESK}}}]"))
    assert (one["cause"], said(one)) == ("closed", [("closed", "未提交：设有受理点，本阶段按未达标计")])
    assert (one["effect"]["floor"], one["effect"]["ceiling"]) == ("0.00", "-100.00")


def test_a_window_that_passed_is_the_time_s_doing() -> None:
    given = '{events: {meeting: ["2025-02-01", "2025-05-01", "2025-08-01"]}}'
    one = first(document(f"[{{{MONTHLY}}}]", given, as_of="2025-10-15"), document(f"[{{{MONTHLY}}}]", given))
    assert (one["cause"], said(one)[0]) == ("time", ("window", "2025年10月至12月由未到期变为错过"))
    assert said(one, "en")[0][1] == "Oct 2025 to Dec 2025: not yet due before, missed now"


def test_evidence_that_came_went_and_changed_is_named() -> None:
    before = document(f"[{{{MONTHLY}}}]", '{events: {meeting: ["2025-02-01", "2025-05-01"]}}')
    after = document(f"[{{{MONTHLY}}}]", '{events: {meeting: ["2025-02-01", "2025-08-01", "2025-11-01"]}}')
    one = first(before, after)
    assert one["cause"] == "evidence"
    assert ("added", "新增佐证：E3（会议，2025-11-01）") in said(one)
    assert ("altered", "E2 日期由“2025-05-01”改为“2025-08-01”") in said(one)
    back = first(after, before)
    assert ("dropped", "不再有的佐证：E3（会议，2025-11-01）") in said(back)


def test_evidence_that_is_there_and_no_longer_counts_says_why() -> None:
    given = '{events: {meeting: ["2025-02-01", "2025-11-01"]}}'
    late, early = document(f"[{{{MONTHLY}}}]", given), document(f"[{{{MONTHLY}}}]", given, as_of="2025-10-15")
    assert ("not_counted", "不再计入：E2（会议，2025-11-01），日期晚于数据截止日") in said(first(late, early))
    assert ("counted", "现在计入：E2（会议，2025-11-01）") in said(first(early, late))


def test_rows_that_were_numbered_anew_are_no_change() -> None:
    before = document(
        f"[{{{MONTHLY}}}]", '{events: {meeting: ["2025-02-01", "2025-05-01"], training: ["2025-03-01"]}}'
    )
    swapped = [{**row, "id": {"E1": "E3", "E2": "E1", "E3": "E2"}[row["id"]]} for row in before["evidence"]]
    finding = {**before["criteria"][0]["findings"][0], "evidence": ["E3", "E1"]}
    after = {**before, "evidence": swapped, "criteria": [{**before["criteria"][0], "findings": [finding]}]}
    assert said(first(before, after)) == []


def test_another_item_under_an_old_id_is_another_item() -> None:
    before = document(f"[{{{MONTHLY}}}]", '{events: {meeting: ["2025-02-01"]}}')
    after = document(f"[{{{MONTHLY}}}]", '{events: {training: ["2025-02-01"], meeting: ["2025-08-01"]}}')
    assert said(first(before, after)) == [
        ("added", "新增佐证：E2（会议，2025-08-01）"),
        ("dropped", "不再有的佐证：E1（会议，2025-02-01）"),
    ]


def test_many_items_are_counted_after_the_sixth() -> None:
    days = ", ".join(f'"2025-{month:02}-01"' for month in range(1, 10))
    one = first(
        document(f"[{{{MONTHLY}}}]", "{none: [meeting]}"),
        document(f"[{{{MONTHLY}}}]", f"{{events: {{meeting: [{days}]}}}}"),
    )
    (added,) = (text for code, text in said(one) if code == "added")
    assert added.endswith("E6（会议，2025-06-01）等 9 件")


def test_year_against_year_no_entry_is_taken_for_another() -> None:
    rules = ruleset(f"[{{{MONTHLY}}}]")
    years = [
        assess(rules, CATALOGUE, submission(given, f"{year}-01-01/{year}-12-31"), stage="inspection").document
        for year, given in (
            (2024, '{events: {meeting: ["2024-02-01"]}}'),
            (2025, '{events: {meeting: ["2025-02-01", "2025-05-01"]}}'),
        )
    ]
    one = first(*years)
    assert said(one) == [("measured", "实测由“4 个时段中 1 个已达到”变为“4 个时段中 2 个已达到”")]


def test_what_stopped_applying_moves_the_score_through_the_denominator() -> None:
    criteria = f"[{{points: 2, {RURAL}, {DESK}}}, {{points: 3, {HOTLINE}}}, {{points: 5, {SHARE}}}]"
    given = (
        "{counts: {buildings: 40, model_buildings: 1}, statements: {hotline: true}, attributes: {class: %s}}"
    )
    before, after = (document(criteria, given % kind) for kind in ("rural", "urban"))
    found = compare(before, after)
    assert [one["score"]["exact"]["floor"] for one in (before, after)] == ["30", "75/2"]
    gone = found["criteria"][0]
    assert said(gone)[0] == ("applies_no_more", "不再适用，2 分退出适用分值（单位属性为城镇）")
    # It had earned nothing, so all that moved is what the other points weigh: 3 of 10, then 3 of 8.
    assert gone["effect"]["exact"]["floor"] == gone["effect"]["base"]["floor"] == "15/2"
    assert [one["effect"]["exact"]["floor"] for one in found["criteria"][1:]] == ["0", "0"]
    assert found["score"]["applicable_points"] == {"before": "10", "after": "8"}
    assert (gone["cause"], first(after, before)["changes"][0]["code"]) == ("applicability", "applies")


def test_a_full_mark_that_stops_applying_moves_nothing_where_all_is_full() -> None:
    criteria = f"[{{points: 2, {RURAL}, {DESK}}}, {{points: 3, {DESK}}}]"
    given = "{statements: {desk: true}, attributes: {class: %s}}"
    gone = first(*(document(criteria, given % kind) for kind in ("rural", "urban")))
    assert (gone["effect"]["exact"]["floor"], gone["cause"]) == ("0", "applicability")


def test_an_inspector_s_level_is_a_cause_of_its_own() -> None:
    one = first(document(f"[{{{RATED}}}]"), document(f"[{{{RATED}}}]", "{ratings: {c1: 2}}"))
    assert (one["cause"], said(one)[0][0]) == ("rated", "rated")


REVIEWED = f"[{{{SHARE}}}, {{points: 2, {DESK}}}, {{check: {RATING}}}, {{{MONTHLY}}}]"
REVIEW = """
corrections: [{count: model_buildings, claimed: 2, verified: 1, reason: 实地只有一个}]
rejected_evidence: [{id: E2, reason: 照片重复}]
ratings: [{criterion: c3, level: 2, reason: 尚可}]
decisions: [{criterion: c2, outcome: partly_satisfied, earned: "1", reason: 受理点不常开}]
"""


def test_what_a_reviewer_said_is_the_cause_with_its_reason() -> None:
    rules = ruleset(REVIEWED)
    claimed = sent(
        "{counts: {buildings: 40, model_buildings: 2}, statements: [{id: S1, type: desk, value: true}], "
        "events: [{id: E1, type: meeting, date: '2025-02-01'}, {id: E2, type: meeting, date: '2025-05-01'}]}"
    )
    before, after = reviewed(rules, claimed), reviewed(rules, claimed, review(REVIEW))
    there = compare(before, after)["criteria"]
    assert [(one["cause"], *said(one)[0]) for one in there] == [
        ("review", "correction", "验收更正：文明楼组数 2 个 → 1 个（实地只有一个）"),
        ("review", "decision", "验收判定：部分达标，得 1 分（受理点不常开）"),
        ("rated", "rating", "验收评为第 2 档（尚可）"),
        ("review", "rejection", "验收未采信：E2 会议（照片重复）"),
    ]
    assert ("not_counted", "不再计入：E2（会议，2025-05-01），验收未采信：照片重复") in said(there[3])
    assert said(there[1], "en")[0][1] == "inspection, decided: partly met, earns 1 (受理点不常开)"
    back = compare(after, before)["criteria"]
    assert ("decision", "不再有：验收判定：部分达标，得 1 分") in said(back[1])


def test_another_reviewer_who_says_the_same_changes_nothing_and_another_verdict_is_told_once() -> None:
    rules, claimed = (
        ruleset(f"[{{points: 2, {DESK}}}]"),
        sent("{statements: [{id: S1, type: desk, value: true}]}"),
    )
    text = '{decisions: [{criterion: c1, outcome: partly_satisfied, earned: "%s", reason: %s}]}'
    one = reviewed(rules, claimed, review(text % ("1", "不常开")))
    same = reviewed(rules, claimed, review(text % ("1", "不常开"), number="0051", date="2026-02-20"))
    other = reviewed(rules, claimed, review(text % ("0.5", "复查更少")))
    assert said(first(one, same)) == []
    assert said(first(one, other)) == [("decision", "验收判定：部分达标，得 0.5 分（复查更少）")]


def test_what_was_verified_as_claimed_changes_nothing_but_is_told() -> None:
    rules, claimed = ruleset(f"[{{{DESK}}}]"), sent("{statements: [{id: S1, type: desk, value: true}]}")
    found = first(
        reviewed(rules, claimed, stage="inspection"),
        reviewed(rules, claimed, review("{confirmations: [{criterion: c1, reason: 查过}]}")),
    )
    assert (found["cause"], said(found)) == ("confirmed", [("confirmation", "验收核实：所报属实（查过）")])
    assert found["effect"]["exact"] == {"floor": "0", "ceiling": "0"}


def test_a_prerequisite_that_failed_is_named() -> None:
    criteria = f"[{{{HOTLINE}}}, {{requires: [c1], {DESK}}}]"
    before, after = (
        document(criteria, f"{{statements: {{desk: true, hotline: {value}}}}}") for value in ("true", "false")
    )
    held = compare(before, after)["criteria"][1]
    assert (held["cause"], said(held)) == ("prerequisite", [("prerequisite", "前提指标未达标：标题")])
    freed = compare(after, before)["criteria"][1]
    assert said(freed) == [("prerequisite", "前提指标不再限制得分")]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("{points: 2, %s}", "{points: 3, %s}", "points", "分值由 2 改为 3"),
        ("{level: must, %s}", "{level: should, %s}", "level", "要求层级由“应”改为“宜”"),
        ("{%s}", "{veto: true, %s}", "veto", "改为一票否决项"),
        ("{veto: true, %s}", "{%s}", "veto", "不再是一票否决项"),
    ],
)  # fmt: skip
def test_a_rule_that_changed_is_said(old: str, new: str, code: str, words: str) -> None:
    given = "{statements: {desk: true}}"
    one = first(document(f"[{old % DESK}]", given), document(f"[{new % DESK}]", given))
    assert (one["cause"], said(one)) == ("rules", [(code, words)])


def test_a_threshold_and_a_check_that_changed_are_said() -> None:
    given = "{counts: {buildings: 40, model_buildings: 2}, statements: {desk: true}}"
    stricter = first(document(f"[{{{SHARE}}}]", given), document(f"[{{{SHARE.replace('5%', '8%')}}}]", given))
    assert (stricter["cause"], said(stricter)) == (
        "rules",
        [("required", "要求由“文明楼组数占楼组总数不低于 5%”变为“文明楼组数占楼组总数不低于 8%”")],
    )
    other = first(document(f"[{{{SHARE}}}]", given), document(f"[{{{DESK}}}]", given))
    assert ("check", "检查的内容改变") in said(other)


def test_editions_are_matched_by_supersedes_whichever_is_the_newer_one() -> None:
    given = "{statements: {desk: true, hotline: true}}"
    old = document(f"[{{id: old-1, {DESK}}}, {{id: old-2, {HOTLINE}}}]", given)
    new = document(f"[{{id: new-1, supersedes: old-1, {DESK}}}, {{id: new-2, {HOTLINE}}}]", given)
    there = [(one["id"], one["match"], one["cause"]) for one in compare(old, new)["criteria"]]
    assert there == [
        ("new-1", "superseded", None),
        ("new-2", "only_after", "criterion_added"),
        ("old-2", "only_before", "criterion_removed"),
    ]
    assert [one["id"] for one in compare(new, old)["criteria"] if one["match"] == "superseded"] == ["old-1"]
    assert [Fraction(one["effect"]["exact"]["floor"]) for one in compare(old, new)["criteria"]] == [0, 0, 0]


def test_caps_and_deductions_stand_beside_the_criteria() -> None:
    criteria = f"[{{{DESK}}}, {{level: may, points: 4, {HOTLINE}}}, {{level: may, points: 4, {SHARE}}}]"
    scoring = "{deductions: {cap: 10, lines: [{title: {zh: 事件, en: Incidents}, each: {count: incidents}, lose: 3}]}}"
    given = (
        "{counts: {buildings: 20, model_buildings: 1, incidents: %s}, statements: {desk: %s, hotline: true}}"
    )
    before = document(criteria, given % (2, "true"), scoring)
    after = document(criteria, given % (5, "false"), scoring)
    found = compare(before, after)
    listed = [
        (one["kind"], (one["title"] or {}).get("zh"), one["effect"]["exact"]["floor"])
        for one in found["adjustments"]
    ]
    assert listed == [("deduction", "事件", "-9"), ("deductions_cap", None, "5"), ("bounds", None, "5")]
    assert [one["score"]["floor"] for one in (before, after)] == ["99.00", "0.00"]


def test_a_stated_total_that_changed_is_the_base() -> None:
    shape = "{model: absolute, total: %s, not_applicable: zero}"
    given = "{statements: {desk: true}}"
    found = compare(*(document(f"[{{points: 5, {DESK}}}]", given, shape % total) for total in ("10", "20")))
    (base,) = found["adjustments"]
    assert (base["kind"], base["before"]["floor"], base["after"]["floor"]) == ("base", "10", "20")
    assert base["effect"]["exact"]["floor"] == found["score"]["exact"]["floor"] == "-25"


def test_another_model_of_scoring_changes_the_base_alone() -> None:
    criteria, given = f"[{{points: 5, {DESK}}}]", "{statements: {desk: true}}"
    found = compare(
        document(criteria, given),
        document(criteria, given, "{model: absolute, total: 10, not_applicable: zero}"),
    )
    assert [one["kind"] for one in found["adjustments"]] == ["base"]
    assert found["criteria"][0]["effect"]["exact"]["floor"] == "0"


def test_without_a_score_on_one_side_the_criteria_are_compared_all_the_same() -> None:
    criteria = f"[{{{RURAL}, {DESK}}}]"
    given = "{statements: {desk: true}, attributes: {class: %s}}"
    found = compare(*(document(criteria, given % kind) for kind in ("rural", "urban")))
    assert (found["score"], found["adjustments"], found["criteria"][0]["effect"]) == (None, [], None)
    assert found["criteria"][0]["changed"]
    assert found["causes"] == [{"cause": "applicability", "criteria": ["c1"], "effect": None}]


def test_findings_on_the_evidence_that_came_and_went_are_listed() -> None:
    criteria = f"[{{{MONTHLY}}}]"
    clean = document(criteria, '{events: {meeting: ["2025-02-01"]}}')
    twice = document(criteria, '{events: {meeting: ["2025-02-01", "2024-02-01"]}}')
    assert [one["code"] for one in compare(clean, twice)["integrity"]["added"]] == ["outside_period"]
    assert [one["code"] for one in compare(twice, clean)["integrity"]["gone"]] == ["outside_period"]


def test_two_subjects_and_two_standards_are_not_compared() -> None:
    one = document(f"[{{{DESK}}}]")
    other = {
        **one,
        "submission": {
            **one["submission"],
            "subject": {**one["submission"]["subject"], "id": "b", "name": "乙"},
        },
    }
    assert [code for code, _, _ in incomparable(one, other)] == ["other_subject"]
    assert list(incomparable(one, other, different_subjects=True)) == []
    strange = document(f"[{{id: x1, {DESK}}}]")
    assert [code for code, _, _ in incomparable(one, strange)] == ["no_common_criterion"]


@pytest.mark.parametrize(
    ("amounts", "whole", "printed"),
    [
        (["1/3", "1/3", "1/3"], "1", ["0.34", "0.33", "0.33"]),
        (["0", "1/3", "-1/3"], "0", ["0.00", "0.33", "-0.33"]),
        (["2/3", "2/3"], "1.33", ["0.67", "0.66"]),
        (["-1/200"], "0", ["0.00"]),
        (["-1/200"], "-0.01", ["-0.01"]),
        ([], "0", []),
    ],
)  # fmt: skip
def test_printed_amounts_add_up_to_the_printed_whole(
    amounts: list[str], whole: str, printed: list[str]
) -> None:
    assert shared([Fraction(one) for one in amounts], Fraction(whole), 2) == printed


def test_a_group_s_sum_is_printed_as_well_as_one_amount() -> None:
    groups = [{n: Fraction(-50, 31) for n in range(13)}, {"rest": Fraction(3, 4)}]
    found = shared_by_group(groups, Fraction("-20.22"), 2)
    assert sum(Fraction(found[n]) for n in range(13)) == Fraction("-20.97")
    assert found["rest"] == "0.75"
