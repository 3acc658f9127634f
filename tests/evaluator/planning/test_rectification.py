"""What became of each item of a list: the evidence decides, whatever the list claims."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from evaluator.assessment import assess
from evaluator.planning.plan import Wanted
from evaluator.planning.rectification import Item, Returned
from tests.evaluator.building import CATALOGUE, ruleset, submitted

DESK, RULES = "{kind: statement, statement: desk}", "{kind: document, documents: rules}"
MEETINGS = "{kind: cadence, events: meeting, every: month}"
HELD = '{{id: E{n}, type: meeting, date: "2025-{n:02d}-09"}}'


def became(
    check: str,
    action: str,
    given: str,
    *,
    status: Any = None,
    as_of: str = "2025-11-30",
    criteria: str = "c1",
    **more: str,
) -> tuple[str, str | None]:
    """The state of an item of a list of 15 October, and what is still to be done for it."""
    telling = "".join(f", {key}: {value}" for key, value in more.items())
    rules = ruleset(f"[{{check: {check}{telling}}}]")
    returned = Returned(
        "demo-01",
        "trial",
        date(2025, 10, 15),
        "sha256:aa",
        (Item(1, action, tuple(criteria.split()), status),),
    )
    found = assess(
        rules, CATALOGUE, submitted(given), as_of=date.fromisoformat(as_of), returned=returned
    ).document
    item = found["rectification"]["items"][0]
    return item["state"], item["left"] and item["left"]["zh"]


YES, NO = (
    "{statements: [{id: S1, type: desk, value: true}]}",
    "{statements: [{id: S1, type: desk, value: false}]}",
)


@pytest.mark.parametrize(
    ("given", "status", "as_of", "expected"),
    [
        pytest.param(YES, "done", "2025-11-30", ("closed", None), id="done and found"),
        pytest.param(YES, None, "2025-11-30", ("closed", None), id="found although nobody said so"),
        pytest.param(
            NO, "done", "2025-11-30", ("unseen", "做到“设有受理点”"), id="said to be done, not found"
        ),
        pytest.param(
            "{}", "done", "2025-12-31", ("unseen", None), id="not found by the end of the period either"
        ),
        pytest.param(NO, "in_progress", "2025-11-30", ("open", "做到“设有受理点”"), id="open"),
        pytest.param(NO, None, "2025-12-31", ("missed", None), id="the period is over"),
    ],
)
def test_a_statement(given: str, status: Any, as_of: str, expected: tuple[str, str | None]) -> None:
    assert became(DESK, "statement:desk", given, status=status, as_of=as_of) == expected


@pytest.mark.parametrize(
    ("months", "as_of", "expected"),
    [
        pytest.param([1, 11], "2025-11-30", ("open", "再举办 1 次“会议”"), id="one of two held"),
        pytest.param(
            [1, 10, 11, 12],
            "2025-12-31",
            ("closed", None),
            id="what was lost before the list does not count against it",
        ),
        pytest.param([1, 10, 12], "2025-12-31", ("missed", None), id="one fell due since and was not held"),
    ],
)
def test_meetings(months: list[int], as_of: str, expected: tuple[str, str | None]) -> None:
    events = ", ".join(HELD.format(n=n) for n in months)
    assert became(MEETINGS, "event:meeting", f"{{events: [{events}]}}", as_of=as_of) == expected


def test_a_document_that_a_person_has_to_look_at() -> None:
    assert became(RULES, "document:rules", "{documents: [{id: D1, type: rules}]}") == ("to_verify", None)


def test_what_was_won_another_way_is_no_longer_needed() -> None:
    check = f"{{kind: group, any: [{DESK}, {RULES}]}}"
    given = '{documents: [{id: D1, type: rules, issued: "2025-11-01"}]}'
    assert became(check, "statement:desk", given) == ("not_needed", None)


def test_what_no_longer_applies_or_is_no_longer_asked_for_is_not_needed() -> None:
    condition = "{kind: statement, statement: hotline}"
    given = "{statements: [{id: S1, type: hotline, value: false}]}"
    assert became(DESK, "statement:desk", given, applies_when=condition) == ("not_needed", None)
    assert became(DESK, "document:gone", "{}", criteria="old-1") == ("not_needed", None)


def test_a_count_that_can_rise_no_further_is_closed() -> None:
    check = "{kind: ratio, numerator: model_buildings, denominator: buildings, scale: {from: 0%, to: 200%}}"
    given = "{counts: {buildings: 4, model_buildings: 4}}"
    assert became(check, "count:model_buildings", given) == ("closed", None)


def test_units() -> None:
    check = "{kind: group, each: quarter, check: {kind: quantity, count: visits, at_least: 2}}"
    given = (
        "{units: {quarter: [{id: Q1, name: 一号小区, counts: {visits: 1}}, {id: Q2, counts: {visits: 2}}]}}"
    )
    assert became(check, "unit:quarter:visits", given) == (
        "open",
        "在 1 个小区做到“走访次数”：一号小区（2 次）",
    )
    assert became(check, "unit:quarter:visits", given.replace("visits: 1", "visits: 2")) == ("closed", None)


def test_an_assessment_with_a_list_is_reproducible_and_says_which_list() -> None:
    rules = ruleset(f"[{{check: {DESK}}}]")
    returned = Returned(
        "demo-01", "trial", date(2025, 10, 15), "sha256:aa", (Item(1, "statement:desk", ("c1",), "done"),)
    )
    one, other = (
        assess(
            rules, CATALOGUE, submitted(NO), as_of=date(2025, 11, 30), returned=returned, wanted=Wanted()
        ).document
        for _ in range(2)
    )
    assert json.dumps(one) == json.dumps(other)
    assert one["rectification"] == {
        "digest": "sha256:aa",
        "as_of": "2025-10-15",
        "items": [
            {
                "number": 1,
                "id": "statement:desk",
                "label": {"zh": "事项：设有受理点", "en": "statement: Affairs desk"},
                "criteria": ["c1"],
                "status": "done",
                "state": "unseen",
                "left": {"zh": "做到“设有受理点”", "en": "put in place: Affairs desk"},
            }
        ],
    }
