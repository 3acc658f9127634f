"""What a review does to an assessment: corrections are judged again, rejected evidence drops out, decisions replace."""

from __future__ import annotations

import pytest

from evaluator.assessment import assess
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.review.written import RATING, criterion, review, reviewed, sent

SHARE = "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}"
SHARED = ruleset(f"[{{points: 4, check: {SHARE}}}]")
COUNTED = sent("{counts: {buildings: 40, model_buildings: 2}}")


def outcome(rules: str, submission: str, *texts: str) -> tuple[str, str]:
    """Outcome and points of ``c1`` after reviews, the last of them an inspection."""
    stages = ["preliminary", "inspection"][-len(texts) :]
    made = [review(text, stage) for text, stage in zip(texts, stages, strict=True)]
    found = criterion(reviewed(ruleset(f"[{rules}]"), sent(submission), *made))
    ends = found["earned"]
    return found["outcome"], ends["floor"] if ends["floor"] == ends[
        "ceiling"
    ] else f"{ends['floor']}–{ends['ceiling']}"


def test_a_corrected_number_is_judged_again() -> None:
    counts = "{counts: {buildings: 40, model_buildings: 2}}"
    rule = f"{{points: 4, check: {SHARE}}}"
    assert outcome(rule, counts, "{}") == ("satisfied", "4")
    text = "{corrections: [{count: model_buildings, claimed: 2, verified: 1, reason: 一处未挂牌}]}"
    assert outcome(rule, counts, text) == ("not_satisfied", "0")


def test_a_number_that_nobody_submitted_can_be_established() -> None:
    text = "{corrections: [{count: model_buildings, verified: 3, reason: 现场清点}]}"
    rule = f"{{check: {SHARE}}}"
    assert outcome(rule, "{counts: {buildings: 40}}", "{}") == ("no_evidence", "0")
    assert outcome(rule, "{counts: {buildings: 40}}", text) == ("satisfied", "1")


@pytest.mark.parametrize(
    ("rule", "submitted", "correction", "before", "after"),
    [
        (
            "{check: {kind: statement, statement: desk}}",
            "{statements: [{id: S1, type: desk, value: true}]}",
            "{statement: desk, claimed: true, verified: false, reason: 无人值守}",
            "satisfied",
            "not_satisfied",
        ),
        (
            "{check: {kind: statement, statement: desk}}",
            "{}",
            "{statement: desk, verified: true, reason: 现场有受理点}",
            "no_evidence",
            "satisfied",
        ),
        (
            "{check: {kind: quantity, events: meeting, at_least: 1}}",
            '{events: [{id: E1, type: meeting, date: "2025-03-01"}]}',
            '{event: E1, claimed: "2025-03-01", verified: "2024-03-01", reason: 照片上是上年}',
            "satisfied",
            "not_satisfied",
        ),
        (
            "{check: {kind: document, documents: plan}}",
            '{documents: [{id: D1, type: plan, issued: "2025-01-08"}]}',
            '{document: D1, field: issued, claimed: "2025-01-08", verified: "2024-01-08", reason: 落款是上年}',
            "satisfied",
            "not_satisfied",
        ),
        (
            "{check: {kind: document, documents: permit}}",
            '{documents: [{id: D1, type: permit, issued: "2024-01-08", valid_to: "2026-12-31"}]}',
            '{document: D1, field: valid_to, claimed: "2026-12-31", verified: "2025-06-30", reason: 有效期看错}',
            "satisfied",
            "not_satisfied",
        ),
        (
            "{check: {kind: document, documents: plan, contains: [goals]}}",
            '{documents: [{id: D1, type: plan, issued: "2025-01-08", contains: [goals, tasks], pages: {goals: 第2页}}]}',
            "{document: D1, field: contains, claimed: [tasks, goals], verified: [tasks], reason: 没有目标}",
            "satisfied",
            "not_satisfied",
        ),
        (
            "{check: {kind: document, documents: plan, attachment: required}}",
            '{documents: [{id: D1, type: plan, issued: "2025-01-08"}]}',
            "{document: D1, field: attachment, claimed: false, verified: true, reason: 看过原件}",
            "not_satisfied",
            "satisfied",
        ),
        (
            "{check: {kind: change, count: incidents, direction: falls}}",
            "{counts: {incidents: 4}, previous: {counts: {incidents: 5}}}",
            "{previous: incidents, claimed: 5, verified: 3, reason: 上期年报为 3}",
            "satisfied",
            "not_satisfied",
        ),
        (
            "{check: {kind: group, each: quarter, check: {kind: statement, statement: desk}}}",
            "{units: {quarter: [{id: Q1, statements: {desk: true}}, {id: Q2, statements: {desk: true}}]}}",
            "{statement: desk, unit: Q2, claimed: true, verified: false, reason: 已撤}",
            "satisfied",
            "partly_satisfied",
        ),
        (
            "{check: {kind: group, each: quarter, check: {kind: quantity, count: visits, at_least: 2}}}",
            "{units: {quarter: [{id: Q1, counts: {visits: 2}}]}}",
            "{count: visits, unit: Q1, claimed: 2, verified: 1, reason: 记录只有一次}",
            "satisfied",
            "not_satisfied",
        ),
    ],
)
def test_everything_that_is_submitted_can_be_corrected(rule, submitted, correction, before, after) -> None:
    assert outcome(rule, submitted, "{}")[0] == before
    assert outcome(rule, submitted, f"{{corrections: [{correction}]}}")[0] == after


def test_a_yes_that_an_inspector_established_needs_no_attachment() -> None:
    rules = ruleset("[{check: {kind: statement, statement: desk, attachment: required}}]")
    text = "{corrections: [{statement: desk, claimed: false, verified: true, reason: 现场已设}]}"
    found = reviewed(rules, sent("{statements: [{id: S1, type: desk, value: false}]}"), review(text))
    assert criterion(found)["findings"][0]["reason"]["zh"] == "申报为“是”"
    assert found["integrity"] == []


def test_what_was_established_without_a_claim_is_listed_without_a_value() -> None:
    rules = ruleset("[{check: {kind: statement, statement: desk}}]")
    text = "{corrections: [{statement: desk, verified: true, reason: 现场已设}, {count: visits, verified: 3, reason: 台账}]}"
    found = reviewed(rules, sent('{events: [{id: desk, type: meeting, date: "2025-03-01"}]}'), review(text))
    rows = {row["id"]: row for row in found["evidence"]}
    assert (rows["desk.verified"]["value"], rows["visits"]["value"]) == (None, None)
    assert rows["visits"]["changes"][0]["verified"] == {"value": 3, "text": {"zh": "3 次", "en": "3 visits"}}
    assert rows["desk"]["kind"] == "event", "an id that is taken stays that of its entry"
    assert (
        found["submission"]["digest"]
        == assess(
            rules, CATALOGUE, sent('{events: [{id: desk, type: meeting, date: "2025-03-01"}]}')
        ).document["submission"]["digest"]
    )


def test_rejected_evidence_drops_out_and_stays_listed_with_the_reason() -> None:
    rules = ruleset("[{check: {kind: cadence, events: meeting, every: half_year}}]")
    held = sent(
        '{events: [{id: E1, type: meeting, date: "2025-03-01"}, {id: E2, type: meeting, date: "2025-09-01"}]}'
    )
    found = reviewed(rules, held, review("{rejected_evidence: [{id: E2, reason: 签到表是另一次会议}]}"))
    assert criterion(found)["outcome"] == "partly_satisfied"
    row = next(one for one in found["evidence"] if one["id"] == "E2")
    assert (row["accepted"], row["date"]) == (False, "2025-09-01")
    assert row["reason"] == {
        "zh": "验收未采信：签到表是另一次会议",
        "en": "rejected at the inspection: 签到表是另一次会议",
    }
    assert [one["entry"] for one in criterion(found)["changes"]] == ["rejection"]


@pytest.mark.parametrize(
    ("check", "submitted", "name"),
    [
        (SHARE, "{counts: {buildings: 40, model_buildings: 2}}", "model_buildings"),
        ("{kind: statement, statement: desk}", "{statements: [{id: S1, type: desk, value: true}]}", "S1"),
        (
            "{kind: document, documents: rules}",
            '{documents: [{id: D1, type: rules, issued: "2025-01-01"}]}',
            "D1",
        ),
        (
            "{kind: quantity, events: meeting, at_least: 1}",
            '{events: [{id: E1, type: meeting, date: "2025-03-01"}]}',
            "E1",
        ),
    ],
)
def test_what_was_submitted_and_rejected_has_failed_and_is_not_called_missing(check, submitted, name) -> None:
    text = f"{{rejected_evidence: [{{id: {name}, reason: 无法核实}}]}}"
    rules, held = ruleset(f"[{{check: {check}}}]"), sent(submitted)
    found = criterion(reviewed(rules, held, review(text)))
    assert (found["outcome"], found["earned"]["ceiling"]) == ("not_satisfied", "0")
    assert "未提交" not in found["findings"][0]["reason"]["zh"]


def test_to_reject_what_a_condition_rests_on_removes_no_requirement() -> None:
    rules = ruleset(
        "[{applies_when: {kind: quantity, events: meeting, at_least: 1}, check: {kind: statement, statement: desk}}]"
    )
    held = sent(
        '{events: [{id: E1, type: meeting, date: "2025-03-01"}], statements: [{id: S1, type: desk, value: true}]}'
    )
    found = reviewed(rules, held, review("{rejected_evidence: [{id: E1, reason: 不是例会}]}"))
    assert criterion(found)["outcome"] == "satisfied"


def test_an_event_that_was_none_lifts_a_prohibition() -> None:
    rules = ruleset("[{nature: prohibition, check: {kind: quantity, events: meeting, at_most: 0}}]")
    held = sent('{events: [{id: E1, type: meeting, date: "2025-03-01"}]}')
    found = reviewed(rules, held, review("{rejected_evidence: [{id: E1, reason: 误填}]}"))
    assert criterion(found)["outcome"] == "satisfied", (
        "one entry of a type means that all were submitted: now none is left"
    )


def test_a_level_decides_a_rating() -> None:
    assert outcome(f"{{points: 4, check: {RATING}}}", "{}", "{}") == ("needs_review", "0–4")
    text = "{ratings: [{criterion: c1, level: 2, reason: 过半}]}"
    assert outcome(f"{{points: 4, check: {RATING}}}", "{}", text) == ("partly_satisfied", "2")


@pytest.mark.parametrize(
    ("decision", "wanted"),
    [
        ("outcome: satisfied", ("satisfied", "4")),
        ('outcome: satisfied, earned: "4"', ("satisfied", "4")),
        ('outcome: partly_satisfied, earned: "1.5"', ("partly_satisfied", "1.5")),
        ("outcome: not_satisfied", ("not_satisfied", "0")),
        ("outcome: not_applicable", ("not_applicable", "0")),
        ("outcome: needs_review", ("needs_review", "0–4")),
    ],
)
def test_a_decision_replaces_the_machine_s_verdict(decision, wanted) -> None:
    text = f"{{decisions: [{{criterion: c1, {decision}, reason: 现场情况}}]}}"
    found = reviewed(SHARED, COUNTED, review(text))
    one = criterion(found)
    assert (
        outcome(f"{{points: 4, check: {SHARE}}}", "{counts: {buildings: 40, model_buildings: 2}}", text)
        == wanted
    )
    assert one["machine"] == {
        "outcome": "satisfied",
        "waits": [],
        "earned": {"floor": "4", "ceiling": "4"},
    }
    assert one["findings"][0]["measured"]["text"]["zh"] == "5.00%（2/40）", "what was measured stays"
    assert one["review"]["reason"] == "现场情况"


def test_what_does_not_apply_by_decision_leaves_the_denominator() -> None:
    rules = ruleset(f"[{{points: 4, check: {SHARE}}}, {{check: {{kind: statement, statement: desk}}}}]")
    text = "{decisions: [{criterion: c2, outcome: not_applicable, reason: 合理缺项}]}"
    found = reviewed(rules, COUNTED, review(text))
    assert (found["score"]["floor"], found["score"]["not_applicable_points"]) == ("100.00", "1")


REQUIRING = "[{check: {kind: statement, statement: desk}}, {requires: [c1], check: {kind: statement, statement: hotline}}]"
BOTH = "{statements: [{id: S1, type: desk, value: true}, {id: S2, type: hotline, value: true}]}"


@pytest.mark.parametrize(
    ("submitted", "decision", "second"),
    [
        (BOTH, "outcome: not_satisfied", "not_satisfied"),
        (BOTH.replace("value: true", "value: false", 1), "outcome: satisfied", "satisfied"),
        (BOTH.replace("value: true", "value: false", 1), "outcome: not_applicable", "satisfied"),
        (BOTH, "outcome: needs_review", "needs_review"),
    ],
)
def test_what_requires_a_criterion_is_judged_by_the_decision_on_it(submitted, decision, second) -> None:
    text = f"{{decisions: [{{criterion: c1, {decision}, reason: 现场情况}}]}}"
    found = reviewed(ruleset(REQUIRING), sent(submitted), review(text))
    assert criterion(found, "c2")["outcome"] == second


def test_a_decision_stands_whatever_its_criterion_requires() -> None:
    text = "{decisions: [{criterion: c2, outcome: satisfied, reason: 已另行落实}]}"
    submitted = BOTH.replace("value: true", "value: false", 1)
    assert (
        criterion(reviewed(ruleset(REQUIRING), sent(submitted), review(text)), "c2")["outcome"] == "satisfied"
    )


@pytest.mark.parametrize(
    ("decision", "vetoes", "accepted"),
    [
        ("outcome: satisfied", [], True),
        ("outcome: not_applicable", [], True),
        ("outcome: needs_review", [], None),
        ("outcome: not_satisfied", ["c1"], False),
        ('outcome: partly_satisfied, earned: "0.5"', ["c1"], False),
    ],
)
def test_a_veto_is_judged_by_the_decision_on_it(decision, vetoes, accepted) -> None:
    rules = ruleset(
        "[{veto: true, check: {kind: quantity, count: incidents, equals: 0}},"
        " {points: 99, check: {kind: statement, statement: desk}}]"
    )
    text = f"{{decisions: [{{criterion: c1, {decision}, reason: 现场情况}}]}}"
    found = reviewed(
        rules, sent("{counts: {incidents: 0}, statements: [{id: S1, type: desk, value: true}]}"), review(text)
    )
    assert (found["vetoes"], found["accepted"]) == (vetoes, accepted)


def test_points_of_a_flat_ruleset_are_shares_of_one() -> None:
    rules = ruleset(f"[{{points: 7, check: {SHARE}}}]", "{model: flat}")
    text = '{decisions: [{criterion: c1, outcome: partly_satisfied, earned: "0.5", reason: 现场情况}]}'
    assert reviewed(rules, COUNTED, review(text))["score"]["exact"] == {"floor": "50", "ceiling": "50"}


def test_the_stage_is_that_of_the_last_review_and_no_other() -> None:
    assert reviewed(SHARED, COUNTED, review(stage="preliminary"))["stage"] == "preliminary"
    assert reviewed(SHARED, COUNTED, review(stage="final"), review(stage="preliminary"))["stage"] == "final"
    assert reviewed(SHARED, COUNTED, review(stage="final"), stage="final")["stage"] == "final"
    with pytest.raises(ValueError, match="the last review is of the stage final"):
        reviewed(SHARED, COUNTED, review(stage="final"), stage="inspection")
