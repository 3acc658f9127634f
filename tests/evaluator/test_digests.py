"""The digest of rules is of all that they read."""

from __future__ import annotations

import pytest

from evaluator.digests import ruleset_digest, used_items
from evaluator.ruleset import Ruleset
from tests.evaluator.building import CATALOGUE, ruleset

CRITERIA = "[{check: {kind: statement, statement: desk}}]"
LINE = {"title": {"zh": "扣分", "en": "Lost"}, "each": {"count": "incidents"}, "lose": "1"}


def in_section(rules: Ruleset) -> Ruleset:
    data = rules.model_dump(by_alias=True)
    data["sections"] = [{**data["sections"][0], "criteria": rules.sections[0].criteria, "deductions": [LINE]}]
    return Ruleset.model_validate({**data, "scoring": rules.scoring})


@pytest.mark.parametrize(
    "rules",
    [
        in_section(ruleset(CRITERIA)),
        ruleset(CRITERIA, "deductions: {cap: '5', lines: [{title: {zh: 扣分, en: Lost}, each: {count: incidents}, lose: '1'}]}"),
        ruleset("[{deduct: [{each: {count: incidents}, lose: '1'}]}]"),
    ],
    ids=["section", "total", "criterion"],
)  # fmt: skip
def test_an_item_that_only_a_deduction_reads_is_part_of_the_digest(rules: Ruleset) -> None:
    assert "incidents" in used_items(rules)
    item = CATALOGUE.counts["incidents"].model_copy(update={"whole_number": False})
    other = CATALOGUE.model_copy(update={"counts": {**CATALOGUE.counts, "incidents": item}})
    assert ruleset_digest(rules, CATALOGUE) != ruleset_digest(rules, other)
