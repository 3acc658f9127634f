"""Drafts: valid cases that pass as they stand, on the sides that no case stands on, with what the rules now make of them."""

from __future__ import annotations

import pytest

from evaluator.cases import CaseFile
from evaluator.reading import read_yaml
from evaluator.testing.coverage import coverage
from evaluator.testing.good import MOST_OF_A_KIND
from evaluator.testing.noticing import noticing
from evaluator.testing.running import ran
from evaluator.testing.stating import drafts_text
from tests.evaluator.building import CATALOGUE, ruleset
from tests.evaluator.rule_tests.trials import DEFAULTS, case_file, drafts

EVERY_KIND = ruleset(
    """
    - {id: share, check: {kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%, minimum_sample: 20}}
    - {id: held, check: {kind: quantity, events: training, at_least: 2}}
    - {id: dated, check: {kind: quantity, count: visits, at_least: {"2010-01-01": 2, "2026-01-01": 3}}}
    - {id: steps, points: 4, check: {kind: quantity, count: visits, steps: [{at_least: 4, points: 4}, {at_least: 2, points: 1}]}}
    - {id: scale, points: 5,
       check: {kind: ratio, numerator: model_buildings, denominator: buildings, scale: {from: 60%, to: 90%}}}
    - {id: money, check: {kind: quantity, count: budget, at_least: "2.5"}, credit: proportional}
    - {id: meetings, check: {kind: cadence, events: meeting, every: quarter}}
    - {id: planned, check: {kind: document, documents: plan, contains: [goals, tasks], attachment: required}}
    - {id: timely, check: {kind: document, documents: rules, issued_by: "2025-08-31"}}
    - {id: answered, check: {kind: statement, statement: desk}}
    - {id: rated, check: {kind: rating, levels: [{level: 2, credit: 1, text: {zh: 好}}, {level: 1, credit: 0, text: {zh: 差}}]}}
    - {id: fewer, check: {kind: change, count: incidents, direction: falls, by: 10%}}
    - {id: both, check: {kind: group, all: [{kind: document, documents: permit}, {kind: statement, statement: desk}]}}
    - {id: two, check: {kind: group, of: [{kind: statement, statement: desk}, {kind: statement, statement: hotline},
       {kind: quantity, count: visits, at_least: 1}], at_least: 2}}
    - {id: units, check: {kind: group, each: quarter, check: {kind: quantity, count: visits, at_least: 2}}}
    - {id: taken, points: 10, deduct: [{each: {count: incidents}, lose: 2, cap: 6},
       {each_missed: {kind: cadence, events: meeting, every: half_year}, lose: 1}]}
    - {id: made, points: 5, earn: [{each: {events: training}, points: 2, cap: 4}, {each: {count: visits}, points: 0.5},
       {when: {kind: statement, statement: hotline}, points: 1}]}
    - {id: once, points: 4, earn: [{each: {documents: permit}, points: 2}]}
    - {id: best, points: 3, best_of: [{check: {kind: document, documents: plan}, points: 3},
       {check: {kind: statement, statement: hotline}, points: 1}]}
    - {id: where, applies_when: {kind: subject, attribute: class, in: [rural]}, requires: [answered],
       check: {kind: statement, statement: hotline}}
    """
)


def rejoined(text: str) -> CaseFile:
    """The drafts as the case file that they become when someone copies them."""
    found = read_yaml(text, "drafts.yaml").data
    return CaseFile.model_validate({"format": 1, "defaults": DEFAULTS, **found})


def test_from_nothing_the_drafts_cover_every_kind_and_pass() -> None:
    made = drafts(EVERY_KIND, "[]")
    text = drafts_text((one.data for one in made.drafts), ["试"], "待确认")
    file = rejoined(text)
    every = ran(file, EVERY_KIND, CATALOGUE)
    assert [(one.case.name, one.differences) for one in every if one.differences] == []
    found = coverage(every, EVERY_KIND, CATALOGUE)
    assert [(one.criterion.id, one.wanting) for one in found.criteria if one.wanting] == []
    assert [one.boundary for one in found.boundaries() if one.missing and one.boundary.criterion] == []
    assert [goal for goal in made.unreached if goal[0].criterion] == [], (
        "the score as a whole is left to people"
    )


def test_with_changes_the_drafts_notice_what_facts_of_one_criterion_can_show() -> None:
    made = drafts(EVERY_KIND, "[{given: {}, expect: {vetoes: []}}]", mutate=True)
    file = rejoined(drafts_text((one.data for one in made.drafts), [], "待确认"))
    unnoticed = {
        (one.criterion, one.change.name)
        for one in noticing(file, EVERY_KIND, CATALOGUE).unnoticed
        if one.criterion and one.change.name.split(" ")[0] not in ("level", "veto")
    }
    assert unnoticed == set()


def test_a_draft_says_that_it_is_not_confirmed_and_what_it_came_to() -> None:
    rules = ruleset("[{id: share, points: 2, title: {zh: 楼组比例, en: Share}, check: {kind: ratio, numerator: model_buildings, "
                    "denominator: buildings, at_least: 5%}}]")  # fmt: skip
    cases = """
    - {criterion: share, given: {counts: {buildings: 40, model_buildings: 2}}, expect: {outcome: satisfied}}
    - {criterion: share, given: {counts: {buildings: 40, model_buildings: 1}}, expect: {outcome: not_satisfied}}
    """
    made = drafts(rules, cases)
    assert drafts_text((one.data for one in made.drafts), ["起草"], "待确认") == (
        "# 起草\n"
        "cases:\n"
        "  - name: 楼组比例：文明楼组数略高于 5%，达标  # 待确认\n"
        "    criterion: share\n"
        "    given: {counts: {buildings: 200, model_buildings: 11}}\n"
        '    expect: {outcome: satisfied, earned: "2"}\n'
    )


def test_one_draft_with_incomplete_copies_notices_every_content_that_is_asked_for() -> None:
    rules = ruleset(
        "[{id: plan, points: 2, check: {kind: document, documents: plan, contains: [goals, tasks]}}]"
    )
    cases = """
    - criterion: plan
      given: {documents: {plan: [{issued: "2025-02-01", contains: [goals, tasks]}]}}
      expect: {outcome: satisfied, earned: 2}
    - {criterion: plan, given: {none: [plan]}, expect: {outcome: not_satisfied}}
    """
    made = drafts(rules, cases, mutate=True)
    lacking = [one.data for one in made.drafts if "各缺一项" in one.data["name"]]
    assert [one["given"] for one in lacking] == [
        {
            "documents": {
                "plan": [
                    {"issued": "2025-02-01", "contains": ["tasks"]},
                    {"issued": "2025-02-01", "contains": ["goals"]},
                ]
            }
        }
    ]


@pytest.mark.parametrize("count", [0, 1])
def test_where_nothing_is_missing_nothing_is_drafted(count: int) -> None:
    rules = ruleset("[{id: desk, check: {kind: statement, statement: desk}}]")
    cases = """
    - {criterion: desk, given: {statements: {desk: true}}, expect: {outcome: satisfied}}
    - {criterion: desk, given: {statements: {desk: false}}, expect: {outcome: not_satisfied}}
    """
    assert drafts(rules, cases).drafts == ()
    assert case_file(cases).cases[count].criterion == "desk"


def test_numbers_that_nobody_can_mean_are_drafted_all_the_same() -> None:
    rules = ruleset(
        """
        - {id: held, check: {kind: quantity, events: training, at_least: 999999999999}}
        - {id: often, check: {kind: cadence, events: meeting, every: month, at_least: 999999999999}}
        - {id: free, points: 2, deduct: [{each: {count: incidents}, lose: 0}]}
        - {id: cheap, points: 2, deduct: [{each: {events: training}, lose: "0.000000000001"}]}
        """
    )
    found = drafts(rules, "[{criterion: held, expect: {outcome: no_evidence}}]")
    most = max(len(days) for one in found.drafts for days in one.data["given"].get("events", {}).values())
    assert most <= 12 * MOST_OF_A_KIND


def test_a_lateness_is_drafted_from_one_document_however_many_days_are_allowed() -> None:
    rules = ruleset(
        """
        - {id: late, points: 3, deduct: [{each_above: {kind: lateness, documents: plan, due: "03-31", at_most: 0},
           step: 1, lose: 1, part_step: full}]}
        - {id: lenient, check: {kind: lateness, documents: plan, due: "03-31", at_most: 30}}
        - {id: without, nature: prohibition, check: {kind: quantity, documents: permit, at_most: 0}}
        """
    )
    made = [one.data for one in drafts(rules, "[]").drafts if one.data["expect"]["outcome"] == "satisfied"]
    assert [(one["criterion"], one["given"]) for one in made if "齐全" in one["name"]] == [
        ("late", {"documents": {"plan": ["2025-02-10"]}}),
        ("lenient", {"documents": {"plan": ["2025-02-10"]}}),
        ("without", {"none": ["permit"]}),
    ]
