"""Two who reviewed apart: what a third settles, and one review of what both stand behind."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluator.exact import parse_exact
from evaluator.review import Review, review_digest
from evaluator.reviewing.pair_faults import pair_faults, third_faults
from evaluator.reviewing.reconciling import Case, differences, merged
from evaluator.score import earned
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.review.test_review_laws import reviews, worlds
from tests.evaluator.review.written import RATING, faults, review, sent

RULES = ruleset(
    f"""
- {{points: 4, check: {{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}}}}
- {{points: 2, check: {{kind: statement, statement: desk}}}}
- {{points: 2, check: {RATING}}}
- {{points: 2, veto: true, check: {{kind: quantity, count: incidents, at_most: 0}}}}
"""
)
SENT = sent(
    """
counts: {buildings: 40, model_buildings: 2, incidents: 0}
events: [{id: E1, type: meeting, date: "2025-03-12"}]
statements: [{id: S1, type: desk, value: true}]
"""
)
CASE = Case(RULES, CATALOGUE, SENT, date(2025, 12, 31))


def gap(text: str) -> Any:
    return parse_exact(text)


def pair(first: str, second: str) -> tuple[Review, Review]:
    return review(first, number="0042"), review(second, number="0051")


def open_things(first: str, second: str, let_pass: str = "1") -> list[str]:
    return [one.about for one in differences(CASE, *pair(first, second), gap(let_pass))]


def of_c1(outcome: str) -> str:
    return f"{{decisions: [{{criterion: c1, {outcome}, reason: 现场}}]}}"


@pytest.mark.parametrize(
    ("first", "second", "let_pass", "wanted"),
    [
        (of_c1('outcome: partly_satisfied, earned: "3"'), of_c1('outcome: partly_satisfied, earned: "2"'), "1", []),
        (of_c1('outcome: partly_satisfied, earned: "3"'), of_c1('outcome: partly_satisfied, earned: "1.9"'), "1", ["c1"]),
        (of_c1('outcome: partly_satisfied, earned: "3"'), of_c1('outcome: partly_satisfied, earned: "2.9"'), "0", ["c1"]),
        (of_c1('outcome: partly_satisfied, earned: "3"'), "{}", "1", []),
        (of_c1('outcome: partly_satisfied, earned: "2"'), "{}", "1", ["c1"]),
        (of_c1("outcome: not_applicable"), of_c1("outcome: satisfied"), "9", ["c1"]),
        (of_c1("outcome: needs_review"), of_c1("outcome: satisfied"), "9", ["c1"]),
        ("{ratings: [{criterion: c3, level: 3, reason: 好}]}", "{ratings: [{criterion: c3, level: 2, reason: 中}]}", "1", []),
        ("{ratings: [{criterion: c3, level: 3, reason: 好}]}", "{ratings: [{criterion: c3, level: 1, reason: 差}]}", "1", ["c3"]),
        ("{ratings: [{criterion: c3, level: 3, reason: 好}]}", "{ratings: [{criterion: c3, level: 1, reason: 差}]}", "2", []),
        ("{ratings: [{criterion: c3, level: 3, reason: 好}]}", "{}", "2", ["c3"]),
        (
            '{decisions: [{criterion: c4, outcome: partly_satisfied, earned: "1.9", reason: 有}]}',
            "{}",
            "2",
            ["c4"],
        ),
    ],
    ids=[
        "points at the gap", "points beyond it", "no gap at all", "a decision against the machine within it",
        "a decision against the machine beyond it", "one says that it does not apply", "one leaves it open",
        "levels at the gap", "levels beyond it", "levels at a wider gap", "one has not rated", "a veto allows no gap",
    ],
)  # fmt: skip
def test_opinions_may_differ_by_the_gap(first, second, let_pass, wanted) -> None:
    assert open_things(first, second, let_pass) == wanted
    assert open_things(second, first, let_pass) == wanted


@pytest.mark.parametrize(
    ("first", "second", "wanted"),
    [
        (
            "{corrections: [{count: model_buildings, claimed: 2, verified: 1, reason: 少}]}",
            "{corrections: [{count: model_buildings, claimed: 2, verified: 1, reason: 一处未挂牌}]}",
            [],
        ),
        (
            "{corrections: [{count: model_buildings, claimed: 2, verified: 1, reason: 少}]}",
            "{corrections: [{count: model_buildings, claimed: 2, verified: 3, reason: 多}]}",
            ["model_buildings"],
        ),
        (
            "{corrections: [{count: model_buildings, claimed: 2, verified: 1, reason: 少}]}",
            "{}",
            ["model_buildings"],
        ),
        ("{corrections: [{count: model_buildings, claimed: 2, verified: 2, reason: 核对}]}", "{}", []),
        (
            "{rejected_evidence: [{id: E1, reason: 不清}]}",
            "{rejected_evidence: [{id: E1, reason: 看不清}]}",
            [],
        ),
        ("{rejected_evidence: [{id: E1, reason: 不清}]}", "{}", ["E1"]),
    ],
)
def test_facts_have_to_agree_whatever_the_gap(first, second, wanted) -> None:
    assert open_things(first, second, "100") == wanted
    assert open_things(second, first, "100") == wanted


def test_within_the_gap_the_lower_stands_with_its_own_words() -> None:
    first, second = pair(
        "decisions: [{criterion: c1, outcome: partly_satisfied, earned: '3', reason: 甲的理由}]\n"
        "ratings: [{criterion: c3, level: 2, reason: 甲看过}]\nconfirmations: [{criterion: c2, reason: 甲核实}]",
        "decisions: [{criterion: c1, outcome: partly_satisfied, earned: '2.5', reason: 乙的理由}]\n"
        "ratings: [{criterion: c3, level: 3, reason: 乙看过}]",
    )
    one = merged(CASE, first, second, gap("1"))
    assert [(entry.earned, entry.reason, entry.by) for entry in one.decisions] == [
        (gap("2.5"), "乙的理由", "0051")
    ]
    assert [(entry.level, entry.reason, entry.by) for entry in one.ratings] == [(2, "甲看过", "0042")]
    assert [(entry.criterion, entry.by) for entry in one.confirmations] == [("c2", "0042")]
    assert [(entry.method, str(entry.date)) for entry in one.decisions] == [("on_site", "2026-01-10")]
    assert {who.number for who in one.reviewers()} == {"0042", "0051"}
    assert one.merged is not None
    assert set(one.merged.of) == {review_digest(first), review_digest(second)}
    assert (str(one.merged.gap), one.merged.third) == ("1", None)
    assert faults(RULES, SENT, one) == []


def test_the_machine_s_own_verdict_can_be_the_lower() -> None:
    no_desk = sent("{counts: {buildings: 40, model_buildings: 1}}")
    case = CASE._replace(submission=no_desk)
    first, second = pair(of_c1('outcome: partly_satisfied, earned: "0.5"'), "{}")
    assert merged(case, first, second, gap("1")).decisions == ()


def test_the_order_of_the_two_means_nothing() -> None:
    first, second = pair(
        of_c1('outcome: partly_satisfied, earned: "3"'), of_c1('outcome: partly_satisfied, earned: "2.5"')
    )
    assert merged(CASE, first, second, gap("1")) == merged(CASE, second, first, gap("1"))


FIRST, SECOND = pair(
    "rejected_evidence: [{id: E1, reason: 不清}]\ncorrections: [{count: model_buildings, claimed: 2, verified: 1, reason: 少}]\n"
    "ratings: [{criterion: c3, level: 3, reason: 好}]",
    "ratings: [{criterion: c3, level: 1, reason: 差}]",
)
OPEN = differences(CASE, FIRST, SECOND, gap("1"))
SETTLED = """
rejected_evidence: [{id: E1, reason: 确实不清}]
corrections: [{count: model_buildings, claimed: 2, verified: 2, reason: 两处都已挂牌}]
ratings: [{criterion: c3, level: 2, reason: 中等}]
"""


def third(text: str = SETTLED, number: str = "0099", **more: Any) -> Review:
    digests = [review_digest(FIRST), review_digest(SECOND)]
    return review(text, number=number, **{"settles": digests, **more})


def test_a_third_settles_what_is_open() -> None:
    assert [one.about for one in OPEN] == ["model_buildings", "E1", "c3"]
    assert list(third_faults(third(), FIRST, SECOND, OPEN)) == []
    one = merged(CASE, FIRST, SECOND, gap("1"), third())
    assert [(entry.level, entry.by) for entry in one.ratings] == [(2, "0099")]
    assert [entry.verified for entry in one.corrections] == [2]
    assert [entry.reason for entry in one.rejected_evidence] == ["确实不清"]
    assert one.merged is not None
    assert one.merged.third == review_digest(third())
    assert faults(RULES, SENT, one) == []


def test_a_third_can_accept_what_one_rejected() -> None:
    text = SETTLED.replace("rejected_evidence", "accepted_evidence")
    assert list(third_faults(third(text), FIRST, SECOND, OPEN)) == []
    one = merged(CASE, FIRST, SECOND, gap("1"), third(text))
    assert (one.rejected_evidence, one.accepted_evidence) == ((), ())


@pytest.mark.parametrize(
    ("settled", "more", "wanted"),
    [
        (SETTLED.replace("ratings: [{criterion: c3, level: 2, reason: 中等}]", ""), {}, ["unsettled"]),
        ("{}", {}, ["unsettled", "unsettled", "unsettled"]),
        (SETTLED + "decisions: [{criterion: c1, outcome: satisfied, reason: 另作判定}]", {}, ["not_asked"]),
        (SETTLED, {"settles": ["sha256:" + "0" * 64]}, ["settles_others"]),
        (SETTLED, {"stage": "final"}, ["other_stage"]),
        (SETTLED, {"number": "0042"}, ["same_reviewer"]),
    ],
)
def test_a_third_settles_all_that_is_open_and_nothing_else(settled, more, wanted) -> None:
    found = list(third_faults(third(settled, **more), FIRST, SECOND, OPEN))
    assert [one.code for one in found] == wanted


@pytest.mark.parametrize(
    ("more", "wanted"),
    [
        ({}, []),
        ({"stage": "final"}, ["other_stage"]),
        ({"number": "0042"}, ["same_reviewer"]),
        ({"follows": ["sha256:" + "0" * 64]}, ["follows_another"]),
    ],
)
def test_what_cannot_be_reconciled_is_said(more, wanted) -> None:
    second = review("{}", **{"number": "0051", **more})
    assert [one.code for one in pair_faults(review("{}"), second)] == wanted


@settings(max_examples=40)
@given(worlds(), st.data(), st.sampled_from(["0", "0.5", "1", "3"]))
def test_a_merged_review_is_sound_and_grants_what_both_grant(
    world: Any, choose: st.DataObject, let_pass: str
) -> None:
    rules, submission, day = world
    first = choose.draw(reviews(rules, submission))
    second = choose.draw(reviews(rules, submission)).model_copy(
        update={"reviewer": first.reviewer.model_copy(update={"number": "0051"}), "corrections": first.corrections,
                "rejected_evidence": first.rejected_evidence}
    )  # fmt: skip
    case = Case(rules, CATALOGUE, submission, day)
    open_ = {one.criterion for one in differences(case, first, second, gap(let_pass))}
    one = merged(case, first, second, gap(let_pass))
    assert faults(rules, submission, one) == []
    found, mine, yours = (case.verdicts(each) for each in (one, first, second))
    for name in found.keys() - open_:
        if rules.by_id()[name].requires:
            continue  # held back by another's verdict, as each of the two may not have been
        ends = [earned(side[name], rules.scoring) for side in (found, mine, yours)]
        assert ends[0] == min(ends[1:], key=lambda end: (end.floor, end.ceiling))


@settings(max_examples=30)
@given(worlds(), st.data())
def test_two_of_one_opinion_make_the_same_assessment(world: Any, choose: st.DataObject) -> None:
    rules, submission, day = world
    first = choose.draw(reviews(rules, submission))
    second = first.model_copy(update={"reviewer": first.reviewer.model_copy(update={"number": "0051"})})
    case = Case(rules, CATALOGUE, submission, day)
    assert differences(case, first, second, gap("0")) == ()
    assert case.verdicts(merged(case, first, second, gap("0"))) == case.verdicts(first)
