"""What a submission claims that deserves a second look: one finding each, in both languages, and never another score."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.assessment import assess
from evaluator.claims import claims
from evaluator.observation import Observation
from evaluator.submission import Submission
from tests.evaluator.building import CATALOGUE, ruleset, submitted

YEAR = date(2025, 12, 31)


def found(text: str, as_of: date = YEAR) -> list[str]:
    return [one.in_language("zh") for one in claims(submitted(text), CATALOGUE, as_of)]


CLAIMS = {
    "an event after the data date": (
        "events: [{id: E1, type: meeting, date: 2025-11-02}]",
        date(2025, 10, 31),
        ["[after_as_of] 日期晚于数据截止日，不计入（E1）"],
    ),
    "a document after the data date": (
        "documents: [{id: D1, type: rules, issued: 2025-11-02}]",
        date(2025, 10, 31),
        ["[after_as_of] 日期晚于数据截止日，不计入（D1）"],
    ),
    "events outside the period": (
        "events: [{id: E1, type: meeting, date: 2024-12-31}, {id: E2, type: meeting, date: 2026-01-01}]",
        date(2026, 2, 1),
        ["[outside_period] 活动日期不在评估期内，不计入（E1、E2）"],
    ),
    "events on the first and the last day of the period": (
        "events: [{id: E1, type: meeting, date: 2025-01-01}, {id: E2, type: meeting, date: 2025-12-31}]",
        YEAR,
        [],
    ),
    "last year's plan": (
        "documents: [{id: D1, type: plan, issued: 2024-12-30}]",
        YEAR,
        ["[document_outside_period] 文件不属于本评估期（D1）"],
    ),
    "rules of long ago that are still in force": (
        "documents: [{id: D1, type: rules, issued: 2019-05-01}]",
        YEAR,
        [],
    ),
    "a permit that has run out": (
        "documents: [{id: D1, type: permit, issued: 2020-05-01, valid_to: 2024-12-31}]",
        YEAR,
        ["[document_outside_period] 文件不属于本评估期（D1）"],
    ),
    "a document issued after the period": (
        "documents: [{id: D1, type: rules, issued: 2026-01-02}]",
        date(2026, 2, 1),
        ["[document_outside_period] 文件不属于本评估期（D1）"],
    ),
    "documents that ran out before the period, and one of after it": (
        (
            "documents: [{id: D1, type: permit, issued: 2025-05-01, valid_to: 2024-12-31}, "
            "{id: D2, type: permit, issued: 2026-01-05, valid_to: 2027-01-05}, {id: D3, type: plan}, "
            "{id: D4, type: permit, valid_to: 2024-12-31}]"
        ),
        date(2026, 2, 1),
        [
            "[reversed_validity] 文件有效期早于印发日期（D1）",
            "[document_outside_period] 文件不属于本评估期（D2、D4）",
        ],
    ),
    "a document that ends before it begins": (
        "documents: [{id: D1, type: permit, issued: 2025-05-01, valid_to: 2025-04-30}]",
        YEAR,
        ["[reversed_validity] 文件有效期早于印发日期（D1）"],
    ),
    "one event twice": (
        "events: [{id: E1, type: meeting, date: 2025-03-12, title: 甲}, {id: E2, type: meeting, date: 2025-03-12, title: 甲}]",
        YEAR,
        ["[repeated_event] 同类型、同日期、同标题的活动重复填报（E1、E2）"],
    ),
    "a day claimed twice for the same kind of event": (
        "events: [{id: E1, type: meeting, date: 2025-03-12, title: 甲}, {id: E2, type: meeting, date: 2025-03-12, title: 乙}]",
        YEAR,
        ["[same_day] 同一天（2025-03-12）填报了几次同类活动（E1、E2）"],
    ),
    "two kinds of event on one day": (
        "events: [{id: E1, type: meeting, date: 2025-03-12}, {id: E2, type: training, date: 2025-03-12}]",
        YEAR,
        [],
    ),
    "two documents of one kind and day": (
        "documents: [{id: D1, type: rules, issued: 2025-03-12}, {id: D2, type: rules, issued: 2025-03-12}]",
        YEAR,
        ["[same_day] 同一天（2025-03-12）印发了几份同类文件（D1、D2）"],
    ),
    "a file used for two events": (
        "events: [{id: E1, type: meeting, date: 2025-03-12, files: [a]}, {id: E2, type: meeting, date: 2025-04-12, files: [a]}]",
        YEAR,
        ["[file_shared] 同一附件用于几次活动（E1、E2；a）"],
    ),
    "a file that one event names twice": (
        "events: [{id: E1, type: meeting, date: 2025-03-12, files: [a, a]}]",
        YEAR,
        [],
    ),
    "files of several events, told in the order in which they are first named": (
        (
            "events: [{id: E1, type: meeting, date: 2025-03-12, files: [b, a, b]}, "
            "{id: E2, type: meeting, date: 2025-04-12, files: [a]}, {id: E3, type: meeting, date: 2025-05-12, files: [a, b]}]"
        ),
        YEAR,
        [
            "[file_shared] 同一附件用于几次活动（E1、E3；b）",
            "[file_shared] 同一附件用于几次活动（E1、E2、E3；a）",
        ],
    ),
    "a yes without support": (
        "statements: [{id: S1, type: desk, value: true}]",
        YEAR,
        ["[statement_without_files] 申报为“是”，没有附件可供核对（S1）"],
    ),
    "a no, a yes with a file, and a published number": (
        "statements: [{id: S1, type: desk, value: false}, {id: S2, type: hotline, value: true, note: '12345'}]",
        YEAR,
        [],
    ),
    "counts that more than double or fall below half": (
        "{counts: {buildings: 41, visits: 9}, previous: {counts: {buildings: 20, visits: 20}}}",
        YEAR,
        ["[count_jump] 与上期相比超过两倍或不足一半：楼组总数 20 → 41；走访次数 20 → 9（buildings、visits）"],
    ),
    "counts at the bound, and small ones": (
        "{counts: {buildings: 40, visits: 10, incidents: 9}, previous: {counts: {buildings: 20, visits: 20, incidents: 0}}}",
        YEAR,
        [],
    ),
}


@pytest.mark.parametrize("case", CLAIMS)
def test_each_claim_has_its_finding(case: str) -> None:
    text, as_of, said = CLAIMS[case]
    assert found(text, as_of) == said


@pytest.mark.parametrize("case", CLAIMS)
def test_each_finding_is_said_in_english_too(case: str) -> None:
    text, as_of, said = CLAIMS[case]
    english = [one.in_language("en") for one in claims(submitted(text), CATALOGUE, as_of)]
    assert [one.partition("]")[0] for one in english] == [one.partition("]")[0] for one in said]
    assert not any("\u4e00" <= character <= "\u9fff" for one in english for character in one)


def test_a_document_later_than_the_deadline_that_it_proves_is_named() -> None:
    rules = ruleset("[{check: {kind: document, documents: rules, issued_by: 03-31}}]")
    sent = submitted("documents: [{id: D1, type: rules, issued: 2025-05-01}]")
    listed = assess(rules, CATALOGUE, sent).document["integrity"]
    assert [(one["code"], one["evidence"]) for one in listed] == [("late_document", ["D1"])]
    assert listed[0]["message"]["zh"] == "文件印发晚于所要证明的期限"


DAYS = st.dates(date(2024, 6, 1), date(2026, 6, 1))
SEEN = st.sampled_from(
    ("same_content", "similar_photographs", "photograph_date", "file_absent", "file_unnamed")
)


@given(days=st.lists(DAYS, max_size=6), seen=st.lists(SEEN, max_size=3), files=st.booleans())
def test_no_finding_and_no_file_changes_a_score(days: list[date], seen: list[str], files: bool) -> None:
    rules = ruleset(
        "[{check: {kind: cadence, events: meeting, every: quarter}}, {check: {kind: statement, statement: desk}}]"
    )
    sent = with_events(days, files=False)
    plain = assess(rules, CATALOGUE, sent).document
    observed = [Observation(code, ("E0",), plain_words(), ("a.jpg",)) for code in seen]
    told = assess(rules, CATALOGUE, with_events(days, files=files), observations=observed, files=()).document
    kept = ("score", "grade", "accepted", "vetoes")
    assert {key: told[key] for key in kept} == {key: plain[key] for key in kept}
    assert [(one["outcome"], one["earned"]) for one in told["criteria"]] == [
        (one["outcome"], one["earned"]) for one in plain["criteria"]
    ]
    assert {one["code"] for one in told["integrity"]} >= set(seen)


def plain_words():
    from evaluator.errors import Words

    return Words("提示", "a finding")


def with_events(days: list[date], *, files: bool) -> Submission:
    shared = ", files: [a.jpg]" if files else ""
    listed = ", ".join(f"{{id: E{n}, type: meeting, date: {day}{shared}}}" for n, day in enumerate(days))
    return submitted(f"events: [{listed}]\nstatements: [{{id: S1, type: desk, value: true}}]")
