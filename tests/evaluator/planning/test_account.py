"""The plan in words: what to do in units, in both languages, who does it, and what cannot be made up."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from evaluator.assessment import assess
from evaluator.planning.plan import Wanted
from tests.evaluator.building import CATALOGUE, ruleset, submitted

MEETINGS = "{kind: cadence, events: meeting, every: month}"


def told(check: str, given: str = "{}", as_of: str = "2025-10-15", **more: str) -> dict[str, Any]:
    """The plan for one criterion as an assessment tells it."""
    telling = "".join(f", {key}: {value}" for key, value in more.items())
    rules = ruleset(f"[{{check: {check}{telling}}}]")
    one = assess(rules, CATALOGUE, submitted(given), as_of=date.fromisoformat(as_of), wanted=Wanted())
    plan: dict[str, Any] = one.document["plan"]
    return plan


@pytest.mark.parametrize(
    ("check", "given", "zh", "en"),
    [
        pytest.param(
            MEETINGS, "{none: [meeting]}", "再举办 3 次“会议”", "hold 3 more: Meeting", id="further meetings"
        ),
        pytest.param(MEETINGS, "{}", "举办 3 次“会议”", "hold 3: Meeting", id="the first ones"),
        pytest.param(
            "{kind: quantity, events: training, at_least: 2}",
            "{none: [training]}",
            "再办 2 期培训",
            "hold 2 more trainings",
            id="as the catalogue says it",
        ),
        pytest.param(
            "{kind: document, documents: plan, contains: [tasks, goals], attachment: required}",
            "{none: [plan]}",
            "印发“年度计划”，写明：目标、任务，并附文件",
            "issue: Yearly plan; stating: goals, tasks; attach it",
            id="a document",
        ),
        pytest.param(
            "{kind: document, documents: plan, contains: [goals]}",
            '{documents: [{id: D7, type: plan, issued: "2025-02-01"}]}',
            "在“年度计划”（D7）中补充：目标",
            "add to Yearly plan (D7): goals",
            id="a document to be completed",
        ),
        pytest.param(
            "{kind: document, documents: rules, attachment: required}",
            '{documents: [{id: D7, type: rules, issued: "2025-02-01"}]}',
            "给“制度”（D7）补充附件",
            "attach: Rules (D7)",
            id="an attachment",
        ),
        pytest.param(
            "{kind: document, documents: rules}",
            '{documents: [{id: D7, type: rules, issued: "2025-02-01", valid_to: "2025-11-30"}]}',
            "在“制度”到期前续订或重新印发，有效期不早于 2025-12-31",
            "renew or reissue before it expires, valid to 2025-12-31 or later: Rules",
            id="a document that expires",
        ),
        pytest.param(
            "{kind: quantity, documents: rules, at_least: 3}",
            "{none: [rules]}",
            "印发 3 份“制度”",
            "issue 3: Rules",
            id="several documents",
        ),
        pytest.param(
            "{kind: statement, statement: hotline, attachment: required}",
            "{}",
            "做到“开通热线”，并附佐证",
            "put in place: Hotline; add support",
            id="a statement",
        ),
        pytest.param(
            "{kind: ratio, numerator: model_buildings, denominator: buildings, at_least: 5%}",
            "{counts: {buildings: 40, model_buildings: 0}}",
            "再创建 2 个楼组",
            "create 2 more model buildings",
            id="a share",
        ),
        pytest.param(
            "{kind: quantity, count: visits, at_least: 9}",
            "{counts: {visits: 4}}",
            "再增加 5 次“走访次数”",
            "5 visits more: Visits",
            id="a number",
        ),
        pytest.param(
            "{kind: quantity, count: visits, at_most: 3}",
            "{counts: {visits: 4}}",
            "把“走访次数”从 4 次减到 3 次",
            "bring down from 4 to 3 visits: Visits",
            id="less of it",
        ),
        pytest.param(
            "{kind: quantity, count: visits, at_least: 9}",
            "{}",
            "填报“走访次数”（要求：走访次数不少于 9 次）",
            "report: Visits (required: Visits: at least 9 visits)",
            id="to be reported",
        ),
        pytest.param(
            "{kind: group, each: quarter, check: {kind: statement, statement: desk}}",
            "{units: {quarter: [{id: Q1, name: 甲小区, statements: {desk: false}}, {id: Q2, statements: {desk: false}}]}}",
            "在 2 个小区做到“设有受理点”：甲小区、Q2",
            "put in place: Affairs desk (Quarter: 甲小区, Q2)",
            id="in units",
        ),
    ],
)
def test_what_to_do_in_units(check: str, given: str, zh: str, en: str) -> None:
    (step,) = told(check, given)["steps"]
    assert step["text"] == {"zh": zh, "en": en}


def test_a_step_says_all_that_a_list_needs() -> None:
    plan = told(MEETINGS, '{events: [{id: E1, type: meeting, date: "2025-03-09"}]}', points="12")
    (step,) = plan["steps"]
    assert step == {
        "id": "event:meeting",
        "does": "hold",
        "text": {"zh": "再举办 3 次“会议”", "en": "hold 3 more: Meeting"},
        "problems": [
            {
                "zh": "12 个时段中 1 个已达到，有时段尚未到期，未到期前不扣分",
                "en": "1 of 12 windows met. Some windows are still open.",
            }
        ],
        "gains": [{"criterion": "c1", "deduction": None, "points": "3"}],
        "points": "3",
        "bonus": "0",
        "score": "33.33",
        "schedule": [
            {"from": "2025-10-16", "to": "2025-10-31", "times": 1},
            {"from": "2025-11-01", "to": "2025-11-30", "times": 1},
            {"from": "2025-12-01", "to": "2025-12-31", "times": 1},
        ],
        "due": {"first": "2025-10-31", "last": "2025-12-31"},
        "assumed": False,
        "reported": True,
        "responsible": [{"zh": "社区", "en": "community"}],
        "supporting": [],
    }
    assert {key: plan[key] for key in ("state", "method", "from", "to")} == {
        "state": "out_of_reach",
        "method": "exact",
        "from": "2025-10-16",
        "to": "2025-12-31",
    }


def test_what_is_missed_is_told_apart_with_its_windows() -> None:
    (lost,) = told(MEETINGS, '{events: [{id: E1, type: meeting, date: "2025-03-09"}]}', points="12")["lost"]
    assert (lost["criterion"], lost["points"], lost["items"], lost["on"]) == (
        "c1",
        "8",
        ["meeting"],
        "2025-09-30",
    )
    assert [window["from"][5:7] for window in lost["windows"]] == [
        "01",
        "02",
        "04",
        "05",
        "06",
        "07",
        "08",
        "09",
    ]
    assert lost["reasons"] == [
        {"zh": "有时段次数不足，且已过期，不能补办", "en": "Some windows were missed and cannot be made up."}
    ]


def test_where_nothing_was_reported_nobody_is_invited_to_date_anything_back() -> None:
    warning = "没有填报过：确已办理的，补充填报原始记录；没有办理的，不得补办"
    (lost,) = told(MEETINGS, "{}")["lost"]
    assert lost["reasons"][-1]["zh"] == warning
    september = "{kind: cadence, events: meeting, every: year, months: [9]}"
    (waiting,) = told(september, "{}")["waiting"]
    assert (waiting["waits"], waiting["reasons"][-1]["zh"]) == (["evidence"], warning)
    late = '{kind: document, documents: rules, issued_by: "08-31"}'
    assert told(late, "{}")["waiting"][0]["reasons"][-1]["zh"] == warning
    for plan in (told(MEETINGS, "{}"), told(september, "{}"), told(late, "{}")):
        assert not re.search("补开|补办会议|倒签日期", str(plan["steps"]))


def test_a_document_that_expires_is_a_problem_of_tomorrow() -> None:
    (step,) = told(
        "{kind: document, documents: rules}",
        '{documents: [{id: D7, type: rules, issued: "2025-02-01", valid_to: "2025-11-30"}]}',
    )["steps"]
    assert step["problems"] == [
        {"zh": "现有文件有效期只到 2025-11-30", "en": "The document is valid only to 2025-11-30."}
    ]


@pytest.mark.parametrize(
    ("check", "more", "responsible", "supporting", "text"),
    [
        pytest.param(
            "{kind: document, documents: rules}",
            {"duty_of": "[community, street]"},
            ["社区"],
            ["街道"],
            "印发“制度”",
            id="the side that issues it",
        ),
        pytest.param(
            "{kind: document, documents: permit}",
            {"duty_of": "[community, district]"},
            ["区县"],
            ["社区"],
            "请区县印发“许可”",
            id="another side is asked",
        ),
        pytest.param(
            "{kind: statement, statement: desk}",
            {"duty_of": "[street, city]"},
            ["街道"],
            ["市"],
            "请街道做到“设有受理点”",
            id="the first of those whose duty it is",
        ),
        pytest.param(
            "{kind: quantity, count: visits, at_least: 2}",
            {"duty_of": "[street]"},
            ["街道"],
            [],
            "填报“走访次数”（要求：走访次数不少于 2 次）",
            id="what is to be reported the subject reports",
        ),
        pytest.param(
            "{kind: document, documents: rules}",
            {"duty_of": "[community, street]", "responsible": "[市民委, 市财政局]"},
            ["市民委", "市财政局"],
            ["街道"],
            "印发“制度”",
            id="the units that the standard names",
        ),
    ],
)
def test_who_does_it(
    check: str, more: dict[str, str], responsible: list[str], supporting: list[str], text: str
) -> None:
    (step,) = told(check, "{none: [rules, permit]}", **more)["steps"]
    assert [side["zh"] for side in step["responsible"]] == responsible
    assert [side["zh"] for side in step["supporting"]] == supporting
    assert step["text"]["zh"] == text
