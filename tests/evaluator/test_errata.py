"""What an erratum touches: criteria that are judged otherwise, not those that are only worded otherwise; and whose results."""

from __future__ import annotations

from typing import Any

import pytest

from evaluator.errata import Edition, changes, touched
from evaluator.ruleset import Ruleset
from tests.evaluator.building import CATALOGUE, assessed, ruleset

DESK = "{check: {kind: statement, statement: desk}}"
TWO = f"[{DESK}, {{requires: [c1], check: {{kind: quantity, count: visits, at_least: '2'}}}}]"


def edition(criteria: str, scoring: str = "", version: str = "1.0.0") -> Edition:
    rules: Ruleset = ruleset(criteria, scoring)
    return Edition(rules.model_copy(update={"version": version}), CATALOGUE)


def changed(criteria: str, scoring: str = "") -> tuple[list[str], dict[str, str]]:
    found = changes(edition(TWO), edition(criteria, scoring, "1.0.1"))
    return found["whole"], {one["id"]: one["change"] for one in found["criteria"]}


@pytest.mark.parametrize(
    ("criteria", "wanted"),
    [
        (TWO, {}),
        (TWO.replace("'2'", "'3'"), {"c2": "judged"}),
        (TWO.replace("desk", "hotline"), {"c1": "judged", "c2": "prerequisite"}),
        (TWO.replace("{check: {kind: st", "{points: '3', check: {kind: st"), {"c1": "judged", "c2": "prerequisite"}),
        (TWO.replace("{check: {kind: statement", "{remedy: {zh: 新办法}, check: {kind: statement"), {"c1": "worded"}),
        (TWO.replace("]", f", {DESK}]").replace("[c1, {check: {kind: statement, statement: desk}}]", "[c1]"), {"c3": "added"}),
        (f"[{DESK}]", {"c2": "removed"}),
    ],
)  # fmt: skip
def test_a_criterion_is_judged_otherwise_or_only_worded_otherwise(
    criteria: str, wanted: dict[str, str]
) -> None:
    assert changed(criteria) == ([], wanted)


def test_what_concerns_every_result_is_named() -> None:
    assert changed(TWO, "bonus: {cap: '9'}") == (["scoring"], {})


def test_an_item_that_counts_otherwise_changes_the_criteria_that_read_it() -> None:
    def redefined(**fields: Any) -> Edition:
        item = CATALOGUE.counts["visits"].model_copy(update=fields)
        other = CATALOGUE.model_copy(update={"counts": {**CATALOGUE.counts, "visits": item}})
        return edition(TWO)._replace(catalogue=other)

    help_ = CATALOGUE.counts["budget"].help
    assert [one["change"] for one in changes(edition(TWO), redefined(whole_number=False))["criteria"]] == [
        "judged"
    ]
    assert [one["change"] for one in changes(edition(TWO), redefined(help=help_))["criteria"]] == ["worded"]


def test_only_results_of_just_these_rules_are_touched() -> None:
    old, new = edition(TWO), edition(TWO.replace("'2'", "'3'"), version="1.0.1")
    made = assessed(TWO, "{counts: {visits: 2}, statements: {desk: true}}").document
    others = {
        "version.json": {**made, "ruleset": {**made["ruleset"], "version": "0.9.0"}},
        "standard.json": {**made, "ruleset": {**made["ruleset"], "id": "other"}},
        "altered.json": {**made, "ruleset": {**made["ruleset"], "digest": "sha256:" + "0" * 64}},
    }
    found = touched(old, new, [("made.json", made), *others.items()])
    [one] = found["assessments"]
    assert (one["file"], one["digest"]) == ("made.json", made["digest"])
    assert [(each["id"], each["outcome"]) for each in one["criteria"]] == [("c2", "satisfied")]
    assert (found["other_digest"], found["passed_over"]) == (["altered.json"], 2)


def test_where_only_words_change_no_result_is_touched() -> None:
    new = edition(TWO.replace("{check: {kind: statement", "{remedy: {zh: 新办法}, check: {kind: statement"))
    found = touched(edition(TWO), new, [("made.json", assessed(TWO).document)])
    assert (found["assessments"], found["worded_only"]) == ([], 1)
