"""The assessment: the contract of its JSON."""

from __future__ import annotations

import json
import re
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from evaluator.assessment import assess
from evaluator.canonical import digest
from evaluator.digests import ruleset_digest, submission_digest
from evaluator.reading import read_json, read_yaml
from evaluator.submission import Submission
from evaluator.validating import validate
from tests.evaluator.building import CATALOGUE, assessed, data, ruleset, submission, submitted

SHARE = "check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}"
DESK = "check: {kind: statement, statement: desk}"
DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
# One criterion of each kind and form.
WHOLE = f"""
- {{id: share, points: 2, {SHARE}}}
- {{id: meetings, points: 2, check: {{kind: cadence, events: meeting, every: quarter}}}}
- {{id: plan, check: {{kind: document, documents: plan, contains: [goals]}}}}
- id: rated
  check: {{kind: rating, levels: [{{level: 1, credit: 0, text: {{zh: 差}}}}, {{level: 2, credit: 1, text: {{zh: 好}}}}]}}
- {{id: fewer, check: {{kind: change, count: incidents, direction: falls, by: 5%}}}}
- {{id: desk, requires: [plan], {DESK}}}
- {{id: rural, applies_when: {{kind: subject, attribute: class, in: [rural]}}, {DESK}}}
- id: either
  check: {{kind: group, any: [{{kind: statement, statement: desk}}, {{kind: statement, statement: hotline}}]}}
- {{id: quarters, check: {{kind: group, each: quarter, check: {{kind: statement, statement: desk}}}}}}
- id: lost
  points: 2
  deduct: [{{each: {{count: visits}}, lose: 1}}, {{unless: {{kind: statement, statement: hotline}}, lose: 1}}]
- id: best
  points: 2
  best_of:
    - {{check: {{kind: statement, statement: hotline}}, points: 2}}
    - {{check: {{kind: statement, statement: desk}}, points: 1}}
- {{id: extra, level: may, {DESK}}}
"""
SENT = """
counts: {buildings: 41, model_buildings: 2, visits: 1, incidents: 9}
previous: {counts: {incidents: 10}}
events: {meeting: ["2025-02-01", "2025-02-02", "2024-02-01"]}
documents: {plan: ["2025-01-08"]}
statements: {desk: true, hotline: false}
units: {quarter: [{id: Q1, statements: {desk: true}}, {id: Q2}]}
"""
STAGES = ["self_check", "preliminary", "inspection", "final"]


def documents() -> list[dict[str, Any]]:
    """Assessments of everything the tests have: each stage, with evidence and without, early and late."""
    return [
        assessed(WHOLE, given, stage=stage, as_of=day).document
        for given in ("{}", SENT, "{none: [meeting, plan, quarter]}")
        for stage in STAGES
        for day in ("2025-05-15", "2025-12-31")
    ]


def findings(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for criterion in document["criteria"] for one in criterion["findings"]]


def test_the_keys_of_the_contract_are_there() -> None:
    found = assessed(WHOLE, SENT).document
    assert found["assessment"] == 1
    assert set(found["engine"]) == {"semantics", "version"}
    assert {"id", "version", "digest"} <= set(found["ruleset"])
    assert set(found["submission"]) == {"digest", "subject", "period", "package", "files"}
    assert {"floor", "ceiling", "decided", "not_applicable_points", "exact"} <= set(found["score"])
    assert {"digest", "stage", "as_of", "reviews", "grade", "accepted", "vetoes", "integrity"} <= set(found)
    for one in found["criteria"]:
        assert {"id", "clause", "title", "level", "veto", "outcome", "points", "earned", "findings"} <= set(
            one
        )
    for one in findings(found):
        assert {
            "kind",
            "of",
            "outcome",
            "credit",
            "measured",
            "required",
            "shortfall",
            "evidence",
            "reason",
        } <= set(one)


def test_it_is_json_without_a_float() -> None:
    for one in documents():
        assert json.loads(json.dumps(one), parse_float=lambda text: pytest.fail(f"a float: {text}")) == one


def test_the_example_of_the_readme_5_percent_of_40() -> None:
    finding = assessed(f"[{{{SHARE}}}]", "{counts: {buildings: 40, model_buildings: 2}}").document[
        "criteria"
    ][0]["findings"][0]
    measured = finding["measured"]
    assert (measured["value"], measured["parts"]) == ("1/20", {"model_buildings": 2, "buildings": 40})
    assert measured["text"]["en"] == "5.00% (2 of 40)"
    assert measured["text"]["zh"].startswith("5.00%")
    assert finding["required"]["value"] == "1/20"
    assert finding["shortfall"] is None


def test_a_shortfall_is_in_units_that_a_person_can_act_on() -> None:
    finding = assessed(f"[{{{SHARE}}}]", "{counts: {buildings: 41, model_buildings: 1}}").document[
        "criteria"
    ][0]["findings"][0]
    assert finding["shortfall"] == {
        "amount": "2",
        "of": "model_buildings",
        "possible": True,
        "text": {"zh": "再创建 2 个楼组", "en": "create 2 more model buildings"},
    }


def test_the_digest_is_of_the_assessment_without_it() -> None:
    found = dict(assessed(WHOLE, SENT).document)
    assert found.pop("digest") == digest(found)


def test_every_digest_is_a_sha_256() -> None:
    found = assessed(WHOLE, SENT).document
    for one in (found["digest"], found["ruleset"]["digest"], found["submission"]["digest"]):
        assert DIGEST.fullmatch(one)


def test_the_same_input_gives_the_same_bytes() -> None:
    once, again = (json.dumps(assessed(WHOLE, SENT).document, ensure_ascii=False) for _ in range(2))
    assert once == again


def test_the_order_of_keys_in_the_submission_changes_no_digest() -> None:
    one = submitted(
        "{counts: {buildings: 40, model_buildings: 2}, statements: [{id: S1, type: desk, value: true}]}"
    )
    other = submitted(
        "{statements: [{value: true, type: desk, id: S1}], counts: {model_buildings: 2, buildings: 40}}"
    )
    rules = ruleset(WHOLE)
    assert submission_digest(one) == submission_digest(other)
    assert (
        assess(rules, CATALOGUE, one).document["score"] == assess(rules, CATALOGUE, other).document["score"]
    )


def test_yaml_and_json_of_the_same_content_agree_to_the_digest() -> None:
    text = {
        "submission": 1,
        "subject": {"id": "demo-01", "name": "示例社区", "kind": "community"},
        "period": {"from": "2025-01-01", "to": "2025-12-31"},
        "counts": {"buildings": 40, "budget": "40.5"},
        "events": [{"id": "E1", "type": "meeting", "date": "2025-03-12", "title": "例会"}],
    }
    as_json = validate(Submission, read_json(json.dumps(text), "a.json"))
    as_yaml = validate(
        Submission,
        read_yaml(
            "submission: 1\nsubject: {id: demo-01, name: 示例社区, kind: community}\n"
            "period: {from: 2025-01-01, to: 2025-12-31}\ncounts: {buildings: 40, budget: 40.5}\n"
            "events:\n  - {title: 例会, id: E1, type: meeting, date: 2025-03-12}\n",
            "a.yaml",
        ),
    )
    rules = ruleset(WHOLE)
    assert assess(rules, CATALOGUE, as_json).document == assess(rules, CATALOGUE, as_yaml).document


def test_a_ruleset_digest_covers_the_rules_and_the_catalogue_entries_they_use() -> None:
    rules = ruleset(f"[{{{SHARE}}}]")

    def relabelled(name: str):
        label = CATALOGUE.counts[name].label.model_copy(update={"zh": "另名"})
        counts = {**CATALOGUE.counts, name: CATALOGUE.counts[name].model_copy(update={"label": label})}
        return CATALOGUE.model_copy(update={"counts": counts})

    same = ruleset_digest(rules, CATALOGUE)
    assert ruleset_digest(ruleset(f"[{{{SHARE}}}]"), CATALOGUE) == same
    assert ruleset_digest(ruleset(f"[{{points: 2, {SHARE}}}]"), CATALOGUE) != same
    assert ruleset_digest(rules, relabelled("buildings")) != same
    assert ruleset_digest(rules, relabelled("visits")) == same


def test_every_finding_has_a_reason_in_both_languages_with_nothing_left_to_fill_in() -> None:
    for document in documents():
        for one in findings(document):
            for text in one["reason"].values():
                assert text, one
                assert "{" not in text, one
                assert text[-1] not in "：:", one


def test_every_text_is_in_both_languages_with_nothing_left_to_fill_in() -> None:
    for document in documents():
        for one in findings(document):
            for part in (one["measured"], one["required"], one["shortfall"]):
                if part is not None:
                    assert part["text"]["zh"], one
                    assert part["text"]["en"], one
                    assert "{" not in part["text"]["zh"] + part["text"]["en"], one


def test_a_failed_prerequisite_is_named_by_its_title() -> None:
    found = assessed(f"[{{id: a, requires: [b], {DESK}}}, {{id: b, title: {{zh: 前提, en: The first}}, {SHARE}}}]",
                     "{statements: {desk: true}, counts: {buildings: 40, model_buildings: 1}}").document  # fmt: skip
    reason = found["criteria"][0]["findings"][1]["reason"]
    assert "前提" in reason["zh"].removeprefix("前提指标未达标")
    assert "The first" in reason["en"]


def test_what_falls_short_and_is_decided_says_by_how_much() -> None:
    for document in documents():
        for one in findings(document):
            if one["outcome"] in ("not_satisfied", "partly_satisfied") and one["kind"] not in (
                "deduct", "best_of", "requires", "subject",
            ) and one["role"] == "check":  # fmt: skip
                assert one["shortfall"] is not None, one


@pytest.mark.parametrize(
    ("model", "buildings", "measured", "outcome"),
    [
        (2, 40, "5.00%", "satisfied"),
        (1249, 25000, "4.996%", "not_satisfied"),
        (49999, 1000000, "4.9999%", "not_satisfied"),
        (1, 3, "33.33%", "satisfied"),
    ],
)
def test_a_printed_ratio_never_contradicts_its_verdict(
    model: int, buildings: int, measured: str, outcome: str
) -> None:
    found = assessed(
        f"[{{{SHARE}}}]", f"{{counts: {{buildings: {buildings}, model_buildings: {model}}}}}"
    ).document
    finding = found["criteria"][0]["findings"][0]
    assert (finding["measured"]["text"]["en"].split()[0], finding["outcome"]) == (measured, outcome)


@pytest.mark.parametrize(
    ("points", "printed", "grade"),
    [
        ("89.995", "89.995", "rectify"),
        ("90", "90.00", "model"),
        ("82.5", "82.50", "rectify"),
        ("59.9999", "59.9999", "not_ready"),
    ],
)
def test_a_printed_score_never_contradicts_its_grade(points: str, printed: str, grade: str) -> None:
    rest = Fraction(100) - Fraction(points)
    left = f"{float(rest):.6f}".rstrip("0").rstrip(".")
    found = assessed(
        f"[{{points: {points}, {DESK}}}, {{points: {left}, check: {{kind: statement, statement: hotline}}}}]",
        "{statements: {desk: true, hotline: false}}",
    ).document
    assert (found["score"]["floor"], found["grade"]) == (printed, grade)


def test_a_score_that_is_not_quite_full_is_not_printed_as_full() -> None:
    found = assessed(
        f"[{{points: 99999, {DESK}}}, {{points: 0.5, check: {{kind: statement, statement: hotline}}}}]",
        "{statements: {desk: true, hotline: false}}",
    ).document
    assert Fraction(found["score"]["floor"]) < 100


def test_points_are_printed_as_the_rules_state_them() -> None:
    found = assessed(f"[{{points: 0.125, {DESK}}}]", "{statements: {desk: true}}").document
    assert found["criteria"][0]["points"] == "0.125"


def test_a_threshold_is_printed_as_the_rules_state_it() -> None:
    check = "check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 12.345%}"
    finding = assessed(f"[{{{check}}}]", "{counts: {buildings: 40, model_buildings: 2}}").document[
        "criteria"
    ][0]["findings"][0]
    assert "12.345%" in finding["required"]["text"]["zh"]


def test_a_submitted_number_is_printed_as_it_was_submitted() -> None:
    found = assessed(f"[{{{DESK}}}]", "{counts: {budget: 40.125}}").document
    assert [row["value"] for row in found["evidence"]] == ["40.125"]


def test_the_exact_fractions_stand_beside_the_printed_figures() -> None:
    found = assessed(
        f"[{{points: 33, {DESK}}}, {{points: 7, {SHARE}}}]", "{statements: {desk: true}}"
    ).document
    assert found["score"]["exact"] == {"floor": "165/2", "ceiling": "100"}
    assert (found["score"]["floor"], found["score"]["ceiling"]) == ("82.50", "100.00")


def test_where_nothing_applies_the_score_is_null() -> None:
    idle = "check: {kind: ratio, numerator: visits, denominator: buildings, at_least: 5%}"
    found = assessed(f"[{{points: 4, {idle}}}]", "{counts: {visits: 0, buildings: 0}}").document
    assert (found["score"], found["grade"], found["accepted"]) == (None, None, None)


def test_the_points_that_did_not_apply_are_printed() -> None:
    idle = "check: {kind: ratio, numerator: visits, denominator: buildings, at_least: 5%}"
    given = "{counts: {visits: 0, buildings: 0}, statements: {desk: true}}"
    assert (
        assessed(f"[{{points: 4, {idle}}}, {{{DESK}}}]", given).document["score"]["not_applicable_points"]
        == "4"
    )


def test_evidence_rows_say_what_each_served_and_why_some_did_not_count() -> None:
    found = assessed(
        f"[{{id: m, check: {{kind: cadence, events: meeting, every: year}}}}, {{id: d, {DESK}}}]",
        """
        counts: {visits: 3}
        events: {meeting: ["2025-02-01", "2024-02-01", "2025-11-01"]}
        documents: {rules: ["2025-11-02", "2013-01-01"]}
        statements: {desk: true}
        """,
        as_of="2025-10-15",
    ).document["evidence"]
    rows = {
        row["id"]: (row["kind"], row["criteria"], row["accepted"], row["reason"] and row["reason"]["zh"])
        for row in found
    }
    assert rows == {
        "visits": ("count", [], True, None),
        "E1": ("event", ["m"], True, None),
        "E2": ("event", [], False, "日期不在评估期内"),
        "E3": ("event", [], False, "日期晚于数据截止日"),
        "D1": ("document", [], False, "日期晚于数据截止日"),
        "D2": ("document", [], True, None),
        "S1": ("statement", ["d"], True, None),
    }


def test_windows_are_listed_with_days_and_states() -> None:
    found = assessed("[{check: {kind: cadence, events: meeting, every: half_year}}]", '{events: {meeting: ["2025-02-01"]}}',
                     as_of="2025-08-01").document  # fmt: skip
    assert found["criteria"][0]["findings"][0]["windows"] == [
        {"from": "2025-01-01", "to": "2025-06-30", "needed": 1, "found": 1, "state": "met"},
        {"from": "2025-07-01", "to": "2025-12-31", "needed": 1, "found": 0, "state": "open"},
    ]


def test_members_point_to_the_group_that_they_belong_to() -> None:
    found = assessed(WHOLE, SENT).document
    group = next(one for one in found["criteria"] if one["id"] == "either")["findings"]
    assert [(one["kind"], one["parent"]) for one in group] == [
        ("group", None),
        ("statement", 0),
        ("statement", 0),
    ]


@pytest.mark.parametrize(
    ("more", "as_of", "codes"),
    [
        pytest.param("{}", None, [], id="nothing to say"),
        pytest.param('{period: {from: "2025-01-01", to: "2025-06-30"}}', None, ["period_length"], id="half a year"),
        pytest.param('{period: {from: "2024-07-01", to: "2025-06-30"}}', None, [], id="twelve months over new year"),
        pytest.param('{period: {from: "2009-07-01", to: "2010-06-30"}}', None, ["outside_effective"], id="before it is in force"),
        pytest.param("{}", "2026-01-05", ["as_of_after_period"], id="the data date after the period"),
        pytest.param("{}", "2024-12-31", ["as_of_before_period"], id="the data date before the period"),
        pytest.param("{}", "2025-01-01", [], id="the data date on the first day"),
        pytest.param('{events: [{id: E1, type: meeting, date: "2025-11-01"}]}', "2025-10-15", ["after_as_of"],
                     id="an event after the data date"),
        pytest.param('{documents: [{id: D1, type: rules, issued: "2025-11-01"}]}', "2025-10-15", ["after_as_of"],
                     id="a document after the data date"),
        pytest.param('{events: [{id: E1, type: meeting, date: "2024-11-01"}]}', None, ["outside_period"], id="an event before"),
        pytest.param('{events: [{id: E1, type: meeting, date: "2025-11-01"}, {id: E2, type: meeting, date: "2025-11-01"}]}', None,
                     ["repeated_event"], id="the same event twice"),
        pytest.param('{documents: [{id: D1, type: rules, issued: "2025-02-01", valid_to: "2025-01-01"}]}', None,
                     ["reversed_validity"], id="a document that ends before it begins"),
        pytest.param("{statements: [{id: S1, type: desk, value: true}]}", None, ["unsupported_yes"], id="a yes without support"),
        pytest.param('{documents: [{id: D1, type: rules, issued: "2025-02-01", valid_to: "2025-02-01"}]}', None, [],
                     id="a document that is valid for a day"),
        pytest.param("{ratings: [{criterion: c1, level: 3, reason: 自评}]}", None, [], id="a self-rating"),
        pytest.param("{ratings: [{criterion: c9, level: 3, reason: 自评}]}", None, ["rating_of_other"],
                     id="a self-rating of another ruleset's criterion"),
        pytest.param("{statements: [{id: S1, type: desk, value: true, files: [a.jpg]}]}", None, [], id="a yes with support"),
    ],
)  # fmt: skip
def test_integrity(more: str, as_of: str | None, codes: list[str]) -> None:
    rules = ruleset("[{check: {kind: statement, statement: desk, attachment: required}}]")
    day = date.fromisoformat(as_of) if as_of else None
    found = assess(rules, CATALOGUE, submitted(more), as_of=day).document["integrity"]
    assert [one["code"] for one in found] == codes
    for one in found:
        assert one["message"]["zh"]
        assert one["message"]["en"]


def test_an_integrity_finding_names_its_evidence_and_changes_no_verdict() -> None:
    sent = """
    documents: [{id: D1, type: rules, issued: "2025-02-01", valid_to: "2025-01-01"}]
    statements: [{id: S1, type: desk, value: true}]
    """
    rules = ruleset(f"[{{{DESK}}}]")
    found = assess(rules, CATALOGUE, submitted(sent)).document
    assert [one["evidence"] for one in found["integrity"]] == [["D1"], ["S1"]]
    assert found["criteria"][0]["outcome"] == "satisfied"


def test_as_of_is_the_arguments_else_the_submissions_else_the_periods_end() -> None:
    rules = ruleset(f"[{{{DESK}}}]")
    stated = submitted('{as_of: "2025-10-15"}')
    assert assess(rules, CATALOGUE, stated, as_of=date(2025, 9, 1)).document["as_of"] == "2025-09-01"
    assert assess(rules, CATALOGUE, stated).document["as_of"] == "2025-10-15"
    assert assess(rules, CATALOGUE, submission()).document["as_of"] == "2025-12-31"


def test_a_criterions_earned_points_agree_with_its_credit() -> None:
    for document in documents():
        for one in document["criteria"]:
            if one["credit"] is None:
                assert one["earned"] == {"floor": "0", "ceiling": "0"}
                assert one["outcome"] == "not_applicable"
            else:
                for end in ("floor", "ceiling"):
                    exact = Fraction(one["credit"][end]) * Fraction(one["points"])
                    assert abs(Fraction(one["earned"][end]) - exact) <= Fraction(1, 200)
                    assert (Fraction(one["earned"][end]) == 0) == (exact == 0)


def test_deductions_from_the_total_are_listed_with_what_they_took() -> None:
    scoring = (
        "{deductions: {cap: 10, lines: [{title: {zh: 扣, en: Lost}, each: {count: incidents}, lose: 2}]}}"
    )
    found = assessed(f"[{{{DESK}}}]", "{statements: {desk: true}, counts: {incidents: 2}}", scoring).document
    assert [(one["title"]["en"], one["lost"]) for one in found["deductions"]] == [
        ("Lost", {"floor": "4", "ceiling": "4"})
    ]
    assert found["score"]["floor"] == "96.00"


def test_the_documents_numbers_are_those_of_the_result() -> None:
    found = assessed(WHOLE, SENT)
    assert found.result.score is not None
    assert found.document["score"]["exact"]["floor"] == str(found.result.score.score.floor)
    assert data("{}") == {}


@pytest.mark.parametrize(("to", "codes"), [("2025-12-31", []), ("2025-12-30", ["outside_effective"])])
def test_a_period_may_end_on_the_last_day_in_force(to: str, codes: list[str]) -> None:
    rules = ruleset(f"[{{{DESK}}}]")
    ended = rules.model_copy(
        update={"effective": rules.effective.model_copy(update={"to": date.fromisoformat(to)})}
    )
    assert [one["code"] for one in assess(ended, CATALOGUE, submitted("{}")).document["integrity"]] == codes


def test_what_is_not_quite_decided_or_full_is_not_printed_as_such() -> None:
    other = "check: {kind: statement, statement: hotline}"
    nearly = assessed(
        f"[{{points: 99999, {DESK}}}, {{points: 0.5, {other}}}]", "{statements: {desk: true, hotline: false}}"
    ).document
    assert Fraction(nearly["sections"][0]["rate"]["floor"]) < 100
    open_ = assessed(
        f"[{{points: 99999, {DESK}}}, {{points: 0.5, {other}}}]", "{statements: {desk: true}}"
    ).document
    assert Fraction(open_["score"]["decided"]) < 1


def test_a_section_says_its_points_cap_and_rate() -> None:
    rules = ruleset(
        f"[{{section: a, points: 4, {DESK}}}, {{section: b, points: 2, {DESK}}}]", caps='{a: "3"}'
    )
    found = assess(rules, CATALOGUE, submission("{statements: {desk: true}}")).document["sections"]
    shown = [
        (one["id"], one["points"], one["cap"], one["earned"]["floor"], one["rate"]["floor"]) for one in found
    ]
    assert shown == [("a", "4", "3", "3", "100.00"), ("b", "2", None, "2", "100.00")]


def test_what_a_deduction_took_stands_there_exactly() -> None:
    lines = (
        "[{title: {zh: 扣, en: Lost}, each_below: {kind: ratio, numerator: model_buildings, denominator: buildings, "
        "at_least: 5%}, step: 1%, lose: 1, part_step: proportional}]"
    )
    found = assessed(
        f"[{{{DESK}}}]",
        "{counts: {buildings: 30, model_buildings: 1}, statements: {desk: true}}",
        f"{{deductions: {{cap: 10, lines: {lines}}}}}",
        stage="inspection",
    ).document
    (line,) = found["deductions"]
    assert (line["lost"]["floor"], line["exact"]["floor"]) == ("1.67", "5/3")
    assert Fraction(found["score"]["exact"]["floor"]) == 100 - Fraction(5, 3)


def test_a_criterion_names_the_one_of_the_edition_before_only_where_there_is_one() -> None:
    first, second = assessed(f"[{{supersedes: old-1, {DESK}}}, {{{DESK}}}]").document["criteria"]
    assert first["supersedes"] == "old-1"
    assert "supersedes" not in second
