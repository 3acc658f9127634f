"""Claimed, preliminary, inspection and final stand side by side; nothing is overwritten, every number says who decided it."""

from __future__ import annotations

from tests.evaluator.building import ruleset
from tests.evaluator.review.written import RATING, criterion, review, reviewed, sent

RULES = ruleset(
    f"""
- {{points: 4, check: {{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}}}}
- {{points: 2, check: {{kind: statement, statement: desk}}}}
- {{points: 2, check: {RATING}}}
"""
)
SENT = sent("{counts: {buildings: 40, model_buildings: 2}}")
FIRST = review(
    """
corrections: [{count: model_buildings, claimed: 2, verified: 1, method: documents, date: "2025-11-03", reason: 名单只有一处}]
ratings: [{criterion: c3, level: 1, reason: 材料不全}]
""",
    "preliminary",
    "0007",
    date="2025-11-05",
)
SECOND = review(
    """
corrections: [{count: model_buildings, claimed: 2, verified: 2, reason: 另一处已挂牌}]
ratings: [{criterion: c3, level: 3, reason: 现场台账齐全}]
decisions: [{criterion: c2, outcome: partly_satisfied, earned: "1", reason: 每周只开两天}]
"""
)
THIRD = review(
    "decisions: [{criterion: c2, outcome: not_satisfied, reason: 复查时已撤}]", "final", date="2026-02-01"
)


def points(document: dict, name: str) -> list[tuple[str, str, str]]:
    return [
        (one["stage"], one["earned"]["floor"], one["decided_by"])
        for one in criterion(document, name)["stages"]
    ]


def test_every_stage_stands_beside_the_last() -> None:
    found = reviewed(RULES, SENT, THIRD, FIRST, SECOND)
    assert [(one["stage"], one["score"]["floor"], one["score"]["ceiling"]) for one in found["stages"]] == [
        ("self_check", "50.00", "100.00"),
        ("preliminary", "0.00", "0.00"),
        ("inspection", "87.50", "87.50"),
        ("final", "75.00", "75.00"),
    ]
    last = found["stages"][-1]
    assert {key: last[key] for key in ("score", "grade", "accepted", "vetoes")} == {
        key: found[key] for key in ("score", "grade", "accepted", "vetoes")
    }
    assert points(found, "c1") == [
        ("self_check", "4", "machine"),
        ("preliminary", "0", "machine"),
        ("inspection", "4", "machine"),
        ("final", "4", "machine"),
    ]
    assert points(found, "c2") == [
        ("self_check", "0", "machine"),
        ("preliminary", "0", "machine"),
        ("inspection", "1", "decision"),
        ("final", "0", "decision"),
    ]
    assert [by for _, _, by in points(found, "c3")] == ["machine", "rating", "rating", "rating"]


def test_under_a_decision_stands_what_the_machine_says_at_that_stage() -> None:
    text = """
corrections: [{count: model_buildings, claimed: 2, verified: 1, reason: 少一处}]
decisions: [{criterion: c1, outcome: satisfied, reason: 另有一处在建，按已建计}]
"""
    at = criterion(reviewed(RULES, SENT, review(text)), "c1")["stages"][-1]
    assert at["machine"] == {
        "outcome": "not_satisfied",
        "waits": [],
        "earned": {"floor": "0", "ceiling": "0"},
    }
    assert (at["outcome"], at["earned"]["floor"]) == ("satisfied", "4")


def test_every_earlier_stage_is_as_if_the_later_ones_were_not() -> None:
    whole = reviewed(RULES, SENT, FIRST, SECOND, THIRD)
    part = reviewed(RULES, SENT, FIRST, SECOND)
    assert whole["stages"][:3] == part["stages"]
    assert whole["reviews"][:2] == part["reviews"]
    for name in ("c1", "c2", "c3"):
        assert criterion(whole, name)["stages"][:3] == criterion(part, name)["stages"]
        assert criterion(whole, name)["machine"] == criterion(part, name)["machine"]


def test_a_number_says_who_decided_it_when_how_and_why() -> None:
    found = reviewed(RULES, SENT, FIRST, SECOND)
    assert criterion(found, "c2")["review"] == {
        "entry": "decision",
        "stage": "inspection",
        "digest": found["reviews"][1]["digest"],
        "reviewer": {"role": "provincial_inspector", "unit": "省民族宗教事务委员会", "number": "0042"},
        "also": [],
        "criterion": "c2",
        "outcome": "partly_satisfied",
        "earned": "1",
        "method": "on_site",
        "date": "2026-01-10",
        "reason": "每周只开两天",
        "by": ["0042"],
    }
    [change] = criterion(found, "c1")["changes"]
    assert (change["stage"], change["reviewer"]["number"], change["method"], change["date"]) == (
        "inspection",
        "0042",
        "on_site",
        "2026-01-10",
    )
    assert (change["claimed"]["value"], change["verified"]["value"], change["reason"]) == (
        2,
        2,
        "另一处已挂牌",
    )
    assert "review" not in criterion(found, "c1")
    assert "changes" not in criterion(found, "c3")


def test_the_reviews_are_told_in_full() -> None:
    first = reviewed(RULES, SENT, FIRST, SECOND)["reviews"][0]
    assert (first["stage"], first["reviewer"]["number"], first["date"], first["submission"]) == (
        "preliminary",
        "0007",
        "2025-11-05",
        {"id": "demo", "digest": None},
    )
    assert first["corrections"] == [
        {
            "kind": "count",
            "id": "model_buildings",
            "unit": None,
            "field": None,
            "label": {"zh": "文明楼组数", "en": "Model buildings"},
            "claimed": {"value": 2, "text": {"zh": "2 个", "en": "2 buildings"}},
            "verified": {"value": 1, "text": {"zh": "1 个", "en": "1 buildings"}},
            "method": "documents",
            "date": "2025-11-03",
            "reason": "名单只有一处",
            "by": ["0007"],
        }
    ]
    assert first["ratings"] == [
        {
            "criterion": "c3",
            "level": 1,
            "text": {"zh": "差"},
            "method": "on_site",
            "date": "2025-11-05",
            "reason": "材料不全",
            "by": ["0007"],
        }
    ]


def test_of_two_who_stand_behind_a_review_an_entry_can_name_the_one() -> None:
    both = review(
        """
also: [{role: expert, unit: 省社会科学院, number: E-3}]
decisions:
  - {criterion: c1, outcome: satisfied, by: E-3, reason: 甲}
  - {criterion: c2, outcome: satisfied, reason: 乙}
"""
    )
    found = reviewed(RULES, SENT, both)
    assert criterion(found, "c1")["review"]["by"] == ["E-3"]
    assert criterion(found, "c1")["review"]["reviewer"]["role"] == "expert"
    assert criterion(found, "c2")["review"]["by"] == ["0042", "E-3"]


def test_a_level_given_later_lifts_an_earlier_decision() -> None:
    first = review("decisions: [{criterion: c3, outcome: not_satisfied, reason: 材料不全}]", "preliminary")
    second = review("ratings: [{criterion: c3, level: 3, reason: 现场齐全}]")
    found = criterion(reviewed(RULES, SENT, first, second), "c3")
    assert [(one["earned"]["floor"], one["decided_by"]) for one in found["stages"]] == [
        ("0", "machine"),
        ("0", "decision"),
        ("2", "rating"),
    ]
    assert found["review"]["entry"] == "rating"


def test_a_decision_stands_at_later_stages_that_say_nothing_of_it() -> None:
    found = criterion(reviewed(RULES, SENT, SECOND, review(stage="final")), "c2")
    assert [one["decided_by"] for one in found["stages"]] == ["machine", "decision", "decision"]
    assert found["review"]["stage"] == "inspection"


def test_rejected_evidence_can_be_accepted_again() -> None:
    rules = ruleset("[{check: {kind: quantity, events: meeting, at_least: 1}}]")
    held = sent('{events: [{id: E1, type: meeting, date: "2025-03-01"}]}')
    first = review("{rejected_evidence: [{id: E1, reason: 照片不清}]}", "preliminary")
    second = review("{accepted_evidence: [{id: E1, reason: 已补交原件}]}")
    found = reviewed(rules, held, first, second)
    assert [one["outcome"] for one in criterion(found)["stages"]] == [
        "satisfied",
        "not_satisfied",
        "satisfied",
    ]
    assert found["evidence"][0]["accepted"] is True
    assert "changes" not in found["evidence"][0]
    assert found["reviews"][1]["accepted_evidence"][0]["reason"] == "已补交原件"


def test_a_confirmation_changes_nothing_and_is_told() -> None:
    text = "{confirmations: [{criterion: c1, reason: 逐户核对属实}]}"
    plain, confirmed = reviewed(RULES, SENT, review()), reviewed(RULES, SENT, review(text))
    assert plain["score"] == confirmed["score"]
    assert criterion(confirmed, "c1")["review"]["entry"] == "confirmation"
    assert criterion(confirmed, "c1")["stages"][-1]["decided_by"] == "machine"


def test_a_correction_of_a_unit_is_told_only_where_units_are_read() -> None:
    rules = ruleset(
        "[{check: {kind: quantity, count: visits, at_least: 1}},"
        " {check: {kind: group, each: quarter, check: {kind: quantity, count: visits, at_least: 1}}}]"
    )
    held = sent("{counts: {visits: 5}, units: {quarter: [{id: Q1, name: 一号小区, counts: {visits: 5}}]}}")
    text = "{corrections: [{count: visits, unit: Q1, claimed: 5, verified: 4, reason: 台账}]}"
    found = reviewed(rules, held, review(text))
    assert "changes" not in criterion(found, "c1")
    assert criterion(found, "c2")["changes"][0]["label"] == {
        "zh": "Q1 一号小区：走访次数",
        "en": "Q1 一号小区: Visits",
    }


def test_without_a_review_nothing_is_said_of_stages() -> None:
    found = reviewed(RULES, SENT, stage="inspection")
    assert (found["reviews"], "stages" in found) == ([], False)
    assert not {"machine", "stages", "review", "changes"} & set(criterion(found))
